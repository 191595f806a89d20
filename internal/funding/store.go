package funding

import (
	"context"
	"time"

	"github.com/relais-snp/relais/internal/audit"
	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/directory"
	"github.com/relais-snp/relais/internal/territory"
)

// Store is what the books need of the record.
type Store interface {
	// InTx runs fn in one transaction and retries the whole of it on a
	// serialisation failure or a busy database, and only then.
	InTx(ctx context.Context, fn func(ctx context.Context, tx Tx) error) error
	// Entry returns ErrEntryUnknown.
	Entry(ctx context.Context, id string) (Entry, error)
	// Entries lists a page by number, from the first or from the last.
	Entries(ctx context.Context, q EntryQuery) ([]Entry, error)
	// Reversals tells which entry of a territory reversed each of those that were, by id.
	Reversals(ctx context.Context, territory string, ids []string) (map[string]string, error)
	// Balances lists what the entries of a fiscal year add up to by account, by
	// number, as kept beside them.
	Balances(ctx context.Context, territory string, year int) ([]AccountTotal, error)
	// Standings lists what stands about envelopes and people.
	Standings(ctx context.Context, territory string) ([]Movement, error)
	FiscalYears(ctx context.Context, territory string) ([]FiscalYear, error) // by year
	// Expectations lists a page by day and id.
	Expectations(ctx context.Context, q ExpectationQuery) ([]Expectation, error)

	// Contract returns the territory's, and false when none was entered.
	Contract(ctx context.Context, territory string) (Contract, bool, error)
	Decisions(ctx context.Context, territory string) ([]Decision, error) // by year and mission
	// BudgetLines lists those of a fiscal year by budget, label and id, without Spent.
	BudgetLines(ctx context.Context, territory string, year int) ([]BudgetLine, error)
	// Expenses lists what the fiscal year's entries spent, by account and dimensions.
	Expenses(ctx context.Context, territory string, year int) ([]Expense, error)
	// Acts lists the appointments of a territory that start in [from, to) and were
	// honoured, by practitioner, start and booking.
	Acts(ctx context.Context, territory string, from, to time.Time) ([]Act, error)
	// Act returns the honoured appointment of a booking; ErrActUnknown.
	Act(ctx context.Context, booking string) (Act, error)
}

// Tx is one transaction of the books.
type Tx interface {
	// Head locks the books of a territory until the end and returns where their
	// chain ends: number 0 and a zero hash when nothing was written yet.
	Head(ctx context.Context, territory string) (Head, error)
	// AddEntry inserts a sealed entry that follows the head, its lines, and what
	// they change in the balances. The record refuses every change of it later.
	// ErrReversed when it reverses one that was reversed.
	AddEntry(ctx context.Context, e Entry) error
	Entry(ctx context.Context, id string) (Entry, error) // ErrEntryUnknown
	// Pieced lists the entries of a territory with a piece, by number, without their lines.
	Pieced(ctx context.Context, territory, piece string) ([]Entry, error)
	// ReversalOf returns the id of the entry that reverses one, "" for none.
	ReversalOf(ctx context.Context, id string) (string, error)
	// Standing returns what stands about the envelope or the person that a
	// movement names, zero amounts when nothing does; SaveStanding writes it.
	Standing(ctx context.Context, territory string, of Movement) (Movement, error)
	SaveStanding(ctx context.Context, territory string, m Movement) error
	FiscalYears(ctx context.Context, territory string) ([]FiscalYear, error) // by year
	// FiscalYear returns the one that holds a day; ErrNoYear.
	FiscalYear(ctx context.Context, territory string, day civil.Date) (FiscalYear, error)
	// SaveFiscalYear inserts a year, or closes it; ErrYearOverlaps, ErrYearTwice.
	SaveFiscalYear(ctx context.Context, y FiscalYear) error
	// Expectation locks and returns one; ErrExpectationUnknown.
	Expectation(ctx context.Context, id string) (Expectation, error)
	// AddExpectation inserts one, or returns the one of its key that is there,
	// and whether it was added.
	AddExpectation(ctx context.Context, x Expectation) (kept Expectation, added bool, err error)
	// SaveExpectation writes day, amount, received and state, and raises Revision.
	SaveExpectation(ctx context.Context, x Expectation) error
	// ExpectationsKeyed locks and returns those of a territory whose key begins with
	// prefix, by key.
	ExpectationsKeyed(ctx context.Context, territory, prefix string) ([]Expectation, error)

	// Contract locks and returns the territory's, and false when there is none.
	Contract(ctx context.Context, territory string) (Contract, bool, error)
	SaveContract(ctx context.Context, c Contract) error
	SaveDecision(ctx context.Context, d Decision) error // one of the same mission and year is replaced
	// BudgetLine returns ErrBudgetUnknown.
	BudgetLine(ctx context.Context, id string) (BudgetLine, error)
	BudgetLines(ctx context.Context, territory string, year int) ([]BudgetLine, error)
	SaveBudgetLine(ctx context.Context, l BudgetLine) error
	DeleteBudgetLine(ctx context.Context, id string) error
	Audit(ctx context.Context, e audit.Entry) error
	// Remembered and Remember keep idempotent answers, as in agenda.Tx.
	Remembered(ctx context.Context, actor, key, digest string) (made string, err error)
	Remember(ctx context.Context, actor, key, digest, made string, at time.Time) error
}

// Head is where the chain of a territory's books ends.
type Head struct {
	Number int64
	Hash   [32]byte
}

// AccountTotal is what the entries of a fiscal year add up to on one account.
type AccountTotal struct {
	Account       string
	Debit, Credit Cents
}

// Expense is what the lines of expense accounts with the same dimensions add up to.
type Expense struct {
	Account string
	Dimensions
	Amount Cents // debits less credits
}

// FiscalYear is the period that entries are counted in, a civil year as a rule.
type FiscalYear struct {
	Territory   string
	Year        int // that it begins in
	First, Last civil.Date
	ClosedAt    time.Time // zero while entries may be written
	ClosedBy    string    // account id
}

// EntryQuery selects entries of a territory.
type EntryQuery struct {
	Territory string
	Year      int    // fiscal year, 0 for all
	Journal   string // "" for all
	Envelope  string // that a line is about, "" for all
	Account   string // that a line is on, "" for all
	Newest    bool   // from the last number down
	After     int64  // number where the page before ended, 0 for the first page
	Limit     int
	// ByDay lists the entries of Year, whatever else is asked, by day and number;
	// AfterOn is the day where the page before ended, beside After.
	ByDay   bool
	AfterOn civil.Date
}

// ExpectationQuery selects expected money of a territory.
type ExpectationQuery struct {
	Territory string
	States    []ExpectationState // none for all
	Prefix    string             // that keys begin with, "" for all
	Person    string             // "" for all
	AfterOn   civil.Date
	AfterID   string
	Limit     int
}

// People is how the books know who is paid.
type People interface {
	Practitioners(ctx context.Context, territory string) ([]directory.Practitioner, error)
}

// Territories is how the books find a territory.
type Territories interface {
	// Territory returns a NotFound fault "territory.unknown".
	Territory(id string) (territory.Territory, error)
}
