package proof_test

import (
	"context"
	"fmt"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/relais-snp/relais/internal/live/redis/redistest"
	"github.com/relais-snp/relais/internal/proof"
	"github.com/relais-snp/relais/internal/store/storetest"
)

// crew is a smaller cast: accounts are dear, and every process wants some.
var crew = proof.Cast{GPs: 1, Regulators: 6}

// company is several processes of one service: one PostgreSQL, one Redis or
// cluster, one key file.
type company struct {
	*stage    // whose process is the first
	processes []*proof.Relais
	hire      func() *proof.Relais // one more, not started
}

// raiseCompany sets so many processes up, and signs the cast in.
func raiseCompany(t testing.TB, processes int, redisURL string) (all []*proof.Relais, people proof.People, hire func() *proof.Relais) {
	t.Helper()
	bin, err := binary()
	if err != nil {
		t.Fatal(err)
	}
	databaseURL, key := storetest.PostgresURL(t), filepath.Join(t.TempDir(), "keys.json")
	hire = func() *proof.Relais {
		r, err := proof.NewRelais(bin, t.TempDir(), databaseURL, redisURL, "RELAIS_DATA_KEY_FILE="+key)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(r.Kill)
		return r
	}
	ctx, cancel := context.WithTimeout(t.Context(), 4*time.Minute)
	defer cancel()
	for i := range processes {
		r := hire()
		if i == 0 {
			err = r.Gather(ctx, crew)
		}
		if err == nil {
			err = r.Start(ctx)
		}
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, r)
	}
	if people, err = all[0].Enter(ctx, crew); err != nil {
		t.Fatal(err)
	}
	return all, people, hire
}

func newCompany(t *testing.T, redisURL string) *company {
	t.Helper()
	c := &company{stage: &stage{T: t, checks: proof.NewChecker(), start: time.Now().Add(2 * time.Hour).Truncate(time.Hour)}}
	c.processes, c.People, c.hire = raiseCompany(t, 3, redisURL)
	c.Relais = c.processes[0]
	return c
}

// redises are the ways to share a live engine.
var redises = map[string]func(*testing.T) string{
	"one Redis":            func(t *testing.T) string { return redistest.Start(t).URL },
	"a three-node cluster": func(t *testing.T) string { return redistest.StartCluster(t).URL },
}

// Three processes serve one territory. Everybody wants the same seats, each
// through another process; one process is killed meanwhile, another joins, and
// the killed one comes back.
func TestProcessesShareOneServiceAndMayDie(t *testing.T) {
	for name, redisURL := range redises {
		t.Run(name, func(t *testing.T) {
			c := newCompany(t, redisURL(t))
			slots := c.publish(c.GPs[0], c.start, 18)
			consoles := map[string]*proof.Console{}
			for i, r := range c.processes {
				name := fmt.Sprintf("at process %d", i+1)
				consoles[name] = c.console(name, c.Regulators[i].Through(r.URL))
				c.await(consoles[name], name+" follows", follows)
			}

			c.raceOver(slots[:6], nil)
			if end := c.settle(consoles); len(end.Bookings) != 6 {
				t.Errorf("%d bookings of 6 seats", len(end.Bookings))
			}

			c.raceOver(slots[6:12], c.processes[2].Kill)
			newcomer := c.hire()
			c.run(newcomer)
			c.processes = append(c.processes, newcomer)
			consoles["at the newcomer"] = c.console("at the newcomer", c.Regulators[3].Through(newcomer.URL))
			c.await(consoles["at the newcomer"], "the newcomer follows", follows)

			c.raceOver(slots[12:], nil)
			if err := c.processes[2].Start(c.soon()); err != nil {
				t.Fatal(err)
			}
			end := c.settle(consoles)
			booked := map[string]int{}
			for _, b := range end.Bookings {
				booked[b.Slot]++
			}
			for i, s := range slots {
				// A hold whose holder's process died unheard keeps its seat for a while.
				if n := booked[s.ID]; n != 1 && (i < 6 || i >= 12 || n != 0) {
					t.Errorf("seat %d is booked %d times", i+1, n)
				}
			}
			if v := consoles["at process 3"].View(); v.Lines < 2 {
				t.Errorf("the console of the killed process opened %d lines", v.Lines)
			}
		})
	}
}

// raceOver lets every regulator try every slot at once, each through a process
// of their own. meanwhile, when given, happens in the middle.
func (c *company) raceOver(slots []proof.Slot, meanwhile func()) {
	c.Helper()
	for i, slot := range slots {
		start := make(chan struct{})
		var all sync.WaitGroup
		for n, who := range c.Regulators {
			all.Go(func() {
				<-start
				c.insist(who, n, slot.ID)
			})
		}
		if meanwhile != nil && i == len(slots)/2 {
			all.Go(func() {
				<-start
				meanwhile()
			})
		}
		close(start)
		all.Wait()
	}
}

// insist tries to book a seat through one process, and asks the next one, under
// the same key, while nobody can say what became of it.
func (c *company) insist(who *proof.Client, at int, slot string) {
	request, key := proof.NewBooking{Slot: slot, Patient: c.patient()}, c.key()
	through := func() *proof.Client { return who.Through(c.processes[at%len(c.processes)].URL) }
	if at%2 == 0 {
		door := through()
		hold, err := door.Hold(c.Context(), slot, "")
		door.Close()
		if err != nil && !proof.Unknown(err) {
			return
		}
		if err == nil {
			request.Hold, request.Slot = hold.Token, ""
		}
	}
	for ; c.Context().Err() == nil; at++ {
		door := through()
		b, err := door.Book(c.Context(), request, key)
		door.Close()
		if err == nil {
			c.checks.Booked(key, b)
		}
		if !proof.Unknown(err) {
			return
		}
	}
}

// BenchmarkProcesses books (and cancels, so that seats never run out) through
// one, two and three processes of one service on this machine, with the same
// number of clients in all.
func BenchmarkProcesses(b *testing.B) {
	for _, processes := range []int{1, 2, 3} {
		b.Run(fmt.Sprint(processes), func(b *testing.B) { bookThrough(b, processes) })
	}
}

const bookers = 24

func bookThrough(b *testing.B, processes int) {
	all, people, _ := raiseCompany(b, processes, redistest.Start(b).URL)
	ctx, gp := b.Context(), people.GPs[0]
	list, err := gp.Practitioners(ctx, proof.Territory)
	if err != nil {
		b.Fatal(err)
	}
	start := time.Now().Add(2 * time.Hour).Truncate(time.Hour)
	var place string
	for _, p := range list {
		if p.ID == gp.Me.Practitioner {
			place = p.Locations[0].ID
		}
	}
	opening, err := gp.Publish(ctx, proof.NewOpening{Location: place, Start: start, End: start.Add(bookers * 15 * time.Minute),
		SlotMinutes: 15, Modality: "cabinet", Audience: "regulation"}, "banc-ouverture-0001")
	if err != nil {
		b.Fatal(err)
	}
	var turns atomic.Int64
	var work sync.WaitGroup
	b.ResetTimer()
	for i := range bookers {
		who := people.Regulators[i%len(people.Regulators)].Through(all[i%processes].URL)
		work.Go(func() {
			for n := turns.Add(1); n <= int64(b.N); n = turns.Add(1) {
				if err := bookAndCancel(ctx, who, opening.Slots[i].ID, n); err != nil {
					b.Error(err)
					return
				}
			}
		})
	}
	work.Wait()
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "bookings/s")
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds()/float64(processes), "bookings/s/process")
}

func bookAndCancel(ctx context.Context, who *proof.Client, slot string, n int64) error {
	booked, err := who.Book(ctx, proof.NewBooking{Slot: slot, Patient: proof.Patient{Family: lettered(n)}}, fmt.Sprintf("banc-reservation-%09d", n))
	if err == nil {
		_, err = who.Cancel(ctx, booked.ID, "regulator", "banc d'essai")
	}
	return err
}

// lettered is a name of letters that nobody else has.
func lettered(n int64) string {
	name := []byte("Patient ")
	for ; n > 0; n /= 26 {
		name = append(name, byte('a'+n%26))
	}
	return string(name)
}
