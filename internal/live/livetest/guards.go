package livetest

import (
	"testing"
	"time"

	"github.com/relais-snp/relais/internal/agenda"
	"github.com/relais-snp/relais/internal/fault"
	"github.com/relais-snp/relais/internal/regulation"
)

var guardCases = map[string]func(*testing.T, Open){
	"a guarded slot takes no hold until the guard ends": func(t *testing.T, open Open) {
		w := ready(t, open, seats(1))
		w.must(w.guard("s1"))
		refused(t, w.tryHold("rosa", "s1"), regulation.ErrSeatWithdrawn)
		w.clock.Advance(10 * time.Second)
		w.hold("rosa", "s1")
	},
	"a guard ends with the slot's next record": func(t *testing.T, open Open) {
		w := ready(t, open)
		w.apply("s1")
		w.must(w.guard("s1"))
		w.must(w.engine.Apply(t.Context(), w.territory, agenda.Record{Slot: agenda.Slot{ID: "s1", Revision: 1}}))
		refused(t, w.tryHold("rosa", "s1"), regulation.ErrSeatWithdrawn) // nothing new
		w.apply("s1")
		w.hold("rosa", "s1")
	},
	"a held slot cannot be guarded": func(t *testing.T, open Open) {
		w := ready(t, open, seats(2))
		h := w.hold("rosa", "s1")
		err := w.guard("s1")
		refused(t, err, agenda.ErrSlotHeld)
		if got, want := fault.Of(err).Detail, (agenda.HeldDetail{By: "Name of rosa", Holder: "rosa", Until: h.ExpiresAt}); got != want {
			t.Errorf("detail %+v", got)
		}
		w.clock.Advance(3 * time.Minute)
		w.must(w.guard("s1")) // nobody expired the hold, and yet it is over
		if s := w.slot("s1"); len(s.Held) != 0 {
			t.Errorf("state %+v", s)
		}
	},
	"a booked slot and an unknown one can be guarded": func(t *testing.T, open Open) {
		w := ready(t, open, booked(1))
		w.must(w.guard("s1"))
		w.must(w.guard("nowhere"))
	},
}

func (w *world) guard(slot string) error {
	return w.engine.Guard(w.Context(), w.territory, slot, w.clock.Now().Add(10*time.Second))
}
