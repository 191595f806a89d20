package civil

import (
	"slices"
	"time"
)

// Area is a part of France with public holidays of its own besides the national ones.
type Area uint8

// The areas with days of their own. The Pacific collectivities legislate for themselves: for them, as for the
// rest of France, National gives the common eleven days only.
const (
	National Area = iota
	AlsaceMoselle
	Guadeloupe
	Martinique
	Guyane
	Reunion
	Mayotte
	SaintBarthelemy
	SaintMartin
)

// Holiday is one public holiday (jour férié) with its French name.
type Holiday struct {
	Date Date
	Name string
}

// fixed are the national holidays with a date of their own (code du travail, art. L3133-1).
var fixed = []yearly{
	{time.January, 1, "Jour de l’An"},
	{time.May, 1, "Fête du Travail"},
	{time.May, 8, "Victoire de 1945"},
	{time.July, 14, "Fête nationale"},
	{time.August, 15, "Assomption"},
	{time.November, 1, "Toussaint"},
	{time.November, 11, "Armistice de 1918"},
	{time.December, 25, "Noël"},
}

// movable are the national holidays counted in days from Easter Sunday (same article).
var movable = []fromEaster{
	{1, "Lundi de Pâques"},
	{39, "Ascension"},
	{50, "Lundi de Pentecôte"},
}

// abolition is the day that commemorates the end of slavery (décret 83-1003 as amended by décret 2012-553).
var abolition = map[Area]yearly{
	Mayotte:         {time.April, 27, abolitionName},
	Martinique:      {time.May, 22, abolitionName},
	Guadeloupe:      {time.May, 27, abolitionName},
	SaintMartin:     {time.May, 28, abolitionName},
	Guyane:          {time.June, 10, abolitionName},
	SaintBarthelemy: {time.October, 9, abolitionName},
	Reunion:         {time.December, 20, abolitionName},
}

const abolitionName = "Abolition de l’esclavage"

type yearly struct {
	month time.Month
	day   int
	name  string
}

type fromEaster struct {
	days int
	name string
}

// Holidays returns the public holidays of a year in an area, in order of date: the eleven national ones and
// those of the area. In Alsace-Moselle (code du travail, art. L3134-13) Good Friday is legally a holiday only
// in communes with a Protestant or mixed church; it is given for the whole area.
//
// Two holidays may fall on one day, as 1 May and Ascension in 2008; both are given.
func Holidays(year int, area Area) []Holiday {
	easter := Easter(year)
	days := make([]Holiday, 0, len(fixed)+len(movable)+2)
	for _, h := range fixed {
		days = append(days, h.in(year))
	}
	for _, h := range movable {
		days = append(days, Holiday{easter.AddDays(h.days), h.name})
	}
	days = append(days, own(area, year, easter)...)
	slices.SortStableFunc(days, func(a, b Holiday) int { return a.Date.Compare(b.Date) })
	return days
}

// HolidayOn returns the name of the public holiday that d is in an area, and false on ordinary days.
func HolidayOn(d Date, area Area) (name string, ok bool) {
	for _, h := range Holidays(d.Year, area) {
		if h.Date == d {
			return h.Name, true
		}
	}
	return "", false
}

// IsHoliday reports whether d is a public holiday in an area.
func IsHoliday(d Date, area Area) bool {
	_, ok := HolidayOn(d, area)
	return ok
}

func own(area Area, year int, easter Date) []Holiday {
	if area == AlsaceMoselle {
		return []Holiday{
			{easter.AddDays(-2), "Vendredi saint"},
			{Date{year, time.December, 26}, "Saint-Étienne"},
		}
	}
	if h, ok := abolition[area]; ok {
		return []Holiday{h.in(year)}
	}
	return nil
}

func (y yearly) in(year int) Holiday {
	return Holiday{Date{year, y.month, y.day}, y.name}
}

// Easter returns Easter Sunday of a Gregorian year, by the computus of Meeus, Jones and Butcher.
func Easter(year int) Date {
	a, b, c := year%19, year/100, year%100
	d, e := b/4, b%4
	g := (8*b + 13) / 25
	h := (19*a + b - d - g + 15) % 30
	i, k := c/4, c%4
	l := (32 + 2*e + 2*i - h - k) % 7
	m := (a + 11*h + 19*l) / 433
	month := (h + l - 7*m + 90) / 25
	day := (h + l - 7*m + 33*month + 19) % 32
	return Date{year, time.Month(month), day}
}
