package agenda

import (
	"context"
	"slices"
	"time"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/fault"
)

// The limits of pauses.
const (
	MaxPauseDays = 400 // from the first day to the last
	maxPauses    = 500 // of a list
)

// Pause is a stretch of days on which a practitioner offers nothing, in every
// territory they work in. A night belongs to the day on which it begins.
type Pause struct {
	ID           string
	Practitioner string
	From, To     civil.Date // both included
	Withdrawn    int        // slots whose free seats it took back when it began
	CreatedAt    time.Time
	CreatedBy    string
	EndedAt      time.Time // zero when nobody ended it
}

// Covers reports whether the pause holds on a day.
func (p Pause) Covers(day civil.Date) bool {
	return p.EndedAt.IsZero() && !day.Before(p.From) && !day.After(p.To)
}

// window holds every slot of the pause's days, in whatever zone and a night's
// after midnight too, and some more.
func (p Pause) window() civil.Interval {
	return civil.Interval{
		Start: civil.At(p.From.AddDays(-1), civil.Clock{}, time.UTC),
		End:   civil.At(p.To.AddDays(3), civil.Clock{}, time.UTC),
	}
}

// Pause takes the practitioner's free seats of the days in [from, to] back and
// keeps recurrences from yielding there; "" is the actor's own practitioner.
// Slots with a booked or held seat are returned as kept: booked seats stay
// booked and do not become free again, a held slot stays as it is.
//
// Errors: "agenda.invalid", "agenda.pause_overlap", "account.forbidden",
// "directory.practitioner_unknown".
func (s *Service) Pause(ctx context.Context, actor account.Actor, practitioner string, from, to civil.Date) (Pause, []Kept, error) {
	if practitioner == "" {
		practitioner = actor.Practitioner
	}
	if err := mayPublish(actor, "", practitioner); err != nil {
		return Pause{}, nil, err
	}
	p := Pause{Practitioner: practitioner, From: from, To: to}
	if err := p.check(s.today(actor)); err != nil {
		return Pause{}, nil, err
	}
	if err := s.noOverlap(ctx, s.store, p); err != nil {
		return Pause{}, nil, err
	}
	w := p.window()
	offered, err := s.store.Offered(ctx, practitioner, w.Start, w.End)
	if err != nil {
		return Pause{}, nil, err
	}
	g, err := s.guardEach(ctx, slotsIn(offered))
	if err != nil {
		return Pause{}, nil, err
	}
	var kept []Kept
	err = s.commit(ctx, func(ctx context.Context, tx Tx) (moved []Record, err error) {
		p.ID, p.CreatedAt, p.CreatedBy = s.newID(), s.now(), actor.ID
		if moved, kept, err = s.pause(ctx, tx, p, g); err != nil {
			return nil, err
		}
		p.Withdrawn = countFreed(moved)
		if err := tx.SavePause(ctx, p); err != nil {
			return nil, err
		}
		return moved, tx.Audit(ctx, s.entry(p.CreatedAt, actor.ID, "pause.begin", "", "pause:"+p.ID))
	})
	if err != nil {
		return Pause{}, nil, err
	}
	return p, kept, nil
}

// pause takes back what lies in a new pause.
func (s *Service) pause(ctx context.Context, tx Tx, p Pause, g guarded) ([]Record, []Kept, error) {
	w := p.window()
	if _, err := tx.Offered(ctx, p.Practitioner, w.Start, w.End); err != nil { // their locks, before the practitioner's as elsewhere
		return nil, nil, err
	}
	if _, err := tx.Practitioner(ctx, p.Practitioner); err != nil { // the lock
		return nil, nil, err
	}
	if err := s.noOverlap(ctx, tx, p); err != nil {
		return nil, nil, err
	}
	records, err := tx.Offered(ctx, p.Practitioner, w.Start, w.End) // recurrences may have yielded meanwhile
	if err != nil {
		return nil, nil, err
	}
	if records, err = s.within(ctx, tx, p, records); err != nil {
		return nil, nil, err
	}
	return g.takeBack(ctx, tx, p.ID, records, p.CreatedAt)
}

// within keeps the records ahead whose occurrence falls in the pause.
func (s *Service) within(ctx context.Context, tx Tx, p Pause, records []Record) ([]Record, error) {
	openings, err := openingsOf(ctx, tx, records)
	if err != nil {
		return nil, err
	}
	var inside []Record
	for _, r := range records {
		t, err := s.territories.Territory(r.Slot.Territory)
		if err != nil {
			return nil, err
		}
		if r.Slot.Start.After(p.CreatedAt) && p.Covers(openings[r.Slot.Opening].dayOf(r.Slot, t.Zone)) {
			inside = append(inside, r)
		}
	}
	return inside, nil
}

// Pauses lists the practitioner's pauses ("" for the actor's own) that are not
// over, by first day.
func (s *Service) Pauses(ctx context.Context, actor account.Actor, practitioner string) ([]Pause, error) {
	if practitioner == "" {
		practitioner = actor.Practitioner
	}
	if err := mayPublish(actor, "", practitioner); err != nil {
		return nil, err
	}
	today := s.today(actor)
	found, err := s.store.Pauses(ctx, practitioner, today, today.AddDays(2*MaxPauseDays))
	return found[:min(len(found), maxPauses)], err
}

// EndPause ends a pause: what it took back, and what recurrences would have
// yielded, is offered again where it still lies ahead and nothing else was
// published. What a person withdrew stays withdrawn. Ending it twice is no
// error.
//
// Errors: "agenda.pause_unknown", "account.forbidden".
func (s *Service) EndPause(ctx context.Context, actor account.Actor, id string) error {
	p, err := s.store.Pause(ctx, id)
	if err != nil {
		return err
	}
	if err := mayPublish(actor, "", p.Practitioner); err != nil {
		return err
	}
	return s.commit(ctx, func(ctx context.Context, tx Tx) (moved []Record, err error) {
		now := s.now()
		if p, err = tx.Pause(ctx, id); err != nil || !p.EndedAt.IsZero() {
			return nil, err
		}
		if moved, err = s.endPause(ctx, tx, p, now); err != nil {
			return nil, err
		}
		return moved, tx.Audit(ctx, s.entry(now, actor.ID, "pause.end", "", "pause:"+p.ID))
	})
}

// endPause gives back what lies ahead of a pause. Openings are locked before
// slots and those before the practitioner, as elsewhere; a recurrence published
// meanwhile is found when the practitioner is locked.
func (s *Service) endPause(ctx context.Context, tx Tx, p Pause, now time.Time) ([]Record, error) {
	if _, err := tx.Recurring(ctx, p.Practitioner, p.From); err != nil {
		return nil, err
	}
	taken, err := tx.TakenBy(ctx, p.ID, now)
	if err != nil {
		return nil, err
	}
	if _, err := tx.Practitioner(ctx, p.Practitioner); err != nil { // the lock
		return nil, err
	}
	p.EndedAt = now
	if err := tx.SavePause(ctx, p); err != nil {
		return nil, err
	}
	moved, err := s.giveBack(ctx, tx, taken, now)
	if err != nil {
		return nil, err
	}
	recurring, err := tx.Recurring(ctx, p.Practitioner, p.From)
	if err != nil {
		return nil, err
	}
	for _, o := range recurring {
		t, err := s.territories.Territory(o.Territory)
		if err != nil {
			return nil, err
		}
		added, err := s.fill(ctx, tx, o, t, p.From, p.To.AddDays(1))
		if err != nil {
			return nil, err
		}
		moved = append(moved, added...)
	}
	return moved, nil
}

func (p Pause) check(today civil.Date) error {
	var broken []fault.Field
	switch {
	case !p.From.Valid():
		broken = append(broken, field("from", "agenda.pause_day", "Indiquez le premier jour."))
	case p.From.DaysSince(today) > MaxPauseDays:
		broken = append(broken, field("from", "agenda.pause_far", "Une pause commence dans les 400 jours."))
	}
	switch {
	case !p.To.Valid():
		broken = append(broken, field("to", "agenda.pause_day", "Indiquez le dernier jour."))
	case !p.From.Valid():
	case p.To.Before(p.From):
		broken = append(broken, field("to", "agenda.pause_order", "Le dernier jour vient avant le premier."))
	case p.To.DaysSince(p.From) > MaxPauseDays:
		broken = append(broken, field("to", "agenda.pause_long", "Une pause dure 400 jours au plus."))
	case p.To.Before(today):
		broken = append(broken, field("to", "agenda.day_past", "Ces jours sont passés."))
	}
	return fault.Fields(invalid, "Cette pause n’est pas possible.", broken...)
}

// pauseFinder finds pauses, in a transaction or not.
type pauseFinder interface {
	Pauses(ctx context.Context, practitioner string, from, to civil.Date) ([]Pause, error)
}

func (s *Service) noOverlap(ctx context.Context, in pauseFinder, p Pause) error {
	others, err := in.Pauses(ctx, p.Practitioner, p.From, p.To)
	if err == nil && len(others) > 0 {
		return ErrPauseOverlap
	}
	return err
}

// today is the civil day of the actor: that of the first of their territories.
func (s *Service) today(actor account.Actor) civil.Date {
	for _, id := range actor.Territories {
		if t, err := s.territories.Territory(id); err == nil {
			return civil.DateOf(s.now(), t.Zone)
		}
	}
	return civil.DateOf(s.now(), time.UTC)
}

// countFreed counts the records that had a free seat.
func countFreed(records []Record) int {
	return len(slices.DeleteFunc(slices.Clone(records), func(r Record) bool { return len(r.Booked) >= r.Slot.Seats }))
}
