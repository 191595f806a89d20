package funding

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/audit"
	"github.com/relais-snp/relais/internal/fault"
)

// What begins the accounts of expenses that spend nothing, money of an envelope that
// is kept for the next year, and of income that is no receipt, that money taken up
// again (plan of associations).
const (
	carried     = "689"
	carriedBack = "789"
)

// Budget lists the lines of a fiscal year's budget with what the books spent of
// each, and what they spent outside every line.
func (s *Service) Budget(ctx context.Context, a account.Actor, territory string, year int) (lines []BudgetLine, outside Cents, err error) {
	if err := s.may(a, account.ReadBooks, territory); err != nil {
		return nil, 0, err
	}
	if lines, err = s.Store.BudgetLines(ctx, territory, year); err != nil {
		return nil, 0, err
	}
	expenses, err := s.Store.Expenses(ctx, territory, year)
	if err != nil {
		return nil, 0, err
	}
	outside, err = spread(lines, expenses)
	return lines, outside, err
}

// spread counts each expense for the first line that fits, the longest account
// first, then the line that says more of mission and envelope, then as they are
// listed; and returns what fits none.
func spread(lines []BudgetLine, expenses []Expense) (outside Cents, err error) {
	order := make([]*BudgetLine, len(lines))
	for i := range lines {
		lines[i].Spent = 0
		order[i] = &lines[i]
	}
	slices.SortStableFunc(order, func(a, b *BudgetLine) int {
		return cmp.Or(cmp.Compare(len(b.Account), len(a.Account)), cmp.Compare(b.narrow(), a.narrow()))
	})
	for _, x := range expenses {
		if strings.HasPrefix(x.Account, carried) {
			continue
		}
		into := &outside
		if at := slices.IndexFunc(order, func(l *BudgetLine) bool { return l.covers(x) }); at >= 0 {
			into = &order[at].Spent
		}
		if *into, err = into.Add(x.Amount); err != nil {
			return 0, err
		}
	}
	return outside, nil
}

// narrow counts what a line says beside its account.
func (l BudgetLine) narrow() (n int) {
	for _, said := range []string{l.Envelope, l.Mission} {
		if said != "" {
			n++
		}
	}
	return n
}

func (l BudgetLine) covers(x Expense) bool {
	return l.Budget == x.Budget && strings.HasPrefix(x.Account, l.Account) && (l.Mission == "" || l.Mission == x.Mission) &&
		(l.Envelope == "" || l.Envelope == x.Envelope)
}

// SaveBudgetLine adds a line, when it has no id, or writes it, for a treasurer, in a
// year that is open. ErrBudgetUnknown, ErrNoYear, ErrYearClosed, ErrBudgetTwice when
// another line covers the same, ErrBudgetChanged unless the revision is the one last
// read, 0 for whichever, Invalid "funding.budget_line" with its fields.
func (s *Service) SaveBudgetLine(ctx context.Context, a account.Actor, l BudgetLine) (BudgetLine, error) {
	if err := s.may(a, account.KeepBooks, l.Territory); err != nil {
		return BudgetLine{}, err
	}
	if err := l.check(); err != nil {
		return BudgetLine{}, err
	}
	added, read := l.ID == "", l.Revision
	if l.Spent, l.Revision = 0, 0; added {
		l.ID = s.NewID()
	}
	err := s.Store.InTx(ctx, func(ctx context.Context, tx Tx) error {
		if _, err := tx.Head(ctx, l.Territory); err != nil { // one at a time, and none while the year is closed
			return err
		}
		if !added {
			before, err := tx.BudgetLine(ctx, l.ID)
			if err != nil || before.Territory != l.Territory {
				return first(err, ErrBudgetUnknown)
			}
			if read != 0 && read != before.Revision {
				return ErrBudgetChanged
			}
			if err := plannable(ctx, tx, before); err != nil {
				return err
			}
			l.Revision = before.Revision
		}
		if err := first(plannable(ctx, tx, l), alone(ctx, tx, l)); err != nil {
			return err
		}
		if err := tx.SaveBudgetLine(ctx, l); err != nil {
			return err
		}
		return s.auditLine(ctx, tx, a, "funding.budget.save", l)
	})
	l.Revision++
	if err != nil {
		return BudgetLine{}, err
	}
	return l, nil
}

// plannable reports whether the budget of a line's year may still change; ErrNoYear,
// ErrYearClosed.
func plannable(ctx context.Context, tx Tx, l BudgetLine) error {
	years, err := tx.FiscalYears(ctx, l.Territory)
	if err != nil {
		return err
	}
	switch year, there := find(years, func(y FiscalYear) bool { return y.Year == l.Year }); {
	case !there:
		return ErrNoYear
	case !year.ClosedAt.IsZero():
		return ErrYearClosed
	}
	return nil
}

// alone refuses a line that covers what another one does: an expense counts for one
// of them, and the other would read as if nothing had been spent.
func alone(ctx context.Context, tx Tx, l BudgetLine) error {
	all, err := tx.BudgetLines(ctx, l.Territory, l.Year)
	if err == nil && slices.ContainsFunc(all, l.covered) {
		err = ErrBudgetTwice
	}
	return err
}

// covered reports whether another line covers the same.
func (l BudgetLine) covered(by BudgetLine) bool {
	return by.ID != l.ID && by.Budget == l.Budget && by.Account == l.Account && by.Mission == l.Mission && by.Envelope == l.Envelope
}

// DeleteBudgetLine removes a line of a year that is open, for a treasurer.
// ErrBudgetUnknown, ErrYearClosed.
func (s *Service) DeleteBudgetLine(ctx context.Context, a account.Actor, id string) error {
	if err := account.Allow(a, account.KeepBooks, account.Target{}); err != nil {
		return err
	}
	return s.Store.InTx(ctx, func(ctx context.Context, tx Tx) error {
		l, err := tx.BudgetLine(ctx, id)
		if err != nil || !a.In(l.Territory) {
			return first(err, ErrBudgetUnknown)
		}
		if err := s.may(a, account.KeepBooks, l.Territory); err != nil {
			return err
		}
		if err := plannable(ctx, tx, l); fault.Reason(err) == ErrYearClosed.Reason {
			return err
		}
		if err := tx.DeleteBudgetLine(ctx, id); err != nil {
			return err
		}
		return s.auditLine(ctx, tx, a, "funding.budget.delete", l)
	})
}

func (s *Service) auditLine(ctx context.Context, tx Tx, a account.Actor, action string, l BudgetLine) error {
	return tx.Audit(ctx, audit.Entry{At: s.Now(), Actor: a.ID, Action: action, Target: "budget_line:" + l.ID, Territory: l.Territory, Detail: fmt.Sprint(l.Year)})
}

// maxPlanned bounds what a line plans, far above any contract.
const maxPlanned Cents = 100 * maxAmount

func (l BudgetLine) check() error {
	var fields []fault.Field
	wrong := func(name, reason, message string) {
		fields = append(fields, fault.Field{Name: name, Reason: reason, Message: message})
	}
	if l.Year < 2000 || l.Year > 2200 {
		wrong("year", "funding.year", "L’exercice est une année.")
	}
	if l.Budget != Fonctionnement && l.Budget != Operationnel {
		wrong("budget", "funding.budget", "Un budget est de fonctionnement ou opérationnel.")
	}
	if !plain(l.Label, 100) {
		wrong("label", "funding.label", "Le libellé compte de 1 à 100 caractères, sur une ligne.")
	}
	if len(l.Account) > 12 || !strings.HasPrefix(l.Account, "6") || !onlyDigits(l.Account) {
		wrong("account", "funding.account_unknown", "Une ligne couvre des comptes de charges : leur numéro commence par 6.")
	}
	for name, amount := range map[string]Cents{"committed": l.Committed, "planned": l.Planned} {
		if amount < 0 || amount > maxPlanned {
			wrong(name, "funding.amount", "Un montant est positif ou nul.")
		}
	}
	slices.SortFunc(fields, func(a, b fault.Field) int { return strings.Compare(a.Name, b.Name) })
	return fault.Fields("funding.budget_line", "Cette ligne de budget est incorrecte.", fields...)
}
