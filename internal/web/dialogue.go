package web

import (
	"context"
	"errors"
	"maps"
	"math/big"
	"slices"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/indicator"
	"github.com/relais-snp/relais/internal/web/api"
)

func (h missionHandlers) GetDialogue(ctx context.Context, r api.GetDialogueRequestObject) (api.GetDialogueResponseObject, error) {
	ctx, actor := caller(ctx)
	pack, err := h.dialogue(ctx, actor, r.Params.Territory, r.Params.Year)
	return api.GetDialogue200JSONResponse(pack), err
}

func (h missionHandlers) FreezeMissionYear(ctx context.Context, r api.FreezeMissionYearRequestObject) (api.FreezeMissionYearResponseObject, error) {
	ctx, actor := caller(ctx)
	if _, err := h.missions.Freeze(ctx, actor, r.Params.Territory, r.Year); err != nil {
		return nil, err
	}
	pack, err := h.dialogue(ctx, actor, r.Params.Territory, r.Year)
	return api.FreezeMissionYear200JSONResponse(pack), err
}

// dialogue puts together what the yearly dialogue looks at.
func (h missionHandlers) dialogue(ctx context.Context, a account.Actor, territory string, year int) (api.Dialogue, error) {
	pack := api.Dialogue{Territory: territory, Year: year}
	earned, err := h.withFigures(ctx, a, &pack)
	if err != nil { // before any word of the territory: whoever may not learns nothing
		return api.Dialogue{}, err
	}
	land, err := h.lands.Territory(territory)
	if err != nil {
		return api.Dialogue{}, err
	}
	pack.TerritoryName = optional(land.Name)
	return pack, h.withMoney(ctx, a, &pack, earned)
}

// withFigures adds the objectives, as frozen when the year is, and tells what they earn of each mission's variable part.
func (h missionHandlers) withFigures(ctx context.Context, a account.Actor, pack *api.Dialogue) (earned map[string]*big.Rat, err error) {
	frozen, err := h.missions.Year(ctx, a, pack.Territory, pack.Year)
	all := frozen.Progress
	switch {
	case errors.Is(err, indicator.ErrNotFrozen):
		all, err = h.missions.Objectives(ctx, a, pack.Territory)
	case err == nil:
		err = h.asFrozen(ctx, pack, frozen)
	}
	if err != nil {
		return nil, err
	}
	pack.Objectives, err = h.told(ctx, a, pack.Territory, all)
	return indicator.Shares(pack.Year, all), err
}

// asFrozen says when, by whom and over what the year was frozen.
func (h missionHandlers) asFrozen(ctx context.Context, pack *api.Dialogue, y indicator.FrozenYear) error {
	shown, err := h.names.of(ctx, []string{y.By})
	if err != nil {
		return err
	}
	pack.FrozenAt, pack.FrozenBy = &y.At, optional(shown[y.By])
	pack.From, pack.To = optionalDay(y.From), optionalDay(y.To)
	for _, what := range slices.Sorted(maps.Keys(y.State)) {
		pack.State = append(pack.State, api.DialogueState{Value: y.State[what], What: what})
	}
	return nil
}

// withMoney adds the contract, the payments of the year and the variable part of each mission.
func (h missionHandlers) withMoney(ctx context.Context, a account.Actor, pack *api.Dialogue, earned map[string]*big.Rat) error {
	pack.Payments, pack.Missions = []api.FundingPayment{}, []api.DialogueMission{}
	money, there, err := h.contracts.Dialogue(ctx, a, pack.Territory, pack.Year, earned)
	if err != nil || !there {
		return err
	}
	pack.Contract = contractOf(money.Contract)
	if pack.From == nil { // a frozen year is that of the contract as it was
		pack.From, pack.To = optionalDay(money.From), optionalDay(money.To)
	}
	pack.Payments = each(money.Payments, newPaymentPlan(money.Schedule, money.Contract).payment)
	for _, part := range money.Variable {
		one := api.DialogueMission{
			Mission: part.Mission, Label: part.Label, Variable: moneyOf(part.Most), Estimate: moneyOf(part.Estimate),
			Decided: moneyOf(part.Decided), DecidedOn: optionalDay(part.On), Share: figureText(indicator.Thousandths(earned[part.Mission])),
		}
		pack.Missions = append(pack.Missions, one)
	}
	return nil
}
