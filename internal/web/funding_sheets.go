package web

import (
	"io"
	"slices"
	"strconv"

	"github.com/relais-snp/relais/internal/funding"
	"github.com/relais-snp/relais/internal/sheet"
	"github.com/relais-snp/relais/internal/web/api"
)

// The files that treasurers take away are written as every sheet here is. Amounts have a decimal point, and an empty cell is an
// amount that nobody confirmed.

type paymentSheet []api.FundingPayment

var paymentStates = map[api.FundingPaymentState]string{
	"later": "à venir", "unknown": "montant inconnu", "waiting": "attendu", "partly": "reçu en partie", "came": "reçu", "void": "ne viendra pas",
}

func (s paymentSheet) WriteCSV(w io.Writer) error {
	return sheet.Write(w, []sheet.Column[api.FundingPayment]{
		{Header: "Date", Cell: func(p api.FundingPayment) string { return p.On.String() }},
		{Header: "Code", Cell: func(p api.FundingPayment) string { return sheet.Text(p.Code) }},
		{Header: "Intitulé", Cell: func(p api.FundingPayment) string { return sheet.Text(p.Label) }},
		{Header: "Année du contrat", Cell: func(p api.FundingPayment) string { return strconv.Itoa(p.Year) }},
		{Header: "Nature", Cell: func(p api.FundingPayment) string { return funding.PaymentKind(p.Kind).French() }},
		{Header: "Montant", Cell: func(p api.FundingPayment) string { return value(p.Amount) }},
		{Header: "Au plus", Cell: func(p api.FundingPayment) string { return value(p.Most) }},
		{Header: "Estimation", Cell: func(p api.FundingPayment) string { return value(p.Estimate) }},
		{Header: "Reçu", Cell: func(p api.FundingPayment) string { return p.Received }},
		{Header: "Trop perçu", Cell: func(p api.FundingPayment) string { return value(p.Overpaid) }},
		{Header: "État", Cell: func(p api.FundingPayment) string { return paymentStates[p.State] }},
		{Header: "Jours", Cell: func(p api.FundingPayment) string { return strconv.Itoa(p.Days) }},
		{Header: "Jours de l’année", Cell: func(p api.FundingPayment) string { return strconv.Itoa(p.YearDays) }},
	}, s)
}

type expectationSheet []api.Expectation

var expectationStates = map[api.ExpectationState]string{
	"pending": "attendu", "partly": "reçu en partie", "posted": "reçu", "voided": "ne viendra pas", "withdrawn": "n’est plus dû",
}

func (s expectationSheet) WriteCSV(w io.Writer) error {
	return sheet.Write(w, []sheet.Column[api.Expectation]{
		{Header: "Date", Cell: func(x api.Expectation) string { return x.On.String() }},
		{Header: "Intitulé", Cell: func(x api.Expectation) string { return sheet.Text(value(x.Label)) }},
		{Header: "Montant", Cell: func(x api.Expectation) string { return x.Amount }},
		{Header: "Reçu", Cell: func(x api.Expectation) string { return x.Received }},
		{Header: "Reste", Cell: func(x api.Expectation) string { return x.Left }},
		{Header: "État", Cell: func(x api.Expectation) string { return expectationStates[x.State] }},
		{Header: "Professionnel", Cell: func(x api.Expectation) string { return sheet.Text(value(x.Practitioner)) }},
		{Header: "Rendez-vous", Cell: func(x api.Expectation) string { return sheet.Text(value(x.Booking)) }},
		{Header: "Origine", Cell: func(x api.Expectation) string { return sheet.Text(x.Key) }},
	}, s)
}

type budgetSheet api.BudgetView

// WriteCSV ends with what was spent outside every line, which would otherwise be missed in the sum.
func (s budgetSheet) WriteCSV(w io.Writer) error {
	outside := api.BudgetLine{Label: "Hors budget", Spent: s.Outside}
	return sheet.Write(w, []sheet.Column[api.BudgetLine]{
		{Header: "Exercice", Cell: func(api.BudgetLine) string { return strconv.Itoa(s.Year) }},
		{Header: "Budget", Cell: func(l api.BudgetLine) string { return string(l.Budget) }},
		{Header: "Libellé", Cell: func(l api.BudgetLine) string { return sheet.Text(l.Label) }},
		{Header: "Compte", Cell: func(l api.BudgetLine) string { return l.Account }},
		{Header: "Mission", Cell: func(l api.BudgetLine) string { return sheet.Text(value(l.Mission)) }},
		{Header: "Enveloppe", Cell: func(l api.BudgetLine) string { return sheet.Text(value(l.Envelope)) }},
		{Header: "Prévu", Cell: func(l api.BudgetLine) string { return l.Planned }},
		{Header: "Engagé", Cell: func(l api.BudgetLine) string { return l.Committed }},
		{Header: "Dépensé", Cell: func(l api.BudgetLine) string { return l.Spent }},
		{Header: "Reste", Cell: func(l api.BudgetLine) string { return l.Left }},
	}, append(slices.Clone(s.Lines), outside))
}
