package agenda

import (
	"slices"
	"time"

	"github.com/relais-snp/relais/internal/civil"
)

// HorizonDays is how far ahead recurring openings are turned into slots.
const HorizonDays = 8 * 7

// occurrence is one range of an opening on one civil day.
type occurrence struct {
	Date     civil.Date // of its start, in the territory's zone
	Interval civil.Interval
}

// occurrences returns the ranges of an opening that start on a day in
// [from, to). Each keeps the clock times of the first: a night from 20:00 to
// 08:00 stays so over a change of hour, and is then one hour longer or shorter.
// Days of a recurrence that are holidays of the area are left out when its GP
// wished so; skipped days and days from StoppedFrom on always are. A range that a change of hour
// leaves empty (02:15 to 03:00 on the night when 02:00 becomes 03:00) is
// left out too.
func occurrences(o Opening, zone *time.Location, area civil.Area, from, to civil.Date) []occurrence {
	first := civil.DateOf(o.Start, zone)
	if from.Before(first) {
		from = first
	}
	if last := o.lastDay(zone).AddDays(1); last.Before(to) {
		to = last
	}
	if !o.StoppedFrom.IsZero() && o.StoppedFrom.Before(to) {
		to = o.StoppedFrom
	}
	var found []occurrence
	for day := from; day.Before(to); day = day.AddDays(1) {
		if i := o.on(day, zone); o.falls(day, area) && !i.Empty() {
			found = append(found, occurrence{day, i})
		}
	}
	return found
}

// lastDay is the last day on which an occurrence may start.
func (o Opening) lastDay(zone *time.Location) civil.Date {
	if o.Repeat == nil {
		return civil.DateOf(o.Start, zone)
	}
	return o.Repeat.Until
}

// falls reports whether the recurrence, if any, allows the day.
func (o Opening) falls(day civil.Date, area civil.Area) bool {
	if o.Repeat == nil {
		return true
	}
	return slices.Contains(o.Repeat.Weekdays, day.Weekday()) && !slices.Contains(o.Skips, day) && !(o.Repeat.SkipHolidays && civil.IsHoliday(day, area))
}

// on returns the opening's range as it lies on a day. The first occurrence is
// taken as given: its instants may lie in an hour that the clock shows twice.
func (o Opening) on(day civil.Date, zone *time.Location) civil.Interval {
	first := civil.DateOf(o.Start, zone)
	if day == first {
		return civil.Interval{Start: o.Start.UTC(), End: o.End.UTC()}
	}
	nights := civil.DateOf(o.End, zone).DaysSince(first)
	return civil.Interval{
		Start: civil.At(day, civil.ClockOf(o.Start, zone), zone).UTC(),
		End:   civil.At(day.AddDays(nights), civil.ClockOf(o.End, zone), zone).UTC(),
	}
}

// dayOf is the day of the occurrence that a slot belongs to: those of a night
// after midnight belong to the day on which the night began.
func (o Opening) dayOf(slot Slot, zone *time.Location) civil.Date {
	day := civil.DateOf(slot.Start, zone)
	if eve := day.AddDays(-1); !eve.Before(civil.DateOf(o.Start, zone)) && o.on(eve, zone).Covers(slot.interval()) {
		return eve
	}
	return day
}

// cut divides a range into slots of the given minutes from its start on, by
// elapsed time: a night with a change of hour has two slots of 30 minutes more
// or less. What remains at the end, shorter than a slot, is not published.
// 0 minutes leaves the range whole.
func cut(i civil.Interval, minutes int) []civil.Interval {
	if minutes == 0 {
		return []civil.Interval{i}
	}
	length := time.Duration(minutes) * time.Minute
	var pieces []civil.Interval
	for start := i.Start; !start.Add(length).After(i.End); start = start.Add(length) {
		pieces = append(pieces, civil.Interval{Start: start, End: start.Add(length)})
	}
	return pieces
}

// slotsBetween returns the slots, without ids, of the occurrences on the days
// in [from, to) outside the pauses, by start.
func slotsBetween(o Opening, zone *time.Location, area civil.Area, from, to civil.Date, pauses ...Pause) []Slot {
	var slots []Slot
	for _, occ := range occurrences(o, zone, area, from, to) {
		if slices.ContainsFunc(pauses, func(p Pause) bool { return p.Covers(occ.Date) }) {
			continue
		}
		for _, piece := range cut(occ.Interval, o.SlotMinutes) {
			slots = append(slots, Slot{
				Opening: o.ID, Territory: o.Territory, Practitioner: o.Practitioner, Location: o.Location,
				Start: piece.Start, End: piece.End, Modality: o.Modality, Audience: o.Audience, Seats: max(1, o.Seats),
			})
		}
	}
	return slots
}

// clashes splits wanted slots into those apart from every live slot, and
// returns the live slots in the way of the others. All are ordered by start.
func clashes(wanted, live []Slot) (apart, inTheWay []Slot) {
	told := map[string]bool{}
	for _, w := range wanted {
		for len(live) > 0 && !live[0].End.After(w.Start) {
			live = live[1:] // ends before this wanted slot and all later ones
		}
		free := true
		for _, l := range live {
			if !l.Start.Before(w.End) {
				break
			}
			if !w.interval().Overlaps(l.interval()) {
				continue
			}
			free = false
			if !told[l.ID] {
				told[l.ID] = true
				inTheWay = append(inTheWay, l)
			}
		}
		if free {
			apart = append(apart, w)
		}
	}
	return apart, inTheWay
}

func (s Slot) interval() civil.Interval { return civil.Interval{Start: s.Start, End: s.End} }
