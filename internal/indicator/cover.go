package indicator

import (
	"cmp"
	"maps"
	"slices"

	"github.com/relais-snp/relais/internal/agenda"
	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/directory"
)

// CoverReport is who covers which half-day of a period, and where somebody is
// missing.
type CoverReport struct {
	Query     Query
	Simulated bool
	// KnownTo is the last day on which recurring shifts have been turned into
	// slots. A gap after it may yet be filled by one of them.
	KnownTo civil.Date
	Gaps    int // half-days with fewer GPs than wanted
	Days    []CoverDay
}

// CoverDay is one day, with its three parts in order.
type CoverDay struct {
	Day   civil.Date
	Label string // French, with the name of a public holiday
	Parts []CoverPart
}

// CoverPart is one half-day.
type CoverPart struct {
	Part          Part
	Holiday       bool
	Wanted        int // GPs, 0 when nothing is asked
	Seats         int // published and not withdrawn
	Free          int // of them not booked, and still to come
	Practitioners []CoverPractitioner
	Gap           bool // fewer GPs than wanted
}

// CoverPractitioner is a GP whose slots start in a half-day.
type CoverPractitioner struct {
	ID    string
	Name  string
	Seats int
}

// Cover computes the report of a query from the facts of its period. Patients
// taken en sus cover nothing: nobody could count on them.
func Cover(facts Facts, q Query, people []directory.Practitioner) CoverReport {
	type half struct {
		day  civil.Date
		part Part
	}
	halves := map[half]*halfDay{}
	for _, s := range facts.Slots {
		at := half{civil.DateOf(s.Start, q.Zone), partOf(civil.ClockOf(s.Start, q.Zone))}
		if halves[at] == nil {
			halves[at] = &halfDay{seats: map[string]int{}}
		}
		halves[at].add(s, q)
	}
	names := namesOf(people)
	r := CoverReport{Query: q, KnownTo: civil.DateOf(q.Now, q.Zone).AddDays(agenda.HorizonDays - 1)}
	for day := q.From; !day.After(q.To); day = day.AddDays(1) {
		r.add(day, func(part Part) CoverPart { return halves[half{day, part}].part(names) })
	}
	return r
}

// add says of a day what each of its parts holds, what is wanted, and what is
// missing.
func (r *CoverReport) add(day civil.Date, holds func(Part) CoverPart) {
	holiday, off := civil.HolidayOn(day, r.Query.Holidays)
	rule := r.Query.Rules.coverOn(r.Query.Territory, day)
	one := CoverDay{Day: day, Label: day.French()}
	if off {
		one.Label += " (" + holiday + ")"
	}
	for _, part := range Parts() {
		p := holds(part)
		p.Part, p.Holiday, p.Wanted = part, off, rule.wanted(day, off, part)
		if p.Gap = len(p.Practitioners) < p.Wanted; p.Gap {
			r.Gaps++
		}
		one.Parts = append(one.Parts, p)
	}
	r.Days = append(r.Days, one)
}

// halfDay adds up the slots that start in one half-day. A nil one holds nothing.
type halfDay struct {
	free  int
	seats map[string]int // by practitioner
}

func (h *halfDay) add(s SlotFact, q Query) {
	taken := s.taken()
	seats := s.offered(taken)
	if s.Extra || seats == 0 {
		return
	}
	h.seats[s.Practitioner] += seats
	if s.Start.After(q.Now) {
		h.free += seats - taken
	}
}

func (h *halfDay) part(names map[string]string) CoverPart {
	p := CoverPart{Practitioners: []CoverPractitioner{}}
	if h == nil {
		return p
	}
	p.Free = h.free
	for id := range maps.Keys(h.seats) {
		p.Seats += h.seats[id]
		p.Practitioners = append(p.Practitioners, CoverPractitioner{id, cmp.Or(names[id], id), h.seats[id]})
	}
	slices.SortFunc(p.Practitioners, func(a, b CoverPractitioner) int {
		return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.ID, b.ID))
	})
	return p
}

func namesOf(people []directory.Practitioner) map[string]string {
	names := map[string]string{}
	for _, p := range people {
		names[p.ID] = p.Name()
	}
	return names
}
