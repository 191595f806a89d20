package indicator_test

import (
	"bytes"
	"encoding/csv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/indicator"
	"github.com/relais-snp/relais/internal/regulation"
)

var paris = mustZone("Europe/Paris")

func mustZone(name string) *time.Location {
	zone, err := civil.LoadZone(name)
	if err != nil {
		panic(err)
	}
	return zone
}

func at(s string) time.Time {
	t, err := time.ParseInLocation("2006-01-02 15:04", s, paris)
	if err != nil {
		panic(err)
	}
	return t
}

// slot is half an hour of one seat with Dr Martin.
func slot(start string, turns ...func(*indicator.SlotFact)) indicator.SlotFact {
	s := indicator.SlotFact{ID: start, Practitioner: "dr-martin", Location: "loc-1", Start: at(start), End: at(start).Add(30 * time.Minute), Seats: 1}
	for _, turn := range turns {
		turn(&s)
	}
	return s
}

func seats(n int) func(*indicator.SlotFact) {
	return func(s *indicator.SlotFact) { s.Seats = n }
}

func of(practitioner string) func(*indicator.SlotFact) {
	return func(s *indicator.SlotFact) { s.Practitioner = practitioner }
}

func withdrawn(when string) func(*indicator.SlotFact) {
	return func(s *indicator.SlotFact) { s.WithdrawnAt = at(when) }
}

// booked adds a booking of a regulator's, called two hours before the start.
func booked(seat int, state regulation.BookingState, turns ...func(*indicator.BookingFact)) func(*indicator.SlotFact) {
	return func(s *indicator.SlotFact) {
		b := indicator.BookingFact{Seat: seat, State: state, CalledAt: s.Start.Add(-2 * time.Hour), MT: regulation.MTNone, ByRegulation: true}
		for _, turn := range turns {
			turn(&b)
		}
		s.Bookings = append(s.Bookings, b)
	}
}

func cancelled(seat int, by regulation.CancelledBy) func(*indicator.SlotFact) {
	return booked(seat, regulation.StateCancelled, func(b *indicator.BookingFact) { b.CancelledBy = by })
}

func called(before time.Duration) func(*indicator.BookingFact) {
	return func(b *indicator.BookingFact) { b.CalledAt = b.CalledAt.Add(2*time.Hour - before) }
}

// rules are the ones in force, and an older, narrower one.
func rules() indicator.Rules {
	return indicator.Rules{SNP: []indicator.SNPRule{
		{From: civil.MustDate("2020-01-01"), CapPerWeek: 10, WeekStart: 1, WindowHours: 24},
		{From: civil.MustDate("2022-04-01"), MajorationCents: 1500, CapPerWeek: 20, WeekStart: 1, WindowHours: 48},
	}}
}

// november asks for 16 to 29 November 2026, seen from the evening of the 22nd.
func november(by indicator.Grouping) indicator.Query {
	return indicator.Query{Territory: "cpts-senart", Zone: paris, From: civil.MustDate("2026-11-16"), To: civil.MustDate("2026-11-29"),
		By: by, Now: at("2026-11-22 20:00"), Rules: rules()}
}

func total(slots ...indicator.SlotFact) indicator.Row {
	return indicator.Fill(indicator.Facts{Slots: slots}, november(indicator.ByDay)).Total
}

func ratio(v float64) *float64 { return &v }

func TestOfferedAndTaken(t *testing.T) {
	for name, tc := range map[string]struct {
		slot                              indicator.SlotFact
		offered, taken, lapsed, withdrawn int
		fill                              *float64
	}{
		"free, past":                      {slot("2026-11-20 10:00"), 1, 0, 1, 0, ratio(0)},
		"free, ahead":                     {slot("2026-11-23 10:00"), 1, 0, 0, 0, ratio(0)},
		"booked":                          {slot("2026-11-23 10:00", booked(1, regulation.StateBooked)), 1, 1, 0, 0, ratio(1)},
		"honoured":                        {slot("2026-11-20 10:00", booked(1, regulation.StateHonoured)), 1, 1, 0, 0, ratio(1)},
		"not honoured is taken too":       {slot("2026-11-20 10:00", booked(1, regulation.StateNoShow)), 1, 1, 0, 0, ratio(1)},
		"cancelled":                       {slot("2026-11-20 10:00", cancelled(1, regulation.ByPatient)), 1, 0, 1, 0, ratio(0)},
		"cancelled, booked again":         {slot("2026-11-20 10:00", cancelled(1, regulation.ByPatient), booked(1, regulation.StateHonoured)), 1, 1, 0, 0, ratio(1)},
		"withdrawn":                       {slot("2026-11-20 10:00", withdrawn("2026-11-20 09:00")), 0, 0, 0, 1, nil},
		"withdrawn after the start":       {slot("2026-11-20 10:00", withdrawn("2026-11-20 10:00")), 1, 0, 1, 0, ratio(0)},
		"withdrawn, one of three booked":  {slot("2026-11-20 10:00", seats(3), booked(2, regulation.StateHonoured), withdrawn("2026-11-20 09:00")), 1, 1, 0, 2, ratio(1)},
		"withdrawn, its booking given up": {slot("2026-11-20 10:00", cancelled(1, regulation.ByPatient), withdrawn("2026-11-20 09:00")), 0, 0, 0, 1, nil},
		"three of four":                   {slot("2026-11-20 10:00", seats(4), booked(1, regulation.StateHonoured), booked(3, regulation.StateNoShow), booked(4, regulation.StateBooked)), 4, 3, 1, 0, ratio(0.75)},
		"outside the period":              {slot("2026-11-30 00:00"), 0, 0, 0, 0, nil},
		"last minute of the period":       {slot("2026-11-29 23:59"), 1, 0, 0, 0, ratio(0)},
	} {
		got := total(tc.slot)
		want := []int{tc.offered, tc.taken, tc.lapsed, tc.withdrawn}
		if diff := cmp.Diff(want, []int{got.Offered, got.Taken, got.Lapsed, got.Withdrawn}); diff != "" {
			t.Errorf("%s: offered, taken, lapsed, withdrawn: %s", name, diff)
		}
		if diff := cmp.Diff(tc.fill, got.Fill); diff != "" {
			t.Errorf("%s: fill: %s", name, diff)
		}
	}
}

func TestPartsOfTheFillRate(t *testing.T) {
	mt := func(status regulation.MTStatus) func(*indicator.BookingFact) {
		return func(b *indicator.BookingFact) { b.MT = status }
	}
	lost := func(s *indicator.SlotFact) { s.LostHolds = 2 }

	got := total(
		slot("2026-11-20 10:00", lost, booked(1, regulation.StateHonoured, mt(regulation.MTHas), called(time.Hour))),
		slot("2026-11-20 10:30", booked(1, regulation.StateNoShow, mt(regulation.MTNone), called(24*time.Hour))),
		slot("2026-11-20 11:00", of("dr-durand"), booked(1, regulation.StateBooked, mt(regulation.MTUnknown), called(30*time.Hour))),
		slot("2026-11-20 11:30", cancelled(1, regulation.ByPatient), cancelled(1, regulation.ByPatient), cancelled(1, regulation.ByRegulator), cancelled(1, regulation.ByPractitioner)),
		slot("2026-11-20 12:00", of("dr-absent"), withdrawn("2026-11-20 09:00")),
	)

	want := indicator.Row{Key: "total", Label: "Total", Offered: 4, Taken: 3, Fill: ratio(0.75), Lapsed: 1, Withdrawn: 1,
		HeldThenLost: 2, CancelledByPatient: 2, CancelledByRegulator: 1, CancelledByPractitioner: 1,
		Honoured: 1, NoShow: 1, WithMT: 1, WithoutMT: 1, UnknownMT: 1,
		MedianDelayMinutes: ratio(24 * 60), Within24h: ratio(2.0 / 3), Practitioners: 2, HoursOpened: 2, SNPActs: 1}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// A patient taken en sus was on no published slot: nothing is offered or opened
// for them, and the act counts like any.
func TestPatientsTakenEnSusAreCountedApart(t *testing.T) {
	extra := func(s *indicator.SlotFact) { s.Extra = true }
	got := total(
		slot("2026-11-20 10:00", booked(1, regulation.StateHonoured)),
		slot("2026-11-20 10:30", extra, of("dr-durand"), booked(1, regulation.StateHonoured)),
		slot("2026-11-20 11:00", extra, cancelled(1, regulation.ByPatient)),
		slot("2026-11-20 11:30", extra, withdrawn("2026-11-20 11:00"), cancelled(1, regulation.ByPractitioner)),
	)
	want := indicator.Row{Key: "total", Label: "Total", Offered: 1, Taken: 1, Fill: ratio(1), CancelledByPatient: 1, CancelledByPractitioner: 1,
		Honoured: 2, WithoutMT: 2, MedianDelayMinutes: ratio(120), Within24h: ratio(1), Practitioners: 2, HoursOpened: 0.5, SNPActs: 2, Extra: 1}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestMedianOfAnEvenNumberIsTheMeanOfTheMiddle(t *testing.T) {
	got := total(
		slot("2026-11-20 10:00", booked(1, regulation.StateHonoured, called(10*time.Minute))),
		slot("2026-11-20 11:00", booked(1, regulation.StateHonoured, called(25*time.Minute))),
	)
	if diff := cmp.Diff(ratio(17.5), got.MedianDelayMinutes); diff != "" {
		t.Error(diff)
	}
}

func TestWhatIsAnSNPAct(t *testing.T) {
	for name, tc := range map[string]struct {
		turn func(*indicator.BookingFact)
		acts int
	}{
		"sent, seen, in time":       {func(*indicator.BookingFact) {}, 1},
		"after exactly 48 h":        {called(48 * time.Hour), 1},
		"after more than 48 h":      {called(48*time.Hour + time.Minute), 0},
		"own médecin traitant":      {func(b *indicator.BookingFact) { b.OwnMT = true }, 0},
		"not sent by a regulator":   {func(b *indicator.BookingFact) { b.ByRegulation = false }, 0},
		"did not come":              {func(b *indicator.BookingFact) { b.State = regulation.StateNoShow }, 0},
		"whether they came unknown": {func(b *indicator.BookingFact) { b.State = regulation.StateBooked }, 0},
	} {
		if got := total(slot("2026-11-20 10:00", booked(1, regulation.StateHonoured, tc.turn))); got.SNPActs != tc.acts {
			t.Errorf("%s: %d acts, want %d", name, got.SNPActs, tc.acts)
		}
	}
}

func TestRulesAreDated(t *testing.T) {
	query := november(indicator.ByPractitioner)
	query.From, query.To = civil.MustDate("2022-03-28"), civil.MustDate("2022-04-03") // one week, two rules
	late := called(30 * time.Hour)
	facts := indicator.Facts{Slots: []indicator.SlotFact{
		slot("2022-03-31 10:00", booked(1, regulation.StateHonoured, late)), // 24 h allowed
		slot("2022-04-01 10:00", booked(1, regulation.StateHonoured, late)), // 48 h allowed
	}}

	got := indicator.Fill(facts, query)

	want := []indicator.PractitionerWeek{{Week: "2022-W13", First: civil.MustDate("2022-03-28"), HoursOpened: 1, Offered: 2, Taken: 2, SNPActs: 1, Cap: 20}}
	if diff := cmp.Diff(want, got.Rows[0].Weeks); diff != "" {
		t.Error(diff)
	}
	if rule := rules().On(civil.MustDate("2019-12-31")); rule.CapPerWeek != 0 {
		t.Errorf("a rule before the first: %+v", rule)
	}
}

func TestWeeksOfAPractitionerAgainstTheCap(t *testing.T) {
	query := november(indicator.ByPractitioner)
	facts := indicator.Facts{Slots: []indicator.SlotFact{
		slot("2026-11-16 10:00", booked(1, regulation.StateHonoured)),
		slot("2026-11-22 23:30", booked(1, regulation.StateHonoured)), // still Sunday
		slot("2026-11-23 00:00"),
		slot("2026-11-17 10:00", of("dr-durand")),
	}}
	weeks := func() [][]indicator.PractitionerWeek {
		var out [][]indicator.PractitionerWeek
		for _, row := range indicator.Fill(facts, query).Rows {
			out = append(out, row.Weeks)
		}
		return out
	}

	want := [][]indicator.PractitionerWeek{
		{{Week: "2026-W47", First: civil.MustDate("2026-11-16"), HoursOpened: 0.5, Offered: 1, Cap: 20}},
		{
			{Week: "2026-W47", First: civil.MustDate("2026-11-16"), HoursOpened: 1, Offered: 2, Taken: 2, SNPActs: 2, Cap: 20},
			{Week: "2026-W48", First: civil.MustDate("2026-11-23"), HoursOpened: 0.5, Offered: 1, Cap: 20},
		},
	}
	if diff := cmp.Diff(want, weeks()); diff != "" {
		t.Error(diff)
	}

	query.Rules.SNP[1].WeekStart = 7 // weeks from Sunday on
	sunday := civil.MustDate("2026-11-15")
	want[0][0].First = sunday
	want[1] = []indicator.PractitionerWeek{
		{Week: "2026-W47", First: sunday, HoursOpened: 0.5, Offered: 1, Taken: 1, SNPActs: 1, Cap: 20},
		{Week: "2026-W48", First: sunday.AddDays(7), HoursOpened: 1, Offered: 2, Taken: 1, SNPActs: 1, Cap: 20},
	}
	if diff := cmp.Diff(want, weeks()); diff != "" {
		t.Error(diff)
	}
}

func TestGroupings(t *testing.T) {
	facts := indicator.Facts{
		Slots: []indicator.SlotFact{
			slot("2026-11-16 12:59"), slot("2026-11-16 13:00"), slot("2026-11-23 20:00"), slot("2026-11-21 00:00", of("dr-durand")),
		},
		NoSolution: []time.Time{at("2026-11-16 08:00"), at("2026-11-30 08:00")},
	}
	for _, tc := range []struct {
		by   indicator.Grouping
		rows []string // key, label, offered, without solution
	}{
		{indicator.ByWeek, []string{"2026-W47|Semaine 47, du lundi 16 novembre au dimanche 22 novembre 2026|3|1", "2026-W48|Semaine 48, du lundi 23 novembre au dimanche 29 novembre 2026|1|0"}},
		{indicator.ByMonth, []string{"2026-11|novembre 2026|4|1"}},
		{indicator.ByPractitioner, []string{"dr-durand|dr-durand|1|0", "dr-martin|dr-martin|3|0"}},
		{indicator.ByLocation, []string{"loc-1|loc-1|4|0"}},
		{indicator.ByHalfDay, []string{"1-am|lundi matin|1|1", "1-pm|lundi après-midi|1|0", "1-eve|lundi soir|1|0", "6-am|samedi matin|1|0"}},
		{indicator.ByHour, []string{"1-08|lundi 8\u00a0h|0|1", "1-12|lundi 12\u00a0h|1|0", "1-13|lundi 13\u00a0h|1|0", "1-20|lundi 20\u00a0h|1|0", "6-00|samedi 0\u00a0h|1|0"}},
	} {
		r := indicator.Fill(facts, november(tc.by))
		if diff := cmp.Diff(tc.rows, said(r)); diff != "" {
			t.Errorf("%s: %s", tc.by, diff)
		}
		if r.Total.CasesWithoutSolution != 1 {
			t.Errorf("%s: %d cases in total", tc.by, r.Total.CasesWithoutSolution)
		}
	}
	days := indicator.Fill(facts, november(indicator.ByDay))
	if len(days.Rows) != 14 || days.Rows[1].Fill != nil || days.Rows[0].Label != "lundi 16 novembre 2026" {
		t.Errorf("by day: %q", said(days))
	}
}

func said(r indicator.Report) (out []string) {
	for _, row := range r.Rows {
		out = append(out, strings.Join([]string{row.Key, row.Label, digits(row.Offered), digits(row.CasesWithoutSolution)}, "|"))
	}
	return out
}

func digits(n int) string { return string(rune('0' + n)) }

// A slot of the night belongs to the civil day of the territory, not of UTC.
func TestDaysAreThoseOfTheTerritory(t *testing.T) {
	query := november(indicator.ByDay)
	query.Zone = mustZone("Indian/Reunion")
	query.From, query.To = civil.MustDate("2026-11-17"), civil.MustDate("2026-11-17")
	late := slot("2026-11-16 21:30") // 00:30 on the 17th in Saint-Denis
	early := slot("2026-11-16 20:30")

	r := indicator.Fill(indicator.Facts{Slots: []indicator.SlotFact{late, early}}, query)

	if r.Total.Offered != 1 || len(r.Rows) != 1 || r.Rows[0].Key != "2026-11-17" {
		t.Errorf("%+v", r)
	}
}

func TestRowsAddUpToTheTotal(t *testing.T) {
	states := []regulation.BookingState{regulation.StateBooked, regulation.StateHonoured, regulation.StateNoShow, regulation.StateCancelled}
	aSlot := rapid.Custom(func(t *rapid.T) indicator.SlotFact {
		s := indicator.SlotFact{Practitioner: rapid.SampledFrom([]string{"a", "b"}).Draw(t, "who"), Location: rapid.SampledFrom([]string{"x", "y"}).Draw(t, "where"),
			Start: at("2026-11-15 00:00").Add(time.Duration(rapid.IntRange(0, 17*24*60).Draw(t, "start")) * time.Minute), Seats: rapid.IntRange(1, 4).Draw(t, "seats")}
		s.End = s.Start.Add(30 * time.Minute)
		if rapid.Bool().Draw(t, "withdrawn") {
			s.WithdrawnAt = s.Start.Add(time.Duration(rapid.IntRange(-60, 60).Draw(t, "when")) * time.Minute)
		}
		for range rapid.IntRange(0, 4).Draw(t, "bookings") {
			booked(rapid.IntRange(1, s.Seats).Draw(t, "seat"), rapid.SampledFrom(states).Draw(t, "state"))(&s)
		}
		return s
	})
	rapid.Check(t, func(t *rapid.T) {
		facts := indicator.Facts{Slots: rapid.SliceOfN(aSlot, 0, 20).Draw(t, "slots")}
		r := indicator.Fill(facts, november(rapid.SampledFrom(indicator.Groupings()).Draw(t, "by")))
		var sum indicator.Row
		for _, row := range r.Rows {
			if row.Taken > row.Offered || row.Lapsed+row.Taken > row.Offered {
				t.Fatalf("row %+v", row)
			}
			if row.Fill != nil && (*row.Fill < 0 || *row.Fill > 1) || (row.Fill == nil) != (row.Offered == 0) {
				t.Fatalf("fill of %+v", row)
			}
			sum.Offered, sum.Taken, sum.Lapsed, sum.Withdrawn = sum.Offered+row.Offered, sum.Taken+row.Taken, sum.Lapsed+row.Lapsed, sum.Withdrawn+row.Withdrawn
			sum.Honoured, sum.NoShow, sum.SNPActs = sum.Honoured+row.Honoured, sum.NoShow+row.NoShow, sum.SNPActs+row.SNPActs
		}
		for _, pair := range [][2]int{{sum.Offered, r.Total.Offered}, {sum.Taken, r.Total.Taken}, {sum.Lapsed, r.Total.Lapsed},
			{sum.Withdrawn, r.Total.Withdrawn}, {sum.Honoured, r.Total.Honoured}, {sum.NoShow, r.Total.NoShow}, {sum.SNPActs, r.Total.SNPActs}} {
			if pair[0] != pair[1] {
				t.Fatalf("rows add up to %+v, the total is %+v", sum, r.Total)
			}
		}
	})
}

func TestCSV(t *testing.T) {
	r := indicator.Fill(indicator.Facts{Slots: []indicator.SlotFact{
		slot("2026-11-20 10:00", booked(1, regulation.StateHonoured)), slot("2026-11-20 10:30"), slot("2026-11-20 11:00"),
	}}, november(indicator.ByPractitioner))
	r.Rows[0].Label = `=HYPERLINK("http://x"), "Dr"`
	r.Simulated = true
	var out bytes.Buffer

	if err := r.WriteCSV(&out); err != nil {
		t.Fatal(err)
	}

	text := out.String()
	if !strings.HasPrefix(text, "Clé,Libellé,Places offertes,Places prises,Taux de remplissage,") || strings.Count(text, "\r\n") != 3 {
		t.Errorf("text %q", text)
	}
	lines, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"dr-martin", `'=HYPERLINK("http://x"), "Dr"`, "3", "1", "0.3333", "2", "0", "0", "0", "0", "0", "1", "0", "0", "1", "0", "120", "1", "0", "1", "1.5", "1", "0"}
	if diff := cmp.Diff(want, lines[1]); diff != "" {
		t.Error(diff)
	}
	if lines[2][1] != "Total (données simulées)" {
		t.Errorf("total %q", lines[2])
	}
}

func TestCSVCellsAreNeverFormulas(t *testing.T) {
	for _, label := range []string{"=1+1", "+33", "-2", "@SUM(A1)", "\t=1", "\r=1"} {
		var out bytes.Buffer
		err := indicator.Report{Rows: []indicator.Row{{Key: label, Label: label}}}.WriteCSV(&out)
		if err != nil {
			t.Fatal(err)
		}
		lines, err := csv.NewReader(&out).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		for _, cell := range lines[1][:2] {
			if !strings.HasPrefix(cell, "'") {
				t.Errorf("cell %q", cell)
			}
		}
		if lines[1][4] != "" {
			t.Errorf("a fill of nothing is %q", lines[1][4])
		}
	}
}
