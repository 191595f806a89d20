package push_test

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"io"
	"math/big"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/relais-snp/relais/internal/notice"
	"github.com/relais-snp/relais/internal/push"
)

// post is what a push service received.
type post struct {
	path   string
	header http.Header
	body   []byte
}

// pushService plays a push service on this machine: it answers as it is told and keeps what was posted.
type pushService struct {
	*httptest.Server
	answer func(http.ResponseWriter, *http.Request)
	got    chan post
}

func newPushService(t *testing.T, answer func(http.ResponseWriter, *http.Request)) *pushService {
	s := &pushService{answer: answer, got: make(chan post, 10)}
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		s.got <- post{r.URL.Path, r.Header.Clone(), body}
		s.answer(w, r)
	}))
	t.Cleanup(s.Close)
	return s
}

func status(code int) func(http.ResponseWriter, *http.Request) {
	return func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(code) }
}

func sender(t *testing.T, hosts ...string) *push.Service {
	t.Helper()
	key, err := push.DraftKey()
	if err != nil {
		t.Fatal(err)
	}
	s, err := push.New(push.Options{Hosts: hosts, Key: key, Subscriber: "https://relais.example.fr", Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func message() notice.Message {
	return notice.Message{ID: "notice-1", Kind: "booked", Title: "Nouveau rendez-vous", Body: "Un de vos créneaux vient d’être réservé.",
		URL: "/phone", Tag: strings.Repeat("t", 32), Booking: "booking-1", Worth: 90 * time.Second, Urgent: true}
}

func TestADeviceReadsWhatWasPushed(t *testing.T) {
	service := newPushService(t, status(http.StatusCreated))
	from, to := sender(t, service.URL), newReceiver(t)
	if err := from.Push(t.Context(), to.device(service.URL+"/send/abc"), message()); err != nil {
		t.Fatal(err)
	}
	got := <-service.got
	text, err := to.reads(got.body)
	if err != nil {
		t.Fatal(err)
	}
	var read notice.Message
	if err := json.Unmarshal(text, &read); err != nil {
		t.Fatal(err)
	}
	want := message()
	want.Worth, want.Urgent = 0, false // they travel as headers
	if read != want {
		t.Errorf("read %+v", read)
	}
	for name, want := range map[string]string{"Content-Encoding": "aes128gcm", "Ttl": "90", "Urgency": "high", "Topic": strings.Repeat("t", 32)} {
		if got.header.Get(name) != want {
			t.Errorf("%s: %q, want %q", name, got.header.Get(name), want)
		}
	}
	if got.path != "/send/abc" || len(got.body) > 4096 {
		t.Errorf("%d bytes to %s", len(got.body), got.path)
	}
	if _, err := newReceiver(t).reads(got.body); err == nil {
		t.Error("another device reads it")
	}
}

// The token of RFC 8292: ES256 over aud, exp and sub, by the key that the browser subscribed with.
func TestThePushServiceKnowsWhoSends(t *testing.T) {
	service := newPushService(t, status(http.StatusCreated))
	from := sender(t, service.URL)
	if err := from.Push(t.Context(), newReceiver(t).device(service.URL+"/x"), message()); err != nil {
		t.Fatal(err)
	}
	said, ok := strings.CutPrefix((<-service.got).header.Get("Authorization"), "vapid t=")
	token, key, cut := strings.Cut(said, ", k=")
	if !ok || !cut || key != from.Key() {
		t.Fatalf("authorization %q, key %s", said, from.Key())
	}
	parts := strings.Split(token, ".")
	if len(parts) != 3 || !signed(plain(key), parts[0]+"."+parts[1], plain(parts[2])) {
		t.Fatalf("token %s", token)
	}
	if signed(plain(sender(t).Key()), parts[0]+"."+parts[1], plain(parts[2])) {
		t.Error("another key signed it too")
	}
	var head struct{ Typ, Alg string }
	var claims struct {
		Aud, Sub string
		Exp      int64
	}
	if json.Unmarshal(plain(parts[0]), &head) != nil || json.Unmarshal(plain(parts[1]), &claims) != nil {
		t.Fatalf("token %s", token)
	}
	ahead := time.Until(time.Unix(claims.Exp, 0))
	if head.Alg != "ES256" || claims.Aud != service.URL || claims.Sub != "https://relais.example.fr" || ahead <= 0 || ahead > 24*time.Hour {
		t.Errorf("%+v %+v, ends in %v", head, claims, ahead)
	}
}

// signed reports whether r‖s is the ECDSA signature of text by an uncompressed public key.
func signed(key []byte, text string, signature []byte) bool {
	x, y := new(big.Int).SetBytes(key[1:33]), new(big.Int).SetBytes(key[33:])
	sum := sha256.Sum256([]byte(text))
	return len(signature) == 64 && ecdsa.Verify(&ecdsa.PublicKey{Curve: elliptic.P256(), X: x, Y: y}, sum[:],
		new(big.Int).SetBytes(signature[:32]), new(big.Int).SetBytes(signature[32:]))
}

func TestWhatThePushServiceAnswers(t *testing.T) {
	gone := func(err error) bool { return errors.Is(err, notice.ErrGone) }
	refused := func(err error) bool { return errors.Is(err, notice.ErrRefused) }
	deferred := func(after time.Duration) func(error) bool {
		return func(err error) bool {
			var d *notice.Deferred
			return errors.As(err, &d) && d.After == after
		}
	}
	for name, c := range map[string]struct {
		answer func(http.ResponseWriter, *http.Request)
		is     func(error) bool
	}{
		"201": {status(201), func(err error) bool { return err == nil }},
		"202": {status(202), func(err error) bool { return err == nil }},
		"404": {status(404), gone},
		"410": {status(410), gone},
		"400": {status(400), refused},
		"403": {status(403), refused},
		"413": {status(413), refused},
		"500": {status(500), deferred(0)},
		"503": {status(503), deferred(0)},
		"429": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Retry-After", "120")
			w.WriteHeader(http.StatusTooManyRequests)
		}, deferred(2 * time.Minute)},
		"cut": {func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }, deferred(0)},
	} {
		t.Run(name, func(t *testing.T) {
			service := newPushService(t, c.answer)
			err := sender(t, service.URL).Push(t.Context(), newReceiver(t).device(service.URL+"/secret-address"), message())
			if !c.is(err) {
				t.Errorf("%v", err)
			}
			if err != nil && strings.Contains(err.Error(), "secret-address") {
				t.Errorf("the endpoint is in the error: %v", err)
			}
		})
	}
}

func TestARedirectIsNotFollowed(t *testing.T) {
	elsewhere := newPushService(t, status(http.StatusCreated))
	service := newPushService(t, func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, elsewhere.URL+"/inside", http.StatusTemporaryRedirect)
	})
	err := sender(t, service.URL, elsewhere.URL).Push(t.Context(), newReceiver(t).device(service.URL+"/x"), message())
	if !errors.Is(err, notice.ErrRefused) || len(elsewhere.got) != 0 {
		t.Errorf("%v, %d posts elsewhere", err, len(elsewhere.got))
	}
}

func TestWhoDoesNotAnswerIsNotWaitedForLongerThanAsked(t *testing.T) {
	release := make(chan struct{})
	service := newPushService(t, func(http.ResponseWriter, *http.Request) { <-release })
	defer close(release)
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	var d *notice.Deferred
	if err := sender(t, service.URL).Push(ctx, newReceiver(t).device(service.URL+"/x"), message()); !errors.As(err, &d) || d.Why != "timeout" {
		t.Errorf("%v", err)
	}
}

func TestAnAddressThatLeftTheListIsNotPostedTo(t *testing.T) {
	service := newPushService(t, status(http.StatusCreated))
	err := sender(t, "fcm.googleapis.com").Push(t.Context(), newReceiver(t).device(service.URL+"/x"), message())
	if !errors.Is(err, notice.ErrRefused) || len(service.got) != 0 {
		t.Errorf("%v, %d posts", err, len(service.got))
	}
}

// localhost resolves to loopback: it stands for any name of the list that leads into a private network.
func TestANameThatLeadsInsideIsNotReached(t *testing.T) {
	err := sender(t, "localhost").Push(t.Context(), newReceiver(t).device("https://localhost/x"), message())
	if !errors.Is(err, notice.ErrRefused) || !strings.Contains(err.Error(), "not a public one") {
		t.Errorf("%v", err)
	}
}

func TestAKeyIsTheSameForAllWhoHaveIt(t *testing.T) {
	key, err := push.DraftKey()
	if err != nil {
		t.Fatal(err)
	}
	var keys []string
	for range 2 {
		s, err := push.New(push.Options{Key: key, Now: time.Now})
		if err != nil {
			t.Fatal(err)
		}
		keys = append(keys, s.Key())
	}
	if keys[0] != keys[1] || len(plain(keys[0])) != 65 || plain(keys[0])[0] != 4 {
		t.Errorf("keys %v", keys)
	}
	if _, err := push.New(push.Options{Key: []byte(strconv.Itoa(7))}); err == nil {
		t.Error("seven is no key")
	}
}
