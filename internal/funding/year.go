package funding

import (
	"context"
	"strconv"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/audit"
	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/fault"
)

// OpenYear opens a fiscal year of 1 to 24 months, for a treasurer.
// It bears the civil year that it begins in, and no other does. But for the first
// one, it follows another or comes before one, without a day between them.
// Invalid "funding.year", ErrYearOverlaps, ErrYearTwice, ErrYearGap, ErrNoChart.
func (s *Service) OpenYear(ctx context.Context, a account.Actor, territory string, first, last civil.Date) (FiscalYear, error) {
	if err := s.may(a, account.KeepBooks, territory); err != nil {
		return FiscalYear{}, err
	}
	y := FiscalYear{Territory: territory, Year: first.Year, First: first, Last: last}
	if !first.Valid() || !last.Valid() || last.Before(first) || last.After(MonthsAfter(first, 24)) {
		return FiscalYear{}, fault.Fields("funding.year", "Cet exercice est incorrect.",
			fault.Field{Name: "last", Reason: "funding.year", Message: "Un exercice dure au plus 24 mois, de son premier à son dernier jour."})
	}
	if _, err := s.Charts.For(y); err != nil {
		return FiscalYear{}, err
	}
	return y, s.Store.InTx(ctx, func(ctx context.Context, tx Tx) error {
		if _, err := tx.Head(ctx, territory); err != nil { // one at a time
			return err
		}
		if err := tx.SaveFiscalYear(ctx, y); err != nil {
			return err
		}
		if err := adjoins(ctx, tx, y); err != nil {
			return err
		}
		return s.auditYear(ctx, tx, a, "funding.year.open", y)
	})
}

// adjoins refuses a year that neither follows nor precedes one of the others, when
// there are any; ErrYearGap.
func adjoins(ctx context.Context, tx Tx, y FiscalYear) error {
	all, err := tx.FiscalYears(ctx, y.Territory)
	if err != nil || len(all) < 2 {
		return err
	}
	if _, there := find(all, func(o FiscalYear) bool { return o.Last.AddDays(1) == y.First || y.Last.AddDays(1) == o.First }); !there {
		return ErrYearGap
	}
	return nil
}

// CloseYear lets no entry into a fiscal year any more, for a treasurer, once its
// last day has passed in the territory's zone. ErrNoYear, ErrYearClosed,
// ErrYearRunning.
func (s *Service) CloseYear(ctx context.Context, a account.Actor, territory string, day civil.Date) (FiscalYear, error) {
	if err := s.may(a, account.KeepBooks, territory); err != nil {
		return FiscalYear{}, err
	}
	today, err := s.today(territory)
	if err != nil {
		return FiscalYear{}, err
	}
	var y FiscalYear
	err = s.Store.InTx(ctx, func(ctx context.Context, tx Tx) (err error) {
		if _, err := tx.Head(ctx, territory); err != nil { // after every entry that is being written
			return err
		}
		if y, err = tx.FiscalYear(ctx, territory, day); err != nil {
			return err
		}
		if !y.ClosedAt.IsZero() {
			return ErrYearClosed
		}
		if !today.After(y.Last) {
			return ErrYearRunning
		}
		y.ClosedAt, y.ClosedBy = s.Now(), a.ID
		if err := tx.SaveFiscalYear(ctx, y); err != nil {
			return err
		}
		return s.auditYear(ctx, tx, a, "funding.year.close", y)
	})
	return y, err
}

func (s *Service) auditYear(ctx context.Context, tx Tx, a account.Actor, action string, y FiscalYear) error {
	return tx.Audit(ctx, audit.Entry{At: s.Now(), Actor: a.ID, Action: action, Target: "fiscal_year:" + strconv.Itoa(y.Year), Territory: y.Territory})
}
