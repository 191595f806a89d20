package funding

import (
	"bufio"
	"fmt"
	"io"
	"strings"
)

// WriteJournal writes entries of one fiscal year as a plain-text journal that
// hledger (--strict) and ledger (--pedantic) both read: declared commodity,
// accounts by class with their number and name, one transaction an entry, by day.
func WriteJournal(w io.Writer, chart Chart, entries func(yield func(Entry) bool)) error {
	out := bufio.NewWriter(w)
	fmt.Fprint(out, "commodity EUR\n    format 1000.00 EUR\n\n")
	for _, a := range chart.Accounts {
		fmt.Fprintf(out, "account %s\n", a.path())
	}
	for e := range entries {
		fmt.Fprintf(out, "\n%s * (%s) %s\n", e.On, journalText(e.Piece), journalText(e.Label))
		for _, l := range e.Lines {
			account, known := chart.Account(l.Account)
			if !known {
				return fmt.Errorf("funding: entry %s is on no account of the chart", e.ID)
			}
			fmt.Fprintf(out, "    %s  %s EUR\n", account.path(), l.signed())
		}
	}
	return out.Flush()
}

// WriteBeancount writes the same for bean-check.
func WriteBeancount(w io.Writer, chart Chart, entries func(yield func(Entry) bool)) error {
	out := bufio.NewWriter(w)
	fmt.Fprint(out, "option \"operating_currency\" \"EUR\"\n")
	for _, pair := range [][2]string{{"assets", "Actif"}, {"liabilities", "Passif"}, {"expenses", "Charges"}, {"income", "Produits"}, {"equity", "Capitaux"}} {
		fmt.Fprintf(out, "option \"name_%s\" %q\n", pair[0], pair[1])
	}
	fmt.Fprintln(out)
	for _, a := range chart.Accounts {
		fmt.Fprintf(out, "%s open %s EUR\n  nom: %s\n", chart.First, a.bean(), beanText(a.Name))
	}
	for e := range entries {
		fmt.Fprintf(out, "\n%s * %s\n  piece: %s\n", e.On, beanText(e.Label), beanText(e.Piece))
		for _, l := range e.Lines {
			account, known := chart.Account(l.Account)
			if !known {
				return fmt.Errorf("funding: entry %s is on no account of the chart", e.ID)
			}
			fmt.Fprintf(out, "  %s  %s EUR\n", account.bean(), l.signed())
		}
	}
	return out.Flush()
}

// signed is a line's amount with debits above zero.
func (l Line) signed() string { return (l.Debit - l.Credit).String() }

// path is an account's name in a plain-text journal. Two spaces would end it,
// and colons part it.
func (a Account) path() string {
	return string(a.Class) + ":" + a.Number + " " + journalText(a.Name)
}

// journalText makes a text fit for a line of a journal: no comment, no code of a
// transaction and no second column begins in it.
func journalText(text string) string {
	text = strings.Map(func(r rune) rune {
		switch r {
		case ';', '(', ')', '|', ':', '"', '=', '\t':
			return ' '
		}
		return r
	}, text)
	return strings.Join(strings.Fields(text), " ")
}

// bean is an account's name for beancount, which begins parts with a capital or
// a digit.
func (a Account) bean() string {
	class := string(a.Class)
	return strings.ToUpper(class[:1]) + class[1:] + ":" + a.Number
}

func beanText(text string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(text) + `"`
}
