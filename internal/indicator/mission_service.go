package indicator

import (
	"context"
	"errors"
	"time"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/fault"
)

// Missions are the indicators that a CPTS brings to its yearly dialogue: what it
// aims at, what was observed, what proves it.
//
// Reading is for those who may ReadIndicators, writing for those who may
// DeclareFigures, files for those who may ReadEvidence. Errors of all:
// "account.forbidden", "territory.unknown".
type Missions struct {
	Store       MissionStore
	Reports     Reports
	Flow        Flow // nil where nobody searches for a médecin traitant
	Contract    ContractYears
	Territories Territories
	Now         func() time.Time
	NewID       func() string // makes UUIDv7
}

// Objectives lists a territory's with what was observed and what the record
// measures in every contract year that began, by mission and code.
func (m *Missions) Objectives(ctx context.Context, a account.Actor, territory string) ([]Progress, error) {
	if err := m.may(a, account.ReadIndicators, territory); err != nil {
		return nil, err
	}
	objectives, err := m.Store.Objectives(ctx, territory)
	if err != nil {
		return nil, err
	}
	return m.progress(ctx, a, territory, objectives)
}

// Year returns a frozen contract year, with the years before it that were frozen
// too as they were; ErrNotFrozen.
func (m *Missions) Year(ctx context.Context, a account.Actor, territory string, year int) (FrozenYear, error) {
	if err := m.may(a, account.ReadIndicators, territory); err != nil {
		return FrozenYear{}, err
	}
	told, err := m.Store.Frozen(ctx, territory, year)
	if err != nil {
		return FrozenYear{}, err
	}
	before, _, err := m.frozen(ctx, territory, year-1)
	for _, y := range append(before, told) {
		asFrozen(told.Progress, y)
	}
	return told, err
}

// frozen returns those of the years up to the last one that were frozen, and the
// numbers of the others.
func (m *Missions) frozen(ctx context.Context, territory string, last int) (frozen []FrozenYear, open []int, err error) {
	for year := 1; year <= last; year++ {
		y, err := m.Store.Frozen(ctx, territory, year)
		switch {
		case errors.Is(err, ErrNotFrozen):
			open = append(open, year)
		case err != nil:
			return nil, nil, err
		default:
			frozen = append(frozen, y)
		}
	}
	return frozen, open, nil
}

// progress tells objectives of a territory, with the years as they were frozen and
// the others as they stand.
func (m *Missions) progress(ctx context.Context, a account.Actor, territory string, objectives []Objective) ([]Progress, error) {
	frozen, open, err := m.frozen(ctx, territory, Years)
	if err != nil {
		return nil, err
	}
	all, err := m.told(ctx, a, territory, objectives, open)
	for _, y := range frozen {
		asFrozen(all, y)
	}
	return all, err
}

// told puts objectives together with what was observed of them and what the record
// measures in the years.
func (m *Missions) told(ctx context.Context, a account.Actor, territory string, objectives []Objective, years []int) ([]Progress, error) {
	if len(objectives) == 0 {
		return []Progress{}, nil
	}
	observations, err := m.Store.Observations(ctx, territory)
	if err != nil {
		return nil, err
	}
	measured, err := m.measures(ctx, a, territory, objectives, years)
	if err != nil {
		return nil, err
	}
	return together(objectives, observations, measured), nil
}

// together makes progress of what the record holds and what it measures.
func together(objectives []Objective, observations []Observation, measured measures) []Progress {
	latest := map[string][]Observation{}
	for _, o := range observations { // by objective, year, then at
		of := latest[o.Objective]
		if n := len(of); n > 0 && of[n-1].Year == o.Year {
			of[n-1] = o
			continue
		}
		latest[o.Objective] = append(of, o)
	}
	all := make([]Progress, 0, len(objectives))
	for _, o := range objectives {
		all = append(all, progressOf(o, latest[o.ID], measured))
	}
	return all
}

func progressOf(o Objective, observations []Observation, measured measures) Progress {
	p := Progress{Objective: o, Path: o.Path(), Observations: observations}
	if p.Observations == nil {
		p.Observations = []Observation{}
	}
	for year := range Years {
		p.Measured[year] = measured.of(o, year+1)
		if m := p.Measured[year]; m != nil {
			p.Counts[year] = m.Figure
		}
	}
	for _, seen := range p.Observations {
		if counts := &p.Counts[seen.Year-1]; *counts == nil || !seen.Computed {
			*counts = &seen.Figure
		}
	}
	for year, figure := range p.Counts {
		if figure != nil {
			p.Achieved[year] = Thousandths(o.achieved(p.Path[year], *figure))
		}
	}
	return p
}

// asFrozen puts the year of each objective back to what was frozen of it.
func asFrozen(all []Progress, y FrozenYear) {
	then := map[string]Progress{}
	for _, p := range y.Progress {
		then[p.ID] = p
	}
	for i, year := range all {
		all[i].Frozen[y.Year-1] = &Period{y.From, y.To}
		if was, ok := then[year.ID]; ok {
			all[i].Path[y.Year-1], all[i].Measured[y.Year-1] = was.Path[y.Year-1], was.Measured[y.Year-1]
			all[i].Counts[y.Year-1], all[i].Achieved[y.Year-1] = was.Counts[y.Year-1], was.Achieved[y.Year-1]
		}
	}
}

func (m *Missions) may(a account.Actor, action account.Action, territory string) error {
	if err := account.Allow(a, action, account.Target{Territory: territory}); err != nil {
		return err
	}
	_, err := m.Territories.Territory(territory)
	return err
}

// today is the day that a territory has.
func (m *Missions) today(territory string) (civil.Date, error) {
	t, err := m.Territories.Territory(territory)
	if err != nil {
		return civil.Date{}, err
	}
	return civil.DateOf(m.Now(), t.Zone), nil
}

func checkYear(year int) error {
	if year >= 1 && year <= Years {
		return nil
	}
	return fault.Fields("indicator.invalid", "Cette année n’est pas dans le contrat.",
		fault.Field{Name: "year", Reason: "indicator.year", Message: "Un contrat compte cinq années, de 1 à 5."})
}
