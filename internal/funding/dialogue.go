package funding

import (
	"context"
	"math/big"
	"slices"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/civil"
)

// Dialogue is what the yearly dialogue looks at of the money: the contract and
// what one of its years pays. It holds nothing of the entries, of the accounts or
// of what the money was spent on.
type Dialogue struct {
	Contract Contract
	Schedule Schedule   // that the contract follows, with its own amounts
	From, To civil.Date // the contract year, To included
	Payments []Due      // of that year, by day
	// Variable are the variable parts of the missions that had begun, in the
	// schedule's order.
	Variable []VariablePart
}

// VariablePart is what a mission's indicators can bring in a contract year.
type VariablePart struct {
	Mission  string // code
	Label    string
	Most     Amount // unknown when the schedule does not say
	Estimate Amount // what indicators would earn, as observed so far
	Decided  Amount // what the dialogue decided, unknown until then
	On       civil.Date
}

// Dialogue returns what the dialogue of a contract year, 1 to 5, is told; false
// without a contract or a known schedule. Earned is what the indicators that it
// looks at make of the variable parts, as Estimate says it.
//
// It is for all who may ReadIndicators, beyond those who may ReadBooks: the caisse
// and the ARS, who sit in that dialogue as observers, signed the contract and make
// these payments. What a CPTS does with the money they learn elsewhere.
func (s *Service) Dialogue(ctx context.Context, a account.Actor, territory string, year int, earned map[string]*big.Rat) (Dialogue, bool, error) {
	if err := s.may(a, account.ReadIndicators, territory); err != nil {
		return Dialogue{}, false, err
	}
	c, there, err := s.Store.Contract(ctx, territory)
	schedule, known := s.schedule(c)
	if err != nil || !there || !known || year < 1 || year > schedule.Years {
		return Dialogue{}, false, err
	}
	today, err := s.today(territory)
	if err != nil {
		return Dialogue{}, false, err
	}
	estimate := func(context.Context, string, int) (map[string]*big.Rat, error) { return earned, nil }
	all, err := s.dues(ctx, c, schedule, func(p Payment) bool { return p.Year == year }, today, estimate)
	if err != nil {
		return Dialogue{}, false, err
	}
	decisions, err := s.Store.Decisions(ctx, territory)
	if err != nil {
		return Dialogue{}, false, err
	}
	return Dialogue{
		Contract: c, Schedule: schedule,
		From: schedule.Anniversary(c.Signed, year-1), To: schedule.Anniversary(c.Signed, year).AddDays(-1),
		Payments: all, Variable: schedule.variable(c, all, decisions),
	}, true, nil
}

// variable tells the variable parts among payments of one year.
func (s Schedule) variable(c Contract, payments []Due, decisions []Decision) []VariablePart {
	var parts []VariablePart
	for _, m := range s.Missions {
		at := slices.IndexFunc(payments, func(d Due) bool { return d.Kind == Variable && d.Code == m.Code })
		if at < 0 {
			continue
		}
		due := payments[at]
		part := VariablePart{Mission: m.Code, Label: m.Label, Most: s.Most(c, due.Payment), Estimate: due.Estimate}
		for _, d := range decisions {
			if due.Decided && d.Mission == m.Code && d.Year == due.Year {
				part.Decided, part.On = Amount{d.Amount, true}, d.On
			}
		}
		parts = append(parts, part)
	}
	return parts
}

// Most is what a contract's payment can be at most: its amount, before anybody
// decided less.
func (s Schedule) Most(c Contract, p Payment) Amount {
	all := s.Calendar(c)
	at := slices.IndexFunc(all, func(one Payment) bool { return one.Code == p.Code && one.Year == p.Year && one.Kind == p.Kind })
	if at < 0 {
		return Amount{}
	}
	return all[at].Amount
}
