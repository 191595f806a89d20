package regulation_test

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/fault"
)

// A GP pauses while regulators hold: whoever has a hold books it, and every
// other slot is gone.
func TestAPauseNeverPullsASlotFromUnderAHold(t *testing.T) {
	each(t, func(w *world) {
		paris, err := civil.LoadZone("Europe/Paris")
		w.must(err)
		for round := range 5 {
			after := time.Duration(round)*24*time.Hour + time.Hour
			slots := w.publishAt(practice{w.gp, w.place}, after, 12, 0)
			day := civil.DateOf(w.clock.Now().Add(after), paris)
			booked := make([]bool, len(slots))
			var all sync.WaitGroup
			all.Go(func() {
				_, _, err := w.agenda.Pause(w.Context(), w.gp, "", day, day)
				if err != nil {
					w.Errorf("pause: %v", err)
				}
			})
			for i, slot := range slots {
				all.Go(func() {
					who := regulator(fmt.Sprintf("reg-%d-%d", round, i))
					h, err := w.svc.Hold(w.Context(), who, slot, "")
					if err != nil {
						if fault.Of(err).Kind != fault.Conflict {
							w.Errorf("hold: %v", err)
						}
						return
					}
					r := w.request("", fmt.Sprintf("Zoé-%d-%d", round, i))
					r.Hold = h.Token
					if _, err := w.svc.Book(w.Context(), who, r); err != nil {
						w.Errorf("a hold was worth nothing: %v", err)
					}
					booked[i] = true
				})
			}
			all.Wait()
			for i, slot := range slots {
				rec, err := w.svc.Store.Record(w.Context(), slot)
				w.must(err)
				if booked[i] != (len(rec.Booked) == 1) || !booked[i] && !rec.Slot.Withdrawn() {
					w.Errorf("round %d slot %d: booked %v, record %+v", round, i, booked[i], rec)
				}
			}
		}
	})
}
