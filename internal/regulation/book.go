package regulation

import (
	"context"
	"slices"
	"time"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/agenda"
	"github.com/relais-snp/relais/internal/fault"
)

// Book takes a seat: it pins the hold (or a free seat for a direct booking),
// writes the booking in SQL, then tells the live engine. Without an engine SQL
// decides alone. It answers only after SQL has committed.
//
// The same key with the same request gives the same booking; with another one,
// Conflict "request.key_reused". A refusal about a seat carries *RefusalDetail.
// ErrSamePatient passes when repeated with AckSamePatient; a hold survives it.
func (s *Service) Book(ctx context.Context, a account.Actor, r BookRequest) (Booking, error) {
	now := s.Now()
	if err := r.check(now); err != nil {
		return Booking{}, err
	}
	rec, err := s.wanted(ctx, a, r)
	if err != nil {
		return Booking{}, err
	}
	if err := s.allowOn(a, account.Book, rec.Slot); err != nil {
		return Booking{}, err
	}
	seat, err := s.pin(ctx, a, r, rec, now)
	if err != nil {
		if made, known := s.answered(ctx, a, r); made.ID != "" || known != nil {
			return made, known
		}
		return Booking{}, s.refuse(ctx, a, rec, r.Case, err)
	}
	b := r.booking(s.NewID(), a, rec.Slot, seat, now)
	b.OwnMT = s.ownMT(ctx, b)
	made, announcements, err := s.write(ctx, a, r, b)
	if err != nil {
		s.letGo(ctx, a, r, seat, err)
		return Booking{}, s.refuse(ctx, a, rec, b.Case, err)
	}
	s.Deliverer.Deliver(ctx, announcements...)
	if len(announcements) > 0 {
		s.Notifier.Notify(ctx, Notice{Territory: made.Territory, Practitioner: made.Practitioner,
			Kind: NoticeBooked, Slot: made.Slot, Booking: made.ID})
	} else {
		s.letGo(ctx, a, r, seat, nil) // a repeated request took nothing new
	}
	return made, nil
}

// wanted finds the slot that the request names, by hold or by id.
func (s *Service) wanted(ctx context.Context, a account.Actor, r BookRequest) (agenda.Record, error) {
	slot := r.Slot
	var claimed string
	if r.Hold != "" {
		var ok bool
		if claimed, slot, ok = SplitToken(r.Hold); !ok || !a.In(claimed) {
			return agenda.Record{}, ErrHoldUnknown
		}
	}
	rec, err := s.Store.Record(ctx, slot)
	if err == nil && claimed != "" && rec.Slot.Territory != claimed {
		return agenda.Record{}, ErrHoldUnknown
	}
	return rec, err
}

// pin secures a seat in the engine. The zero Hold means that SQL will choose:
// the engine is away, or the slot lies beyond its window.
func (s *Service) pin(ctx context.Context, a account.Actor, r BookRequest, rec agenda.Record, now time.Time) (Hold, error) {
	until := now.Add(s.Rules.PinFor)
	if r.Hold != "" {
		h, err := s.Present.Pin(ctx, r.Hold, a.ID, now, until)
		if away(err) {
			return Hold{}, nil
		}
		return h, err
	}
	want := HoldRequest{
		Token:     TokenFor(rec.Slot.Territory, rec.Slot.ID, r.secret(a)),
		Territory: rec.Slot.Territory, Slot: rec.Slot.ID,
		By: a.ID, Name: a.Name, Case: r.Case, Now: now, Until: until, Pinned: true,
	}
	h, err := s.Present.Hold(ctx, want)
	switch {
	case fault.Reason(err) == ErrHoldExpired.Reason: // an earlier try of this request is over
		want.Token = TokenFor(rec.Slot.Territory, rec.Slot.ID, s.NewSecret())
		h, err = s.Present.Hold(ctx, want)
	case err == nil && h.ExpiresAt.Before(until): // one is at work still, perhaps for another server
		h, err = s.Present.Pin(ctx, h.Token, a.ID, now, until)
	}
	if away(err) || fault.Reason(err) == ErrOutsideWindow.Reason {
		return Hold{}, nil
	}
	return h, err
}

// letGo undoes pin after a refusal or a repetition. When nobody can say whether
// SQL committed, the pin is left to run out.
func (s *Service) letGo(ctx context.Context, a account.Actor, r BookRequest, h Hold, cause error) {
	if h.Token == "" || cause != nil && !settled(cause) {
		return
	}
	if r.Hold != "" {
		_ = s.Present.Unpin(ctx, h.Token, a.ID) // it expires by itself if this fails
		return
	}
	_ = s.Present.Release(ctx, h.Token, a.ID, s.Now())
}

// write is the booking's transaction. No announcement means that the request
// was answered before, and made is that earlier booking. It ends before the pin
// does, so that a stalled writer cannot take a seat whose hold has expired.
func (s *Service) write(ctx context.Context, a account.Actor, r BookRequest, b Booking) (made Booking, out []agenda.Announcement, err error) {
	ctx, cancel := context.WithTimeout(ctx, s.Rules.PinFor*4/5)
	defer cancel()
	var stopped Solicitation
	err = s.Store.InTx(ctx, func(ctx context.Context, tx Tx) error {
		made, out, stopped = b, nil, Solicitation{}
		id, err := tx.Remembered(ctx, a.ID, r.Key, r.digest())
		if err != nil {
			return err
		}
		if id != "" {
			made, err = tx.Booking(ctx, id)
			return err
		}
		if err := s.seat(ctx, tx, &made, r.Hold == "" || made.Fence == 0); err != nil {
			return err
		}
		if err := s.warnSamePatient(ctx, tx, a, made, r.Acknowledge); err != nil {
			return err
		}
		if stopped, err = closeBooked(ctx, tx, a, made); err != nil {
			return err
		}
		out, err = s.record(ctx, tx, a, r, made)
		return err
	})
	if err == nil {
		s.tellSettled(ctx, stopped)
	}
	return made, out, err
}

// seat locks the slot and settles which seat the booking takes, and its fence. A
// direct one cannot have slept: what it says of the seat is as old as the request.
func (s *Service) seat(ctx context.Context, tx Tx, b *Booking, direct bool) error {
	rec, err := tx.LockSlot(ctx, b.Slot)
	if err != nil {
		return err
	}
	if err := seatFor(rec, b); err != nil {
		return err
	}
	last, err := tx.LastFence(ctx, b.Slot, b.Seat)
	if err != nil {
		return err
	}
	if direct {
		b.Fence = max(b.Fence, last+1)
	}
	if b.Fence <= last {
		return ErrHoldSuperseded
	}
	return nil
}

// seatFor checks a booking against the slot's record and, when no hold named a
// seat, gives it the lowest free one.
func seatFor(rec agenda.Record, b *Booking) error {
	switch {
	case rec.Slot.Withdrawn():
		return ErrSeatWithdrawn
	case !rec.Slot.Start.After(b.BookedAt):
		return ErrSlotPast
	case b.Seat != 0 && slices.Contains(rec.Booked, b.Seat):
		return ErrSlotTaken
	case b.Seat != 0:
		return nil
	}
	for seat := 1; seat <= rec.Slot.Seats; seat++ {
		if !slices.Contains(rec.Booked, seat) {
			b.Seat = seat
			return nil
		}
	}
	return ErrSlotTaken
}

// warnSamePatient refuses a second booking of one patient close to the first,
// unless the regulator said that they know. The first may be in any of their
// territories: one who regulates several books a caller into either.
func (s *Service) warnSamePatient(ctx context.Context, tx Tx, a account.Actor, b Booking, acknowledged []string) error {
	if slices.Contains(acknowledged, AckSamePatient) {
		return nil
	}
	from, to := b.Start.Add(-s.Rules.SameWithin), b.Start.Add(s.Rules.SameWithin)
	namesakes, err := tx.LiveBookingsNamed(ctx, a.Territories, b.Patient, from, to)
	if err != nil {
		return err
	}
	for _, other := range namesakes {
		if SamePatient(other.Patient, b.Patient) {
			return ErrSamePatient
		}
	}
	return nil
}

// closeBooked ends the booking's case as booked, in whichever of the actor's
// territories it was opened. Who may not handle cases has none to name. It
// returns the solicitation that no longer waits with it, the zero one for none.
func closeBooked(ctx context.Context, tx Tx, a account.Actor, b Booking) (Solicitation, error) {
	if b.Case == "" {
		return Solicitation{}, nil
	}
	c, err := tx.Case(ctx, b.Case)
	switch {
	case err != nil:
		return Solicitation{}, err
	case !account.Can(a, account.HandleCase, account.Target{Territory: c.Territory}):
		return Solicitation{}, ErrCaseUnknown
	case !c.Open():
		return Solicitation{}, ErrCaseClosed
	}
	return endBooked(ctx, tx, a, c, b)
}

// endBooked writes the end of a case that a booking answers, as end does.
func endBooked(ctx context.Context, tx Tx, a account.Actor, c Case, b Booking) (stopped Solicitation, err error) {
	c.Outcome, c.ClosedAt = Booked, b.BookedAt
	if c.Patient == nil {
		c.Patient = &b.Patient
	}
	if c.MT.Status == MTUnknown || c.MT.Status == "" {
		c.MT = b.Patient.MT
	}
	return end(ctx, tx, a, c)
}

// record writes the booking with its audit, its outbox row and its key.
func (s *Service) record(ctx context.Context, tx Tx, a account.Actor, r BookRequest, b Booking) ([]agenda.Announcement, error) {
	if err := tx.AddBooking(ctx, b); err != nil {
		return nil, err
	}
	rec, err := tx.Touch(ctx, b.Slot)
	if err != nil {
		return nil, err
	}
	if err := tx.Audit(ctx, act(b.BookedAt, a, "booking.book", "booking:"+b.ID, b.Territory, "slot:"+b.Slot)); err != nil {
		return nil, err
	}
	if err := tx.Remember(ctx, a.ID, r.Key, r.digest(), b.ID, b.BookedAt); err != nil {
		return nil, err
	}
	return tx.Announce(ctx, rec)
}

// answered finds the booking that an earlier, identical request made: its hold
// is spent, so a repetition fails to pin although all went well. A key that
// served another request is "request.key_reused"; the zero Booking without
// error means that the key is new, or that nobody can say now.
func (s *Service) answered(ctx context.Context, a account.Actor, r BookRequest) (made Booking, err error) {
	err = s.Store.InTx(ctx, func(ctx context.Context, tx Tx) error {
		id, err := tx.Remembered(ctx, a.ID, r.Key, r.digest())
		if err != nil || id == "" {
			return err
		}
		made, err = tx.Booking(ctx, id)
		return err
	})
	if err != nil && !settled(err) {
		return Booking{}, nil
	}
	return made, err
}

// ownMT reports whether the slot belongs to the patient's médecin traitant.
func (s *Service) ownMT(ctx context.Context, b Booking) bool {
	rpps := b.Patient.MT.RPPS
	if rpps == "" {
		return false
	}
	ground, err := s.People.Ground(ctx, b.Territory)
	return err == nil && ground.RPPS[b.Practitioner] == rpps
}
