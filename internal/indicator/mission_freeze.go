package indicator

import (
	"context"
	"strconv"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/audit"
	"github.com/relais-snp/relais/internal/civil"
)

// Freeze keeps a contract year's figures for the dialogue as they stand now, with
// the state of the record that they come from, for a coordinator. It is for good:
// nothing is observed of that year any more. Errors: ErrNoContract, ErrYearAhead,
// ErrFrozen.
func (m *Missions) Freeze(ctx context.Context, a account.Actor, territory string, year int) (FrozenYear, error) {
	if err := m.may(a, account.DeclareFigures, territory); err != nil {
		return FrozenYear{}, err
	}
	if err := checkYear(year); err != nil {
		return FrozenYear{}, err
	}
	y, measured, err := m.draw(ctx, a, territory, year)
	if err != nil {
		return FrozenYear{}, err
	}
	err = m.Store.InMissionTx(ctx, func(ctx context.Context, tx MissionTx) error {
		return freeze(ctx, tx, &y, measured)
	})
	return y, err
}

// draw measures the year and notes what the record holds of it.
func (m *Missions) draw(ctx context.Context, a account.Actor, territory string, year int) (FrozenYear, measures, error) {
	t, err := m.Territories.Territory(territory)
	if err != nil {
		return FrozenYear{}, measures{}, err
	}
	first, last, ok, err := m.Contract.ContractYear(ctx, territory, year)
	now := m.Now()
	switch {
	case err != nil:
		return FrozenYear{}, measures{}, err
	case !ok:
		return FrozenYear{}, measures{}, ErrNoContract
	case first.After(civil.DateOf(now, t.Zone)):
		return FrozenYear{}, measures{}, ErrYearAhead
	}
	y := FrozenYear{Territory: territory, Year: year, From: first, To: last, By: a.ID, At: now}
	period := civil.Days(first, last.DaysSince(first)+1, t.Zone)
	if y.State, err = m.Store.RecordState(ctx, territory, period.Start.UTC(), period.End.UTC()); err != nil {
		return y, measures{}, err
	}
	objectives, err := m.Store.Objectives(ctx, territory)
	if err != nil {
		return y, measures{}, err
	}
	var shown []int // the years before are read beside this one, and told as they stand now unless they were frozen
	for before := range year {
		shown = append(shown, before+1)
	}
	measured, err := m.measures(ctx, a, territory, objectives, shown)
	return y, measured, err
}

// freeze reads what was observed while nobody can observe more: whoever does
// locks the objective.
func freeze(ctx context.Context, tx MissionTx, y *FrozenYear, measured measures) error {
	objectives, err := tx.Objectives(ctx, y.Territory)
	if err != nil {
		return err
	}
	observations, err := tx.Observations(ctx, y.Territory)
	if err != nil {
		return err
	}
	y.Progress = together(objectives, observations, measured)
	if err := tx.AddFrozen(ctx, *y); err != nil {
		return err
	}
	return tx.Audit(ctx, audit.Entry{At: y.At, Actor: y.By, Action: "indicator.freeze",
		Target: "contract_year:" + strconv.Itoa(y.Year), Territory: y.Territory})
}
