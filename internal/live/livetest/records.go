package livetest

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/relais-snp/relais/internal/agenda"
	"github.com/relais-snp/relais/internal/regulation"
)

var recordCases = map[string]func(*testing.T, Open){
	"a record is carried whole": func(t *testing.T, open Open) {
		w := ready(t, open)
		r := w.apply("s1", func(r *agenda.Record) {
			r.Slot.Seats, r.Booked = 6, []int{2, 5}
			r.Slot.Modality, r.Slot.Audience = agenda.Visite, agenda.ForCPTS
			r.Slot.Start = r.Slot.Start.Add(123456 * time.Microsecond)
			r.Slot.WithdrawnAt, r.Slot.Extra = w.clock.Now(), true
		})
		want := regulation.SlotState{Slot: r.Slot, Booked: 2}
		if d := cmp.Diff(want, w.slot("s1"), cmpopts.EquateEmpty()); d != "" {
			t.Error(d)
		}
		all, err := w.engine.Slots(t.Context(), w.territory)
		w.must(err)
		if d := cmp.Diff([]regulation.SlotState{want}, all, cmpopts.EquateEmpty()); d != "" {
			t.Error(d)
		}
	},
	"the highest revision stays": func(t *testing.T, open Open) {
		w := ready(t, open)
		first, second := w.record("s1"), w.record("s1", booked(1))
		w.must(w.engine.Apply(t.Context(), w.territory, second))
		before := w.position()
		w.must(w.engine.Apply(t.Context(), w.territory, first, second))
		if s := w.slot("s1"); s.Booked != 1 || w.position() != before {
			t.Errorf("state %+v at %+v after %+v", s, w.position(), before)
		}
		w.must(w.engine.Apply(t.Context(), w.territory))
	},
	"a changed slot makes one event": func(t *testing.T, open Open) {
		w := ready(t, open)
		before := w.position()
		w.must(w.engine.Apply(t.Context(), w.territory, w.record("a"), w.record("b"), w.record("a", booked(1))))
		if after := w.position(); after.Seq != before.Seq+3 || after.Epoch != before.Epoch {
			t.Errorf("at %+v after %+v", after, before)
		}
	},
	"a booked seat ends its hold and no other": func(t *testing.T, open Open) {
		w := ready(t, open, seats(3))
		w.apply("b")
		w.apply("c")
		rosa, omar := w.hold("rosa", "s1"), w.hold("omar", "s1")
		w.hold("rosa", "b")
		refused(t, w.tryHold("rosa", "c"), regulation.ErrHoldLimit)
		before := w.position()
		w.apply("s1", seats(3), booked(1))
		s := w.slot("s1")
		if s.Booked != 1 || len(s.Held) != 1 || s.Held[0].Holder != "omar" || s.Free() != 1 || w.position().Seq != before.Seq+1 {
			t.Errorf("state %+v", s)
		}
		w.must(w.pin(omar))
		refused(t, w.pin(rosa), regulation.ErrHoldSuperseded)
		w.hold("rosa", "c") // the spent hold left the count
		w.clock.Advance(time.Hour / 2)
		w.expire(3) // and the expiries
	},
	"a cancelled booking frees its seat": func(t *testing.T, open Open) {
		w := ready(t, open, seats(1))
		rosa := w.hold("rosa", "s1")
		w.apply("s1", booked(1))
		refused(t, w.tryHold("omar", "s1"), regulation.ErrSlotTaken)
		w.apply("s1")
		refused(t, w.pin(rosa), regulation.ErrHoldExpired)
		w.hold("omar", "s1")
	},
	"a withdrawn slot loses its holds and comes back without": func(t *testing.T, open Open) {
		w := ready(t, open, seats(2))
		h := w.hold("rosa", "s1")
		w.apply("s1", seats(2), withdrawn)
		if s := w.slot("s1"); len(s.Held) != 0 || s.Free() != 0 || !s.Slot.Withdrawn() {
			t.Errorf("state %+v", s)
		}
		refused(t, w.pin(h), regulation.ErrHoldExpired)
		w.apply("s1", seats(2))
		if s := w.slot("s1"); s.Free() != 2 || s.Slot.Withdrawn() {
			t.Errorf("restored %+v", s)
		}
	},
	"trimming forgets ended slots without events": func(t *testing.T, open Open) {
		w := ready(t, open)
		w.apply("old", startingIn(w, time.Minute))
		w.apply("new", startingIn(w, 2*time.Hour))
		w.hold("rosa", "old")
		w.hold("rosa", "new")
		before := w.position()
		w.must(w.engine.Trim(t.Context(), w.territory, w.clock.Now().Add(time.Hour)))
		if w.position() != before {
			t.Error("trimming made an event")
		}
		_, err := w.engine.Slot(t.Context(), w.territory, "old")
		refused(t, err, regulation.ErrOutsideWindow)
		w.slot("new")
		w.apply("other")
		w.hold("rosa", "other") // the forgotten hold left the count
		w.clock.Advance(time.Hour / 2)
		w.expire(2)
	},
}
