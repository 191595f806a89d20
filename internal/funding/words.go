package funding

import (
	"fmt"
	"strings"
)

// ExpectationKind says what expected money is of.
type ExpectationKind string

// The kinds.
const (
	OfPayment    ExpectationKind = "payment"    // of the contract
	OfMajoration ExpectationKind = "majoration" // of an act
)

// Prefix is what the keys of a kind begin with, "" for no kind.
func (k ExpectationKind) Prefix() string {
	if k == "" {
		return ""
	}
	return string(k) + ":"
}

// Kind returns what the money is of.
func (x Expectation) Kind() ExpectationKind {
	kind, _, _ := strings.Cut(x.Key, ":")
	return ExpectationKind(kind)
}

// Label names a code of the schedule: of operating, a mission or a part; "" for
// another one.
func (s Schedule) Label(code string) string {
	if code == s.Operating.Code {
		return s.Operating.Label
	}
	for _, m := range s.Missions {
		if m.Code == code {
			return m.Label
		}
		for _, p := range m.Parts {
			if p.Code == code {
				return p.Label
			}
		}
	}
	return ""
}

// French says what a payment is of.
func (k PaymentKind) French() string {
	switch k {
	case Whole:
		return "versement"
	case Advance:
		return "avance"
	case Balance:
		return "solde"
	case Variable:
		return "part variable"
	case OfPart:
		return "enveloppe"
	}
	return ""
}

// Describe says in words what an expectation is of: the mission, the payment and
// its year, or the majoration.
func Describe(x Expectation, schedules []Schedule, schemes Schemes) string {
	parts := strings.Split(x.Key, ":")
	if x.Kind() == OfMajoration && len(parts) > 1 {
		if scheme, known := schemes.Scheme(parts[1]); known {
			return scheme.Name
		}
		return "Majoration " + parts[1]
	}
	return fmt.Sprintf("%s, %s de l’année %d", labelOf(schedules, x.Envelope), PaymentKind(parts[len(parts)-1]).French(), x.Year)
}

// labelOf names a code as the first schedule that knows it does; the code itself
// when none does.
func labelOf(schedules []Schedule, code string) string {
	for _, s := range schedules {
		if label := s.Label(code); label != "" {
			return label
		}
	}
	return code
}
