package funding

import (
	"slices"
	"strings"

	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/fault"
)

// Chart is the accounts and journals of one fiscal year, as a file of
// configs/funding holds it from a year on.
type Chart struct {
	Code     string     `yaml:"code"`
	Source   string     `yaml:"source"`
	FromYear int        `yaml:"fromYear"` // first fiscal year it is used for
	First    civil.Date `yaml:"-"`        // of the fiscal year
	Last     civil.Date `yaml:"-"`
	Accounts []Account  `yaml:"accounts"` // by number
	Journals []Journal  `yaml:"journals"`
	Receipts Receipts   `yaml:"receipts"`
}

// Receipts is where money that comes is written, unless somebody says otherwise.
// Whether the contract's is 74 or 73 is for the accountant to say.
type Receipts struct {
	Journal     string `yaml:"journal"`     // of the bank
	Bank        string `yaml:"bank"`        // account that is debited
	Contract    string `yaml:"contract"`    // credited with payments of the contract
	Majorations string `yaml:"majorations"` // credited with majorations of acts
}

// Account is one account of the chart.
type Account struct {
	Number string `yaml:"number"`
	Name   string `yaml:"name"`
	Class  Class  `yaml:"class"`
}

// Journal is a book that entries are written in.
type Journal struct {
	Code string `yaml:"code"`
	Name string `yaml:"name"`
}

// Account returns the account of a number, and false for an unknown one.
func (c Chart) Account(number string) (Account, bool) {
	at, found := slices.BinarySearchFunc(c.Accounts, number, func(a Account, n string) int { return strings.Compare(a.Number, n) })
	if !found {
		return Account{}, false
	}
	return c.Accounts[at], true
}

// Journal returns the journal of a code, and false for an unknown one.
func (c Chart) Journal(code string) (Journal, bool) {
	at := slices.IndexFunc(c.Journals, func(j Journal) bool { return j.Code == code })
	if at < 0 {
		return Journal{}, false
	}
	return c.Journals[at], true
}

// Holds reports whether a day is of the fiscal year.
func (c Chart) Holds(day civil.Date) bool { return !day.Before(c.First) && !day.After(c.Last) }

// For returns the chart for a fiscal year that begins and ends on these days.
func (c Chart) For(first, last civil.Date) Chart {
	c.First, c.Last = first, last
	return c
}

// Class is what an account counts.
type Class string

// The classes; their names are those of exports.
const (
	Assets      Class = "actif"
	Liabilities Class = "passif"
	Expenses    Class = "charges"
	Income      Class = "produits"
)

// fits reports whether a number may be of a class: 6 are expenses and 7 income.
func (c Class) fits(number string) bool {
	switch number[0] {
	case '6':
		return c == Expenses
	case '7':
		return c == Income
	}
	return c == Assets || c == Liabilities
}

// Validate returns an Invalid fault "funding.chart" that names every wrong row.
func (c Chart) Validate() error {
	var fields []fault.Field
	wrong := func(name, message string) {
		fields = append(fields, fault.Field{Name: name, Reason: "funding.chart", Message: message})
	}
	if c.Code == "" || c.Source == "" || c.FromYear < 2000 || c.FromYear > 2200 {
		wrong("code", "Un plan a un code, une source et un premier exercice.")
	}
	if len(c.Accounts) == 0 || len(c.Journals) == 0 {
		wrong("accounts", "Un plan a des comptes et des journaux.")
	}
	for i, a := range c.Accounts {
		if len(a.Number) < 3 || len(a.Number) > 12 || !onlyDigits(a.Number) || a.Number[0] < '1' || a.Number[0] > '7' || !a.Class.fits(a.Number) || !plain(a.Name, 100) {
			wrong("accounts["+a.Number+"]", "Un compte a un numéro de 3 à 12 chiffres, des classes 1 à 7, ce qu’il compte et un nom.")
		}
		if i > 0 && c.Accounts[i-1].Number >= a.Number {
			wrong("accounts["+a.Number+"]", "Les comptes vont par numéro, chacun une fois.")
		}
	}
	codes := map[string]bool{}
	for _, j := range c.Journals {
		if len(j.Code) < 2 || len(j.Code) > 5 || codes[j.Code] || !plain(j.Name, 100) {
			wrong("journals["+j.Code+"]", "Un journal a un code à lui, de 2 à 5 lettres, et un nom.")
		}
		codes[j.Code] = true
	}
	for _, number := range []string{c.Receipts.Bank, c.Receipts.Contract, c.Receipts.Majorations} {
		if _, known := c.Account(number); !known && number != "" {
			wrong("receipts", "Les encaissements vont sur des comptes du plan.")
		}
	}
	if c.Receipts.Journal != "" && !codes[c.Receipts.Journal] {
		wrong("receipts", "Les encaissements vont dans un journal du plan.")
	}
	return fault.Fields("funding.chart", "Ce plan de comptes est incorrect.", fields...)
}
