package app

import (
	"context"
	"slices"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/attribution"
	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/funding"
	"github.com/relais-snp/relais/internal/indicator"
	"github.com/relais-snp/relais/internal/store"
)

// What mission indicators need of rooms that stand beside or above theirs.
var (
	_ indicator.Flow          = missionFlow{}
	_ indicator.ContractYears = contractYears{}
)

// missionFlow is the search for a médecin traitant, told in three figures.
type missionFlow struct{ attribution *attribution.Service }

// Flow counts as attribution's follow-up does, over all tiers.
func (f missionFlow) Flow(ctx context.Context, a account.Actor, territory string, from, to civil.Date) (received, attached int, days *float64, err error) {
	told, err := f.attribution.FollowUp(ctx, a, territory, from, to)
	if err != nil {
		return 0, 0, nil, err
	}
	all := told.Tiers[0]
	return all.Received, all.Attached, all.MedianDays, nil
}

// contractYears are the years of the contracts in the record, by the schedules
// that they follow.
type contractYears struct {
	contracts store.Funding
	schedules []funding.Schedule
}

// ContractYear runs from an anniversary of the signature to the day before the
// next. It is false too for a contract of a schedule that is not known.
func (c contractYears) ContractYear(ctx context.Context, territory string, n int) (first, last civil.Date, ok bool, err error) {
	contract, ok, err := c.contracts.Contract(ctx, territory)
	if err != nil || !ok {
		return first, last, false, err
	}
	at := slices.IndexFunc(c.schedules, func(s funding.Schedule) bool { return s.Code == contract.Schedule })
	if at < 0 {
		return first, last, false, nil
	}
	s := c.schedules[at]
	return s.Anniversary(contract.Signed, n-1), s.Anniversary(contract.Signed, n).AddDays(-1), true, nil
}
