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

// contractYears are the years and missions of the contracts in the record, by the schedules
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
	for _, s := range c.of(contract.Schedule) {
		return s.Anniversary(contract.Signed, n-1), s.Anniversary(contract.Signed, n).AddDays(-1), true, nil
	}
	return first, last, false, nil
}

// Missions lists those of the contract's schedule, of all that are known without a
// contract.
func (c contractYears) Missions(ctx context.Context, territory string) ([]string, error) {
	contract, ok, err := c.contracts.Contract(ctx, territory)
	if err != nil {
		return nil, err
	}
	schedules := c.schedules
	if ok {
		schedules = c.of(contract.Schedule)
	}
	var codes []string
	for _, s := range schedules {
		for _, m := range s.Missions {
			codes = append(codes, m.Code)
		}
	}
	return codes, nil
}

// of finds a schedule by its code: one, or none.
func (c contractYears) of(code string) []funding.Schedule {
	at := slices.IndexFunc(c.schedules, func(s funding.Schedule) bool { return s.Code == code })
	if at < 0 {
		return nil
	}
	return c.schedules[at : at+1]
}
