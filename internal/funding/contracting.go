package funding

import (
	"context"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/audit"
	"github.com/relais-snp/relais/internal/fault"
)

// ErrContractChanged says that somebody wrote the contract since it was read.
var ErrContractChanged = fault.New(fault.Conflict, "funding.contract_changed", "Le contrat a été modifié entre-temps : relisez-le avant d’enregistrer.")

// Contract returns what a territory signed, and false when nothing was entered.
func (s *Service) Contract(ctx context.Context, a account.Actor, territory string) (Contract, bool, error) {
	if err := s.may(a, account.ReadBooks, territory); err != nil {
		return Contract{}, false, err
	}
	return s.Store.Contract(ctx, territory)
}

// SetContract enters the contract of a territory or changes it, for a treasurer,
// and makes its payments expected: those that nobody decides and whose amount is known.
// What was expected follows a changed day or amount, that of the signature too;
// what the contract pays no more, or less of than came, is awaited no more; what
// came stays. A signature after the end
// of the contract before is another contract, of another id, and leaves what that
// one still owes; envelopes begin anew.
// Invalid "funding.contract" with its fields;
// ErrContractChanged unless the revision is the one last read, 0 for a first one.
func (s *Service) SetContract(ctx context.Context, a account.Actor, c Contract) (Contract, error) {
	if err := s.may(a, account.KeepBooks, c.Territory); err != nil {
		return Contract{}, err
	}
	if err := s.checkContract(c); err != nil {
		return Contract{}, err
	}
	schedule, _ := s.schedule(c)
	err := s.Store.InTx(ctx, func(ctx context.Context, tx Tx) error {
		before, there, err := tx.Contract(ctx, c.Territory)
		if err != nil {
			return err
		}
		if c.Revision != before.Revision {
			return ErrContractChanged
		}
		if c.ID = before.ID; !there || s.endedBefore(before, c) {
			c.ID = s.NewID()
		}
		c.ChangedAt, c.ChangedBy = s.Now(), a.ID
		if err := tx.SaveContract(ctx, c); err != nil {
			return err
		}
		c.Revision++
		if err := tx.Audit(ctx, audit.Entry{At: c.ChangedAt, Actor: a.ID, Action: "funding.contract.set", Target: "contract:" + c.ID, Territory: c.Territory}); err != nil {
			return err
		}
		return s.reconcilePayments(ctx, tx, c, schedule)
	})
	if err != nil {
		return Contract{}, err
	}
	return c, nil
}

// endedBefore reports whether a contract had ended when the next was signed.
func (s *Service) endedBefore(before, next Contract) bool {
	schedule, known := s.schedule(before)
	return known && !next.Signed.Before(schedule.Anniversary(before.Signed, schedule.Years))
}

// reconcilePayments makes what is expected agree with the calendar.
func (s *Service) reconcilePayments(ctx context.Context, tx Tx, c Contract, schedule Schedule) error {
	kept, err := tx.ExpectationsKeyed(ctx, c.Territory, keysOf(c))
	if err != nil {
		return err
	}
	there := map[string]Expectation{}
	for _, x := range kept {
		there[x.Key] = x
	}
	for _, p := range schedule.Calendar(c) {
		key := p.key(c)
		x, known := there[key]
		delete(there, key)
		switch {
		case known:
			err = s.follow(ctx, tx, x, p, c.ChangedBy)
		case !p.Kind.decided() && p.Amount.Known && p.Amount.Cents > 0:
			_, err = s.Expect(ctx, tx, schedule.expectation(c, p), c.ChangedBy)
		}
		if err != nil {
			return err
		}
	}
	for _, x := range kept {
		if _, gone := there[x.Key]; gone {
			if err := s.withdraw(ctx, tx, x, c.ChangedBy); err != nil {
				return err
			}
		}
	}
	return nil
}

// follow brings an expectation to what its payment says now. The amount of a
// decided one is the decision's, within what the contract allows now.
func (s *Service) follow(ctx context.Context, tx Tx, x Expectation, p Payment, by string) error {
	if !p.Amount.Known || p.Amount.Cents == 0 {
		return s.withdraw(ctx, tx, x, by)
	}
	amount, on := p.Amount.Cents, p.On
	if p.Kind.decided() {
		amount = min(amount, x.Amount)
		if on.Before(x.On) {
			on = x.On
		}
	}
	after, changed := x.Follow(on, amount)
	if !changed {
		return nil
	}
	return s.save(ctx, tx, after, by, "funding.expect.follow")
}

func (s *Service) withdraw(ctx context.Context, tx Tx, x Expectation, by string) error {
	after, changed := x.Withdraw()
	if !changed {
		return nil
	}
	return s.save(ctx, tx, after, by, "funding.expect.withdraw")
}

func (s *Service) save(ctx context.Context, tx Tx, x Expectation, by, action string) error {
	if err := tx.SaveExpectation(ctx, x); err != nil {
		return err
	}
	if x.State == Withdrawn {
		action = "funding.expect.withdraw"
	}
	return tx.Audit(ctx, audit.Entry{At: s.Now(), Actor: by, Action: action, Target: "expectation:" + x.ID, Territory: x.Territory})
}
