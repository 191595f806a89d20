package indicator

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/audit"
	"github.com/relais-snp/relais/internal/fault"
)

// AddObjective keeps a new objective under an id of its own, for a coordinator.
// Errors: "indicator.objective" with every broken field, ErrCodeTaken, ErrTooMany.
func (m *Missions) AddObjective(ctx context.Context, a account.Actor, o Objective) (Progress, error) {
	if err := m.may(a, account.DeclareFigures, o.Territory); err != nil {
		return Progress{}, err
	}
	o = o.trimmed()
	if err := m.checkObjective(ctx, o); err != nil {
		return Progress{}, err
	}
	o.ID = m.NewID()
	err := m.Store.InMissionTx(ctx, func(ctx context.Context, tx MissionTx) error {
		others, err := tx.Objectives(ctx, o.Territory)
		if err != nil {
			return err
		}
		if len(others) >= MaxObjectives {
			return ErrTooMany
		}
		return m.save(ctx, tx, a, o, "indicator.objective.add")
	})
	if err != nil {
		return Progress{}, err
	}
	return m.progressNow(ctx, a, o)
}

// SetObjective writes an objective in the place of what it was; its id says which,
// and it stays in its territory. Frozen years keep what they held. Errors:
// "indicator.objective", ErrObjectiveUnknown, ErrCodeTaken; ErrUnitObserved for
// another unit than that of figures already there.
func (m *Missions) SetObjective(ctx context.Context, a account.Actor, o Objective) (Progress, error) {
	was, err := m.mine(ctx, a, o.ID)
	if err != nil {
		return Progress{}, err
	}
	if o.Territory != "" && o.Territory != was.Territory {
		return Progress{}, ErrObjectiveUnknown // in that territory
	}
	o.Territory = was.Territory
	o = o.trimmed()
	check := o.Check
	if o.Mission != was.Mission { // it may be of an earlier contract
		check = func() error { return m.checkObjective(ctx, o) }
	}
	if err := check(); err != nil {
		return Progress{}, err
	}
	err = m.Store.InMissionTx(ctx, func(ctx context.Context, tx MissionTx) error {
		if _, err := tx.Objectives(ctx, o.Territory); err != nil {
			return err
		}
		was, err := tx.Objective(ctx, o.ID)
		if err != nil {
			return err
		}
		if was.Unit != o.Unit {
			if seen, err := observed(ctx, tx, was); err != nil || seen {
				return cmp.Or(err, error(ErrUnitObserved))
			}
		}
		return m.save(ctx, tx, a, o, "indicator.objective.set")
	})
	if err != nil {
		return Progress{}, err
	}
	return m.progressNow(ctx, a, o)
}

// checkObjective is Check, and that the mission is one of the contract's.
func (m *Missions) checkObjective(ctx context.Context, o Objective) error {
	if err := o.Check(); err != nil {
		return err
	}
	missions, err := m.Contract.Missions(ctx, o.Territory)
	if err != nil || slices.Contains(missions, o.Mission) {
		return err
	}
	return fault.Fields("indicator.objective", "Cet indicateur est incorrect.",
		fault.Field{Name: "mission", Reason: "indicator.objective", Message: "Cette mission n’est pas au barème du contrat."})
}

func (m *Missions) save(ctx context.Context, tx MissionTx, a account.Actor, o Objective, action string) error {
	if err := tx.SaveObjective(ctx, o); err != nil {
		return err
	}
	return tx.Audit(ctx, audit.Entry{At: m.Now(), Actor: a.ID, Action: action, Target: "objective:" + o.ID, Territory: o.Territory})
}

// mine finds an objective that the actor may write; who may not even read it does
// not learn that it exists.
func (m *Missions) mine(ctx context.Context, a account.Actor, id string) (Objective, error) {
	if err := account.Allow(a, account.DeclareFigures, account.Target{}); err != nil {
		return Objective{}, err
	}
	o, err := m.Store.Objective(ctx, id)
	if err != nil {
		return Objective{}, err
	}
	if !account.Can(a, account.ReadIndicators, account.Target{Territory: o.Territory}) {
		return Objective{}, ErrObjectiveUnknown
	}
	return o, m.may(a, account.DeclareFigures, o.Territory)
}

func observed(ctx context.Context, tx MissionTx, o Objective) (bool, error) {
	all, err := tx.Observations(ctx, o.Territory)
	return slices.ContainsFunc(all, func(seen Observation) bool { return seen.Objective == o.ID }), err
}

// progressNow tells one objective as Objectives does.
func (m *Missions) progressNow(ctx context.Context, a account.Actor, o Objective) (Progress, error) {
	all, err := m.progress(ctx, a, o.Territory, []Objective{o})
	if err != nil {
		return Progress{}, err
	}
	return all[0], nil
}

func (o Objective) trimmed() Objective {
	for _, text := range []*string{&o.Code, &o.Label, &o.Source, &o.Comment} {
		*text = strings.TrimSpace(*text)
	}
	return o
}
