package indicator

import (
	"context"
	"errors"
	"math/big"
	"slices"

	"github.com/relais-snp/relais/internal/account"
)

// Share is what a year's observed figures earn of the variable part of a mission,
// from 0 to 1, exactly: the weighted mean of what was achieved. An objective
// without an observed figure achieved nothing; one without a target or a weight
// that year does not count. It is an estimate: the decision of the yearly dialogue
// stands above it.
func Share(year int, objectives []Objective, observed map[string]Figure) *big.Rat {
	sum, weights := new(big.Rat), int64(0)
	for _, o := range objectives {
		figure, seen := observed[o.ID]
		achieved := o.Achieved(year, figure)
		if achieved == nil || o.Weight == 0 {
			continue
		}
		weights += o.Weight
		if seen {
			sum.Add(sum, achieved.Mul(achieved, big.NewRat(o.Weight, 1)))
		}
	}
	if weights == 0 {
		return new(big.Rat)
	}
	return sum.Quo(sum, big.NewRat(weights, 1))
}

// Estimate tells the Shares of a territory's contract year as it stands, or as it
// was frozen, for rooms that have asked already who may. It measures the year.
func (m *Missions) Estimate(ctx context.Context, territory string, year int) (map[string]*big.Rat, error) {
	if err := checkYear(year); err != nil {
		return nil, err
	}
	frozen, err := m.Store.Frozen(ctx, territory, year)
	if err == nil {
		return Shares(year, frozen.Progress), nil
	}
	if !errors.Is(err, ErrNotFrozen) {
		return nil, err
	}
	objectives, err := m.Store.Objectives(ctx, territory)
	if err != nil {
		return nil, err
	}
	objectives = slices.DeleteFunc(objectives, func(o Objective) bool { return !o.earns(year) })
	self := account.Actor{ID: "system", Roles: []account.Role{account.Observer}, Territories: []string{territory}}
	all, err := m.told(ctx, self, territory, objectives, []int{year})
	return Shares(year, all), err
}

// earns reports whether an objective counts in a year's variable part.
func (o Objective) earns(year int) bool { return o.Weight != 0 && o.Targets[year-1].Kind != NoTarget }

// Shares is what a contract year's figures earn of the variable part of each
// mission, from 0 to 1, exactly, by code: an estimate, see Share. A mission is
// left out when nothing that has weight and target in that year was observed.
func Shares(year int, all []Progress) map[string]*big.Rat {
	missions, observed, known := map[string][]Objective{}, map[string]Figure{}, map[string]bool{}
	for _, p := range all {
		if !p.earns(year) {
			continue
		}
		missions[p.Mission] = append(missions[p.Mission], p.Objective)
		if figure := p.Counts[year-1]; figure != nil {
			observed[p.ID], known[p.Mission] = *figure, true
		}
	}
	earned := map[string]*big.Rat{}
	for mission := range known {
		earned[mission] = Share(year, missions[mission], observed)
	}
	return earned
}

// Thousandths rounds a share down, so that nothing reads as reached before it is;
// nil for nil.
func Thousandths(share *big.Rat) *Figure {
	if share == nil {
		return nil
	}
	scaled := new(big.Rat).Mul(share, big.NewRat(1000, 1))
	whole := Figure(new(big.Int).Quo(scaled.Num(), scaled.Denom()).Int64())
	return &whole
}
