package training

import (
	"context"
	"errors"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/regulation"
)

// Desk is regulation as trainees meet it: the real use cases, with a witness
// beside them and, in one task, a colleague who is quicker.
type Desk struct {
	*regulation.Service
	School *School
}

// Hold is regulation's.
func (d Desk) Hold(ctx context.Context, a account.Actor, slot, caseID string) (regulation.Hold, error) {
	if err := d.School.act(a); err != nil {
		return regulation.Hold{}, err
	}
	d.School.rival(ctx, a, slot)
	h, err := d.Service.Hold(ctx, a, slot, caseID)
	d.witnessSeat(ctx, a, slot, Event{Kind: Held, Case: caseID}, err)
	return h, err
}

// Release is regulation's.
func (d Desk) Release(ctx context.Context, a account.Actor, token string) error {
	err := d.Service.Release(ctx, a, token)
	if err == nil {
		d.School.witness(a, Event{Kind: Released})
	}
	return err
}

// Book is regulation's.
func (d Desk) Book(ctx context.Context, a account.Actor, r regulation.BookRequest) (regulation.Booking, error) {
	if err := d.School.act(a); err != nil {
		return regulation.Booking{}, err
	}
	if r.Hold == "" {
		d.School.rival(ctx, a, r.Slot)
	}
	b, err := d.Service.Book(ctx, a, r)
	slot := r.Slot
	if _, held, ok := regulation.SplitToken(r.Hold); ok {
		slot = held
	}
	d.witnessSeat(ctx, a, slot, Event{Kind: Booked, Case: b.Case, Family: r.Patient.Family}, err)
	return b, err
}

// OpenCase is regulation's.
func (d Desk) OpenCase(ctx context.Context, a account.Actor, draft regulation.CaseDraft) (regulation.Case, error) {
	if err := d.School.act(a); err != nil {
		return regulation.Case{}, err
	}
	c, err := d.Service.OpenCase(ctx, a, draft)
	return d.witnessCase(a, c, Noted, err)
}

// ChangeCase is regulation's.
func (d Desk) ChangeCase(ctx context.Context, a account.Actor, id string, draft regulation.CaseDraft) (regulation.Case, error) {
	if err := d.School.act(a); err != nil {
		return regulation.Case{}, err
	}
	c, err := d.Service.ChangeCase(ctx, a, id, draft)
	return d.witnessCase(a, c, Noted, err)
}

// CloseCase is regulation's.
func (d Desk) CloseCase(ctx context.Context, a account.Actor, id string, end regulation.Closing) (regulation.Case, error) {
	c, err := d.Service.CloseCase(ctx, a, id, end)
	return d.witnessCase(a, c, Ended, err)
}

// Solicit is regulation's.
func (d Desk) Solicit(ctx context.Context, a account.Actor, r regulation.SolicitRequest) (regulation.Solicitation, error) {
	if err := d.School.act(a); err != nil {
		return regulation.Solicitation{}, err
	}
	return d.Service.Solicit(ctx, a, r)
}

func (d Desk) witnessCase(a account.Actor, c regulation.Case, kind Kind, err error) (regulation.Case, error) {
	if err == nil {
		d.School.witness(a, Event{Kind: kind, Case: c.ID, Commune: c.Commune, MT: c.MT, Outcome: c.Outcome})
	}
	return c, err
}

// witnessSeat tells what became of a seat that the trainee wanted.
func (d Desk) witnessSeat(ctx context.Context, a account.Actor, slot string, e Event, err error) {
	switch {
	case errors.Is(err, regulation.ErrSlotTaken):
		e = Event{Kind: Refused}
	case err != nil:
		return
	}
	if rec, err := d.Store.Record(ctx, slot); err == nil {
		e.Practitioner = rec.Slot.Practitioner
	}
	d.School.witness(a, e)
}

func (s *School) witness(a account.Actor, e Event) {
	if r, err := s.room(a.ID); err == nil {
		r.note(e)
	}
}

func (s *School) rival(ctx context.Context, a account.Actor, slot string) {
	if r, err := s.room(a.ID); err == nil {
		r.rival(ctx, slot)
	}
}
