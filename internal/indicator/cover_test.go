package indicator_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/directory"
	"github.com/relais-snp/relais/internal/fault"
	"github.com/relais-snp/relais/internal/indicator"
	"github.com/relais-snp/relais/internal/regulation"
)

func people() []directory.Practitioner {
	return []directory.Practitioner{
		{ID: "dr-martin", Given: "Ada", Family: "Martin", Profession: directory.Physician, RPPS: "99900000010"},
		{ID: "dr-durand", Given: "Zoé", Family: "Durand", Profession: directory.Physician, RPPS: "99900000028"},
	}
}

// cover asks for the days from one to another, seen from Sunday evening 22
// November 2026.
func cover(from, to string, rules ...indicator.CoverRule) func(...indicator.SlotFact) indicator.CoverReport {
	q := november(indicator.ByDay)
	q.From, q.To, q.Rules.Cover = civil.MustDate(from), civil.MustDate(to), rules
	return func(slots ...indicator.SlotFact) indicator.CoverReport {
		return indicator.Cover(indicator.Facts{Slots: slots}, q, people())
	}
}

// usual wants one GP each half-day of the week and on Saturday morning.
func usual() indicator.CoverRule {
	return indicator.CoverRule{From: civil.MustDate("2026-01-01"), Wanted: []indicator.Wanted{
		{Weekdays: []int{1, 2, 3, 4, 5}, Parts: []indicator.Part{indicator.Morning, indicator.Afternoon}, GPs: 1},
		{Weekdays: []int{6}, Parts: []indicator.Part{indicator.Morning}, GPs: 1},
	}}
}

func TestWhoCoversADay(t *testing.T) {
	extra := func(s *indicator.SlotFact) { s.Extra = true }
	got := cover("2026-11-23", "2026-11-23", usual())(
		slot("2026-11-23 09:00", seats(3), booked(1, regulation.StateBooked), cancelled(2, regulation.ByPatient)),
		slot("2026-11-23 12:30", of("dr-durand")),
		slot("2026-11-23 12:45", of("dr-durand"), withdrawn("2026-11-22 10:00")),
		slot("2026-11-23 14:00", withdrawn("2026-11-22 10:00")), // nothing is left of it
		slot("2026-11-23 15:00", extra, booked(1, regulation.StateBooked)),
		slot("2026-11-23 20:00", of("dr-gone"), seats(2), booked(2, regulation.StateBooked), withdrawn("2026-11-22 10:00")),
		slot("2026-11-24 09:00"),
	)

	want := []indicator.CoverDay{{Day: civil.MustDate("2026-11-23"), Label: "lundi 23 novembre 2026", Parts: []indicator.CoverPart{
		{Part: indicator.Morning, Wanted: 1, Seats: 4, Free: 3, Practitioners: []indicator.CoverPractitioner{{"dr-martin", "Dr Ada Martin", 3}, {"dr-durand", "Dr Zoé Durand", 1}}},
		{Part: indicator.Afternoon, Wanted: 1, Practitioners: []indicator.CoverPractitioner{}, Gap: true},
		{Part: indicator.Evening, Seats: 1, Practitioners: []indicator.CoverPractitioner{{"dr-gone", "dr-gone", 1}}},
	}}}
	if diff := cmp.Diff(want, got.Days); diff != "" {
		t.Error(diff)
	}
	if got.Gaps != 1 || got.KnownTo != civil.MustDate("2027-01-16") {
		t.Errorf("%d gaps, known to %v", got.Gaps, got.KnownTo)
	}
}

func TestSeatsThatLapsedAreNotFree(t *testing.T) {
	got := cover("2026-11-22", "2026-11-22")(slot("2026-11-22 19:59"), slot("2026-11-22 20:00"), slot("2026-11-22 20:01")).Days[0].Parts
	if got[1].Seats != 1 || got[1].Free != 0 || got[2].Seats != 2 || got[2].Free != 1 {
		t.Errorf("%+v", got)
	}
}

func TestGapsOfAWeek(t *testing.T) {
	// Monday to Sunday, one GP on Monday morning, one on Saturday afternoon.
	got := cover("2026-11-23", "2026-11-29", usual())(slot("2026-11-23 09:00"), slot("2026-11-28 14:00"))
	want := []string{
		"2026-11-23 pm", "2026-11-24 am", "2026-11-24 pm", "2026-11-25 am", "2026-11-25 pm", "2026-11-26 am", "2026-11-26 pm",
		"2026-11-27 am", "2026-11-27 pm", "2026-11-28 am",
	}
	if diff := cmp.Diff(want, gaps(got)); diff != "" || got.Gaps != 10 {
		t.Errorf("%d gaps: %s", got.Gaps, diff)
	}
}

func TestHolidaysAreDaysOfTheirOwnKind(t *testing.T) {
	rule := usual()
	christmas := cover("2026-12-25", "2026-12-25", rule)()
	if christmas.Gaps != 0 || !christmas.Days[0].Parts[0].Holiday || christmas.Days[0].Label != "vendredi 25 décembre 2026 (Noël)" {
		t.Errorf("a Friday's rule on Christmas: %+v", christmas)
	}
	rule.Wanted = append(rule.Wanted, indicator.Wanted{Holidays: true, Parts: []indicator.Part{indicator.Morning}, GPs: 2})
	if diff := cmp.Diff([]string{"2026-12-25 am"}, gaps(cover("2026-12-25", "2026-12-25", rule)(slot("2026-12-25 09:00")))); diff != "" {
		t.Error(diff)
	}
	if got := cover("2026-12-24", "2026-12-24", rule)(); got.Days[0].Parts[0].Holiday || got.Gaps != 2 {
		t.Errorf("the day before: %+v", got)
	}
}

// The holidays are those of the territory: 20 December in La Réunion, Saint
// Stephen's day in Alsace.
func TestHolidaysAreThoseOfTheTerritory(t *testing.T) {
	for day, area := range map[string]civil.Area{"2026-12-20": civil.Reunion, "2026-12-26": civil.AlsaceMoselle} {
		for _, here := range []civil.Area{civil.National, area} {
			q := november(indicator.ByDay)
			q.From, q.To, q.Holidays = civil.MustDate(day), civil.MustDate(day), here
			if got := indicator.Cover(indicator.Facts{}, q, nil).Days[0].Parts[0].Holiday; got != (here == area) {
				t.Errorf("%s in area %d: holiday %v", day, here, got)
			}
		}
	}
}

func TestRulesOfCoverAreDatedAndATerritorysOwnPrevail(t *testing.T) {
	wants := func(from, territory string, gps int) indicator.CoverRule {
		return indicator.CoverRule{From: civil.MustDate(from), Territory: territory,
			Wanted: []indicator.Wanted{{Weekdays: []int{1, 2, 3, 4, 5, 6, 7}, Parts: []indicator.Part{indicator.Morning}, GPs: gps}}}
	}
	got := cover("2026-11-23", "2026-11-27",
		wants("2026-11-24", "", 1), wants("2026-11-25", "cpts-other", 9), wants("2026-11-26", "", 2), wants("2026-11-27", "cpts-senart", 3))()
	var wanted []int
	for _, day := range got.Days {
		wanted = append(wanted, day.Parts[0].Wanted)
	}
	if diff := cmp.Diff([]int{0, 1, 1, 2, 3}, wanted); diff != "" {
		t.Error(diff)
	}
}

func TestRulesOfCoverThatMakeNoSense(t *testing.T) {
	am := []indicator.Part{indicator.Morning}
	wrong := indicator.Rules{Cover: []indicator.CoverRule{
		{From: civil.MustDate("2026-01-01"), Wanted: []indicator.Wanted{{Parts: am}, {Weekdays: []int{0, 1}, Parts: am, GPs: -1}, {Weekdays: []int{1}, Parts: am}}},
		{From: civil.MustDate("2025-01-01"), Territory: "cpts-senart"}, // another territory's order
		{From: civil.MustDate("2026-01-01"), Wanted: []indicator.Wanted{{Holidays: true, Parts: []indicator.Part{"noon"}}, {Weekdays: []int{2}}}},
		{Territory: "cpts-senart"},
	}}
	var names []string
	for _, field := range fault.Of(wrong.Validate()).Fields {
		names = append(names, field.Name)
	}
	want := []string{"cover[0].wanted[0].weekdays", "cover[0].wanted[1].gps", "cover[0].wanted[1].weekdays", "cover[0].wanted[2].parts",
		"cover[2].from", "cover[2].wanted[0].parts", "cover[2].wanted[1].parts", "cover[3].from"}
	if diff := cmp.Diff(want, names); diff != "" {
		t.Error(diff)
	}
}

func TestDaysOfAChangeOfHourHaveTheirParts(t *testing.T) {
	q := november(indicator.ByDay)
	q.From, q.To = civil.MustDate("2026-10-25"), civil.MustDate("2026-10-25") // 25 hours
	late := indicator.SlotFact{ID: "s", Practitioner: "dr-martin", Start: time.Date(2026, 10, 25, 22, 59, 0, 0, time.UTC), End: time.Date(2026, 10, 25, 23, 30, 0, 0, time.UTC), Seats: 1}
	if got := indicator.Cover(indicator.Facts{Slots: []indicator.SlotFact{late}}, q, nil); got.Days[0].Parts[2].Seats != 1 {
		t.Errorf("23:59 of the day: %+v", got)
	}
}

func gaps(r indicator.CoverReport) (list []string) {
	for _, day := range r.Days {
		for _, part := range day.Parts {
			if part.Gap {
				list = append(list, fmt.Sprint(day.Day, " ", part.Part))
			}
		}
	}
	return list
}

func TestWeeksOfEachGP(t *testing.T) {
	facts := indicator.Facts{Slots: []indicator.SlotFact{
		slot("2026-11-16 10:00", seats(2), booked(1, regulation.StateHonoured)),
		slot("2026-11-17 10:00", func(s *indicator.SlotFact) { s.Extra = true }, booked(1, regulation.StateHonoured)),
		slot("2026-11-23 10:00"),
		slot("2026-11-18 10:00", of("dr-gone"), withdrawn("2026-11-17 10:00")), // nothing of it was opened
		slot("2026-11-18 10:00", of("dr-durand"), booked(1, regulation.StateNoShow)),
	}}

	got := indicator.Weeks(facts, november(indicator.ByDay), people())

	week := func(first string, w indicator.PractitionerWeek) indicator.PractitionerWeek {
		w.First, w.Cap = civil.MustDate(first), 20
		return w
	}
	want := []indicator.WeekRow{
		{"dr-martin", "Dr Ada Martin", "99900000010", week("2026-11-16", indicator.PractitionerWeek{Week: "2026-W47", HoursOpened: 0.5, Offered: 2, Taken: 1, SNPActs: 2, Extra: 1})},
		{"dr-martin", "Dr Ada Martin", "99900000010", week("2026-11-23", indicator.PractitionerWeek{Week: "2026-W48", HoursOpened: 0.5, Offered: 1})},
		{"dr-durand", "Dr Zoé Durand", "99900000028", week("2026-11-16", indicator.PractitionerWeek{Week: "2026-W47", HoursOpened: 0.5, Offered: 1, Taken: 1})},
	}
	if diff := cmp.Diff(want, got.Rows); diff != "" {
		t.Error(diff)
	}
}

func TestWeeksAreProofOnEachLine(t *testing.T) {
	r := indicator.Weeks(indicator.Facts{Slots: []indicator.SlotFact{slot("2026-11-16 10:00", booked(1, regulation.StateHonoured)), slot("2026-11-20 10:00")}},
		november(indicator.ByDay), people())
	r.Name, r.Simulated = "CPTS Sénart", true
	var out strings.Builder
	if err := r.WriteCSV(&out); err != nil {
		t.Fatal(err)
	}
	want := "Territoire,Médecin,RPPS,Semaine,Premier jour,Dernier jour,Heures ouvertes,Places offertes,Places prises,Actes SNP,Plafond d’actes SNP,Patients en sus,Du,Au,Établi le\r\n" +
		"CPTS Sénart,Dr Ada Martin,99900000010,2026-W47,2026-11-16,2026-11-22,1,2,1,1,20,0,2026-11-16,2026-11-29,2026-11-22 20:00\r\n" +
		"CPTS Sénart,Total (données simulées),,,,,1,2,1,1,,0,2026-11-16,2026-11-29,2026-11-22 20:00\r\n"
	if diff := cmp.Diff(want, out.String()); diff != "" {
		t.Error(diff)
	}
}
