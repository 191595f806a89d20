package regulation

import (
	"context"
	"time"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/fault"
)

// effortWithin is how long after its end a case still takes its effort: a
// console that was cut off sends it when it is back.
const effortWithin = 24 * time.Hour

// The bounds of an effort; beyond them a console counts wrongly.
const (
	maxKeys      = 10000
	maxConflicts = 1000
)

// Effort is what a call asked of the regulator. It is kept for medians over
// many calls: a Case does not carry it, so nobody sees it beside a name.
type Effort struct {
	Keys      int // pressed from opening to outcome
	Conflicts int // seats lost to somebody else meanwhile
}

// NoteEffort keeps the effort of a case in place of what was told before. It is
// for who opened the case, whose console counted since then: the record does
// not keep who closed it, and a colleague who did saw the last keys only. It is
// a statistic, so it leaves no trace in the audit.
//
// Errors: "case.invalid", ErrCaseUnknown, "account.forbidden" for colleagues,
// ErrCaseClosed when the case ended more than a day ago.
func (s *Service) NoteEffort(ctx context.Context, a account.Actor, id string, e Effort) error {
	if err := e.check(); err != nil {
		return err
	}
	now := s.Now()
	return s.Store.InTx(ctx, func(ctx context.Context, tx Tx) error {
		c, err := tx.Case(ctx, id)
		switch {
		case err != nil:
			return err
		case !a.In(c.Territory):
			return ErrCaseUnknown
		case c.OpenedBy != a.ID, !account.Can(a, account.HandleCase, account.Target{Territory: c.Territory}):
			return account.ErrForbidden
		case !c.Open() && now.Sub(c.ClosedAt) > effortWithin:
			return ErrCaseClosed
		}
		return tx.NoteEffort(ctx, id, e)
	})
}

func (e Effort) check() error {
	var bad []fault.Field
	if e.Keys < 0 || e.Keys > maxKeys {
		bad = append(bad, fault.Field{Name: "keys", Reason: "case.effort", Message: "Ce nombre de touches n’est pas possible."})
	}
	if e.Conflicts < 0 || e.Conflicts > maxConflicts {
		bad = append(bad, fault.Field{Name: "conflicts", Reason: "case.effort", Message: "Ce nombre de conflits n’est pas possible."})
	}
	return fault.Fields("case.invalid", "Ces mesures ne sont pas possibles.", bad...)
}
