package app

import (
	"database/sql"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	_ "modernc.org/sqlite" // to look into a record from outside

	"github.com/relais-snp/relais/internal/config"
	"github.com/relais-snp/relais/internal/web/api"
)

// campus is an academy beside a door that is not its own.
type campus struct {
	*academy
	t   *testing.T
	url string
	log *overheard
}

func openCampus(t *testing.T) *campus {
	t.Helper()
	t.Setenv("TMPDIR", t.TempDir())
	cfg, err := config.Load([]string{"RELAIS_DATA_DIR=" + t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	c := &campus{t: t, log: &overheard{}}
	c.academy = newAcademy(cfg, slog.New(slog.NewTextHandler(c.log, nil)), "http://127.0.0.1")
	server := httptest.NewServer(c.beside(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(http.StatusTeapot) })))
	c.url = server.URL
	t.Cleanup(func() { c.hangUp(); c.close(); server.Close() })
	return c
}

// overheard is a log that many goroutines write.
type overheard struct {
	mu sync.Mutex
	b  strings.Builder
}

func (o *overheard) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.b.Write(p)
}

func (o *overheard) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.b.String()
}

// folders are those that houses have made and not removed.
func (c *campus) folders() []string {
	found, err := filepath.Glob(filepath.Join(os.TempDir(), "relais-entrainement-*"))
	if err != nil {
		c.t.Fatal(err)
	}
	return found
}

// trainee is a browser that trains.
type trainee struct {
	*campus
	http *http.Client
}

func (c *campus) trainee() trainee {
	jar, _ := cookiejar.New(nil)
	return trainee{c, &http.Client{Jar: jar}}
}

func (p trainee) call(method, path, body string) (status int, answer string) {
	p.t.Helper()
	r, err := http.NewRequestWithContext(p.t.Context(), method, p.url+path, strings.NewReader(body))
	if err != nil {
		p.t.Fatal(err)
	}
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set("Idempotency-Key", "entrainement-1")
	}
	got, err := p.http.Do(r)
	if err != nil {
		p.t.Fatal(err)
	}
	defer got.Body.Close()
	text, err := io.ReadAll(got.Body)
	if err != nil {
		p.t.Fatal(err)
	}
	return got.StatusCode, string(text)
}

// ok calls below the entraînement and reads the answer.
func ok[T any](p trainee, method, path, body string) (answer T) {
	p.t.Helper()
	status, text := p.call(method, "/entrainement/api/v1"+path, body)
	if status >= 300 {
		p.t.Fatalf("%s %s: %d %s", method, path, status, text)
	}
	if text != "" {
		if err := json.Unmarshal([]byte(text), &answer); err != nil {
			p.t.Fatal(err)
		}
	}
	return answer
}

const planted = "Zorglub-Stagiaire"

// book books a patient for a caller from Cesson and returns the territory.
func (p trainee) book() (land string) {
	p.t.Helper()
	ok[api.Training](p, "POST", "/training", "")
	land = ok[api.Me](p, "GET", "/me", "").Territories[0].Id
	slots := ok[api.SlotList](p, "GET", "/slots?territory="+land+"&near=77067&free=true", "")
	kase := ok[api.Case](p, "POST", "/cases", `{"territory":"`+land+`","commune":"77067"}`)
	ok[api.Booking](p, "POST", "/bookings", `{"slot":"`+slots.Items[0].Id+`","case":"`+kase.Id+`","patient":{"family":"`+planted+`","mt":{"status":"none"}}}`)
	return land
}

func TestNoHouseIsMadeBeforeSomebodyTrains(t *testing.T) {
	c := openCampus(t)
	p := c.trainee()
	for _, path := range []string{"/me", "/training", "/slots?territory=cpts-senart"} {
		if status, _ := p.call("GET", "/entrainement/api/v1"+path, ""); status != http.StatusUnauthorized {
			t.Errorf("%s: %d", path, status)
		}
	}
	if c.house != nil || len(c.folders()) != 0 {
		t.Errorf("a house was made: %v", c.folders())
	}
	for _, path := range []string{"/entrainement", "/entrainement/api", "/api/v1/training", "/entrainement-api/v1"} {
		if status, _ := p.call("GET", path, ""); status != http.StatusTeapot {
			t.Errorf("%s was kept from the real door: %d", path, status)
		}
	}
}

func TestATrainingIsForgottenWhenItEnds(t *testing.T) {
	c := openCampus(t)
	one, other := c.trainee(), c.trainee()
	land := one.book()
	stays := other.book()
	rows := func(territory string) (n int) {
		t.Helper()
		db, err := sql.Open("sqlite", filepath.Join(c.folders()[0], "relais.db"))
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		const all = `SELECT (SELECT count(*) FROM bookings WHERE slot IN (SELECT id FROM slots WHERE territory = $1))
			+ (SELECT count(*) FROM cases WHERE territory = $1) + (SELECT count(*) FROM slots WHERE territory = $1)
			+ (SELECT count(*) FROM audit WHERE territory = $1) + (SELECT count(*) FROM openings WHERE territory = $1)`
		if err := db.QueryRow(all, territory).Scan(&n); err != nil {
			t.Fatal(err)
		}
		return n
	}
	if rows(land) == 0 || rows(stays) == 0 {
		t.Fatal("the booking was not recorded: the test looks at nothing")
	}
	// When one leaves
	ok[struct{}](one, "DELETE", "/training", "")
	// Then theirs is gone, and the other's is not
	if n := rows(land); n != 0 {
		t.Errorf("%d rows of a training that ended", n)
	}
	if rows(stays) == 0 {
		t.Error("another's training went with it")
	}
	if status, _ := one.call("GET", "/entrainement/api/v1/me", ""); status != http.StatusUnauthorized {
		t.Errorf("the session goes on: %d", status)
	}
	// When the last has left
	ok[struct{}](other, "DELETE", "/training", "")
	c.empty(c.house)
	// Then nothing is left of the house
	if c.house != nil || len(c.folders()) != 0 {
		t.Errorf("left behind: %v", c.folders())
	}
	// And the next trainee gets a new one
	other.book()
	if len(c.folders()) != 1 {
		t.Errorf("%d houses", len(c.folders()))
	}
}

func TestAHouseWithATraineeIsNotClosed(t *testing.T) {
	c := openCampus(t)
	p := c.trainee()
	p.book()
	c.empty(c.house)
	ok[api.Training](p, "GET", "/training", "")
}

func TestClosingTakesTheHouseAlong(t *testing.T) {
	c := openCampus(t)
	p := c.trainee()
	p.book()
	c.hangUp()
	c.close()
	if len(c.folders()) != 0 {
		t.Errorf("left behind: %v", c.folders())
	}
	if status, _ := p.call("POST", "/entrainement/api/v1/training", ""); status != http.StatusUnauthorized {
		t.Errorf("a house was made while leaving: %d", status)
	}
}

func TestAPatientOfATrainingIsNowhereInTheClear(t *testing.T) {
	c := openCampus(t)
	c.trainee().book()
	err := filepath.WalkDir(c.folders()[0], func(path string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		text, err := os.ReadFile(path)
		if strings.Contains(string(text), planted) {
			t.Errorf("%s holds the name", entry.Name())
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(c.log.String(), planted) {
		t.Error("the log holds the name")
	}
}
