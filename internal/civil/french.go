package civil

import "fmt"

// nbsp keeps an hour and its unit on one line.
const nbsp = "\u00a0"

var (
	weekdays = [...]string{"lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"}
	months   = [...]string{
		"janvier", "février", "mars", "avril", "mai", "juin",
		"juillet", "août", "septembre", "octobre", "novembre", "décembre",
	}
)

// French formats c as French readers write it: "14 h 05", "8 h". The spaces do not break.
func (c Clock) French() string {
	if c.Minute == 0 {
		return fmt.Sprintf("%d%sh", c.Hour, nbsp)
	}
	return fmt.Sprintf("%d%sh%s%02d", c.Hour, nbsp, nbsp, c.Minute)
}

// French formats d in full: "lundi 23 novembre 2026", "dimanche 1er mars 2026"; the zero Date is empty.
func (d Date) French() string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%s %d", d.FrenchDay(), d.Year)
}

// FrenchDay formats d without its year: "lundi 23 novembre"; the zero Date is empty.
func (d Date) FrenchDay() string {
	if d.IsZero() {
		return ""
	}
	day := fmt.Sprint(d.Day)
	if d.Day == 1 {
		day = "1er"
	}
	return fmt.Sprintf("%s %s %s", weekdays[d.Weekday()-1], day, months[d.Month-1])
}
