package funding

import (
	"context"
	"fmt"
	"io"
	"iter"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/fault"
)

// ExportFormat is a way in which others read the books of a fiscal year.
type ExportFormat string

// The formats.
const (
	FormatFEC       ExportFormat = "fec"       // fichier des écritures comptables, by number
	FormatHledger   ExportFormat = "hledger"   // a journal for hledger and ledger, by day
	FormatBeancount ExportFormat = "beancount" // for bean-check, by day
	FormatXLSX      ExportFormat = "xlsx"      // budget against actuals
)

// ExportQuery says what is exported.
type ExportQuery struct {
	Territory string
	Year      int // fiscal year
	Format    ExportFormat
	Latin9    bool // of an FEC: ISO 8859-15 instead of UTF-8
}

// Export is a file that has a name and was not written yet.
type Export struct {
	Name string
	// Write writes it, page after page of the books. What was written when it fails
	// is no file.
	Write func(ctx context.Context, w io.Writer) error
}

// The refusals of exports.
var (
	ErrSIREN  = fault.New(fault.Conflict, "funding.siren", "Le nom d’un FEC commence par le SIREN de l’association : saisissez-le dans le contrat.")
	errFormat = fault.New(fault.Invalid, "funding.format", "Les formats sont : fec, hledger, beancount, xlsx.")
)

// exportPage is how many entries are in memory at a time.
const exportPage = 1000

// Export prepares a fiscal year's books as a file, for treasurers and
// coordinators: everything that can be refused is refused before the first byte.
// ErrNoYear, ErrNoChart, ErrSIREN, Invalid "funding.format".
func (s *Service) Export(ctx context.Context, a account.Actor, q ExportQuery) (Export, error) {
	if err := s.may(a, account.ReadBooks, q.Territory); err != nil {
		return Export{}, err
	}
	year, chart, err := s.charted(ctx, q.Territory, q.Year)
	if err != nil {
		return Export{}, err
	}
	stem := fmt.Sprintf("%s-%d", q.Territory, q.Year)
	entries := func(byDay bool, write writing) func(context.Context, io.Writer) error {
		return s.pages(EntryQuery{Territory: q.Territory, Year: q.Year, ByDay: byDay, Limit: exportPage}, chart, write)
	}
	switch q.Format {
	case FormatFEC:
		return s.exportFEC(ctx, q, year, entries)
	case FormatHledger:
		return Export{stem + ".journal", entries(true, WriteJournal)}, nil
	case FormatBeancount:
		return Export{stem + ".beancount", entries(true, WriteBeancount)}, nil
	case FormatXLSX:
		return Export{"budget-" + stem + ".xlsx", func(ctx context.Context, w io.Writer) error {
			f, err := s.figures(ctx, a, year)
			if err != nil {
				return err
			}
			return s.Workbook(w, f)
		}}, nil
	}
	return Export{}, errFormat
}

func (s *Service) exportFEC(ctx context.Context, q ExportQuery, year FiscalYear, entries func(bool, writing) func(context.Context, io.Writer) error) (Export, error) {
	c, there, err := s.Store.Contract(ctx, q.Territory)
	if err != nil || !there || c.SIREN == "" {
		return Export{}, first(err, ErrSIREN)
	}
	write := WriteFEC
	if q.Latin9 {
		write = func(w io.Writer, chart Chart, all func(yield func(Entry) bool)) error {
			return WriteFEC(&latin9{to: w}, chart, all)
		}
	}
	return Export{FECName(c.SIREN, year.Last), entries(false, write)}, nil
}

// charted returns a fiscal year and its chart; ErrNoYear, ErrNoChart.
func (s *Service) charted(ctx context.Context, territory string, year int) (FiscalYear, Chart, error) {
	years, err := s.Store.FiscalYears(ctx, territory)
	if err != nil {
		return FiscalYear{}, Chart{}, err
	}
	for _, y := range years {
		if y.Year == year {
			chart, err := s.Charts.For(y)
			return y, chart, err
		}
	}
	return FiscalYear{}, Chart{}, ErrNoYear
}

// writing is how entries of a year become a file.
type writing func(w io.Writer, chart Chart, entries func(yield func(Entry) bool)) error

// pages writes all that a query finds, a page in memory at a time.
func (s *Service) pages(q EntryQuery, chart Chart, write writing) func(context.Context, io.Writer) error {
	return func(ctx context.Context, w io.Writer) error {
		var failed error
		all := iter.Seq[Entry](func(yield func(Entry) bool) {
			for q := q; ; {
				page, err := s.Store.Entries(ctx, q)
				if err != nil || len(page) == 0 {
					failed = err
					return
				}
				for _, e := range page {
					if !yield(e) {
						return
					}
				}
				last := page[len(page)-1]
				q.After, q.AfterOn = last.Number, last.On
			}
		})
		return first(write(w, chart, all), failed)
	}
}
