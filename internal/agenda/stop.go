package agenda

import (
	"context"
	"time"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/civil"
)

// Stop ends an opening from an instant on, now when it is zero or past: free
// seats of slots that start then or later are withdrawn, booked ones stay.
// Stopping again, later than before, changes nothing.
//
// Errors: "agenda.opening_unknown", "account.forbidden", and "agenda.slot_held"
// when one of the slots is held; then nothing is changed.
func (s *Service) Stop(ctx context.Context, actor account.Actor, id string, from time.Time) (Opening, error) {
	o, t, err := s.ownOpening(ctx, actor, id)
	if err != nil {
		return Opening{}, err
	}
	if now := s.now(); from.Before(now) {
		from = now
	}
	if err := s.guardFrom(ctx, id, from); err != nil {
		return Opening{}, err
	}
	err = s.commit(ctx, func(ctx context.Context, tx Tx) ([]Record, error) {
		now := s.now()
		if o, err = tx.Opening(ctx, id); err != nil {
			return nil, err
		}
		moved, err := s.withdrawFrom(ctx, tx, id, from, now)
		if err != nil {
			return nil, err
		}
		if day := o.stopDay(from, t.Zone); o.StoppedFrom.IsZero() || day.Before(o.StoppedFrom) {
			o.StoppedFrom = day
		}
		if err := tx.SaveOpening(ctx, o); err != nil {
			return nil, err
		}
		return moved, tx.Audit(ctx, s.entry(now, actor.ID, "opening.stop", o.Territory, "opening:"+id))
	})
	if err != nil {
		return Opening{}, err
	}
	return o, nil
}

// stopDay is the first day without an occurrence when one stops at from: the
// day itself, or the next when that day's occurrence starts before.
func (o Opening) stopDay(from time.Time, zone *time.Location) civil.Date {
	day := civil.DateOf(from, zone)
	if o.on(day, zone).Start.Before(from) {
		return day.AddDays(1)
	}
	return day
}

func (s *Service) guardFrom(ctx context.Context, opening string, from time.Time) error {
	records, err := s.store.SlotsOf(ctx, opening)
	if err != nil {
		return err
	}
	var touched []Slot
	for _, r := range records {
		if !r.Slot.Start.Before(from) && !r.Slot.Withdrawn() {
			touched = append(touched, r.Slot)
		}
	}
	_, err = s.guard(ctx, touched)
	return err
}

func (s *Service) withdrawFrom(ctx context.Context, tx Tx, opening string, from, now time.Time) ([]Record, error) {
	records, err := tx.RecordsOf(ctx, opening, from)
	if err != nil {
		return nil, err
	}
	var moved []Record
	for _, r := range records {
		if r.Slot.withdrawnByHand() {
			continue
		}
		saved, err := tx.SaveSlot(ctx, r.Slot.withdraw("", now))
		if err != nil {
			return nil, err
		}
		moved = append(moved, saved)
	}
	return moved, nil
}
