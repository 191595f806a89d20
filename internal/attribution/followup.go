package attribution

import (
	"context"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/fault"
)

// MaxFollowDays bounds the period of a follow-up.
const MaxFollowDays = 400

// FollowUp reports how the search goes in a territory from a day to another,
// both included, for those who may FollowAttribution. Errors:
// "account.forbidden", "territory.unknown", "attribution.invalid" with every
// broken field.
func (s *Service) FollowUp(ctx context.Context, a account.Actor, territory string, from, to civil.Date) (FollowUp, error) {
	if err := account.Allow(a, account.FollowAttribution, account.Target{Territory: territory}); err != nil {
		return FollowUp{}, err
	}
	if err := checkPeriod(from, to); err != nil {
		return FollowUp{}, err
	}
	t, err := s.Territories.Territory(territory)
	if err != nil {
		return FollowUp{}, err
	}
	g := FollowGround{Territory: t, From: from, To: to, Now: s.Now()}
	g.Tiers = len(s.Rules.On(g.today()).Tiers) + 1
	if g.Requests, err = s.Store.RequestFacts(ctx, territory); err != nil {
		return FollowUp{}, err
	}
	if g.Offers, err = s.Store.OfferFacts(ctx, territory); err != nil {
		return FollowUp{}, err
	}
	f := Follow(g)
	if account.Can(a, account.ReadCapacities, account.Target{Territory: territory}) {
		f.Communes, err = s.communes(ctx, g)
	}
	return f, err
}

func (s *Service) communes(ctx context.Context, g FollowGround) ([]FollowCommune, error) {
	declared, err := s.Store.Declarations(ctx, g.Territory.ID, momentOf(g.Territory, g.Now))
	if err != nil {
		return nil, err
	}
	receive, err := s.doctors(ctx, g.Territory.ID)
	if err != nil {
		return nil, err
	}
	return FollowCommunes(g, declared, receive), nil
}

func checkPeriod(from, to civil.Date) error {
	var fields []fault.Field
	wrong := func(name, reason, message string) {
		fields = append(fields, fault.Field{Name: name, Reason: reason, Message: message})
	}
	switch {
	case !from.Valid():
		wrong("from", "attribution.day", "Le premier jour n’est pas une date.")
	case !to.Valid():
		wrong("to", "attribution.day", "Le dernier jour n’est pas une date.")
	case to.Before(from):
		wrong("to", "attribution.to_before_from", "Le dernier jour vient avant le premier.")
	case to.DaysSince(from)+1 > MaxFollowDays:
		wrong("to", "attribution.too_long", "La période compte 400 jours au plus.")
	}
	return fault.Fields("attribution.invalid", "Ce suivi est demandé pour une période incorrecte.", fields...)
}
