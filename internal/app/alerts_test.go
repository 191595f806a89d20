package app_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// browser is somebody signed in.
type browser struct {
	t    *testing.T
	base string
	http *http.Client
}

func (o *office) browser(address string) browser {
	jar, _ := cookiejar.New(nil)
	b := browser{o.t, address + "/api/v1", &http.Client{Jar: jar}}
	b.call("POST", "/session", `{"email":"marie@example.org","password":"un-mot-de-passe-fictif"}`, http.StatusNoContent)
	return b
}

func (b browser) call(method, path, body string, want int) []byte {
	b.t.Helper()
	request, err := http.NewRequestWithContext(b.t.Context(), method, b.base+path, strings.NewReader(body))
	if err != nil {
		b.t.Fatal(err)
	}
	if body != "" {
		request.Header.Set("Content-Type", "application/json")
	}
	answer, err := b.http.Do(request)
	if err != nil {
		b.t.Fatal(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode != want {
		b.t.Fatalf("%s %s: %d %s, %v", method, path, answer.StatusCode, text, err)
	}
	return text
}

// A phone that subscribed before a backup rings from the restored copy: the service has the same key, and knows the phone.
func TestAPhoneStillRingsFromARestoredCopy(t *testing.T) {
	rung := make(chan []byte, 10)
	service := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		rung <- body
		w.WriteHeader(http.StatusCreated)
	}))
	defer service.Close()
	o := newOffice(t, "RELAIS_PUSH_HOSTS="+service.URL)
	o.run(0, "account", "add", "--email", "marie@example.org", "--name", "Marie Fictive", "--role", "regulator", "--territory", "cpts-senart",
		"--password-file", o.file("password", "un-mot-de-passe-fictif"))
	address, stop := o.serving()
	marie := o.browser(address)
	key := marie.call("GET", "/push/key", "", http.StatusOK)
	marie.call("POST", "/push/subscriptions", `{"endpoint":"`+service.URL+`/send/phone","device":"Téléphone","keys":{"auth":"BTBZMqHH6r4Tts7J_aSIgg",
"p256dh":"BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"}}`, http.StatusCreated)
	if stop() != 0 {
		t.Fatal("it did not stop well")
	}
	copied := filepath.Join(t.TempDir(), "copy.db")
	o.run(0, "backup", copied)

	restored := newOffice(t, "RELAIS_PUSH_HOSTS="+service.URL)
	if err := os.MkdirAll(restored.dir, 0o700); err != nil {
		t.Fatal(err)
	}
	for from, to := range map[string]string{copied: "relais.db", filepath.Join(o.dir, "keys.json"): "keys.json"} {
		text, err := os.ReadFile(from)
		if err == nil {
			err = os.WriteFile(filepath.Join(restored.dir, to), text, 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	address, _ = restored.serving()
	marie = restored.browser(address)
	if again := marie.call("GET", "/push/key", "", http.StatusOK); !bytes.Equal(again, key) {
		t.Errorf("key %s, then %s", key, again)
	}
	var trial struct{ Sent, Gone, Failed int }
	if err := json.Unmarshal(marie.call("POST", "/push/trial", "", http.StatusOK), &trial); err != nil || trial.Sent != 1 || trial.Gone+trial.Failed != 0 {
		t.Errorf("trial %+v, %v", trial, err)
	}
	if body := <-rung; len(body) < 200 || bytes.Contains(body, []byte("Relais")) {
		t.Errorf("rung with %d bytes: %.40q", len(body), body)
	}
}

func TestCheckSaysWhatWouldRing(t *testing.T) {
	o := newOffice(t)
	o.run(0, "check")
	o.heard("push to fcm.googleapis.com")
	o.heard("no mail (smtp_url is not set)")
	nobody, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	nobody.Close()
	o = newOffice(t, "RELAIS_SMTP_URL=smtp://u:planted@"+nobody.Addr().String(), "RELAIS_MAIL_FROM=relais@mail.example")
	o.run(1, "check")
	o.heard("the mail server " + nobody.Addr().String() + " does not answer as it should")
	if strings.Contains(o.said, "planted") {
		t.Errorf("the password was said: %s", o.said)
	}
}
