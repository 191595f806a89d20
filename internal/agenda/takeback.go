package agenda

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/territory"
)

// Kept is a slot that stays although its day is taken out of the agenda: it has
// a booked seat, or somebody holds one.
type Kept struct {
	Record Record
	Held   *HeldDetail // nil when nobody does
}

// takeBack withdraws, for an owner, the free seats of records read under lock.
// A slot that is held stays as it is; booked seats stay booked, and what is
// cancelled there does not become free again.
func (g guarded) takeBack(ctx context.Context, tx Tx, by string, records []Record, now time.Time) (moved []Record, kept []Kept, err error) {
	for _, r := range records {
		if !r.Slot.Withdrawn() && !g.free(r) {
			kept = append(kept, Kept{r, g.holder(r.Slot.ID)})
			continue
		}
		r, err = tx.SaveSlot(ctx, r.Slot.withdraw(by, now))
		if err != nil {
			return nil, nil, err
		}
		moved = append(moved, r)
		if len(r.Booked) > 0 {
			kept = append(kept, Kept{Record: r})
		}
	}
	return moved, kept, nil
}

// giveBack offers withdrawn slots again, in the present words of their openings:
// those still ahead, apart from what the practitioner published since and from
// each other.
func (s *Service) giveBack(ctx context.Context, tx Tx, records []Record, now time.Time) ([]Record, error) {
	records = slices.DeleteFunc(records, func(r Record) bool { return !r.Slot.Start.After(now) })
	if len(records) == 0 {
		return nil, nil
	}
	blocked, err := blocked(ctx, tx, records)
	if err != nil {
		return nil, err
	}
	openings, err := openingsOf(ctx, tx, records)
	if err != nil {
		return nil, err
	}
	records = slices.DeleteFunc(records, func(r Record) bool { return blocked(r.Slot) })
	var moved []Record
	for _, r := range onceEach(records, openings) {
		slot := r.Slot.offer()
		if o := openings[slot.Opening]; o.reworded(r) {
			slot.Audience, slot.Modality = o.Audience, o.Modality
		}
		if r, err = tx.SaveSlot(ctx, slot); err != nil {
			return nil, err
		}
		moved = append(moved, r)
	}
	return moved, nil
}

// blocked tells which of a practitioner's withdrawn records, by start, have
// another live slot in their way.
func blocked(ctx context.Context, tx Tx, records []Record) (func(Slot) bool, error) {
	first, end := records[0].Slot, records[0].Slot.End
	mine, wanted := map[string]bool{}, make([]Slot, len(records))
	for i, r := range records {
		mine[r.Slot.ID], wanted[i] = true, r.Slot
		if r.Slot.End.After(end) {
			end = r.Slot.End
		}
	}
	if _, err := tx.Practitioner(ctx, first.Practitioner); err != nil { // the lock
		return nil, err
	}
	live, err := tx.Overlapping(ctx, first.Practitioner, first.Start, end)
	if err != nil {
		return nil, err
	}
	apart, _ := clashes(wanted, slices.DeleteFunc(live, func(l Slot) bool { return mine[l.ID] }))
	free := map[string]bool{}
	for _, slot := range apart {
		free[slot.ID] = true
	}
	return func(slot Slot) bool { return !free[slot.ID] }, nil
}

// onceEach leaves out records whose time another of them has: a pause may own a
// day that was left out and what was published there instead. Booked seats come
// first, then what the practitioner published last.
func onceEach(records []Record, openings map[string]Opening) []Record {
	free := map[string][]Slot{}
	var taken []Slot
	for _, r := range records {
		if len(r.Booked) > 0 {
			taken = append(taken, r.Slot)
		} else {
			free[r.Slot.Opening] = append(free[r.Slot.Opening], r.Slot)
		}
	}
	newest := slices.SortedFunc(maps.Keys(free), func(a, b string) int {
		return cmp.Or(openings[b].CreatedAt.Compare(openings[a].CreatedAt), strings.Compare(b, a))
	})
	for _, opening := range newest {
		apart, _ := clashes(free[opening], taken)
		taken = append(taken, apart...)
		slices.SortFunc(taken, func(a, b Slot) int { return a.Start.Compare(b.Start) })
	}
	stays := map[string]bool{}
	for _, slot := range taken {
		stays[slot.ID] = true
	}
	return slices.DeleteFunc(records, func(r Record) bool { return !stays[r.Slot.ID] })
}

// openingsOf reads the openings of records, by id.
func openingsOf(ctx context.Context, tx Tx, records []Record) (map[string]Opening, error) {
	seen := map[string]bool{}
	var ids []string
	for _, r := range records {
		if id := r.Slot.Opening; !seen[id] {
			seen[id], ids = true, append(ids, id)
		}
	}
	found, err := tx.OpeningsNamed(ctx, ids...)
	openings := make(map[string]Opening, len(found))
	for _, o := range found {
		openings[o.ID] = o
	}
	return openings, err
}

// yield returns the slots, without ids, that an opening offers on the days in
// [from, to). A recurrence offers nothing in its practitioner's pauses, which
// cannot begin or end meanwhile: the practitioner is locked.
func (s *Service) yield(ctx context.Context, tx Tx, o Opening, t territory.Territory, from, to civil.Date) ([]Slot, error) {
	var pauses []Pause
	if o.Repeat != nil && from.Before(to) {
		if _, err := tx.Practitioner(ctx, o.Practitioner); err != nil { // the lock
			return nil, err
		}
		var err error
		if pauses, err = tx.Pauses(ctx, o.Practitioner, from, to); err != nil {
			return nil, err
		}
	}
	return slotsBetween(o, t.Zone, t.Holidays, from, to, pauses...), nil
}
