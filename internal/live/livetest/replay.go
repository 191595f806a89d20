package livetest

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/relais-snp/relais/internal/live"
	"github.com/relais-snp/relais/internal/regulation"
)

var replayCases = map[string]func(*testing.T, Open){
	"events come in order, without gap, and replay the same": func(t *testing.T, open Open) {
		w := ready(t, open)
		f := w.follow()
		from := w.position()
		w.busyMinute()
		to := w.position()
		var seen []live.Event
		for seq := from.Seq + 1; seq <= to.Seq; seq++ {
			e := w.next(f)
			if e.Position != (live.Position{Epoch: from.Epoch, Seq: seq}) || e.Territory != w.territory {
				t.Fatalf("event at %+v, want seq %d", e.Position, seq)
			}
			seen = append(seen, e)
		}
		for cut := range len(seen) + 1 {
			at := live.Position{Epoch: from.Epoch, Seq: from.Seq + int64(cut)}
			events, ok, err := w.engine.Since(t.Context(), w.territory, at)
			w.must(err)
			if d := cmp.Diff(seen[cut:], events, cmpopts.EquateEmpty()); !ok || d != "" {
				t.Fatalf("since %+v: ok %v %s", at, ok, d)
			}
		}
	},
	"a snapshot is the sum of its events": func(t *testing.T, open Open) {
		w := ready(t, open)
		from := w.position()
		w.busyMinute()
		snap, err := w.engine.Snapshot(t.Context(), w.territory)
		w.must(err)
		events, ok, err := w.engine.Since(t.Context(), w.territory, from)
		w.must(err)
		if !ok || snap.Position != w.position() || snap.Territory != w.territory {
			t.Fatalf("ok %v, snapshot at %+v", ok, snap.Position)
		}
		if d := cmp.Diff(sum(events), byID(snap.States), cmpopts.EquateEmpty()); d != "" {
			t.Error(d)
		}
	},
	"a position that never was is not replayed": func(t *testing.T, open Open) {
		w := ready(t, open, seats(1))
		p := w.position()
		for _, from := range []live.Position{{Epoch: p.Epoch, Seq: p.Seq + 1}, {Epoch: "other", Seq: p.Seq}, {Epoch: p.Epoch, Seq: -1}, {}} {
			if _, ok, err := w.engine.Since(t.Context(), w.territory, from); ok || err != nil {
				t.Errorf("since %+v: %v %v", from, ok, err)
			}
		}
	},
	"a cancelled sink hears nothing more": func(t *testing.T, open Open) {
		w := ready(t, open, seats(1))
		left, stays := w.follow(), w.follow()
		left.cancel()
		before := len(left.events)
		w.hold("rosa", "s1")
		w.next(stays)
		if n := len(left.events) - before; n != 0 {
			t.Errorf("%d events after cancelling", n)
		}
	},
	"signals reach every sink of their territory": func(t *testing.T, open Open) {
		w := ready(t, open)
		a, b := w.follow(), w.follow()
		sent := []live.Signal{
			{Territory: w.territory, Focus: &live.Focus{Holder: "rosa", By: "Rosa", Slot: "s1"}},
			{Territory: w.territory, Notice: &regulation.Notice{Territory: w.territory, Account: "rosa",
				Kind: regulation.NoticeBookingCancelled, Slot: "s1", Booking: "b1", Case: "c1"}},
		}
		for _, s := range sent {
			w.engine.Signal(t.Context(), s)
		}
		for _, f := range []*follower{a, b} {
			for _, want := range sent {
				if d := cmp.Diff(want, await(t, f.signals, "a signal")); d != "" {
					t.Error(d)
				}
			}
		}
	},
	"territories do not hear each other": func(t *testing.T, open Open) {
		w := ready(t, open, seats(1))
		other := w.beside("-b")
		other.rebuild()
		f := other.follow()
		w.hold("rosa", "s1")
		other.apply("s1")
		if e := other.next(f); e.Territory != other.territory || e.Position.Seq != 1 {
			t.Errorf("heard %+v", e)
		}
	},
}

// busyMinute does a bit of everything.
func (w *world) busyMinute() {
	w.Helper()
	for i := range 5 {
		w.apply(fmt.Sprintf("slot-%d", i), seats(2))
	}
	w.release(w.hold("rosa", "slot-0"))
	w.hold("rosa", "slot-1")
	h := w.hold("omar", "slot-1")
	w.must(w.extend(h, 5*time.Minute))
	w.apply("slot-1", seats(2), booked(2))
	w.hold("omar", "slot-2")
	w.apply("slot-3", seats(2), withdrawn)
	w.clock.Advance(3 * time.Minute)
	w.expire(2)
	w.hold("lena", "slot-4")
}

func sum(events []live.Event) map[string]regulation.SlotState {
	states := map[string]regulation.SlotState{}
	for _, e := range events {
		states[e.State.Slot.ID] = e.State
	}
	return states
}

func byID(states []regulation.SlotState) map[string]regulation.SlotState {
	m := map[string]regulation.SlotState{}
	for _, s := range states {
		m[s.Slot.ID] = s
	}
	return m
}
