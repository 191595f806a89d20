package funding

import (
	"context"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/audit"
	"github.com/relais-snp/relais/internal/fault"
)

// Expect notes money that is owed, once a key however often it is told: by the
// payment calendar, or by an act that earns a majoration. by is the account that
// caused it, "system" for the service itself.
func (s *Service) Expect(ctx context.Context, tx Tx, x Expectation, by string) (Expectation, error) {
	if x.Amount <= 0 || !x.On.Valid() || x.Key == "" {
		return x, fault.Fields("funding.expectation", "Cette somme attendue est incorrecte.",
			fault.Field{Name: "amount", Reason: "funding.amount", Message: "Une somme attendue a un jour, une origine et un montant supérieur à zéro."})
	}
	x.ID, x.State, x.Received, x.CreatedAt = s.NewID(), Pending, 0, s.Now()
	kept, added, err := tx.AddExpectation(ctx, x)
	if err != nil || !added {
		return kept, err
	}
	return kept, tx.Audit(ctx, audit.Entry{At: x.CreatedAt, Actor: by, Action: "funding.expect", Target: "expectation:" + x.ID, Territory: x.Territory})
}

// Void says that what is left of an expectation will not come, for a treasurer.
// ErrExpectationUnknown, ErrSettled.
func (s *Service) Void(ctx context.Context, a account.Actor, id string) (Expectation, error) {
	if err := account.Allow(a, account.KeepBooks, account.Target{}); err != nil {
		return Expectation{}, err
	}
	var x Expectation
	err := s.Store.InTx(ctx, func(ctx context.Context, tx Tx) (err error) {
		if x, err = s.expected(ctx, tx, a, id); err != nil {
			return err
		}
		if x, err = x.Void(); err != nil {
			return err
		}
		if err := tx.SaveExpectation(ctx, x); err != nil {
			return err
		}
		return tx.Audit(ctx, audit.Entry{At: s.Now(), Actor: a.ID, Action: "funding.void", Target: "expectation:" + x.ID, Territory: x.Territory})
	})
	return x, err
}

// expected locks an expectation that the actor may settle.
func (s *Service) expected(ctx context.Context, tx Tx, a account.Actor, id string) (Expectation, error) {
	x, err := tx.Expectation(ctx, id)
	switch {
	case err != nil:
		return x, err
	case !a.In(x.Territory):
		return x, ErrExpectationUnknown
	}
	return x, s.may(a, account.KeepBooks, x.Territory)
}
