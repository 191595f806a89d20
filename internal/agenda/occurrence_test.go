package agenda

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/relais-snp/relais/internal/civil"
)

func wall(t *testing.T, zone *time.Location, s string) time.Time {
	t.Helper()
	d, err := time.ParseInLocation("2006-01-02 15:04", s, zone)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func inZone(t *testing.T, name string) *time.Location {
	t.Helper()
	zone, err := civil.LoadZone(name)
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

func TestNightsKeepTheirClockOverChangesOfHour(t *testing.T) {
	for _, tc := range []struct {
		zone, start string
		slots       []int // of 30 minutes, night by night
	}{
		{"Europe/Paris", "2027-03-27 20:00", []int{22, 24}}, // 02:00 becomes 03:00
		{"Europe/Paris", "2026-10-24 20:00", []int{26, 24}}, // 03:00 becomes 02:00
		{"America/Miquelon", "2027-03-13 20:00", []int{22, 24}},
		{"Indian/Reunion", "2027-03-27 20:00", []int{24, 24}},
	} {
		zone := inZone(t, tc.zone)
		start := wall(t, zone, tc.start)
		day := civil.DateOf(start, zone)
		o := Opening{Start: start, End: civil.At(day.AddDays(1), civil.MustClock("08:00"), zone), SlotMinutes: 30,
			Repeat: &Repeat{Weekdays: []int{1, 2, 3, 4, 5, 6, 7}, Until: day.AddDays(1)}}

		found := occurrences(o, zone, civil.National, day, day.AddDays(30))

		var counts []int
		for _, occ := range found {
			counts = append(counts, len(cut(occ.Interval, 30)))
			if s, e := civil.ClockOf(occ.Interval.Start, zone), civil.ClockOf(occ.Interval.End, zone); s.String() != "20:00" || e.String() != "08:00" {
				t.Errorf("%s %s: %s to %s", tc.zone, occ.Date, s, e)
			}
		}
		if !slices.Equal(counts, tc.slots) {
			t.Errorf("%s from %s: %v slots, want %v", tc.zone, tc.start, counts, tc.slots)
		}
	}
}

func TestRangesInTheHourThatIsSkipped(t *testing.T) {
	zone := inZone(t, "Europe/Paris")
	day := civil.MustDate("2027-03-28")
	daily := &Repeat{Weekdays: []int{1, 2, 3, 4, 5, 6, 7}, Until: day.AddDays(1)}
	o := Opening{Start: wall(t, zone, "2027-03-27 02:15"), End: wall(t, zone, "2027-03-27 03:00"), SlotMinutes: 15, Repeat: daily}

	found := occurrences(o, zone, civil.National, day, day.AddDays(5))

	if len(found) != 1 || found[0].Date != day.AddDays(1) {
		t.Errorf("%+v", found) // 03:15 to 03:00 is no range; the next night is
	}
}

func TestHolidaysOfTheAreaAreSkippedOnWish(t *testing.T) {
	zone := inZone(t, "Europe/Paris")
	start := wall(t, zone, "2026-12-18 09:00")
	o := Opening{Start: start, End: start.Add(time.Hour), Repeat: &Repeat{
		Weekdays: []int{5, 6}, Until: civil.MustDate("2027-01-02"), SkipHolidays: true}}
	days := func(area civil.Area) (out []string) {
		for _, occ := range occurrences(o, zone, area, civil.MustDate("2026-12-01"), civil.MustDate("2027-12-01")) {
			out = append(out, occ.Date.String())
		}
		return out
	}

	if got, want := days(civil.National), []string{"2026-12-18", "2026-12-19", "2026-12-26", "2027-01-02"}; !slices.Equal(got, want) {
		t.Errorf("national: %v", got)
	}
	if got, want := days(civil.AlsaceMoselle), []string{"2026-12-18", "2026-12-19", "2027-01-02"}; !slices.Equal(got, want) {
		t.Errorf("Alsace-Moselle: %v", got)
	}
	o.Repeat.SkipHolidays = false
	if got := days(civil.National); len(got) != 6 {
		t.Errorf("not skipped: %v", got)
	}
}

// anOpening draws a recurring opening in one of the zones of France.
func anOpening(t *rapid.T) (Opening, *time.Location) {
	name := rapid.SampledFrom([]string{"Europe/Paris", "America/Miquelon", "Indian/Reunion", "Pacific/Marquesas", "America/Cayenne"}).Draw(t, "zone")
	zone, err := civil.LoadZone(name)
	if err != nil {
		t.Fatal(err)
	}
	first := civil.MustDate("2026-01-01").AddDays(rapid.IntRange(0, 800).Draw(t, "day"))
	clock := func(label string) civil.Clock {
		return civil.Clock{Hour: rapid.IntRange(0, 23).Draw(t, label+" hour"), Minute: rapid.SampledFrom([]int{0, 15, 30, 45}).Draw(t, label+" minute")}
	}
	opens, closes := clock("start"), clock("end")
	last := first
	if !opens.Before(closes) {
		last = first.AddDays(1)
	}
	o := Opening{ID: "o", Start: civil.At(first, opens, zone), End: civil.At(last, closes, zone),
		SlotMinutes: rapid.SampledFrom([]int{0, 5, 7, 15, 20, 30, 60, 240}).Draw(t, "slot minutes"), Seats: 1,
		Repeat: &Repeat{
			Weekdays: rapid.SliceOfNDistinct(rapid.IntRange(1, 7), 1, 7, rapid.ID).Draw(t, "weekdays"),
			Until:    first.AddDays(rapid.IntRange(0, 120).Draw(t, "length")), SkipHolidays: rapid.Bool().Draw(t, "skip"),
		}}
	return o, zone
}

func TestSlotsOfARecurrence(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		o, zone := anOpening(t)
		first := civil.DateOf(o.Start, zone)
		slots := slotsBetween(o, zone, civil.National, first, first.AddDays(400))
		for i, s := range slots {
			if !s.End.After(s.Start) || (o.SlotMinutes > 0 && s.End.Sub(s.Start) != time.Duration(o.SlotMinutes)*time.Minute) {
				t.Fatalf("slot %d lasts from %s to %s", i, s.Start, s.End)
			}
			if i > 0 && s.Start.Before(slots[i-1].End) {
				t.Fatalf("slot %d overlaps the one before", i)
			}
			if day := civil.DateOf(s.Start, zone); day.Before(first) || day.After(o.Repeat.Until.AddDays(1)) {
				t.Fatalf("slot %d lies on %s", i, day)
			}
		}

		// Materialising piece by piece gives the same as in one go.
		cutAt := first.AddDays(rapid.IntRange(0, 130).Draw(t, "cut"))
		pieces := slices.Concat(slotsBetween(o, zone, civil.National, first, cutAt), slotsBetween(o, zone, civil.National, cutAt, first.AddDays(400)))
		if !slices.Equal(slots, pieces) {
			t.Fatalf("%d slots at once, %d in two pieces", len(slots), len(pieces))
		}
	})
}

func TestClashesAgreeWithTheDefinition(t *testing.T) {
	base := time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)
	some := func(t *rapid.T, label string) []Slot {
		slots := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) Slot {
			start := base.Add(time.Duration(rapid.IntRange(0, 100).Draw(t, "start")) * time.Minute)
			return Slot{ID: start.Format("1504"), Start: start, End: start.Add(time.Duration(rapid.IntRange(1, 20).Draw(t, "minutes")) * time.Minute)}
		}), 0, 12).Draw(t, label)
		slices.SortFunc(slots, func(a, b Slot) int { return a.Start.Compare(b.Start) })
		return slots
	}
	rapid.Check(t, func(t *rapid.T) {
		wanted, live := some(t, "wanted"), some(t, "live")
		apart, _ := clashes(wanted, live)
		var want []Slot
		for _, w := range wanted {
			if !slices.ContainsFunc(live, func(l Slot) bool { return w.interval().Overlaps(l.interval()) }) {
				want = append(want, w)
			}
		}
		if !slices.Equal(apart, want) {
			t.Fatalf("apart %v, want %v", apart, want)
		}
	})
}
