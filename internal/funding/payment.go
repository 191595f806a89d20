package funding

import (
	"strconv"
	"strings"

	"github.com/relais-snp/relais/internal/civil"
)

// paymentKeys begins the keys of expected payments of contracts.
const paymentKeys = "payment:"

// keysOf begins those of one contract: another signature is another contract.
func keysOf(c Contract) string { return paymentKeys + c.Signed.String() + ":" }

// key is what a payment's expectation comes from.
func (p Payment) key(c Contract) string {
	return keysOf(c) + p.Code + ":" + strconv.Itoa(p.Year) + ":" + string(p.Kind)
}

// endedBefore reports whether a key is of a contract that had ended when c was
// signed.
func (s Schedule) endedBefore(key string, c Contract) bool {
	day, _, _ := strings.Cut(strings.TrimPrefix(key, paymentKeys), ":")
	signed, err := civil.ParseDate(day)
	return err == nil && !c.Signed.Before(s.Anniversary(signed, s.Years))
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
	case x.Received > 0 && (x.Received >= d.Amount.Cents || x.State == Voided || x.State == Posted):
		return DueCame
	case x.Received > 0:
		return DuePartly
	case d.On.After(today):
		return DueLater
	}
	return DueWaiting
}

// undecided reports whether the amount of a payment awaits a decision: that of a
// variable part once its day came, that of a mission's part always, since nothing
// tells when it is due.
func (d Due) undecided(today civil.Date) bool {
	return !d.Decided && (d.Kind == OfPart || d.Kind == Variable && !d.On.After(today))
}
