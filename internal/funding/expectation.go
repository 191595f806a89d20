package funding

import (
	"time"

	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/fault"
)

// ExpectationState is where expected money stands.
type ExpectationState string

// The states. Posted and voided are final.
const (
	Pending ExpectationState = "pending"
	Partly  ExpectationState = "partly" // some of it came, the rest is waited for
	Posted  ExpectationState = "posted" // all of it came
	Voided  ExpectationState = "voided" // the rest will not come
)

// Expectation is money that somebody owes: a payment of the contract, or the
// majoration of an act.
type Expectation struct {
	ID        string
	Territory string
	Key       string // what it comes from: one expectation a key, however often it is told
	On        civil.Date
	Amount    Cents // above zero
	Received  Cents // what came so far, never above Amount
	State     ExpectationState
	Dimensions
	Because   []string // reasons from closed lists, of a majoration
	CreatedAt time.Time
	Revision  int64
}

// The refusals of expectations.
var (
	ErrSettled  = fault.New(fault.Conflict, "funding.settled", "Cette somme attendue est déjà soldée.")
	ErrTooMuch  = fault.New(fault.Conflict, "funding.too_much", "Il reste moins que cela à recevoir.")
	errNoAmount = fault.New(fault.Invalid, "funding.amount", "Le montant est supérieur à zéro.")
)

// Left is what may still come.
func (x Expectation) Left() Cents {
	if x.State == Posted || x.State == Voided {
		return 0
	}
	return x.Amount - x.Received
}

// Receive notes that money came. It returns ErrSettled, ErrTooMuch, or Invalid
// "funding.amount".
func (x Expectation) Receive(amount Cents) (Expectation, error) {
	switch {
	case x.State == Posted || x.State == Voided:
		return x, ErrSettled
	case amount <= 0:
		return x, errNoAmount
	case amount > x.Left():
		return x, ErrTooMuch
	}
	x.Received += amount
	x.State = Partly
	if x.Received == x.Amount {
		x.State = Posted
	}
	return x, nil
}

// Void says that what is left will not come; what came stays. ErrSettled when
// there is nothing left to say.
func (x Expectation) Void() (Expectation, error) {
	if x.State == Posted || x.State == Voided {
		return x, ErrSettled
	}
	x.State = Voided
	return x, nil
}
