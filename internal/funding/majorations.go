package funding

import (
	"cmp"
	"slices"
	"time"

	"github.com/relais-snp/relais/internal/civil"
)

// Earn tells which acts earn the scheme's majoration, by practitioner, start and
// booking. Under a weekly cap the first acts of a doctor's week earn it; a week
// is seven days from the scheme's first day, in the territory's zone, and counts
// acts by their start. The same acts give the same answer in whatever order, so
// that an outcome that is entered late or corrected moves no more than it must.
func (s Scheme) Earn(acts []Act, zone *time.Location) []Majoration {
	type week struct {
		practitioner string
		first        civil.Date
	}
	paid := map[week]int{}
	acts = slices.Clone(acts)
	slices.SortFunc(acts, func(a, b Act) int {
		return cmp.Or(cmp.Compare(a.Practitioner, b.Practitioner), a.Start.Compare(b.Start), cmp.Compare(a.Booking, b.Booking))
	})
	var all []Majoration
	for _, a := range acts {
		because, fits := s.fits(a, zone)
		if !fits {
			continue
		}
		m := Majoration{Act: a, Scheme: s.Code, Amount: s.Amount.Cents, Because: append(because, BecauseNoCap)}
		if s.CapPerWeek > 0 {
			w := week{a.Practitioner, s.weekOf(civil.DateOf(a.Start, zone))}
			if paid[w] == s.CapPerWeek {
				continue
			}
			paid[w]++
			m.Nth, m.Because[len(m.Because)-1] = paid[w], BecauseUnderCap
		}
		all = append(all, m)
	}
	return all
}

// fits tells whether an act meets the scheme, its cap left aside, and by what.
func (s Scheme) fits(a Act, zone *time.Location) (because []Reason, ok bool) {
	day := civil.DateOf(a.Start, zone)
	if day.Before(s.From) || !s.To.IsZero() && day.After(s.To) {
		return nil, false
	}
	if s.ByRegulator {
		if !a.ByRegulator {
			return nil, false
		}
		because = append(because, BecauseRegulated)
	}
	if s.WithinHours > 0 {
		if delay := a.Start.Sub(a.BookedAt); delay > time.Duration(s.WithinHours)*time.Hour {
			return nil, false
		}
		because = append(because, BecauseInTime)
	}
	if s.NotOwnMT {
		if a.OwnMT {
			return nil, false
		}
		because = append(because, BecauseNotOwnMT)
	}
	return because, true
}

// weekOf returns the first day of the week that holds a day.
func (s Scheme) weekOf(day civil.Date) civil.Date {
	return day.AddDays(-((day.Weekday() - s.WeekStart + 7) % 7))
}

// Scheme returns the scheme of a code, and false for an unknown one.
func (s Schemes) Scheme(code string) (Scheme, bool) {
	i := slices.IndexFunc(s.Schemes, func(one Scheme) bool { return one.Code == code })
	if i < 0 {
		return Scheme{}, false
	}
	return s.Schemes[i], true
}
