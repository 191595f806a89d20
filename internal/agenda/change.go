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

// Change is what may be changed of an opening; nil leaves a value as it is.
// Place, times and sizes do not change: stop the opening and publish another.
type Change struct {
	Note         *string
	Audience     *Audience
	Modality     *Modality
	Until        *civil.Date // of a recurrence
	Weekdays     []int       // of a recurrence
	SkipHolidays *bool       // of a recurrence
}

func (c Change) repeats() bool { return c.Until != nil || c.Weekdays != nil || c.SkipHolidays != nil }

// Change applies a change to an opening and to those of its slots that lie
// ahead, and returns the opening with them:
//   - the note is the opening's own and changes at once;
//   - audience and modality change on slots without a booked or held seat;
//   - a new recurrence withdraws the slots of days that left it (booked seats
//     stay) and adds those of days that came in, except where the practitioner
//     has published something else. What was withdrawn before stays withdrawn.
//
// Errors: "agenda.invalid", "agenda.opening_unknown", "account.forbidden",
// "agenda.opening_stopped" for a new recurrence of a stopped opening, and
// "agenda.slot_held" when a slot to withdraw is held; then nothing is changed.
func (s *Service) Change(ctx context.Context, actor account.Actor, id string, c Change) (Opening, []Record, error) {
	o, t, err := s.ownOpening(ctx, actor, id)
	if err != nil {
		return Opening{}, nil, err
	}
	changed, err := c.apply(o, t.Zone)
	if err != nil {
		return Opening{}, nil, err
	}
	held, err := s.guardChange(ctx, o, changed, t)
	if err != nil {
		return Opening{}, nil, err
	}
	var records []Record
	err = s.commit(ctx, func(ctx context.Context, tx Tx) ([]Record, error) {
		now := s.now()
		before, err := tx.Opening(ctx, id)
		if err != nil {
			return nil, err
		}
		if changed, err = c.apply(before, t.Zone); err != nil {
			return nil, err
		}
		moved, err := s.remodel(ctx, tx, reshape{before, changed, t}, now, held)
		if err != nil {
			return nil, err
		}
		if err := tx.SaveOpening(ctx, changed); err != nil {
			return nil, err
		}
		if records, err = tx.RecordsOf(ctx, id, now); err != nil {
			return nil, err
		}
		return moved, tx.Audit(ctx, s.entry(now, actor.ID, "opening.change", changed.Territory, "opening:"+id))
	})
	if err != nil {
		return Opening{}, nil, err
	}
	return changed, records, nil
}

func (s *Service) ownOpening(ctx context.Context, actor account.Actor, id string) (Opening, territory.Territory, error) {
	o, err := s.store.Opening(ctx, id)
	if err != nil {
		return Opening{}, territory.Territory{}, err
	}
	if err := mayPublish(actor, o.Territory, o.Practitioner); err != nil {
		return Opening{}, territory.Territory{}, err
	}
	if o.Extra {
		return Opening{}, territory.Territory{}, ErrOpeningUnknown
	}
	t, err := s.territories.Territory(o.Territory)
	return o, t, err
}

// apply returns the opening as changed, or "agenda.invalid" with every broken field.
func (c Change) apply(o Opening, zone *time.Location) (Opening, error) {
	if c.repeats() && !o.StoppedFrom.IsZero() {
		return Opening{}, ErrOpeningStopped
	}
	var fields []fault.Field
	if c.Note != nil {
		o.Note = *c.Note
		fields = append(fields, checkNote(o.Note)...)
	}
	if c.Audience != nil {
		o.Audience = *c.Audience
		fields = append(fields, checkAudience(o.Audience)...)
	}
	if c.Modality != nil {
		o.Modality = *c.Modality
		fields = append(fields, checkModality(o.Modality)...)
	}
	if c.repeats() {
		var broken []fault.Field
		o.Repeat, broken = c.repeat(o, zone)
		fields = append(fields, broken...)
	}
	return o, fault.Fields(invalid, "La plage ne peut pas être changée ainsi.", fields...)
}

func (c Change) repeat(o Opening, zone *time.Location) (*Repeat, []fault.Field) {
	if o.Repeat == nil {
		return nil, one("repeat", "agenda.not_recurring", "Cette plage ne se répète pas.")
	}
	r := *o.Repeat
	if c.Until != nil {
		r.Until = *c.Until
	}
	if c.Weekdays != nil {
		r.Weekdays = slices.Sorted(slices.Values(c.Weekdays))
	}
	if c.SkipHolidays != nil {
		r.SkipHolidays = *c.SkipHolidays
	}
	return &r, slices.Concat(checkWeekdays(r.Weekdays), checkUntil(r.Until, civil.DateOf(o.Start, zone)))
}

// reshape is an opening before and after a change.
type reshape struct {
	before, after Opening
	territory     territory.Territory
}

// drops reports whether the change takes the slot's day out of the opening. A
// slot that was already out (restored after a stop) is left alone.
func (r reshape) drops(slot Slot) bool {
	return r.before.keeps(slot, r.territory) && !r.after.keeps(slot, r.territory)
}

// guardChange keeps holds off the slots that a change will touch. It returns
// the ids of held slots, which keep their words, or refuses when one of them
// would have to be withdrawn.
func (s *Service) guardChange(ctx context.Context, before, after Opening, t territory.Territory) (held map[string]bool, err error) {
	records, err := s.store.SlotsOf(ctx, before.ID)
	if err != nil {
		return nil, err
	}
	change := reshape{before, after, t}
	var touched []Slot
	for _, r := range records {
		if r.Slot.Start.After(s.now()) && !r.Slot.Withdrawn() && (after.reworded(r) || change.drops(r.Slot)) {
			touched = append(touched, r.Slot)
		}
	}
	slots, why := s.guard(ctx, touched)
	if why != nil && len(slots) == 0 {
		return nil, why
	}
	held = map[string]bool{}
	for _, slot := range slots {
		if change.drops(slot) {
			return nil, why
		}
		held[slot.ID] = true
	}
	return held, nil
}

// reworded reports whether the opening's words differ from those of a record
// that may take them.
func (o Opening) reworded(r Record) bool {
	return len(r.Booked) == 0 && (r.Slot.Audience != o.Audience || r.Slot.Modality != o.Modality)
}

// keeps reports whether the opening still yields the slot.
func (o Opening) keeps(slot Slot, t territory.Territory) bool {
	// A slot of a night may start on the day after its occurrence did.
	day := civil.DateOf(slot.Start, t.Zone)
	for _, occ := range occurrences(o, t.Zone, t.Holidays, day.AddDays(-1), day.AddDays(1)) {
		if occ.Interval.Covers(slot.interval()) {
			return true
		}
	}
	return false
}

// remodel brings the slots ahead in line with the changed opening.
func (s *Service) remodel(ctx context.Context, tx Tx, change reshape, now time.Time, held map[string]bool) ([]Record, error) {
	o, t := change.after, change.territory
	records, err := tx.RecordsOf(ctx, o.ID, now)
	if err != nil {
		return nil, err
	}
	var moved []Record
	for _, r := range records {
		slot, turn := r.Slot, false
		switch {
		case slot.withdrawnByHand():
		case change.drops(slot):
			slot, turn = slot.withdraw("", now), true
		case slot.Withdrawn():
		case o.reworded(r) && !held[slot.ID]:
			slot.Audience, slot.Modality, turn = o.Audience, o.Modality, true
		}
		if !turn {
			continue
		}
		if r, err = tx.SaveSlot(ctx, slot); err != nil {
			return nil, err
		}
		moved = append(moved, r)
	}
	added, err := s.fill(ctx, tx, o, t, civil.DateOf(now, t.Zone), o.MaterialisedTo)
	return append(moved, added...), err
}

// fill adds the slots ahead that a recurrence yields on the days in [from, to),
// as far as it is materialised, and does not have yet.
func (s *Service) fill(ctx context.Context, tx Tx, o Opening, t territory.Territory, from, to civil.Date) ([]Record, error) {
	if o.MaterialisedTo.Before(to) {
		to = o.MaterialisedTo
	}
	if o.Repeat == nil || !from.Before(to) {
		return nil, nil
	}
	wanted, err := s.yield(ctx, tx, o, t, from, to)
	if err != nil {
		return nil, err
	}
	now := s.now()
	wanted = slices.DeleteFunc(wanted, func(slot Slot) bool { return !slot.Start.After(now) })
	apart, _, err := s.room(ctx, tx, o, wanted)
	if err != nil {
		return nil, err
	}
	return s.add(ctx, tx, apart)
}
