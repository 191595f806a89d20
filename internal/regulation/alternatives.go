package regulation

import (
	"context"
	"slices"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/agenda"
)

// offered is how many slots a refusal offers instead.
const offered = 3

// alternatives are the best other free slots within 48 hours of every territory
// the actor regulates, none when they cannot be found: a refusal never fails for
// want of advice.
func (s *Service) alternatives(ctx context.Context, a account.Actor, refused agenda.Slot, caseID string) []Ranked {
	q := BoardQuery{Case: caseID, FreeOnly: true, Limit: offered + 1}
	if caseID == "" {
		q.Near = s.communeOf(ctx, refused)
	}
	kase, err := s.forCase(ctx, a, q)
	if err != nil {
		return nil
	}
	caller, _ := callerOf(q, kase) // Slots tells what is wrong with it
	var found []Ranked
	for _, q.Territory = range within(a, refused.Territory) {
		b, err := s.Slots(ctx, a, q)
		if err != nil {
			continue
		}
		found = append(found, b.Items...)
	}
	found = slices.DeleteFunc(found, func(r Ranked) bool { return r.State.Slot.ID == refused.ID })
	mergeRanked(caller, s.Rules.MinutesPerKm, found)
	return found[:min(offered, len(found))]
}

// within lists where other slots are looked for: in the refused one's
// territory, and wherever else the actor may book for a case.
func within(a account.Actor, territory string) []string {
	all := []string{territory}
	for _, t := range a.Territories {
		if t != territory && account.Can(a, account.HandleCase, account.Target{Territory: t}) {
			all = append(all, t)
		}
	}
	return all
}

// communeOf is where a slot takes place, "" when unknown.
func (s *Service) communeOf(ctx context.Context, slot agenda.Slot) string {
	ground, err := s.People.Ground(ctx, slot.Territory)
	if err != nil {
		return ""
	}
	return string(ground.Communes[slot.Location].INSEE)
}
