package civil

import "time"

// Interval is the half-open span of instants [Start, End): Start belongs to it, End does not. An Interval
// whose End is not after its Start is empty: it contains and overlaps nothing.
type Interval struct {
	Start, End time.Time
}

// Empty reports whether no instant lies in i.
func (i Interval) Empty() bool { return !i.Start.Before(i.End) }

// Duration returns the elapsed time from Start to End, never negative.
func (i Interval) Duration() time.Duration { return max(0, i.End.Sub(i.Start)) }

// Contains reports whether the instant t lies in i.
func (i Interval) Contains(t time.Time) bool { return !t.Before(i.Start) && t.Before(i.End) }

// Covers reports whether every instant of other lies in i. An empty interval is covered by any.
func (i Interval) Covers(other Interval) bool {
	return other.Empty() || (!other.Start.Before(i.Start) && !other.End.After(i.End))
}

// Overlaps reports whether an instant lies in both. Intervals that only touch do not overlap.
func (i Interval) Overlaps(other Interval) bool {
	return !i.Empty() && !other.Empty() && i.Start.Before(other.End) && other.Start.Before(i.End)
}

// Clip returns the part of i that lies within bounds, and false when there is none.
func (i Interval) Clip(bounds Interval) (Interval, bool) {
	if !i.Overlaps(bounds) {
		return Interval{}, false
	}
	if i.Start.Before(bounds.Start) {
		i.Start = bounds.Start
	}
	if i.End.After(bounds.End) {
		i.End = bounds.End
	}
	return i, true
}

// Day returns the whole day d as lived in loc: 23, 24 or 25 hours.
func Day(d Date, loc *time.Location) Interval { return Days(d, 1, loc) }

// Days returns n whole days from d on as lived in loc.
func Days(d Date, n int, loc *time.Location) Interval {
	return Interval{At(d, Clock{}, loc), At(d.AddDays(n), Clock{}, loc)}
}

// Week returns the week of d, Monday to Sunday, as lived in loc.
func Week(d Date, loc *time.Location) Interval { return Days(d.WeekStart(), 7, loc) }

// Month returns the month of d as lived in loc.
func Month(d Date, loc *time.Location) Interval {
	return Interval{At(d.MonthStart(), Clock{}, loc), At(d.NextMonth(), Clock{}, loc)}
}
