package livetest

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"github.com/relais-snp/relais/internal/agenda"
	"github.com/relais-snp/relais/internal/fault"
	"github.com/relais-snp/relais/internal/live"
	"github.com/relais-snp/relais/internal/regulation"
)

// Machine compares the engine with a model of its contract under random steps:
// after each, the answers are the same, the slots are the same, and the
// sequence has risen by the number of changes.
func Machine(t *testing.T, open Open) {
	clock := NewClock()
	engine := open(t, clock)
	rapid.Check(t, func(rt *rapid.T) {
		m := &machine{T: rt, ctx: t.Context(), engine: engine, clock: clock, model: newModel(),
			territory: "cpts-" + rand.Text()[:10]}
		epoch, err := engine.Begin(m.ctx, m.territory, clock.Now(), 0)
		m.same(err, nil)
		_, err = engine.Ready(m.ctx, m.territory, epoch)
		m.same(err, nil)
		m.start = live.Position{Epoch: epoch}
		rt.Repeat(map[string]func(*rapid.T){
			"": m.check, "hold": m.hold, "extend": m.extend, "release": m.release, "pin": m.pin, "unpin": m.unpin,
			"guard": m.guard, "publish": m.publish, "stale": m.stale, "expire": m.expire, "wait": m.wait,
		})
	})
}

type machine struct {
	*rapid.T
	ctx       context.Context
	engine    live.Engine
	clock     *Clock
	model     *model
	territory string
	start     live.Position
	tokens    []regulation.Hold
	published []agenda.Record
}

// same fails unless both errors have one reason.
func (m *machine) same(got, want error) {
	if !errors.Is(got, want) || (want == nil) != (got == nil) {
		m.Fatalf("engine: %v, model: %v", got, want)
	}
	if want != nil && fault.Reason(got) == "internal" {
		m.Fatalf("engine: %v", got)
	}
}

func (m *machine) slotID(t *rapid.T) string {
	return rapid.SampledFrom([]string{"a", "b", "c"}).Draw(t, "slot")
}

// token is one that was given out, or, at the beginning, one that never was.
func (m *machine) token(t *rapid.T) regulation.Hold {
	if len(m.tokens) == 0 {
		return regulation.Hold{Token: regulation.TokenFor(m.territory, "a", "never"), By: "rosa"}
	}
	return rapid.SampledFrom(m.tokens).Draw(t, "token")
}

func (m *machine) hold(t *rapid.T) {
	slot, by := m.slotID(t), rapid.SampledFrom([]string{"rosa", "omar", "lena"}).Draw(t, "by")
	now := m.clock.Now()
	r := regulation.HoldRequest{
		Token:     regulation.TokenFor(m.territory, slot, fmt.Sprintf("%s%d", by, len(m.tokens))),
		Territory: m.territory, Slot: slot, By: by, Name: "É. " + by, Now: now,
		Until:  now.Add(time.Duration(rapid.IntRange(1, 180).Draw(t, "seconds")) * time.Second),
		Limit:  2,
		Pinned: rapid.IntRange(0, 4).Draw(t, "direct") == 0,
	}
	got, err := m.engine.Hold(m.ctx, r)
	want, wantErr := m.model.hold(r)
	m.same(err, wantErr)
	if err == nil {
		if got.Seat != want.Seat {
			t.Fatalf("seat %d, want %d", got.Seat, want.Seat)
		}
		m.tokens = append(m.tokens, got)
	}
}

func (m *machine) extend(t *rapid.T) {
	h, now := m.token(t), m.clock.Now()
	more := rapid.SampledFrom([]time.Duration{time.Minute, 3 * time.Minute}).Draw(t, "by")
	_, err := m.engine.Extend(m.ctx, h.Token, h.By, now, more)
	m.same(err, m.model.extend(h.Token, now, more))
}

func (m *machine) release(t *rapid.T) {
	h, now := m.token(t), m.clock.Now()
	m.same(m.engine.Release(m.ctx, h.Token, h.By, now), m.model.release(h.Token, now))
}

func (m *machine) pin(t *rapid.T) {
	h, now := m.token(t), m.clock.Now()
	_, err := m.engine.Pin(m.ctx, h.Token, h.By, now, now.Add(10*time.Second))
	m.same(err, m.model.pin(h.Token, now, now.Add(10*time.Second)))
}

func (m *machine) unpin(t *rapid.T) {
	h := m.token(t)
	m.same(m.engine.Unpin(m.ctx, h.Token, h.By), m.model.unpin(h.Token))
}

func (m *machine) guard(t *rapid.T) {
	slot, now := m.slotID(t), m.clock.Now()
	m.same(m.engine.Guard(m.ctx, m.territory, slot, now.Add(10*time.Second)), m.model.guard(slot, now, now.Add(10*time.Second)))
}

// publish applies a slot's next record: some seats booked, perhaps withdrawn,
// perhaps about to start.
func (m *machine) publish(t *rapid.T) {
	start := m.clock.Now().Add(time.Duration(rapid.IntRange(1, 90).Draw(t, "minutes")) * time.Minute)
	r := agenda.Record{Slot: agenda.Slot{ID: m.slotID(t), Territory: m.territory, Practitioner: "gp", Location: "place",
		Start: start, End: start.Add(time.Hour), Modality: agenda.Cabinet, Audience: agenda.ForCPTS,
		Seats: 3, Revision: int64(len(m.published) + 1)}}
	for seat := 1; seat <= 3; seat++ {
		if rapid.IntRange(0, 2).Draw(t, "booked") == 0 {
			r.Booked = append(r.Booked, seat)
		}
	}
	if rapid.IntRange(0, 5).Draw(t, "withdrawn") == 0 {
		r.Slot.WithdrawnAt = m.clock.Now()
	}
	m.published = append(m.published, r)
	m.apply(r)
}

// stale applies a record that was applied before.
func (m *machine) stale(t *rapid.T) {
	if len(m.published) == 0 {
		return
	}
	m.apply(rapid.SampledFrom(m.published).Draw(t, "record"))
}

func (m *machine) apply(r agenda.Record) {
	m.same(m.engine.Apply(m.ctx, m.territory, r), nil)
	m.model.apply(r)
}

func (m *machine) expire(t *rapid.T) {
	due, err := m.engine.Due(m.ctx, m.clock.Now(), m.territory)
	m.same(err, nil)
	if want := m.model.due(m.clock.Now()); (len(due) == 1) != want {
		t.Fatalf("due: %v, want %v", due, want)
	}
	n, err := m.engine.Expire(m.ctx, m.territory, m.clock.Now())
	m.same(err, nil)
	if want := m.model.sweep(m.clock.Now()); n != want {
		t.Fatalf("%d expired, want %d", n, want)
	}
}

func (m *machine) wait(t *rapid.T) {
	m.clock.Advance(time.Duration(rapid.IntRange(1, 120).Draw(t, "seconds")) * time.Second)
}

func (m *machine) check(t *rapid.T) {
	snap, err := m.engine.Snapshot(m.ctx, m.territory)
	m.same(err, nil)
	if want := (live.Position{Epoch: m.start.Epoch, Seq: m.model.changes}); snap.Position != want {
		t.Fatalf("at %+v, want %+v", snap.Position, want)
	}
	if d := cmp.Diff(m.model.states(), byID(snap.States), cmpopts.EquateEmpty()); d != "" {
		t.Fatal(d)
	}
	events, ok, err := m.engine.Since(m.ctx, m.territory, m.start)
	if m.same(err, nil); !ok {
		t.Fatal("the log forgot the beginning")
	}
	if d := cmp.Diff(sum(events), byID(snap.States), cmpopts.EquateEmpty()); d != "" {
		t.Fatal("events and slots differ: ", d)
	}
}
