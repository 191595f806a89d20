package livetest

import (
	"crypto/rand"
	"errors"
	"fmt"
	"math"
	mathrand "math/rand/v2"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/anishathalye/porcupine"

	"github.com/relais-snp/relais/internal/agenda"
	"github.com/relais-snp/relais/internal/fault"
	"github.com/relais-snp/relais/internal/regulation"
)

const (
	linearClients = 8
	linearTurns   = 10
	linearRounds  = 6
	linearSeats   = 2
)

// Linearizable lets clients hold, pin, release and book a slot of two seats at
// the same time, and has porcupine judge whether what they saw could have
// happened one call after the other. disturb, when given, breaks connections
// meanwhile; a call whose answer was lost may or may not have happened.
func Linearizable(t *testing.T, open Open, disturb func(t *testing.T) (stop func())) {
	for round := range linearRounds {
		w := ready(t, open, seats(linearSeats))
		history := w.history(disturb)
		result, info := porcupine.CheckOperationsVerbose(slotModel, history, 5*time.Second)
		if result == porcupine.Illegal {
			path := t.ArtifactDir() + "/history.html"
			t.Errorf("round %d: %d calls cannot be put in an order; see %s (%v)", round, len(history), path, porcupine.VisualizePath(slotModel, info, path))
		}
	}
}

// call is what a client asked.
type call struct {
	op     string // hold, pin, release, book, free
	token  int
	seat   int // what the client was given
	record agenda.Record
}

// seen is what it was answered.
type seen struct {
	lost   bool // no answer
	reason string
	seat   int
}

func (w *world) history(disturb func(t *testing.T) func()) []porcupine.Operation {
	if disturb != nil {
		defer disturb(w.T)()
	}
	h := &historian{began: time.Now()}
	sql := &seatLedger{record: w.record("s1", seats(linearSeats))}
	var all sync.WaitGroup
	for id := range linearClients {
		c := &client{world: w, historian: h, sql: sql, id: id, dice: mathrand.New(mathrand.NewPCG(uint64(id), 7))}
		all.Go(c.run)
	}
	all.Wait()
	return h.calls
}

// historian writes down who asked what, and when.
type historian struct {
	began time.Time
	mu    sync.Mutex
	calls []porcupine.Operation
}

func (h *historian) note(id int, in call, ask func() seen) seen {
	asked := time.Since(h.began).Nanoseconds()
	out := ask()
	answered := time.Since(h.began).Nanoseconds()
	if out.lost {
		answered = math.MaxInt64
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.calls = append(h.calls, porcupine.Operation{ClientId: id, Input: in, Call: asked, Output: out, Return: answered})
	return out
}

// seatLedger is SQL in miniature: it decides bookings and numbers records.
type seatLedger struct {
	mu     sync.Mutex
	record agenda.Record
}

func (l *seatLedger) set(seat int, taken bool) agenda.Record {
	l.mu.Lock()
	defer l.mu.Unlock()
	var booked []int
	for n := 1; n <= linearSeats; n++ {
		was := n != seat && slices.Contains(l.record.Booked, n)
		if was || n == seat && taken {
			booked = append(booked, n)
		}
	}
	l.record.Booked = booked
	l.record.Slot.Revision++
	return l.record
}

type client struct {
	*world
	historian *historian
	sql       *seatLedger
	id        int
	dice      *mathrand.Rand
}

// run holds, then releases or books; what is booked is freed again later.
func (c *client) run() {
	for n := range linearTurns {
		token := 1 + c.id*linearTurns + n
		secret := fmt.Sprintf("%d-%s", token, rand.Text()[:6])
		r := regulation.HoldRequest{Token: regulation.TokenFor(c.territory, "s1", secret), Territory: c.territory,
			Slot: "s1", By: fmt.Sprintf("client-%d", c.id), Now: c.clock.Now(), Until: c.clock.Now().Add(time.Hour)}
		got := c.historian.note(c.id, call{op: "hold", token: token}, func() seen {
			h, err := c.engine.Hold(c.Context(), r)
			return answerOf(h.Seat, err)
		})
		if got.lost || got.reason == "" {
			c.finish(r, token, got)
		}
	}
}

func (c *client) finish(r regulation.HoldRequest, token int, held seen) {
	if !held.lost && c.dice.IntN(2) == 0 {
		pinned := c.historian.note(c.id, call{op: "pin", token: token, seat: held.seat}, func() seen {
			h, err := c.engine.Pin(c.Context(), r.Token, r.By, r.Now, r.Now.Add(time.Minute))
			return answerOf(h.Seat, err)
		})
		if pinned.reason == "" && !pinned.lost {
			c.apply(token, c.sql.set(held.seat, true))
			c.apply(token, c.sql.set(held.seat, false))
			return
		}
	}
	c.historian.note(c.id, call{op: "release", token: token}, func() seen {
		return answerOf(0, c.engine.Release(c.Context(), r.Token, r.By, r.Now))
	})
}

func (c *client) apply(token int, r agenda.Record) {
	for range 20 { // as the relay does, until the engine took it
		out := c.historian.note(c.id, call{op: "apply", token: token, record: r}, func() seen {
			return answerOf(0, c.engine.Apply(c.Context(), c.territory, r))
		})
		if !out.lost {
			return
		}
	}
}

func answerOf(seat int, err error) seen {
	if errors.Is(err, regulation.ErrEngineAway) {
		return seen{lost: true}
	}
	return seen{reason: fault.Reason(err), seat: seat}
}
