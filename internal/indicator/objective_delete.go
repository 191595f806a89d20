package indicator

import (
	"context"
	"slices"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/audit"
)

// DeleteObjective takes one away that was entered by mistake, for a coordinator:
// ErrObserved once a figure of it was observed or a frozen year holds it.
// ErrObjectiveUnknown.
func (m *Missions) DeleteObjective(ctx context.Context, a account.Actor, id string) error {
	o, err := m.mine(ctx, a, id)
	if err != nil {
		return err
	}
	return m.Store.InMissionTx(ctx, func(ctx context.Context, tx MissionTx) error {
		if _, err := tx.Objective(ctx, id); err != nil {
			return err
		}
		kept, err := told(ctx, tx, o)
		switch {
		case err != nil:
			return err
		case kept:
			return ErrObserved
		}
		if err := tx.DeleteObjective(ctx, id); err != nil {
			return err
		}
		return tx.Audit(ctx, audit.Entry{At: m.Now(), Actor: a.ID, Action: "indicator.objective.delete", Target: "objective:" + id, Territory: o.Territory})
	})
}

// told tells whether the record says anything of an objective.
func told(ctx context.Context, tx MissionTx, o Objective) (bool, error) {
	if seen, err := observed(ctx, tx, o); err != nil || seen {
		return seen, err
	}
	years, err := tx.FrozenYears(ctx, o.Territory)
	return slices.ContainsFunc(years, func(y FrozenYear) bool {
		return slices.ContainsFunc(y.Progress, func(p Progress) bool { return p.ID == o.ID })
	}), err
}
