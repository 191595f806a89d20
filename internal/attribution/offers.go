package attribution

import (
	"context"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/fault"
)

var errNotBuilt = fault.New(fault.Unavailable, "attribution.not_built", "Cette fonction n’est pas encore disponible.")

// Capacities lists what GPs can take.
func (s *Service) Capacities(ctx context.Context, a account.Actor, territory string) ([]Declaration, error) {
	return nil, errNotBuilt
}

// Declare says what a GP can take this quarter.
func (s *Service) Declare(ctx context.Context, a account.Actor, d Declaration) (Declaration, error) {
	return Declaration{}, errNotBuilt
}

// Compute proposes who could take whom.
func (s *Service) Compute(ctx context.Context, a account.Actor, territory string) (PlanView, error) {
	return PlanView{}, errNotBuilt
}

// LastPlan returns the latest plan of a territory.
func (s *Service) LastPlan(ctx context.Context, a account.Actor, territory string) (PlanView, error) {
	return PlanView{}, errNotBuilt
}

// Choices lists the GPs for one request.
func (s *Service) Choices(ctx context.Context, a account.Actor, request string) ([]Choice, error) {
	return nil, errNotBuilt
}

// Send offers patients to GPs, line by line.
func (s *Service) Send(ctx context.Context, a account.Actor, sending Sending) ([]Sent, error) {
	return nil, errNotBuilt
}

// Offers lists a page of offers.
func (s *Service) Offers(ctx context.Context, a account.Actor, q OfferQuery) ([]OfferView, error) {
	return nil, errNotBuilt
}

// Offer returns one offer.
func (s *Service) Offer(ctx context.Context, a account.Actor, id string) (OfferView, error) {
	return OfferView{}, errNotBuilt
}

// Answer is a GP's word on an offer.
func (s *Service) Answer(ctx context.Context, a account.Actor, id string, w Answer) (OfferView, error) {
	return OfferView{}, errNotBuilt
}

// Withdraw takes an offer back that waits.
func (s *Service) Withdraw(ctx context.Context, a account.Actor, id string) (OfferView, error) {
	return OfferView{}, errNotBuilt
}

// Expire marks the offers whose time is over.
func (s *Service) Expire(ctx context.Context) error { return errNotBuilt }
