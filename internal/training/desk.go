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
	return d.witnessNote(a, c, draft, err)
}

// ChangeCase is regulation's.
func (d Desk) ChangeCase(ctx context.Context, a account.Actor, id string, draft regulation.CaseDraft) (regulation.Case, error) {
	if err := d.School.act(a); err != nil {
		return regulation.Case{}, err
	}
	c, err := d.Service.ChangeCase(ctx, a, id, draft)
	return d.witnessNote(a, c, draft, err)
}

// CloseCase is regulation's.
func (d Desk) CloseCase(ctx context.Context, a account.Actor, id string, end regulation.Closing) (regulation.Case, error) {
	c, err := d.Service.CloseCase(ctx, a, id, end)
	if err == nil {
		d.School.witness(a, Event{Kind: Ended, Case: c.ID, Commune: c.Commune, Outcome: c.Outcome})
	}
	return c, err
}

// Solicit is regulation's.
func (d Desk) Solicit(ctx context.Context, a account.Actor, r regulation.SolicitRequest) (regulation.Solicitation, error) {
	if err := d.School.act(a); err != nil {
		return regulation.Solicitation{}, err
	}
	return d.Service.Solicit(ctx, a, r)
}

// witnessNote tells what was noted. A case that was left open by an earlier task
// has its commune still while another is being typed: only what is named counts.
func (d Desk) witnessNote(a account.Actor, c regulation.Case, draft regulation.CaseDraft, err error) (regulation.Case, error) {
	if err != nil {
		return c, err
	}
	e := Event{Kind: Noted, Case: c.ID, MT: c.MT}
	if draft.Commune != nil {
		e.Commune = c.Commune
	}
	d.School.witness(a, e)
	return c, nil
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
	if c, err := d.Store.Case(ctx, e.Case); err == nil && e.Case != "" {
		e.Commune = c.Commune
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
