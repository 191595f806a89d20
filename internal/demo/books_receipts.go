package demo

import (
	"context"
	"fmt"
	"strings"

	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/funding"
)

// Payments that did not come as the others did: one is awaited, of one a part came.
const (
	awaited    = "prevention:2:advance"
	partlyCame = "parcours:2:advance"
)

// receipts has the caisse pay what is due some three weeks later.
func (l *ledger) receipts(ctx context.Context) error {
	expected, err := l.Books.Expectations(ctx, l.treasurer, funding.ExpectationQuery{Territory: l.Territory.ID, Prefix: l.payment("")})
	if err != nil {
		return err
	}
	for i, x := range expected {
		var amount funding.Cents
		switch x.Key {
		case l.payment(awaited):
			continue
		case l.payment(partlyCame):
			amount = euros(25_000)
		}
		l.comes(x.Key, workday(x.On.AddDays(18+i%5)), amount)
	}
	return nil
}

// payment is the key of a payment of the contract.
func (l *ledger) payment(of string) string {
	return "payment:" + l.contract.ID + ":" + of
}

// comes receives money for what is expected under a key, all of it for 0.
func (l *ledger) comes(key string, on civil.Date, amount funding.Cents) {
	l.on(on, "11:20", func(ctx context.Context) error {
		found, err := l.Books.Expectations(ctx, l.treasurer, funding.ExpectationQuery{Territory: l.Territory.ID, Prefix: key})
		switch {
		case err != nil:
			return err
		case len(found) != 1:
			return fmt.Errorf("%d expectations of %s", len(found), key)
		}
		if amount == 0 {
			amount = found[0].Amount
		}
		return l.receive(ctx, found[0], on, amount, payer+paymentOf(found[0]))
	})
}

// payer pays what the contract promises.
const payer = "CPAM Démo : "

// called is what people call the envelopes.
var called = map[string]string{
	operating: "fonctionnement", "acces": "accès aux soins", "parcours": "parcours pluriprofessionnels", "prevention": "prévention",
	"snp_orientation": "orientation des SNP", "snp_compensation": "compensation des SNP",
}

// paymentOf says what a payment of the contract is of.
func paymentOf(x funding.Expectation) string {
	kind := funding.PaymentKind(x.Key[strings.LastIndex(x.Key, ":")+1:])
	return fmt.Sprintf("%s, année %d, %s", called[x.Envelope], x.Year, kind.French())
}

func (l *ledger) receive(ctx context.Context, x funding.Expectation, on civil.Date, amount funding.Cents, label string) error {
	piece := l.piece("BQ")
	_, err := l.Books.ReceiveSum(ctx, l.treasurer, x.ID, funding.Receipt{Amount: amount, On: on, Piece: piece, Label: label}, piece)
	return err
}

// The days after the beginning of the season whose majorations were paid.
const majorationsPaidFor = 6

// majorations earns what honoured acts do, pays those of the season's first days,
// and hands the money on to the GPs, whose own it is: no expense of the CPTS.
func (l *ledger) majorations() {
	l.on(l.today.AddDays(-25), "06:00", l.Books.ReconcileMajorations)
	paid := l.today.AddDays(-20)
	l.on(paid, "11:40", func(ctx context.Context) error { return l.majorationsCome(ctx, paid) })
	l.atLatest(l.today.AddDays(1), "06:00", l.Books.ReconcileMajorations) // now
}

func (l *ledger) majorationsCome(ctx context.Context, on civil.Date) error {
	earned, err := l.Books.Expectations(ctx, l.treasurer, funding.ExpectationQuery{Territory: l.Territory.ID, Prefix: "majoration:vendee-2020:"})
	if err != nil {
		return err
	}
	last, owed := l.today.AddDays(majorationsPaidFor-PastDays), map[string]funding.Cents{}
	var total funding.Cents
	for _, x := range earned {
		if x.On.After(last) {
			continue
		}
		if err := l.receive(ctx, x, on, x.Amount, "ARS Démo : majoration SNP"); err != nil {
			return err
		}
		owed[x.Person] += x.Amount
		total += x.Amount
	}
	if total == 0 {
		return nil
	}
	var lines []funding.Line
	for _, gp := range l.cast.Practitioners {
		if amount := owed[gp.ID]; amount > 0 {
			lines = append(lines, debit("467", amount, funding.Dimensions{Person: gp.ID}))
		}
	}
	_, err = l.write(ctx, on, "BQ", "Majorations SNP reversées aux médecins", append(lines, credit("512", total))...)
	return err
}
