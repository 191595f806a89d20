package regulation_test

import (
	"context"
	"testing"
	"time"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/agenda"
	"github.com/relais-snp/relais/internal/fault"
	"github.com/relais-snp/relais/internal/regulation"
)

func TestTheRecordAloneKeepsTheRules(t *testing.T) {
	each(t, func(w *world) {
		slots := w.publish(2, 0)
		_, err := w.agenda.Withdraw(w.Context(), w.gp, slots[0])
		w.must(err)
		w.engineLeaves()

		_, err = w.svc.Book(w.Context(), rosa, w.request(slots[0], "Zoé"))
		w.refused(err, regulation.ErrSeatWithdrawn)
		w.clock.Advance(2 * time.Hour)
		_, err = w.svc.Book(w.Context(), rosa, w.request(slots[1], "Zoé"))
		w.refused(err, regulation.ErrSlotPast)
	})
}

// pinning is an engine that still believes in a hold.
type pinning struct {
	regulation.Away
	hold regulation.Hold
}

func (p pinning) Pin(context.Context, string, string, time.Time, time.Time) (regulation.Hold, error) {
	return p.hold, nil
}

func TestAFenceIsUsedOnce(t *testing.T) {
	each(t, func(w *world) {
		slot := w.publish(1, 0)[0]
		b := w.book(rosa, w.request(slot, "Zoé"))
		_, err := w.svc.Cancel(w.Context(), rosa, b.ID, regulation.ByPatient, "guérie")
		w.must(err)
		book := func(fence int64) error {
			r := w.request("", "Léa")
			r.Hold = regulation.TokenFor(senart, slot, "secret")
			w.svc.Present = pinning{hold: regulation.Hold{Token: r.Hold, Territory: senart, Slot: slot, Seat: 1, Fence: fence, By: rosa.ID}}
			return second(w.svc.Book(w.Context(), rosa, r))
		}

		w.refused(book(b.Fence-1), regulation.ErrHoldSuperseded)
		w.refused(book(b.Fence), regulation.ErrHoldSuperseded)
		w.must(book(b.Fence + 1))
	})
}

// behind is an engine whose clock was set back: its fences are lower than those
// of bookings made before.
type behind struct{ pinning }

func (b behind) Hold(context.Context, regulation.HoldRequest) (regulation.Hold, error) {
	return b.hold, nil
}

func TestADirectBookingPassesFencesOfALaterClock(t *testing.T) {
	each(t, func(w *world) {
		slot := w.publish(1, 0)[0]
		first := w.book(rosa, w.request(slot, "Zoé"))
		_, err := w.svc.Cancel(w.Context(), rosa, first.ID, regulation.ByPatient, "guérie")
		w.must(err)
		token := regulation.TokenFor(senart, slot, "secret")
		w.svc.Present = behind{pinning{hold: regulation.Hold{Token: token, Territory: senart, Slot: slot, Seat: 1, Fence: first.Fence - 1, By: rosa.ID}}}

		again := w.book(rosa, w.request(slot, "Léa"))

		if again.Fence <= first.Fence {
			w.Errorf("fence %d after %d", again.Fence, first.Fence)
		}
	})
}

// shaken is a record whose first transactions end without anybody knowing how.
type shaken struct {
	regulation.Store
	times int
}

func (s *shaken) InTx(ctx context.Context, fn func(context.Context, regulation.Tx) error) error {
	if s.times > 0 {
		s.times--
		return fault.New(fault.Unavailable, "store.unavailable", "")
	}
	return s.Store.InTx(ctx, fn)
}

func TestARepetitionIsNotRefusedTheSeatOfItsFirstTry(t *testing.T) {
	each(t, func(w *world) {
		r := w.request(w.publish(1, 0)[0], "Zoé")
		w.svc.Store = &shaken{Store: w.svc.Store, times: 1}
		_, err := w.svc.Book(w.Context(), rosa, r)
		w.refused(err, fault.New(fault.Unavailable, "store.unavailable", ""))

		w.clock.Advance(time.Second)
		w.book(rosa, r)
	})
}

func TestAProfessionalSeesWhatIsMeantForTheCPTS(t *testing.T) {
	each(t, func(w *world) {
		w.publish(1, 0)
		start := w.clock.Now().Add(3 * time.Hour)
		_, shared, err := w.agenda.Publish(w.Context(), w.gp, agenda.Draft{Location: w.place, Start: start, End: start.Add(15 * time.Minute),
			SlotMinutes: 15, Modality: agenda.Cabinet, Audience: agenda.ForCPTS}, w.id())
		w.must(err)
		pharmacist := account.Actor{ID: "account-pia", Roles: []account.Role{account.Professional}, Territories: []string{senart}}

		board, err := w.svc.Slots(w.Context(), pharmacist, regulation.BoardQuery{Territory: senart})
		w.must(err)
		if len(board.Items) != 1 || board.Items[0].State.Slot.ID != shared[0].Slot.ID {
			w.Errorf("board %+v", board.Items)
		}
	})
}

func TestPagesOfWhatIsMeantForTheCPTSFollowEachOther(t *testing.T) {
	each(t, func(w *world) {
		w.publish(4, 0)
		start := w.clock.Now().Add(3 * time.Hour)
		_, shared, err := w.agenda.Publish(w.Context(), w.gp, agenda.Draft{Location: w.place, Start: start, End: start.Add(time.Hour),
			SlotMinutes: 20, Modality: agenda.Cabinet, Audience: agenda.ForCPTS}, w.id())
		w.must(err)
		pharmacist := account.Actor{ID: "account-pia", Roles: []account.Role{account.Professional}, Territories: []string{senart}}
		w.engineLeaves() // the record alone, as beyond the engine's window

		seen := 0
		q := regulation.BoardQuery{Territory: senart, Limit: 2}
		for page := 0; page == 0 || q.After != (regulation.Key{}); page++ {
			b, err := w.svc.Slots(w.Context(), pharmacist, q)
			w.must(err)
			seen += len(b.Items)
			if q.After = b.Next; page > 3 {
				w.Fatal("pages without end")
			}
		}
		if seen != len(shared) {
			w.Errorf("pages gave %d of %d slots", seen, len(shared))
		}
	})
}

func TestAProfessionalWhoBooksClosesNobodysCase(t *testing.T) {
	each(t, func(w *world) {
		w.svc.Rules.ProfessionalsBook = []string{senart}
		start := w.clock.Now().Add(3 * time.Hour)
		_, shared, err := w.agenda.Publish(w.Context(), w.gp, agenda.Draft{Location: w.place, Start: start, End: start.Add(15 * time.Minute),
			SlotMinutes: 15, Modality: agenda.Cabinet, Audience: agenda.ForCPTS}, w.id())
		w.must(err)
		pharmacist := account.Actor{ID: "account-pia", Roles: []account.Role{account.Professional}, Territories: []string{senart}}
		r := w.request(shared[0].Slot.ID, "Zoé")
		r.Case = w.openCase(rosa).ID

		_, err = w.svc.Book(w.Context(), pharmacist, r)
		w.refused(err, regulation.ErrCaseUnknown)
		open, err := w.svc.Cases(w.Context(), rosa, regulation.CaseQuery{Territory: senart, OpenOnly: true, Limit: 5})
		w.must(err)
		if len(open) != 1 {
			w.Errorf("%d cases are open", len(open))
		}
		r.Case = ""
		w.book(pharmacist, r)
	})
}
