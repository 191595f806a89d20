package regulation

import (
	"context"
	"time"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/agenda"
	"github.com/relais-snp/relais/internal/audit"
	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/fault"
)

// Acceptance is a GP's yes: when and where they see the patient.
type Acceptance struct {
	Solicitation string
	Start        time.Time // after now, within 24 hours
	Minutes      int       // 5 to 120
	Location     string    // one of theirs
	Modality     agenda.Modality
	Key          string // idempotency key, required
}

// Accept takes the patient. The first to accept wins: the state of one row in
// SQL decides, in the transaction that makes a slot of one seat on top of
// whatever the GP has published, books it and closes the case. The booking is
// the regulator's who asked, so that they are told of what becomes of it.
//
// The same key with the same request gives the same booking. Errors:
// "solicitation.invalid", ErrSolicitationUnknown for one who was not asked,
// ErrSolicitationSettled for whoever comes too late,
// "directory.location_unknown".
func (s *Service) Accept(ctx context.Context, a account.Actor, r Acceptance) (Booking, error) {
	x, err := s.solicited(ctx, a, r.Solicitation)
	if err != nil {
		return Booking{}, err
	}
	if err := r.check(s.Now()); err != nil {
		if made, known := s.acceptedBefore(ctx, a, r); made.ID != "" || known != nil {
			return made, known // its hour has come since
		}
		return Booking{}, err
	}
	made, out, err := s.accept(ctx, a, r, x)
	if err != nil || len(out) == 0 {
		return made, err
	}
	x.Booking = made.ID
	s.Deliverer.Deliver(ctx, out...)
	s.tellAsked(ctx, x, NoticeSolicitationSettled, a.Practitioner)
	s.Notifier.Notify(ctx, Notice{Territory: x.Territory, Account: x.By, Kind: NoticeSolicitationAccepted,
		Slot: made.Slot, Booking: made.ID, Case: x.Case, Solicitation: x.ID})
	return made, nil
}

// solicited returns a solicitation that the actor was asked; any other one does
// not exist for them.
func (s *Service) solicited(ctx context.Context, a account.Actor, id string) (Solicitation, error) {
	if err := account.Allow(a, account.AnswerSolicitation, account.Target{Practitioner: a.Practitioner}); err != nil {
		return Solicitation{}, err
	}
	x, err := s.Store.Solicitation(ctx, id)
	if err != nil {
		return Solicitation{}, err
	}
	if !x.asks(a.Practitioner) || !account.Can(a, account.AnswerSolicitation, x.target(a)) {
		return Solicitation{}, ErrSolicitationUnknown
	}
	return x, nil
}

// accept is the transaction of Accept. No announcement means that the request was
// answered before, and made is that earlier booking.
func (s *Service) accept(ctx context.Context, a account.Actor, r Acceptance, x Solicitation) (made Booking, out []agenda.Announcement, err error) {
	now := s.Now()
	opening, booking, slot := s.NewID(), s.NewID(), s.NewID()
	err = s.Store.InTx(ctx, func(ctx context.Context, tx Tx) error {
		out = nil
		if made, err = acceptedOnce(ctx, tx, a, r, now); err != nil || made.ID != "" {
			return err
		}
		if err := r.ownLocation(ctx, tx, a.Practitioner); err != nil {
			return err
		}
		c, err := tx.Case(ctx, x.Case)
		if err != nil {
			return err
		}
		if err := tx.TakeSolicitation(ctx, x.ID, now); err != nil {
			return err
		}
		if c.Patient == nil || !c.Open() { // whoever closes a case ends what waits of it
			return ErrSolicitationSettled
		}
		made = r.booking(a.Practitioner, c, x, now)
		made.ID, made.Slot = booking, slot
		made.OwnMT = s.ownMT(ctx, made)
		if err := s.makeRoom(ctx, tx, a, opening, made); err != nil {
			return err
		}
		if out, err = s.recordExtra(ctx, tx, a, r, c, made); err != nil {
			return err
		}
		return noteAccepted(ctx, tx, a, x, made)
	})
	return made, out, err
}

// acceptedOnce returns the booking of an earlier, identical request, the zero one
// for none. Its patient is shown again.
func acceptedOnce(ctx context.Context, tx Tx, a account.Actor, r Acceptance, now time.Time) (Booking, error) {
	id, err := tx.Remembered(ctx, a.ID, r.Key, r.digest())
	if err != nil || id == "" {
		return Booking{}, err
	}
	b, err := tx.Booking(ctx, id)
	if err != nil {
		return Booking{}, err
	}
	return b, tx.Audit(ctx, b.read(a, now))
}

// acceptedBefore is acceptedOnce by itself, for a request that is no longer
// valid; the zero Booking without error means that the key is new.
func (s *Service) acceptedBefore(ctx context.Context, a account.Actor, r Acceptance) (made Booking, err error) {
	if len(checkKey(r.Key)) > 0 {
		return Booking{}, nil
	}
	err = s.Store.InTx(ctx, func(ctx context.Context, tx Tx) (err error) {
		made, err = acceptedOnce(ctx, tx, a, r, s.Now())
		return err
	})
	return made, err
}

// ownLocation refuses a place where the GP does not receive.
func (r Acceptance) ownLocation(ctx context.Context, tx Tx, practitioner string) error {
	who, err := tx.Practitioner(ctx, practitioner)
	if err != nil {
		return err
	}
	if who.WorksAt(r.Location) {
		return nil
	}
	return fault.Fields("solicitation.invalid", "Ce lieu n’est pas l’un des vôtres.",
		fault.Field{Name: "location", Reason: "agenda.location_foreign", Message: "Ce lieu n’est pas l’un des vôtres."})
}

// booking drafts what the acceptance makes, for the case's patient.
func (r Acceptance) booking(practitioner string, c Case, x Solicitation, now time.Time) Booking {
	b := Booking{
		Seat: 1, Fence: 1, Territory: x.Territory, Practitioner: practitioner, Location: r.Location,
		Start: r.Start.UTC(), End: r.Start.UTC().Add(time.Duration(r.Minutes) * time.Minute), Modality: r.Modality,
		State: StateBooked, BookedAt: now, BookedBy: x.By, Case: c.ID,
		Patient: *c.Patient, Reason: c.Reason, Extra: true, Revision: 1, ChangedAt: now,
	}
	if b.Patient.MT.Status == MTUnknown || b.Patient.MT.Status == "" {
		b.Patient.MT = c.MT
	}
	return b
}

// makeRoom makes the slot that the booking stands on.
func (s *Service) makeRoom(ctx context.Context, tx Tx, a account.Actor, opening string, b Booking) error {
	where, err := s.Territories.Territory(b.Territory)
	if err != nil {
		return err
	}
	err = tx.SaveOpening(ctx, agenda.Opening{
		ID: opening, Territory: b.Territory, Practitioner: b.Practitioner, Location: b.Location,
		Start: b.Start, End: b.End, Seats: 1, Modality: b.Modality, Audience: agenda.ForRegulation, Extra: true,
		CreatedAt: b.BookedAt, CreatedBy: a.ID, MaterialisedTo: civil.DateOf(b.Start, where.Zone).AddDays(1),
	})
	if err != nil {
		return err
	}
	_, err = tx.AddSlots(ctx, []agenda.Slot{{
		ID: b.Slot, Opening: opening, Territory: b.Territory, Practitioner: b.Practitioner, Location: b.Location,
		Start: b.Start, End: b.End, Modality: b.Modality, Audience: agenda.ForRegulation, Seats: 1, Extra: true,
	}})
	return err
}

// recordExtra writes the booking, the end of its case, the audit, the outbox row
// and the key.
func (s *Service) recordExtra(ctx context.Context, tx Tx, a account.Actor, r Acceptance, c Case, b Booking) ([]agenda.Announcement, error) {
	if err := tx.AddBooking(ctx, b); err != nil {
		return nil, err
	}
	rec, err := tx.Touch(ctx, b.Slot)
	if err != nil {
		return nil, err
	}
	if _, err := endBooked(ctx, tx, a, c, b); err != nil {
		return nil, err
	}
	if err := tx.AuditAll(ctx, []audit.Entry{
		act(b.BookedAt, a, "solicitation.accept", "solicitation:"+r.Solicitation, b.Territory, "booking:"+b.ID),
		act(b.BookedAt, a, "booking.book", "booking:"+b.ID, b.Territory, "slot:"+b.Slot),
		b.read(a, b.BookedAt), // the answer shows who comes
	}); err != nil {
		return nil, err
	}
	if err := tx.Remember(ctx, a.ID, r.Key, r.digest(), b.ID, b.BookedAt); err != nil {
		return nil, err
	}
	return tx.Announce(ctx, rec)
}

func noteAccepted(ctx context.Context, tx Tx, a account.Actor, x Solicitation, b Booking) error {
	if err := tx.NoteBooking(ctx, x.ID, b.ID); err != nil {
		return err
	}
	return tx.NoteAnswer(ctx, x.ID, a.Practitioner, AnswerAccepted, b.BookedAt)
}

func (r Acceptance) check(now time.Time) error {
	bad := checkKey(r.Key)
	broken := func(name, reason, message string) {
		bad = append(bad, fault.Field{Name: name, Reason: reason, Message: message})
	}
	if !r.Start.After(now) || r.Start.After(now.Add(extraAhead)) {
		broken("start", "solicitation.start", "Le rendez-vous a lieu dans les 24 heures.")
	}
	if r.Minutes < minExtra || r.Minutes > maxExtra {
		broken("minutes", "solicitation.length", "Le rendez-vous dure de 5 à 120 minutes.")
	}
	if r.Location == "" {
		broken("location", "agenda.location_missing", "Indiquez le lieu.")
	}
	switch r.Modality {
	case agenda.Cabinet, agenda.Teleconsultation, agenda.Visite:
	default:
		broken("modality", "agenda.modality", "Indiquez comment le patient est vu.")
	}
	return fault.Fields("solicitation.invalid", "L’acceptation contient des erreurs.", bad...)
}

// digest tells one request from another under the same key.
func (r Acceptance) digest() string {
	r.Key, r.Start = "", r.Start.UTC()
	return digestOf("accept", r)
}
