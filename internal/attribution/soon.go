package attribution

import (
	"context"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/fault"
)

var errSoon = fault.New(fault.Unavailable, "request.unavailable", "Cette opération n’est pas encore possible.")

// Report receives a patient without médecin traitant.
func (s *Service) Report(ctx context.Context, a account.Actor, d Draft, key string) (Request, error) {
	return Request{}, errSoon
}

// Change completes a request.
func (s *Service) Change(ctx context.Context, a account.Actor, id string, d Draft) (Request, error) {
	return Request{}, errSoon
}

// Request returns one request.
func (s *Service) Request(ctx context.Context, a account.Actor, id string) (Request, error) {
	return Request{}, errSoon
}

// Requests lists a page of requests.
func (s *Service) Requests(ctx context.Context, a account.Actor, q RequestQuery) ([]Request, error) {
	return nil, errSoon
}

// Search lists open requests by family name.
func (s *Service) Search(ctx context.Context, a account.Actor, territory, family string) ([]Request, error) {
	return nil, errSoon
}

// Events lists what happened to a request.
func (s *Service) Events(ctx context.Context, a account.Actor, id string) ([]Event, error) {
	return nil, errSoon
}

// Step takes a request one step further.
func (s *Service) Step(ctx context.Context, a account.Actor, id string, step Step) (Request, error) {
	return Request{}, errSoon
}

// ForgetOld erases identities of requests that ended long ago.
func (s *Service) ForgetOld(ctx context.Context) error { return errSoon }
