package funding

import (
	"time"

	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/fault"
)

// ExpectationState is where expected money stands.
type ExpectationState string

// The states. Posted and voided are final: a person or a bank said so. What is
// withdrawn lost its cause before all of it came, and is awaited again when the
// cause is back.
const (
	Pending ExpectationState = "pending"
	Partly  ExpectationState = "partly" // some of it came, the rest is waited for
	Posted  ExpectationState = "posted" // all of it came
	Voided  ExpectationState = "voided" // the rest will not come

	Withdrawn ExpectationState = "withdrawn" // the contract or the act makes it due no more
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

func (x Expectation) settled() bool {
	return x.State == Posted || x.State == Voided || x.State == Withdrawn
}

// Sound reports whether the state is one that what came can have.
func (x Expectation) Sound() bool {
	switch x.State {
	case Pending:
		return x.Received == 0
	case Partly:
		return x.Received > 0 && x.Received < x.Amount
	case Posted:
		return x.Received == x.Amount
	case Voided, Withdrawn:
		return x.Received >= 0 && x.Received < x.Amount
	}
	return false
}

// Left is what may still come.
func (x Expectation) Left() Cents {
	if x.settled() {
		return 0
	}
	return x.Amount - x.Received
}

// Receive notes that money came. It returns ErrSettled, ErrTooMuch, or Invalid
// "funding.amount".
func (x Expectation) Receive(amount Cents) (Expectation, error) {
	switch {
	case x.settled():
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
	if x.settled() {
		return x, ErrSettled
	}
	x.State = Voided
	return x, nil
}

// Withdraw says that what made it due is gone: what is left is awaited no more,
// what came stays. It changes nothing once all of it came or somebody voided it.
func (x Expectation) Withdraw() (after Expectation, changed bool) {
	if x.State != Pending && x.State != Partly {
		return x, false
	}
	x.State = Withdrawn
	return x, true
}

// Follow takes the day and the amount that its cause says now; what was withdrawn
// is awaited again. What is settled stays, and so does what came: the amount never
// falls below it, and when less is due than came, nothing more is awaited.
func (x Expectation) Follow(on civil.Date, amount Cents) (after Expectation, changed bool) {
	settled := x.State == Posted || x.State == Voided
	same := x.State != Withdrawn && x.On == on && x.Amount == amount
	switch {
	case settled || same || amount <= 0:
		return x, false
	case amount < x.Received:
		return x.Withdraw()
	}
	x.On, x.Amount = on, amount
	switch x.Received {
	case 0:
		x.State = Pending
	case amount:
		x.State = Posted
	default:
		x.State = Partly
	}
	return x, true
}
