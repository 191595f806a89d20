package regulation

import (
	"context"
	"strings"
	"time"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/agenda"
	"github.com/relais-snp/relais/internal/audit"
	"github.com/relais-snp/relais/internal/fault"
)

// Bookings lists bookings that the actor may see, patients included, by the
// slot's start. A GP lists their own, a professional those they made; only such
// lists may leave the territory out, for nothing else says where the others
// belong. The reading is audited.
func (s *Service) Bookings(ctx context.Context, a account.Actor, q BookingQuery) ([]Booking, error) {
	if q.Territory == "" && !q.own(a) {
		return nil, account.ErrForbidden
	}
	t := account.Target{Territory: q.Territory, Practitioner: q.Practitioner, By: q.BookedBy}
	if err := account.Allow(a, account.ReadBookings, t); err != nil {
		return nil, err
	}
	list, err := s.Store.Bookings(ctx, q)
	if err != nil {
		return nil, err
	}
	now := s.Now()
	seen := make([]audit.Entry, len(list))
	for i, b := range list {
		seen[i] = b.read(a, now)
	}
	return list, s.auditRead(ctx, seen...)
}

// own reports whether the list holds the actor's agenda or their own bookings alone.
func (q BookingQuery) own(a account.Actor) bool {
	return a.Practitioner != "" && q.Practitioner == a.Practitioner || q.BookedBy != "" && q.BookedBy == a.ID
}

// Booking returns one booking with its patient; the reading is audited. One
// that the actor may not see does not exist for them.
func (s *Service) Booking(ctx context.Context, a account.Actor, id string) (Booking, error) {
	b, err := s.Store.Booking(ctx, id)
	if err != nil {
		return Booking{}, err
	}
	if !account.Can(a, account.ReadPatient, b.target()) {
		return Booking{}, ErrBookingUnknown
	}
	return b, s.auditRead(ctx, b.read(a, s.Now()))
}

func (b Booking) target() account.Target {
	return account.Target{Territory: b.Territory, Practitioner: b.Practitioner, By: b.BookedBy}
}

// Cancel frees a booked seat while its start lies ahead. The reason is kept. A
// patient may call either side, so by is not who types: a GP cancels for
// themselves or for the patient, others for the regulation or for the patient.
// Whoever booked is told; when it is the GP's own doing, the case opens again.
// Cancelling a cancelled booking changes nothing.
func (s *Service) Cancel(ctx context.Context, a account.Actor, id string, by CancelledBy, reason string) (Booking, error) {
	reason = strings.TrimSpace(reason)
	if err := checkCancel(by, reason); err != nil {
		return Booking{}, err
	}
	b, err := s.own(ctx, a, account.CancelBooking, id)
	if err != nil {
		return Booking{}, err
	}
	own := a.Practitioner != "" && a.Practitioner == b.Practitioner
	if by == ByPractitioner && !own || by == ByRegulator && own {
		return Booking{}, account.ErrForbidden
	}
	now, slot := s.Now(), b.Slot
	var out []agenda.Announcement
	var reopened Case
	err = s.Store.InTx(ctx, func(ctx context.Context, tx Tx) (err error) {
		out, reopened = nil, Case{}
		if _, err = tx.LockSlot(ctx, slot); err != nil { // before the booking, as Book does
			return err
		}
		if b, err = tx.Booking(ctx, id); err != nil {
			return err
		}
		if b.State == StateCancelled {
			return tx.Audit(ctx, b.read(a, now)) // it is shown all the same
		}
		if b.State != StateBooked || !b.Start.After(now) {
			return ErrBookingState
		}
		b.State, b.CancelledAt, b.CancelledBy, b.CancelReason, b.ChangedAt = StateCancelled, now, by, reason, now
		out, reopened, err = s.freed(ctx, tx, a, b)
		return err
	})
	if err != nil || len(out) == 0 {
		return b, err
	}
	b.Revision++
	s.Deliverer.Deliver(ctx, out...)
	s.tellCancelled(ctx, a, b, reopened)
	return b, nil
}

// read says that the actor saw who comes.
func (b Booking) read(a account.Actor, now time.Time) audit.Entry {
	return act(now, a, "patient.read", "booking:"+b.ID, b.Territory, "")
}

// freed writes a cancellation: booking, slot, case, audit, outbox. It returns
// the case that opened again, the zero Case when none did.
func (s *Service) freed(ctx context.Context, tx Tx, a account.Actor, b Booking) (out []agenda.Announcement, reopened Case, err error) {
	if err := tx.SaveBooking(ctx, b); err != nil {
		return nil, Case{}, err
	}
	if b.CancelledBy == ByPractitioner && b.Case != "" {
		if reopened, err = reopen(ctx, tx, b.Case, b.CancelledAt); err != nil {
			return nil, Case{}, err
		}
	}
	if err := tx.Audit(ctx, act(b.CancelledAt, a, "booking.cancel", "booking:"+b.ID, b.Territory, string(b.CancelledBy))); err != nil {
		return nil, Case{}, err
	}
	rec, err := tx.Touch(ctx, b.Slot)
	if err == nil && rec.Slot.Extra { // it was made for this patient, and is offered to no other
		rec.Slot.WithdrawnAt = b.CancelledAt
		rec, err = tx.SaveSlot(ctx, rec.Slot)
	}
	if err != nil {
		return nil, Case{}, err
	}
	out, err = tx.Announce(ctx, rec)
	return out, reopened, err
}

// reopen gives a case back to its regulator after the GP cancelled, in the
// territory where it was opened. It returns the zero Case when it had ended
// otherwise.
func reopen(ctx context.Context, tx Tx, id string, at time.Time) (Case, error) {
	c, err := tx.Case(ctx, id)
	if err != nil || c.Outcome != Booked {
		return Case{}, err
	}
	c.Outcome, c.ClosedAt = "", time.Time{}
	if err := tx.SaveCase(ctx, c); err != nil {
		return Case{}, err
	}
	return c, tx.Audit(ctx, audit.Entry{At: at, Actor: "system", Action: "case.reopen", Target: "case:" + id, Territory: c.Territory})
}

// tellCancelled tells the other side of a cancellation, and where a case waits again.
func (s *Service) tellCancelled(ctx context.Context, a account.Actor, b Booking, reopened Case) {
	n := Notice{Territory: b.Territory, Kind: NoticeBookingCancelled, Slot: b.Slot, Booking: b.ID, Case: b.Case}
	if b.CancelledBy != ByPractitioner {
		n.Practitioner = b.Practitioner
		s.Notifier.Notify(ctx, n)
	}
	if b.BookedBy != a.ID {
		n.Practitioner, n.Account = "", b.BookedBy
		s.Notifier.Notify(ctx, n)
	}
	if reopened.ID != "" {
		n.Practitioner, n.Account, n.Kind, n.Territory = "", b.BookedBy, NoticeCaseReopened, reopened.Territory
		s.Notifier.Notify(ctx, n)
	}
}

// Tell records whether the patient came, from shortly before the start on. It
// may be corrected later.
func (s *Service) Tell(ctx context.Context, a account.Actor, id string, outcome BookingState) (Booking, error) {
	if outcome != StateHonoured && outcome != StateNoShow {
		return Booking{}, fault.Fields("booking.invalid", "Cette issue n’est pas possible.",
			fault.Field{Name: "outcome", Reason: "booking.outcome", Message: "Indiquez venu ou pas venu."})
	}
	b, err := s.own(ctx, a, account.RecordOutcome, id)
	if err != nil {
		return Booking{}, err
	}
	now := s.Now()
	if now.Before(b.Start.Add(-s.Rules.EarlyBefore)) {
		return Booking{}, ErrBookingState
	}
	err = s.Store.InTx(ctx, func(ctx context.Context, tx Tx) (err error) {
		if b, err = tx.Booking(ctx, id); err != nil {
			return err
		}
		if b.State == outcome {
			return tx.Audit(ctx, b.read(a, now)) // it is shown all the same
		}
		if b.State == StateCancelled {
			return ErrBookingState
		}
		b.State, b.OutcomeAt, b.ChangedAt = outcome, now, now
		if err := tx.SaveBooking(ctx, b); err != nil {
			return err
		}
		return tx.Audit(ctx, act(now, a, "booking.outcome", "booking:"+b.ID, b.Territory, string(outcome)))
	})
	return b, err
}

// own reads a booking for a change by the actor; one that the actor may not
// see does not exist for them.
func (s *Service) own(ctx context.Context, a account.Actor, action account.Action, id string) (Booking, error) {
	b, err := s.Store.Booking(ctx, id)
	if err != nil {
		return Booking{}, err
	}
	if !account.Can(a, account.ReadBookings, b.target()) {
		return Booking{}, ErrBookingUnknown
	}
	return b, account.Allow(a, action, b.target())
}

func checkCancel(by CancelledBy, reason string) error {
	bad := checkText("reason", reason)
	switch by {
	case ByPatient, ByRegulator:
	case ByPractitioner:
		if reason == "" {
			bad = append(bad, fault.Field{Name: "reason", Reason: "booking.reason_missing",
				Message: "Dites pourquoi vous annulez : le régulateur en est averti."})
		}
	default:
		bad = append(bad, fault.Field{Name: "by", Reason: "booking.cancelled_by", Message: "Indiquez qui annule."})
	}
	return fault.Fields("booking.invalid", "L’annulation contient des erreurs.", bad...)
}
