package funding

import (
	"strconv"
	"strings"

	"github.com/relais-snp/relais/internal/civil"
)

// paymentKeys begins the keys of expected payments of contracts.
const paymentKeys = "payment:"

// keysOf begins those of one contract. Nothing in a key changes when the contract
// is corrected, not even the day of its signature: what came is known again.
func keysOf(c Contract) string { return paymentKeys + c.ID + ":" }

// key is what a payment's expectation comes from.
func (p Payment) key(c Contract) string {
	return keysOf(c) + p.Code + ":" + strconv.Itoa(p.Year) + ":" + string(p.Kind)
}

// paidNoMore lists payments of which money came although the calendar has them no
// more, since a mission's start, its amount or the schedule was corrected: nothing
// is due of them, and what came is in the books.
func (s Schedule) paidNoMore(c Contract, calendar []Payment, expected []Expectation) []Payment {
	due := map[string]bool{}
	for _, p := range calendar {
		due[p.key(c)] = true
	}
	var all []Payment
	for _, x := range expected {
		if x.Received == 0 || due[x.Key] {
			continue
		}
		kind := PaymentKind(x.Key[strings.LastIndexByte(x.Key, ':')+1:])
		all = append(all, Payment{On: x.On, Code: x.Envelope, Year: x.Year, Kind: kind, Amount: Amount{0, true}, YearDays: s.days(c, x.Year)})
	}
	return all
}

// expectation is a payment as money that is owed. Its envelope is the payment's
// code; what does not let the CPTS run is of a mission, and so are its parts.
func (s Schedule) expectation(c Contract, p Payment) Expectation {
	about := Dimensions{Contract: c.ID, Year: p.Year, Envelope: p.Code, Budget: Fonctionnement}
	if p.Code != s.Operating.Code {
		about.Mission, about.Budget = s.missionOf(p.Code), Operationnel
	}
	return Expectation{Territory: c.Territory, Key: p.key(c), On: p.On, Amount: p.Amount.Cents, Dimensions: about}
}

// state tells where a payment stands on a day, by what is expected of it.
func (d Due) state(x Expectation, expected bool, today civil.Date) DueState {
	switch {
	case !expected && (!d.Amount.Known || d.undecided(today)):
		return DueUnknown
	case !expected && d.Amount.Cents == 0, expected && x.Received == 0 && (x.State == Voided || x.State == Withdrawn):
		return DueVoid
	case x.Received > 0 && (x.Received >= d.Amount.Cents || x.settled()):
		return DueCame
	case x.Received > 0:
		return DuePartly
	case d.On.After(today):
		return DueLater
	}
	return DueWaiting
}

// overpaid is what came beyond the amount, once that is known.
func (d Due) overpaid() Cents {
	if !d.Amount.Known {
		return 0
	}
	return max(d.Received-d.Amount.Cents, 0)
}

// undecided reports whether the amount of a payment awaits a decision: that of a
// variable part once its day came, that of a mission's part always, since nothing
// tells when it is due.
func (d Due) undecided(today civil.Date) bool {
	return !d.Decided && (d.Kind == OfPart || d.Kind == Variable && !d.On.After(today))
}
