package civil_test

import (
	"testing"

	"github.com/relais-snp/relais/internal/civil"
)

func TestEaster(t *testing.T) {
	for year, want := range map[int]string{
		1818: "1818-03-22", 1943: "1943-04-25", 2000: "2000-04-23", 2008: "2008-03-23", 2019: "2019-04-21",
		2024: "2024-03-31", 2025: "2025-04-20", 2026: "2026-04-05", 2027: "2027-03-28", 2038: "2038-04-25",
	} {
		if got := civil.Easter(year); got.String() != want {
			t.Errorf("Easter %d = %s, want %s", year, got, want)
		}
	}
}

func TestNationalHolidaysOf2026(t *testing.T) {
	want := []civil.Holiday{
		{Date: civil.MustDate("2026-01-01"), Name: "Jour de l’An"},
		{Date: civil.MustDate("2026-04-06"), Name: "Lundi de Pâques"},
		{Date: civil.MustDate("2026-05-01"), Name: "Fête du Travail"},
		{Date: civil.MustDate("2026-05-08"), Name: "Victoire de 1945"},
		{Date: civil.MustDate("2026-05-14"), Name: "Ascension"},
		{Date: civil.MustDate("2026-05-25"), Name: "Lundi de Pentecôte"},
		{Date: civil.MustDate("2026-07-14"), Name: "Fête nationale"},
		{Date: civil.MustDate("2026-08-15"), Name: "Assomption"},
		{Date: civil.MustDate("2026-11-01"), Name: "Toussaint"},
		{Date: civil.MustDate("2026-11-11"), Name: "Armistice de 1918"},
		{Date: civil.MustDate("2026-12-25"), Name: "Noël"},
	}
	got := civil.Holidays(2026, civil.National)
	if len(got) != len(want) {
		t.Fatalf("%d holidays, want %d: %v", len(got), len(want), got)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("holiday %d = %v, want %v", i+1, got[i], want[i])
		}
	}
}

func TestHolidaysOfAnArea(t *testing.T) {
	tests := []struct {
		day  string
		area civil.Area
		name string
	}{
		{"2026-04-03", civil.AlsaceMoselle, "Vendredi saint"},
		{"2026-12-26", civil.AlsaceMoselle, "Saint-Étienne"},
		{"2026-12-26", civil.National, ""},
		{"2026-12-20", civil.Reunion, "Abolition de l’esclavage"},
		{"2026-05-27", civil.Guadeloupe, "Abolition de l’esclavage"},
		{"2026-05-27", civil.Martinique, ""},
		{"2026-07-14", civil.Mayotte, "Fête nationale"},
		{"2026-11-23", civil.National, ""},
		{"2008-05-01", civil.National, "Fête du Travail"},
	}
	for _, tt := range tests {
		d := civil.MustDate(tt.day)
		name, ok := civil.HolidayOn(d, tt.area)
		if name != tt.name || ok != (tt.name != "") || civil.IsHoliday(d, tt.area) != ok {
			t.Errorf("HolidayOn(%s, %d) = %q, %v; want %q", d, tt.area, name, ok, tt.name)
		}
	}
}
