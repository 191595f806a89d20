package funding

import (
	"context"
	"errors"
	"io"
	"slices"
	"strconv"
	"time"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/directory"
	"github.com/relais-snp/relais/internal/fault"
	"github.com/relais-snp/relais/internal/sheet"
)

// ImportKind says what the lines of a file are.
type ImportKind string

// The kinds.
const (
	ImportBank       ImportKind = "bank"       // movements of a bank account
	ImportInvoices   ImportKind = "invoices"   // what suppliers ask for
	ImportPayroll    ImportKind = "payroll"    // payslips
	ImportAttendance ImportKind = "attendance" // an indemnity for each professional who was at a meeting
)

// ImportQuery says what a file is, and how it is read.
type ImportQuery struct {
	Territory string
	Kind      ImportKind
	// Counterpart is the account of movements of a bank whose line names none, one of
	// each year's chart; such a line has a problem when it is "". No bank exports that
	// column, and nothing is balanced without somebody's choice.
	Counterpart string
	DryRun      bool // writes nothing
}

// ImportReport is what an import did. Lines with a problem changed nothing.
type ImportReport struct {
	Created int
	// Unchanged are lines that were imported before.
	Unchanged int
	Problems  []sheet.Problem // in order of line
	// Aside are the headers of columns that were left aside, as they stand in the file.
	Aside []string
}

const (
	// importBatch is how many lines go into one transaction, so that a large file
	// does not keep the one writer of a small database for itself.
	importBatch = 100
	// maxProblems is how many problems are told; beyond it, each bad line tells its
	// first, and a file has no more lines than that.
	maxProblems = 2000
	// keptYears is how long a line is known again: as long as books are kept (article
	// L. 123-22 of the code de commerce).
	keptYears = 10
)

// Import reads a CSV file into the books of a territory, for a treasurer: every
// good line becomes an entry as Post would write it, every bad one comes back with
// all that is wrong with it. A line that was imported before, by whoever, is
// unchanged; its second occurrence within one file is another line, but for
// invoices: one is its supplier and its number, and is refused in other words. A dry
// run tells the same and writes nothing. ImportTemplate says what the columns are.
//
// Errors: "funding.file" for a file that cannot be read as a whole (over 1 MiB or
// 2,000 lines, columns missing, …), "territory.unknown", "account.forbidden", or
// the store's; batches done before it stay done, and are unchanged next time.
func (s *Service) Import(ctx context.Context, a account.Actor, q ImportQuery, r io.Reader) (ImportReport, error) {
	if err := s.may(a, account.KeepBooks, q.Territory); err != nil {
		return ImportReport{}, err
	}
	in, err := s.importing(ctx, a, q)
	if err != nil {
		return ImportReport{}, err
	}
	rows, err := in.read(r)
	if err != nil {
		return ImportReport{}, err
	}
	for some := range slices.Chunk(rows, importBatch) {
		if err := in.some(ctx, some); err != nil {
			return in.report, err
		}
	}
	sheet.Sort(in.report.Problems)
	if len(in.report.Problems) > maxProblems {
		in.report.Problems = slices.CompactFunc(in.report.Problems, func(a, b sheet.Problem) bool { return a.Line == b.Line })
	}
	return in.report, nil
}

// importing is one import under way.
type importing struct {
	*Service
	ImportQuery

	by       account.Actor
	years    []FiscalYear
	contract Contract
	schedule Schedule
	bound    bool                     // there is a contract whose schedule is known
	people   []directory.Practitioner // for attendance alone

	seen   map[string]int // lines of the file so far, by what identifies them
	trial  *trial         // of a dry run, nil else
	report ImportReport
}

func (s *Service) importing(ctx context.Context, a account.Actor, q ImportQuery) (*importing, error) {
	in := &importing{Service: s, ImportQuery: q, by: a, seen: map[string]int{}}
	if q.DryRun {
		in.trial = newTrial()
	}
	var err error
	if in.years, err = s.Store.FiscalYears(ctx, q.Territory); err != nil {
		return nil, err
	}
	if q.Kind == ImportAttendance {
		if in.people, err = s.People.Practitioners(ctx, q.Territory); err != nil {
			return nil, err
		}
	}
	in.contract, in.schedule, err = s.contracted(ctx, q.Territory)
	if uncontracted(err) {
		return in, nil
	}
	in.bound = err == nil
	return in, err
}

// importRow is a good line of a file: the entry that it stands for, the key under
// which it is known again, and a digest of all that it says.
type importRow struct {
	line       int
	draft      Draft
	key, words string
}

// row notes a line that reads well. Lines of the same identity are told apart by
// their place among them, since a bank has two equal movements on a day. A supplier
// gives a number to one invoice.
func (in *importing) row(l *sheet.Line, d Draft, identity []string) importRow {
	id := digest([]any{in.Kind, identity})
	if in.seen[id]++; in.Kind == ImportInvoices {
		in.seen[id] = 1
	}
	return importRow{line: l.Number, draft: d, key: digest([]string{id, strconv.Itoa(in.seen[id])}), words: digest([]any{in.Kind, d.said()})}
}

// said is what a line says by itself: not the contract that it was found to be of.
func (d Draft) said() Draft {
	d.Lines = slices.Clone(d.Lines)
	for i := range d.Lines {
		d.Lines[i].Contract, d.Lines[i].Year = "", 0
	}
	return d
}

// some imports a batch in one transaction. What the books refuse of a line leaves
// nothing of it, so that the others go on.
func (in *importing) some(ctx context.Context, rows []importRow) error {
	var done ImportReport
	var tried *trial
	err := in.Store.InTx(ctx, func(ctx context.Context, tx Tx) error {
		done = ImportReport{} // the transaction may be tried again
		if tried = in.trial.clone(); tried != nil {
			tx = tried.over(tx)
		}
		if _, err := tx.Head(ctx, in.Territory); err != nil { // before any key: two imports wait for each other once
			return err
		}
		for _, one := range rows {
			made, err := in.enter(ctx, tx, one)
			switch problems := in.refusals(one.line, err); {
			case len(problems) > 0:
				done.Problems = append(done.Problems, problems...)
			case err != nil:
				return err
			case made:
				done.Created++
			default:
				done.Unchanged++
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	in.trial = tried
	in.report.Created += done.Created
	in.report.Unchanged += done.Unchanged
	in.report.Problems = append(in.report.Problems, done.Problems...)
	return nil
}

// enter writes a line's entry, unless the same line came before.
func (in *importing) enter(ctx context.Context, tx Tx, one importRow) (made bool, err error) {
	who := "import:" + in.Territory
	before, err := tx.Remembered(ctx, who, one.key, one.words)
	if err != nil || before != "" {
		return false, err
	}
	d, now := one.draft, in.Now()
	e := Entry{Territory: in.Territory, Journal: d.Journal, On: d.On, Label: d.Label, Piece: d.Piece, PieceOn: d.PieceOn, Lines: d.Lines, By: in.by.ID}
	if e, err = in.audited(ctx, tx, in.by, "funding.entry.import", e, now); err != nil {
		return false, err
	}
	return true, tx.Remember(ctx, who, one.key, one.words, e.ID, until(now))
}

// until is the time that answers are forgotten by: keys of imported lines are kept
// as if they were given then.
func until(now time.Time) time.Time { return now.AddDate(keptYears, 0, 0) }

// importColumns are the columns of a file by the fields of an entry.
var importColumns = map[string]string{"on": columnDate, "label": columnLabel, "piece": columnPiece, "pieceOn": columnPiece}

// refusedIn are the columns of what the books refuse as a whole.
var refusedIn = map[string]string{
	ErrNoYear.Reason: columnDate, ErrYearClosed.Reason: columnDate, ErrEarmarked.Reason: columnEnvelope, ErrCap.Reason: columnPerson,
}

var (
	errOtherwise = fault.New(fault.Conflict, "funding.imported_otherwise",
		"Cette ligne a déjà été importée avec un autre compte, une autre enveloppe ou une autre pièce : contre-passez l’écriture et saisissez-la à la main.")
	errInvoiceKnown = fault.New(fault.Conflict, "funding.invoice_known",
		"Cette facture de ce fournisseur est déjà saisie, autrement : si elle était fausse, contre-passez l’écriture et saisissez-la à la main.")
)

// refusals says what the books refuse of a line; nothing for other errors.
func (in *importing) refusals(line int, err error) (problems []sheet.Problem) {
	var f *fault.Error
	if !errors.As(err, &f) || f.Kind != fault.Invalid && f.Kind != fault.Conflict {
		return nil
	}
	switch {
	case f.Reason == keyReused && in.Kind == ImportInvoices:
		return []sheet.Problem{sheet.ProblemOf(line, columnNumber, errInvoiceKnown)}
	case f.Reason == keyReused:
		return []sheet.Problem{sheet.ProblemOf(line, "", errOtherwise)}
	}
	for _, field := range f.Fields {
		problems = append(problems, sheet.Problem{Line: line, Column: importColumns[field.Name], Reason: field.Reason, Message: field.Message})
	}
	if len(problems) == 0 {
		problems = append(problems, sheet.ProblemOf(line, refusedIn[f.Reason], f))
	}
	return problems
}
