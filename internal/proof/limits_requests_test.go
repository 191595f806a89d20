package proof_test

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/relais-snp/relais/internal/proof"
)

// oddRequests nests, packs and swells.
func (s *stage) oddRequests(t *testing.T) {
	anybody, regulator := proof.NewClient(s.URL), s.Regulators[1]
	deep := strings.Repeat("[", 9000) + strings.Repeat("]", 9000)
	var packed bytes.Buffer
	pack := gzip.NewWriter(&packed)
	_, _ = pack.Write(bytes.Repeat([]byte(" "), 30<<20)) // into memory: cannot fail
	_ = pack.Close()
	for range 10 {
		s.wantRefused(t, anybody, http.MethodPost, "/session", deep, 400, "request.malformed")
		s.wantRefused(t, regulator, http.MethodPost, "/cases", `{"patient":`+strings.Repeat(`{"mt":`, 9000)+`1`+strings.Repeat("}", 9001), 400, "request.malformed")
		s.wantRefused(t, regulator, http.MethodPost, "/cases", packed.String(), 400, "request.malformed", "Content-Encoding", "gzip")
		s.wantRefused(t, regulator, http.MethodPost, "/cases", `{"territory":[`+strings.Repeat(`"x",`, 16000)+`""]}`, 400, "request.invalid")
	}
	for name, head := range map[string]string{
		"one huge header": "GET /healthz HTTP/1.1\r\nHost: relais\r\nX-Essai: " + strings.Repeat("a", 1<<20) + "\r\n\r\n",
		"many headers":    "GET /healthz HTTP/1.1\r\nHost: relais\r\n" + strings.Repeat("X-Essai: a\r\n", 20_000) + "\r\n",
		"a huge address":  "GET /" + strings.Repeat("a", 100_000) + " HTTP/1.1\r\nHost: relais\r\n\r\n",
	} {
		conn := s.dial(t, flooder)
		go func() { _, _ = io.WriteString(conn, head) }() // it may be cut short
		answer, _ := io.ReadAll(conn)
		conn.Close()
		if !strings.HasPrefix(string(answer), "HTTP/1.1 431") {
			t.Errorf("%s: answer %.100q", name, answer)
		}
	}
}

// wantRefused fails the test unless a request is refused with this status and
// reason.
func (s *stage) wantRefused(t *testing.T, who *proof.Client, method, path, body string, status int, reason string, headers ...string) {
	t.Helper()
	got, kind, answer := who.Raw(s.Context(), method, path, body, headers...)
	if got != status || !strings.HasPrefix(kind, "application/problem+json") || !strings.Contains(string(answer), `"`+reason+`"`) {
		t.Errorf("%s %.80s: want %d %s, got %d %s %.200s", method, path, status, reason, got, kind, answer)
	}
}

// absurdQuestions asks for more than there can be.
func (s *stage) absurdQuestions(t *testing.T) {
	who, boss := s.Regulators[1], s.Coordinators[0]
	in := "territory=" + proof.Territory
	for range 5 {
		for path, reason := range map[string]string{
			"/slots?" + in + "&limit=100000":                                                    "request.invalid",
			"/slots?" + in + "&cursor=" + strings.Repeat("A", 5000):                             "request.invalid",
			"/slots?" + in + "&from=0001-01-01T00:00:00Z&to=9999-12-31T00:00:00Z":               "request.invalid",
			"/communes?q=" + strings.Repeat("a", 5000):                                          "request.invalid",
			"/bookings?" + in + "&limit=0":                                                      "request.invalid",
			"/cases?" + in + "&limit=-1":                                                        "request.invalid",
			"/slots?" + in + strings.Repeat("&free=true", 3000):                                 "request.invalid",
			"/slots?" + strings.Repeat("a=1&", 5000):                                            "request.invalid",
			"/holds/" + strings.Repeat("x", 5000):                                               "request.method_not_allowed",
			"/openings?practitioner=x&from=1880-01-01T00:00:00Z&to=2200-12-31T00:00:00Z&limit=": "request.invalid",
		} {
			status := 400
			if reason == "request.method_not_allowed" {
				status = 405
			}
			s.wantRefused(t, who, http.MethodGet, path, "", status, reason)
		}
		s.wantRefused(t, boss, http.MethodGet, "/indicators/fill?"+in+"&from=1900-01-01&to=2199-12-31", "", 400, "indicator.invalid")
		if status, _, answer := who.Raw(s.Context(), http.MethodGet, "/slots?"+in+"&from=1900-01-01T00:00:00Z&to=2199-12-31T00:00:00Z&limit=500", ""); status >= 500 {
			t.Errorf("three centuries of slots: %d %.200s", status, answer)
		}
	}
}

// hugeOpenings publishes a hundred thousand slots at once, and as many as the
// rules let.
func (s *stage) hugeOpenings(t *testing.T) {
	gp := s.GPs[1]
	o := s.opening(gp, s.start, 1)
	text := func(start, end time.Time, minutes int, more string) string {
		return fmt.Sprintf(`{"location":%q,"start":%q,"end":%q,"slotMinutes":%d,"modality":"cabinet","audience":"regulation"%s}`,
			o.Location, start.Format(time.RFC3339), end.Format(time.RFC3339), minutes, more)
	}
	year := s.start.AddDate(1, 0, 0)
	for range 5 {
		s.wantRefused(t, gp, http.MethodPost, "/openings", text(s.start, s.start.AddDate(0, 11, 0), 5, ""), 400, "agenda.invalid")
		s.wantRefused(t, gp, http.MethodPost, "/openings", text(s.start, year, 0, `,"seats":100000`), 400, "request.invalid")
		s.wantRefused(t, gp, http.MethodPost, "/openings", text(s.start, s.start.Add(time.Hour), 15,
			`,"repeat":{"until":"2199-12-31","weekdays":[`+strings.Repeat("1,", 20_000)+`1]}`), 400, "request.invalid")
	}
	day := s.start.AddDate(0, 0, 2).Truncate(24 * time.Hour).Add(7 * time.Hour)
	everyDay := text(day, day.Add(12*time.Hour), 5, fmt.Sprintf(`,"repeat":{"until":%q,"weekdays":[1,2,3,4,5,6,7],"skipHolidays":false}`, day.AddDate(1, 0, 0).Format(time.DateOnly)))
	status, _, answer := gp.Raw(s.Context(), http.MethodPost, "/openings", everyDay, "Idempotency-Key", s.key())
	if status != http.StatusCreated && (status < 400 || status >= 500) {
		t.Errorf("every five minutes for a year: %d %.300s", status, answer)
	}
	t.Logf("every five minutes, twelve hours a day, for a year: %d, %d kB", status, len(answer)>>10)
	s.wantRefused(t, gp, http.MethodPost, "/openings", everyDay, 409, "agenda.overlap", "Idempotency-Key", s.key())
}

// feeds makes as many calendars as it can and fetches one again and again.
func (s *stage) feeds(t *testing.T) {
	gp := s.GPs[2]
	var made proof.Feed
	for i := range 55 {
		feed, err := gp.NewFeed(s.Context(), "practitioner", "")
		switch {
		case i < 50 && err == nil:
			made = feed
		case i >= 50 && proof.Reason(err) == "feed.limit":
		default:
			t.Fatalf("feed %d: %v", i, err)
		}
	}
	var all sync.WaitGroup
	for range 16 {
		all.Go(func() {
			for range 10 {
				if _, err := gp.Fetch(s.Context(), made.URL); err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	all.Wait()
}
