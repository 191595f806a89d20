package funding

import (
	"context"
	"strings"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/fault"
)

// Receipt is money that came for an expectation, as a bank statement says it.
type Receipt struct {
	Amount  Cents
	On      civil.Date
	Piece   string
	Label   string // what the expectation is of when ""
	Account string // credited; the one of the year's chart for such money when ""
}

// ReceiveSum writes the entry of money that came for an expectation, whole or in
// part, for a treasurer: the bank is debited, and credited is the account that
// the chart of the year names. Payments of the contract are income. Majorations
// are the doctor's own money that the CPTS passes on (467): they neither fill an
// envelope nor count for a professional's cap, and paying the doctor empties the
// account again. The same key with the same receipt gives the entry that it made.
// ErrExpectationUnknown, ErrSettled, ErrTooMuch, Invalid "funding.receipt" with its
// fields (a day after today in the territory's zone; an account that money does not
// come for: income and third parties, 4), and those of Post.
func (s *Service) ReceiveSum(ctx context.Context, a account.Actor, id string, r Receipt, key string) (Entry, error) {
	if err := account.Allow(a, account.KeepBooks, account.Target{}); err != nil {
		return Entry{}, err
	}
	return s.once(ctx, a, key, digest([]any{id, r}), "funding.receive", func(ctx context.Context, tx Tx) (Entry, error) {
		x, err := s.expected(ctx, tx, a, id)
		if err != nil {
			return Entry{}, err
		}
		after, err := x.Receive(r.Amount)
		if err != nil {
			return Entry{}, err
		}
		e, err := s.receipt(ctx, tx, x, r)
		if err != nil {
			return Entry{}, err
		}
		e.By, e.Settles = a.ID, x.ID
		return e, tx.SaveExpectation(ctx, after)
	})
}

// receipt is the entry of money that came for x. Its lines are about what x is.
func (s *Service) receipt(ctx context.Context, tx Tx, x Expectation, r Receipt) (Entry, error) {
	year, err := tx.FiscalYear(ctx, x.Territory, r.On)
	if err != nil {
		return Entry{}, err
	}
	chart, err := s.Charts.For(year)
	if err != nil {
		return Entry{}, err
	}
	today, err := s.today(x.Territory)
	if err != nil {
		return Entry{}, err
	}
	if err := r.check(chart, today); err != nil {
		return Entry{}, err
	}
	credited, label := r.Account, r.Label
	if credited == "" {
		credited = chart.Receipts.creditedFor(x)
	}
	if label == "" {
		label = Describe(x, s.Schedules, s.Schemes)
	}
	return Entry{
		Territory: x.Territory, Journal: chart.Receipts.Journal, On: r.On, Label: label, Piece: r.Piece, PieceOn: r.On,
		Lines: []Line{
			{Account: chart.Receipts.Bank, Debit: r.Amount, Dimensions: x.Dimensions},
			{Account: credited, Credit: r.Amount, Dimensions: x.Dimensions},
		},
	}, nil
}

// thirdParties is what accounts of those who owe or are owed begin with.
const thirdParties = "4"

// check holds a receipt to what a bank can have said by a day.
func (r Receipt) check(chart Chart, today civil.Date) error {
	var fields []fault.Field
	if credited, known := chart.Account(r.Account); r.Account != "" && !known {
		fields = append(fields, fault.Field{Name: "account", Reason: "funding.account_unknown", Message: "Ce compte n’est pas au plan de l’exercice."})
	} else if known && credited.Class != Income && !strings.HasPrefix(r.Account, thirdParties) {
		fields = append(fields, fault.Field{Name: "account", Reason: "funding.account_class", Message: "L’argent qui vient se crédite à un compte de produits (7) ou de tiers (4)."})
	}
	if r.On.After(today) {
		fields = append(fields, fault.Field{Name: "on", Reason: "funding.future", Message: "L’argent est venu au plus tard aujourd’hui."})
	}
	return fault.Fields("funding.receipt", "Cet encaissement est incorrect.", fields...)
}

func (r Receipts) creditedFor(x Expectation) string {
	if x.Kind() == OfMajoration {
		return r.Majorations
	}
	return r.Contract
}
