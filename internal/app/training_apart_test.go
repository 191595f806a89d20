package app_test

import (
	"database/sql"
	"io"
	"net/http"
	"net/http/cookiejar"
	"path/filepath"
	"strings"
	"testing"

	_ "modernc.org/sqlite" // to look into the record from outside
)

// visitor is a browser at the service.
type visitor struct {
	t       *testing.T
	address string
	http    http.Client
}

func (v *visitor) call(method, path, body string) string {
	v.t.Helper()
	r, err := http.NewRequestWithContext(v.t.Context(), method, v.address+path, strings.NewReader(body))
	if err != nil {
		v.t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Idempotency-Key", "apart-0001")
	got, err := v.http.Do(r)
	if err != nil {
		v.t.Fatal(err)
	}
	defer got.Body.Close()
	text, err := io.ReadAll(got.Body)
	if err != nil || got.StatusCode >= 300 {
		v.t.Fatalf("%s %s: %d %s %v", method, path, got.StatusCode, text, err)
	}
	return string(text)
}

// between cuts the text between two marks.
func between(t *testing.T, text, from, to string) string {
	t.Helper()
	_, rest, found := strings.Cut(text, from)
	cut, _, ended := strings.Cut(rest, to)
	if !found || !ended {
		t.Fatalf("no %q in %s", from, text)
	}
	return cut
}

func TestNothingOfATrainingReachesTheRealRecord(t *testing.T) {
	o := newOffice(t, "RELAIS_DEMO_PASSWORD=corbeau-lilas-42")
	address, stop := o.serving("--demo-quiet")
	jar, _ := cookiejar.New(nil)
	v := &visitor{t: t, address: address, http: http.Client{Jar: jar}}
	v.call("POST", "/api/v1/session", `{"email":"coordination@relais.demo","password":"corbeau-lilas-42"}`)
	record := filepath.Join(o.dir, "demo", "relais.db")
	month := ask(t, record, `SELECT 'from=' || date('now', '-30 days') || '&to=' || date('now', '-2 days')`)
	tomorrow := ask(t, record, `SELECT strftime('from=%Y-%m-%dT00:00:00Z', 'now', '+1 day') || strftime('&to=%Y-%m-%dT00:00:00Z', 'now', '+2 days')`)
	look := func() string {
		// What the board stood at says how far the record's own news has come since the start.
		board, _, _ := strings.Cut(v.call("GET", "/api/v1/slots?territory=cpts-senart&limit=500&"+tomorrow, ""), `"seq"`)
		return countRows(t, record) +
			v.call("GET", "/api/v1/indicators/fill?territory=cpts-senart&by=month&"+month, "") + board
	}
	before := look()

	// When somebody trains beside: a case, a booking, an outcome
	const below = "/entrainement/api/v1"
	v.call("POST", below+"/training", "")
	land := between(t, v.call("GET", below+"/me", ""), `"territories":[{"id":"`, `"`)
	slot := between(t, v.call("GET", below+"/slots?territory="+land+"&near=77067&free=true", ""), `"id":"`, `"`)
	kase := between(t, v.call("POST", below+"/cases", `{"territory":"`+land+`","commune":"77067"}`), `"id":"`, `"`)
	v.call("POST", below+"/bookings", `{"slot":"`+slot+`","case":"`+kase+`","patient":{"family":"Zorglub","mt":{"status":"none"}}}`)
	other := between(t, v.call("POST", below+"/cases", `{"territory":"`+land+`","reason":"essai"}`), `"id":"`, `"`)
	v.call("POST", below+"/cases/"+other+"/close", `{"outcome":"advice"}`)

	// Then no row and no figure is another, and the real session is the same person's
	after := look()
	for i := range min(len(before), len(after)) {
		if before[i] != after[i] {
			t.Fatalf("…%.300s became …%.300s", before[max(0, i-50):], after[max(0, i-50):])
		}
	}
	if me := v.call("GET", "/api/v1/me", ""); !strings.Contains(me, "Dominique Démo") || strings.Contains(me, land) {
		t.Errorf("the real session became %s", me)
	}
	if code := stop(); code != 0 {
		t.Errorf("exit code %d", code)
	}
}

// countRows counts what a booking would leave behind.
func countRows(t *testing.T, record string) (counted string) {
	t.Helper()
	for _, table := range []string{"bookings", "cases", "slots", "openings", "holds", "idempotency", "accounts", "practitioners", "locations"} {
		counted += table + " " + ask(t, record, "SELECT count(*) FROM "+table) + "\n"
	}
	return counted
}

// ask reads one value of a record.
func ask(t *testing.T, record, query string) (answer string) {
	t.Helper()
	db, err := sql.Open("sqlite", record)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if err := db.QueryRowContext(t.Context(), query).Scan(&answer); err != nil {
		t.Fatal(err)
	}
	return answer
}
