package proof_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	// Only so that go test knows what the built program is made of: a result
	// remembered from before a change to the server would prove nothing.
	_ "github.com/relais-snp/relais/internal/app"
	"github.com/relais-snp/relais/internal/proof"
	"github.com/relais-snp/relais/internal/store/storetest"
)

// binary is the real program, built once for all tests.
var binary = sync.OnceValues(func() (string, error) { return proof.Program(context.Background(), scratch) })

// scratch is a folder of the whole run.
var scratch string

func TestMain(m *testing.M) {
	var err error
	if scratch, err = os.MkdirTemp("", "relais-proof-"); err != nil {
		panic(err)
	}
	code := m.Run()
	_ = os.RemoveAll(scratch)
	os.Exit(code)
}

// pair is one way to run Relais.
type pair struct{ engine, database string }

func (p pair) String() string { return p.engine + " and " + p.database }

var (
	small = pair{"memory", "SQLite"}
	large = pair{"Redis", "PostgreSQL"}
	pairs = []pair{small, {"memory", "PostgreSQL"}, {"Redis", "SQLite"}, large}
)

var cast = proof.Cast{GPs: 3, Regulators: 8, Coordinators: 1}

// stage is a running service with its people signed in.
type stage struct {
	*testing.T
	*proof.Relais
	proof.People
	redis  *proof.Redis // nil in memory
	checks *proof.Checker
	start  time.Time // of the first slots to publish
	keys   atomic.Int64
}

// tune changes how a stage is set.
type tune struct {
	appendOnly bool
	redisBy    func(url string) string // another way to Redis
	settings   []string
}

// raise sets a stage up: servers, people, a published hour or more.
func raise(t *testing.T, p pair, how tune) *stage {
	t.Helper()
	bin, err := binary()
	if err != nil {
		t.Fatal(err)
	}
	s := &stage{T: t, checks: proof.NewChecker(), start: time.Now().Add(2 * time.Hour).Truncate(time.Hour)}
	folder := t.TempDir()
	databaseURL, redisURL := "", ""
	if p.database == "PostgreSQL" {
		databaseURL = storetest.PostgresURL(t)
	}
	if p.engine == "Redis" {
		redisURL = s.raiseRedis(how)
	}
	if s.Relais, err = proof.NewRelais(bin, folder, databaseURL, redisURL, how.settings...); err != nil {
		t.Fatal(err)
	}
	if databaseURL == "" {
		err = copyRecord(t, filepath.Join(folder, "data"))
	} else {
		err = s.Gather(t.Context(), cast)
	}
	if err != nil {
		t.Fatal(err)
	}
	s.run(s.Relais)
	if s.People, err = s.Enter(t.Context(), cast); err != nil {
		t.Fatal(err)
	}
	return s
}

func (s *stage) raiseRedis(how tune) string {
	var err error
	if s.redis, err = proof.NewRedis(s.TempDir(), how.appendOnly); err != nil {
		s.Fatal(err)
	}
	s.run(s.redis)
	if how.redisBy != nil {
		return how.redisBy(s.redis.URL())
	}
	return s.redis.URL()
}

type server interface {
	Start(context.Context) error
	Kill()
}

func (s *stage) run(p server) {
	s.Helper()
	if err := p.Start(s.soon()); err != nil {
		s.Fatal(err)
	}
	s.Cleanup(p.Kill)
}

// people is a data folder with the cast in it, made once: accounts are dear.
var people = sync.OnceValues(func() (string, error) {
	bin, err := binary()
	if err != nil {
		return "", err
	}
	r, err := proof.NewRelais(bin, scratch, "", "")
	if err == nil {
		err = r.Gather(context.Background(), cast)
	}
	return filepath.Join(scratch, "data"), err
})

func copyRecord(t *testing.T, to string) error {
	t.Helper()
	from, err := people()
	if err != nil {
		return err
	}
	if err := os.CopyFS(to, os.DirFS(from)); err != nil {
		return err
	}
	return os.Chmod(filepath.Join(to, "keys.json"), 0o600) // CopyFS opens it to others, which the program refuses
}

// soon bounds what must happen by itself. It says nothing about how fast.
func (s *stage) soon() context.Context {
	ctx, cancel := context.WithTimeout(s.Context(), 30*time.Second)
	s.Cleanup(cancel)
	return ctx
}

// key is an idempotency key of this stage.
func (s *stage) key() string {
	return fmt.Sprintf("essai-%s-%06d", s.start.Format("150405"), s.keys.Add(1))
}

// patient is somebody nobody else is: names of letters only differ.
func (s *stage) patient() proof.Patient {
	n := s.keys.Add(1)
	name := []byte("Patient ")
	for ; n > 0; n /= 26 {
		name = append(name, byte('a'+n%26))
	}
	return proof.Patient{Family: string(name)}
}

// publish lets a GP publish slots of 15 minutes from a start on.
func (s *stage) publish(gp *proof.Client, start time.Time, slots int) []proof.Slot {
	s.Helper()
	o, err := gp.Publish(s.Context(), s.opening(gp, start, slots), s.key())
	if err != nil {
		s.Fatalf("publish: %v", err)
	}
	return o.Slots
}

func (s *stage) opening(gp *proof.Client, start time.Time, slots int) proof.NewOpening {
	s.Helper()
	list, err := gp.Practitioners(s.Context(), proof.Territory)
	if err != nil {
		s.Fatal(err)
	}
	for _, p := range list {
		if p.ID == gp.Me.Practitioner {
			return proof.NewOpening{Location: p.Locations[0].ID, Start: start, End: start.Add(time.Duration(slots) * 15 * time.Minute),
				SlotMinutes: 15, Modality: "cabinet", Audience: "regulation"}
		}
	}
	s.Fatal("the GP is not listed")
	return proof.NewOpening{}
}

// console opens a checked console for a person.
func (s *stage) console(name string, who *proof.Client) *proof.Console {
	console := who.Watch(s.Context(), proof.Watching{Name: name, Territory: proof.Territory,
		Day: s.start.Format(time.DateOnly), Days: 3, Seen: s.checks.Seen})
	s.Cleanup(func() { <-console.Done() })
	return console
}

// await fails the test unless the console shows what is wanted soon.
func (s *stage) await(c *proof.Console, what string, wanted func(proof.View) bool) proof.View {
	s.Helper()
	v, err := c.Await(s.soon(), wanted)
	if err != nil {
		s.Fatalf("no console showed: %s; it shows %d slots at %v, away %v, lines %d", what, len(v.Slots), v.At, v.Away, v.Lines)
	}
	return v
}

func follows(v proof.View) bool { return v.Open && v.At.Epoch != "" && !v.Away }

// end reads what the service and the consoles say.
func (s *stage) end(consoles map[string]*proof.Console) (proof.End, error) {
	who := s.Regulators[0]
	from, to := s.start.Add(-24*time.Hour), s.start.Add(6*24*time.Hour)
	board, err := who.Slots(s.Context(), proof.Territory, from, to)
	if err != nil {
		return proof.End{}, err
	}
	bookings, err := who.Bookings(s.Context(), proof.Territory, from, to)
	end := proof.End{Slots: board.Slots, Bookings: bookings, Consoles: map[string]proof.View{}}
	for name, c := range consoles {
		end.Consoles[name] = c.View()
	}
	return end, err
}

// settle waits until the checker finds nothing wrong, and fails when something
// stays wrong.
func (s *stage) settle(consoles map[string]*proof.Console) proof.End {
	s.Helper()
	ctx := s.soon()
	every := time.NewTicker(100 * time.Millisecond)
	defer every.Stop()
	for {
		end, err := s.end(consoles)
		lines := s.checks.Verdict(end)
		if err == nil && len(lines) == 0 {
			return end
		}
		select {
		case <-every.C:
		case <-ctx.Done():
			s.Fatalf("wrong at the end (%v): %d violations, first %q", err, len(lines), lines[:min(len(lines), 12)])
		}
	}
}
