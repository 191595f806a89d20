package funding

import (
	"cmp"
	"slices"

	"github.com/relais-snp/relais/internal/civil"
)

// PaymentKind says what a payment is of.
type PaymentKind string

// The kinds.
const (
	Whole    PaymentKind = "whole"    // a year's amount at once: operating, at the signature
	Advance  PaymentKind = "advance"  // at the beginning of a year, or when a mission starts
	Balance  PaymentKind = "balance"  // at the end of the year
	Variable PaymentKind = "variable" // what indicators earned, at the end of the year: at most the amount
	OfPart   PaymentKind = "part"     // a part of a mission, as the caisse says: at most the amount, and not before the year's days begin
)

// decided reports whether somebody's decision says how much such a payment is.
func (k PaymentKind) decided() bool { return k == Variable || k == OfPart }

// Payment is one payment that a contract makes due.
type Payment struct {
	On     civil.Date
	Code   string // of the operating envelope, the mission, or the part
	Year   int    // contract year that it is of, 1 the first
	Kind   PaymentKind
	Amount Amount // unknown when the schedule does not say
	// Days of YearDays were worked in that year; equal for a whole one.
	Days, YearDays int
}

// Calendar lists the payments of a contract by day, then operating first, then
// in the schedule's order, a year's balance before the next one's advance, and a
// mission before its parts. A
// mission that starts outside the contract brings none; one that is not in the
// schedule neither.
func (s Schedule) Calendar(c Contract) []Payment {
	all := s.operating(c)
	for _, m := range s.Missions {
		for _, start := range c.Starts {
			if start.Mission == m.Code {
				all = append(all, s.mission(c, m, start.On)...)
			}
		}
	}
	slices.SortStableFunc(all, func(a, b Payment) int {
		return cmp.Or(a.On.Compare(b.On), cmp.Compare(s.order(a.Code), s.order(b.Code)))
	})
	return all
}

// operating pays the first year at the signature, and the later ones in two.
func (s Schedule) operating(c Contract) []Payment {
	amount := s.Operating.Amounts.Of(c.Taille)
	days := s.days(c, 1)
	all := []Payment{{On: c.Signed, Code: s.Operating.Code, Year: 1, Kind: Whole, Amount: amount, Days: days, YearDays: days}}
	for year := 2; year <= s.Years; year++ {
		all = append(all, s.year(c, s.Operating.Code, year, s.Anniversary(c.Signed, year-1), amount)...)
	}
	return all
}

// mission pays from the day it starts: the year of the start by its days, the
// later ones whole; what varies with indicators comes with each balance. Parts
// follow the same days.
func (s Schedule) mission(c Contract, m Mission, start civil.Date) []Payment {
	fixed, variable := s.Halves(m, c.Taille)
	var all []Payment
	for year := 1; year <= s.Years; year++ {
		from, to := s.Anniversary(c.Signed, year-1), s.Anniversary(c.Signed, year)
		if start.Before(c.Signed) || !start.Before(to) {
			continue
		}
		if start.After(from) {
			from = start
		}
		all = append(all, s.year(c, m.Code, year, from, fixed)...)
		days, yearDays := to.DaysSince(from), s.days(c, year)
		all = append(all, Payment{On: to, Code: m.Code, Year: year, Kind: Variable, Amount: variable.part(days, yearDays), Days: days, YearDays: yearDays})
		for _, p := range m.Parts { // all of them PaidDecided
			most := p.Amounts.Of(c.Taille).part(days, yearDays)
			all = append(all, Payment{On: from, Code: p.Code, Year: year, Kind: OfPart, Amount: most, Days: days, YearDays: yearDays})
		}
	}
	return all
}

// year is the advance and the balance of a contract year that is paid from a
// day in it on.
func (s Schedule) year(c Contract, code string, year int, from civil.Date, amount Amount) []Payment {
	to, yearDays := s.Anniversary(c.Signed, year), s.days(c, year)
	days := to.DaysSince(from)
	due := amount.part(days, yearDays)
	advance := due.part(int(s.AdvancePercent), 100)
	balance := Amount{due.Cents - advance.Cents, due.Known}
	return []Payment{
		{On: from, Code: code, Year: year, Kind: Advance, Amount: advance, Days: days, YearDays: yearDays},
		{On: to, Code: code, Year: year, Kind: Balance, Amount: balance, Days: days, YearDays: yearDays},
	}
}

// days is how many days a contract year has.
func (s Schedule) days(c Contract, year int) int {
	return s.Anniversary(c.Signed, year).DaysSince(s.Anniversary(c.Signed, year-1))
}

// part is a known amount times numerator/denominator, at most one, to the cent.
func (a Amount) part(numerator, denominator int) Amount {
	if !a.Known {
		return a
	}
	c, _ := a.Cents.Part(int64(numerator), int64(denominator)) // no larger than the whole
	return Amount{c, true}
}

// order is where a code's mission stands in the schedule, operating first.
func (s Schedule) order(code string) int {
	of := s.missionOf(code)
	return slices.IndexFunc(s.Missions, func(m Mission) bool { return m.Code == of })
}
