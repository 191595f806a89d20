package livetest

import (
	"crypto/rand"
	"sync"
	"testing"
	"time"

	"github.com/relais-snp/relais/internal/agenda"
	"github.com/relais-snp/relais/internal/live"
	"github.com/relais-snp/relais/internal/regulation"
)

// Clock is a clock that moves only when told.
type Clock struct {
	mu  sync.Mutex
	now time.Time
}

// NewClock stands at a Monday noon of November 2026.
func NewClock() *Clock {
	return &Clock{now: time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)}
}

// Now returns the time it stands at.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

// Advance moves it on.
func (c *Clock) Advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// Open returns an engine on the given clock. Engines of one test may share
// their store: every test works in a territory of its own.
type Open func(t *testing.T, clock *Clock) live.Engine

// world is a territory that is ready, with an engine and a clock.
type world struct {
	*testing.T
	engine    live.Engine
	clock     *Clock
	territory string
	revisions map[string]int64
}

// unbegun gives a world whose territory nobody began.
func unbegun(t *testing.T, open Open) *world {
	clock := NewClock()
	return &world{T: t, engine: open(t, clock), clock: clock,
		territory: "cpts-" + rand.Text()[:10], revisions: map[string]int64{}}
}

// ready gives a world whose territory is ready and carries the records.
func ready(t *testing.T, open Open, records ...func(*agenda.Record)) *world {
	w := unbegun(t, open)
	w.rebuild()
	for _, r := range records {
		w.apply("s1", r)
	}
	return w
}

func (w *world) rebuild() (epoch string) {
	w.Helper()
	epoch, err := w.engine.Begin(w.Context(), w.territory, w.clock.Now(), 0)
	w.must(err)
	ok, err := w.engine.Ready(w.Context(), w.territory, epoch)
	w.must(err)
	if !ok {
		w.Fatal("nobody else began, and yet Ready says so")
	}
	return epoch
}

// record is a cabinet slot of one seat in an hour, at its next revision.
func (w *world) record(id string, with ...func(*agenda.Record)) agenda.Record {
	w.revisions[id]++
	start := w.clock.Now().Add(time.Hour)
	r := agenda.Record{Slot: agenda.Slot{
		ID: id, Opening: "opening", Territory: w.territory, Practitioner: "gp-1", Location: "place-1",
		Start: start, End: start.Add(20 * time.Minute),
		Modality: agenda.Cabinet, Audience: agenda.ForRegulation, Seats: 1, Revision: w.revisions[id],
	}}
	for _, change := range with {
		change(&r)
	}
	return r
}

func seats(n int) func(*agenda.Record) {
	return func(r *agenda.Record) { r.Slot.Seats = n }
}

func booked(numbers ...int) func(*agenda.Record) {
	return func(r *agenda.Record) { r.Booked = numbers }
}

func withdrawn(r *agenda.Record) { r.Slot.WithdrawnAt = r.Slot.Start.Add(-2 * time.Hour) }

func startingIn(w *world, d time.Duration) func(*agenda.Record) {
	return func(r *agenda.Record) {
		r.Slot.Start = w.clock.Now().Add(d)
		r.Slot.End = r.Slot.Start.Add(20 * time.Minute)
	}
}

// apply brings the slot to its next record.
func (w *world) apply(id string, with ...func(*agenda.Record)) agenda.Record {
	w.Helper()
	r := w.record(id, with...)
	w.must(w.engine.Apply(w.Context(), w.territory, r))
	return r
}

// request asks for a hold of three minutes for somebody, with their own token.
func (w *world) request(by, slot string) regulation.HoldRequest {
	return regulation.HoldRequest{
		Token:     regulation.TokenFor(w.territory, slot, by+rand.Text()[:8]),
		Territory: w.territory, Slot: slot, By: by, Name: "Name of " + by, Case: "case-" + by,
		Now: w.clock.Now(), Until: w.clock.Now().Add(3 * time.Minute), Limit: 2,
	}
}

// hold must succeed.
func (w *world) hold(by, slot string) regulation.Hold {
	w.Helper()
	h, err := w.engine.Hold(w.Context(), w.request(by, slot))
	w.must(err)
	return h
}

func (w *world) tryHold(by, slot string) error {
	_, err := w.engine.Hold(w.Context(), w.request(by, slot))
	return err
}

func (w *world) pin(h regulation.Hold) error {
	now := w.clock.Now()
	_, err := w.engine.Pin(w.Context(), h.Token, h.By, now, now.Add(10*time.Second))
	return err
}

func (w *world) release(h regulation.Hold) {
	w.Helper()
	w.must(w.engine.Release(w.Context(), h.Token, h.By, w.clock.Now()))
}

func (w *world) slot(id string) regulation.SlotState {
	w.Helper()
	s, err := w.engine.Slot(w.Context(), w.territory, id)
	w.must(err)
	return s
}

func (w *world) position() live.Position {
	w.Helper()
	p, err := w.engine.Position(w.Context(), w.territory)
	w.must(err)
	return p
}

func (w *world) must(err error) {
	w.Helper()
	if err != nil {
		w.Fatal(err)
	}
}
