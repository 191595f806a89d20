package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"time"

	"github.com/relais-snp/relais/internal/proof"
)

// load is a working morning: GPs publish and withdraw, regulators hold, book and
// cancel, consoles follow. Whoever gets no answer asks again until they know.
type load struct {
	*run
	answers  context.Context // until when answers are waited for
	stop     context.CancelFunc
	hangUp   context.CancelFunc // of consoles
	all      sync.WaitGroup
	consoles map[string]*proof.Console
	keys     atomic.Int64
	opening  sync.WaitGroup // until every GP has published something

	mu    sync.Mutex
	slots []string
	live  map[string][]string // desk → bookings of theirs that may be cancelled
	soon  map[string]bool     // slots that start while the run goes on
	came  map[string][]string // bookings on them, by slot
}

// answerUntil is how long after the load everybody must have got an answer.
const answerUntil = 45 * time.Second

// begin lets everybody start work.
func (r *run) begin(ctx context.Context) *load {
	l := &load{run: r, consoles: map[string]*proof.Console{}, live: map[string][]string{}, soon: map[string]bool{}, came: map[string][]string{}}
	answers, cancel := context.WithTimeout(ctx, r.For+answerUntil)
	working, stop := context.WithCancel(ctx)
	following, hangUp := context.WithCancel(ctx)
	l.answers, l.stop, l.hangUp = answers, func() { stop(); l.all.Wait(); cancel() }, hangUp
	l.open(following)
	for i, who := range r.people.GPs {
		d := l.desk("gp", i, who)
		l.opening.Add(1)
		l.all.Go(func() { l.practise(working, d, i) })
	}
	for i := range r.Pace {
		d := l.desk("regulator", i, r.people.Regulators[i%len(r.people.Regulators)])
		l.all.Go(func() { l.regulate(working, d) })
	}
	l.opening.Wait()
	for name, c := range l.consoles {
		if _, err := c.Await(answers, follows); err != nil {
			l.violated("%s never followed: %v", name, err)
		}
	}
	return l
}

func follows(v proof.View) bool { return v.Open && v.At.Epoch != "" && !v.Away }

func (l *load) desk(role string, i int, who *proof.Client) *desk {
	number := uint64(i) + 100*uint64(len(role))
	return &desk{name: fmt.Sprintf("%s %d", role, i), dice: rand.New(rand.NewPCG(l.Seed, number)), doors: l.run.doors(who), at: i}
}

// open opens the consoles: six, and the crowd.
func (l *load) open(ctx context.Context) {
	watchers := []*proof.Client{l.people.Regulators[0], l.people.Regulators[1], l.people.GPs[0], l.people.Coordinators[0], l.people.Regulators[2], l.people.GPs[1]}
	for i := range 6 + l.Crowd {
		name := fmt.Sprintf("console %d", i+1)
		door := l.run.doors(watchers[i%len(watchers)])[i%len(l.servers)]
		l.consoles[name] = door.Watch(ctx, proof.Watching{Name: name, Territory: proof.Territory, Day: l.day(), Days: 4, Seen: l.checks.Seen})
	}
}

// finish lets everybody end what they began.
func (l *load) finish() { l.stop() }

// leave closes the consoles.
func (l *load) leave() {
	l.hangUp()
	for _, c := range l.consoles {
		<-c.Done()
	}
}

// key is an idempotency key of this run.
func (l *load) key() string { return fmt.Sprintf("panne-%d-%06d", l.Seed, l.keys.Add(1)) }

// patient is somebody nobody else is: names of letters only differ.
func (l *load) patient() proof.Patient {
	name := []byte("Patient ")
	for n := l.keys.Add(1); n > 0; n /= 26 {
		name = append(name, byte('a'+n%26))
	}
	return proof.Patient{Family: string(name)}
}

func (l *load) add(o proof.Opening) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, s := range o.Slots {
		l.slots = append(l.slots, s.ID)
	}
}

// pick picks a slot, "" while there is none.
func (l *load) pick(dice *rand.Rand) string {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.slots) == 0 {
		return ""
	}
	return l.slots[dice.IntN(len(l.slots))]
}
