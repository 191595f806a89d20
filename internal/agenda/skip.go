package agenda

import (
	"context"
	"slices"
	"time"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/fault"
	"github.com/relais-snp/relais/internal/territory"
)

// Skip leaves one day out of a recurrence: its free seats still ahead are
// withdrawn, a night's after midnight too, and the recurrence yields nothing
// that day. Slots with a booked or held seat are returned as kept: booked seats
// stay booked, a held slot stays as it is. Doing it again is no error, and takes
// back what was kept then and is free now.
//
// Errors: "agenda.invalid" for a day without an occurrence or past,
// "agenda.opening_unknown", "account.forbidden".
func (s *Service) Skip(ctx context.Context, actor account.Actor, id string, day civil.Date) (Opening, []Kept, error) {
	o, t, err := s.ownOpening(ctx, actor, id)
	if err != nil {
		return Opening{}, nil, err
	}
	if err := o.checkSkip(day, t, civil.DateOf(s.now(), t.Zone)); err != nil {
		return Opening{}, nil, err
	}
	records, err := s.store.SlotsOf(ctx, id)
	if err != nil {
		return Opening{}, nil, err
	}
	g, err := s.guardEach(ctx, slotsIn(o.ofDay(records, day, t.Zone, s.now())))
	if err != nil {
		return Opening{}, nil, err
	}
	var kept []Kept
	err = s.commit(ctx, func(ctx context.Context, tx Tx) (moved []Record, err error) {
		now := s.now()
		if o, err = tx.Opening(ctx, id); err != nil {
			return nil, err
		}
		if err := o.checkSkip(day, t, civil.DateOf(now, t.Zone)); err != nil {
			return nil, err
		}
		records, err := tx.RecordsOf(ctx, id, o.on(day, t.Zone).Start)
		if err != nil {
			return nil, err
		}
		if moved, kept, err = g.takeBack(ctx, tx, BySkip, o.ofDay(records, day, t.Zone, now), now); err != nil {
			return nil, err
		}
		o.Skips = with(o.Skips, day)
		if err := tx.SaveOpening(ctx, o); err != nil {
			return nil, err
		}
		return moved, tx.Audit(ctx, s.entry(now, actor.ID, "opening.skip", o.Territory, "opening:"+id))
	})
	if err != nil {
		return Opening{}, nil, err
	}
	return o, kept, nil
}

// Unskip gives a day back to its recurrence: what the skip withdrew, and what
// the recurrence would have yielded, both where they still lie ahead and nothing
// else was published. In a pause they wait for its end. Giving back a day that
// is not left out is no error.
//
// Errors: "agenda.opening_unknown", "account.forbidden".
func (s *Service) Unskip(ctx context.Context, actor account.Actor, id string, day civil.Date) (Opening, error) {
	o, t, err := s.ownOpening(ctx, actor, id)
	if err != nil {
		return Opening{}, err
	}
	err = s.commit(ctx, func(ctx context.Context, tx Tx) (moved []Record, err error) {
		now := s.now()
		if o, err = tx.Opening(ctx, id); err != nil || !slices.Contains(o.Skips, day) {
			return nil, err
		}
		o.Skips = slices.DeleteFunc(slices.Clone(o.Skips), func(d civil.Date) bool { return d == day })
		if moved, err = s.unskip(ctx, tx, o, t, day, now); err != nil {
			return nil, err
		}
		if err := tx.SaveOpening(ctx, o); err != nil {
			return nil, err
		}
		return moved, tx.Audit(ctx, s.entry(now, actor.ID, "opening.unskip", o.Territory, "opening:"+id))
	})
	if err != nil {
		return Opening{}, err
	}
	return o, nil
}

// unskip brings the slots of a day in line with its return.
func (s *Service) unskip(ctx context.Context, tx Tx, o Opening, t territory.Territory, day civil.Date, now time.Time) ([]Record, error) {
	records, err := tx.RecordsOf(ctx, o.ID, o.on(day, t.Zone).Start)
	if err != nil {
		return nil, err
	}
	records = slices.DeleteFunc(records, func(r Record) bool {
		return r.Slot.WithdrawnBy != BySkip || o.dayOf(r.Slot, t.Zone) != day || !r.Slot.Start.After(now) || !o.keeps(r.Slot, t)
	})
	if _, err := tx.Practitioner(ctx, o.Practitioner); err != nil { // the lock
		return nil, err
	}
	pauses, err := tx.Pauses(ctx, o.Practitioner, day, day)
	if err != nil {
		return nil, err
	}
	if len(pauses) > 0 {
		moved, _, err := guarded{}.takeBack(ctx, tx, pauses[0].ID, records, now)
		return moved, err
	}
	moved, err := s.giveBack(ctx, tx, records, now)
	if err != nil {
		return nil, err
	}
	added, err := s.fill(ctx, tx, o, t, day, day.AddDays(1))
	return append(moved, added...), err
}

// checkSkip refuses a day on which the recurrence has nothing to leave out.
func (o Opening) checkSkip(day civil.Date, t territory.Territory, today civil.Date) error {
	var broken []fault.Field
	bare := o
	bare.Skips = nil
	switch {
	case o.Repeat == nil:
		broken = one("day", "agenda.not_recurring", "Cette plage ne se répète pas.")
	case !day.Valid() || len(occurrences(bare, t.Zone, t.Holidays, day, day.AddDays(1))) == 0:
		broken = one("day", "agenda.no_occurrence", "Cette plage n’a rien ce jour-là.")
	case day.Before(today):
		broken = one("day", "agenda.day_past", "Ce jour est passé.")
	}
	return fault.Fields(invalid, "Ce jour ne peut pas être retiré de la plage.", broken...)
}

// ofDay keeps the records ahead of one day's occurrence that a person did not
// withdraw, nor a skip.
func (o Opening) ofDay(records []Record, day civil.Date, zone *time.Location, now time.Time) []Record {
	return slices.DeleteFunc(slices.Clone(records), func(r Record) bool {
		return !r.Slot.Start.After(now) || r.Slot.withdrawnByHand() || r.Slot.WithdrawnBy == BySkip || o.dayOf(r.Slot, zone) != day
	})
}

// slotsIn are the slots of records that may be held.
func slotsIn(records []Record) []Slot {
	var slots []Slot
	for _, r := range records {
		if !r.Slot.Withdrawn() && len(r.Booked) < r.Slot.Seats {
			slots = append(slots, r.Slot)
		}
	}
	return slots
}

// with adds a day to ascending days, once.
func with(days []civil.Date, day civil.Date) []civil.Date {
	at, found := slices.BinarySearchFunc(days, day, civil.Date.Compare)
	if found {
		return days
	}
	return slices.Insert(slices.Clone(days), at, day)
}
