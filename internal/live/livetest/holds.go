package livetest

import (
	"testing"
	"time"

	"github.com/relais-snp/relais/internal/agenda"
	"github.com/relais-snp/relais/internal/fault"
	"github.com/relais-snp/relais/internal/regulation"
)

var holdCases = map[string]func(*testing.T, Open){
	"a hold is seen by everybody": func(t *testing.T, open Open) {
		w := ready(t, open, seats(1))
		h := w.hold("rosa", "s1")
		if h.Seat != 1 || h.Slot != "s1" || h.By != "rosa" || h.Case != "case-rosa" || h.Extended ||
			!h.ExpiresAt.Equal(w.clock.Now().Add(3*time.Minute)) {
			t.Errorf("hold %+v", h)
		}
		s := w.slot("s1")
		want := regulation.HeldSeat{By: "Name of rosa", Holder: "rosa", Until: h.ExpiresAt}
		if len(s.Held) != 1 || s.Held[0] != want || s.Free() != 0 {
			t.Errorf("state %+v", s)
		}
	},
	"the same token twice is one hold": func(t *testing.T, open Open) {
		w := ready(t, open, seats(2))
		r := w.request("rosa", "s1")
		first, err := w.engine.Hold(t.Context(), r)
		w.must(err)
		before := w.position()
		again, err := w.engine.Hold(t.Context(), r)
		w.must(err)
		if again != first || w.position() != before {
			t.Errorf("first %+v, again %+v", first, again)
		}
		r.By = "omar"
		_, err = w.engine.Hold(t.Context(), r)
		refused(t, err, regulation.ErrHoldUnknown)
	},
	"a hold takes the lowest seat neither held nor booked": func(t *testing.T, open Open) {
		w := ready(t, open, seats(5), func(r *agenda.Record) { r.Slot.Seats = 5; r.Booked = []int{2} })
		var took []regulation.Hold
		for _, by := range []string{"a", "b", "c"} {
			took = append(took, w.hold(by, "s1"))
		}
		if took[0].Seat != 1 || took[1].Seat != 3 || took[2].Seat != 4 {
			t.Errorf("seats %d %d %d", took[0].Seat, took[1].Seat, took[2].Seat)
		}
		w.release(took[1])
		if h := w.hold("d", "s1"); h.Seat != 3 {
			t.Errorf("seat %d after 3 came free", h.Seat)
		}
		if s := w.slot("s1"); s.Booked != 1 || len(s.Held) != 3 || s.Free() != 1 || s.Held[1].Holder != "d" {
			t.Errorf("state %+v", s)
		}
	},
	"a taken slot names who holds it": func(t *testing.T, open Open) {
		w := ready(t, open, seats(1))
		h := w.hold("rosa", "s1")
		err := w.tryHold("omar", "s1")
		refused(t, err, regulation.ErrSlotTaken)
		want := agenda.HeldDetail{By: "Name of rosa", Holder: "rosa", Until: h.ExpiresAt}
		if got := fault.Of(err).Detail; got != want {
			t.Errorf("detail %+v", got)
		}
		w.apply("s1", booked(1))
		err = w.tryHold("omar", "s1")
		refused(t, err, regulation.ErrSlotTaken)
		if got := fault.Of(err).Detail; got != nil {
			t.Errorf("a booked seat has holder %+v", got)
		}
	},
	"refusals": func(t *testing.T, open Open) {
		w := ready(t, open)
		w.apply("gone", withdrawn)
		w.apply("now", startingIn(w, 0))
		for slot, want := range map[string]error{
			"gone": regulation.ErrSeatWithdrawn, "now": regulation.ErrSlotPast, "far": regulation.ErrOutsideWindow,
		} {
			refused(t, w.tryHold("rosa", slot), want)
		}
		_, err := w.engine.Slot(t.Context(), w.territory, "far")
		refused(t, err, regulation.ErrOutsideWindow)
	},
	"nobody holds more than the limit": func(t *testing.T, open Open) {
		w := ready(t, open)
		for _, slot := range []string{"a", "b", "c", "d"} {
			w.apply(slot)
		}
		first := w.hold("rosa", "a")
		w.hold("rosa", "b")
		refused(t, w.tryHold("rosa", "c"), regulation.ErrHoldLimit)
		w.hold("omar", "d")
		w.release(first)
		w.hold("rosa", "c")
		refused(t, w.tryHold("rosa", "a"), regulation.ErrHoldLimit)
		w.clock.Advance(4 * time.Minute)
		w.hold("rosa", "a")
		w.hold("rosa", "b")
	},
	"a pinned hold counts against no limit": func(t *testing.T, open Open) {
		w := ready(t, open)
		for _, slot := range []string{"a", "b", "c"} {
			w.apply(slot)
		}
		direct := w.request("rosa", "a")
		direct.Pinned, direct.Limit = true, 0
		h, err := w.engine.Hold(t.Context(), direct)
		w.must(err)
		w.hold("rosa", "b")
		w.hold("rosa", "c")
		w.release(h)
		refused(t, w.tryHold("rosa", "a"), regulation.ErrHoldLimit)
	},
	"fences rise and stay near the clock": func(t *testing.T, open Open) {
		w := ready(t, open, seats(3))
		a, b := w.hold("a", "s1"), w.hold("b", "s1")
		w.clock.Advance(time.Minute)
		c := w.hold("c", "s1")
		if a.Fence < a.ExpiresAt.Add(-3*time.Minute).UnixMicro() || b.Fence <= a.Fence || c.Fence < w.clock.Now().UnixMicro() {
			t.Errorf("fences %d %d %d", a.Fence, b.Fence, c.Fence)
		}
		w.clock.Advance(-time.Hour) // another process, whose clock is wrong
		w.rebuild()
		w.apply("s1")
		if d := w.hold("d", "s1"); d.Fence <= c.Fence {
			t.Errorf("fence %d after %d", d.Fence, c.Fence)
		}
	},
}
