package civil_test

import (
	"testing"
	"time"

	"github.com/relais-snp/relais/internal/civil"
)

func hours(from, to int) civil.Interval {
	day := time.Date(2026, time.November, 23, 0, 0, 0, 0, time.UTC)
	return civil.Interval{Start: day.Add(time.Duration(from) * time.Hour), End: day.Add(time.Duration(to) * time.Hour)}
}

func TestIntervalsAreHalfOpen(t *testing.T) {
	tests := []struct {
		name     string
		a, b     civil.Interval
		overlaps bool
		clip     civil.Interval
	}{
		{"apart", hours(8, 9), hours(10, 11), false, civil.Interval{}},
		{"touching", hours(8, 9), hours(9, 10), false, civil.Interval{}},
		{"crossing", hours(8, 10), hours(9, 11), true, hours(9, 10)},
		{"inside", hours(9, 10), hours(8, 12), true, hours(9, 10)},
		{"around", hours(8, 12), hours(9, 10), true, hours(9, 10)},
		{"same", hours(8, 9), hours(8, 9), true, hours(8, 9)},
		{"empty inside", hours(9, 9), hours(8, 12), false, civil.Interval{}},
		{"reversed", hours(10, 9), hours(8, 12), false, civil.Interval{}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if tt.a.Overlaps(tt.b) != tt.overlaps || tt.b.Overlaps(tt.a) != tt.overlaps {
				t.Errorf("Overlaps is not %v both ways", tt.overlaps)
			}
			if clip, ok := tt.a.Clip(tt.b); ok != tt.overlaps || clip != tt.clip {
				t.Errorf("Clip = %v, %v", clip, ok)
			}
		})
	}
}

func TestIntervalBounds(t *testing.T) {
	i := hours(8, 10)
	if !i.Contains(i.Start) || i.Contains(i.End) || !i.Contains(i.End.Add(-time.Nanosecond)) {
		t.Error("an interval holds its start and not its end")
	}
	if !i.Covers(hours(8, 10)) || !i.Covers(hours(9, 9)) || i.Covers(hours(9, 11)) {
		t.Error("Covers is wrong at the edges")
	}
	if hours(10, 9).Duration() != 0 || i.Duration() != 2*time.Hour {
		t.Error("Duration is wrong")
	}
}

func TestDaysLastAsLongAsTheyAreLived(t *testing.T) {
	paris := zone(t, "Europe/Paris")
	tests := []struct {
		name  string
		span  civil.Interval
		hours float64
	}{
		{"ordinary day", civil.Day(civil.MustDate("2026-11-23"), paris), 24},
		{"day of summer time", civil.Day(civil.MustDate("2026-03-29"), paris), 23},
		{"day of winter time", civil.Day(civil.MustDate("2026-10-25"), paris), 25},
		{"same day in Réunion", civil.Day(civil.MustDate("2026-10-25"), zone(t, "Indian/Reunion")), 24},
		{"day of winter time in Miquelon", civil.Day(civil.MustDate("2026-11-01"), zone(t, "America/Miquelon")), 25},
		{"week of summer time", civil.Week(civil.MustDate("2026-03-27"), paris), 7*24 - 1},
		{"week over the new year", civil.Week(civil.MustDate("2027-01-01"), paris), 7 * 24},
		{"month of winter time", civil.Month(civil.MustDate("2026-10-07"), paris), 31*24 + 1},
		{"December", civil.Month(civil.MustDate("2026-12-31"), paris), 31 * 24},
	}
	for _, tt := range tests {
		if got := tt.span.Duration().Hours(); got != tt.hours {
			t.Errorf("%s lasts %v h, want %v", tt.name, got, tt.hours)
		}
	}
}

func TestDaysFollowEachOtherWithoutHoleOrOverlap(t *testing.T) {
	loc := zone(t, "America/Miquelon")
	last := civil.Day(civil.MustDate("2025-12-31"), loc)
	for d := civil.MustDate("2026-01-01"); d.Year == 2026; d = d.AddDays(1) {
		day := civil.Day(d, loc)
		if !day.Start.Equal(last.End) {
			t.Fatalf("%s starts at %s, the day before ended at %s", d, day.Start, last.End)
		}
		last = day
	}
}
