package regulation

import (
	"context"
	"slices"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/agenda"
)

// alternatives are the three best other free slots within 48 hours, none when
// they cannot be found: a refusal never fails for want of advice.
func (s *Service) alternatives(ctx context.Context, a account.Actor, refused agenda.Slot, caseID string) []Ranked {
	q := BoardQuery{Territory: refused.Territory, Case: caseID, FreeOnly: true, Limit: 4}
	if caseID == "" {
		q.Near = s.communeOf(ctx, refused)
	}
	b, err := s.Slots(ctx, a, q)
	if err != nil {
		return nil
	}
	others := slices.DeleteFunc(b.Items, func(r Ranked) bool { return r.State.Slot.ID == refused.ID })
	return others[:min(3, len(others))]
}

// communeOf is where a slot takes place, "" when unknown.
func (s *Service) communeOf(ctx context.Context, slot agenda.Slot) string {
	ground, err := s.People.Ground(ctx, slot.Territory)
	if err != nil {
		return ""
	}
	return string(ground.Communes[slot.Location].INSEE)
}
