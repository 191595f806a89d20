package funding

import (
	"context"
	"time"

	"github.com/relais-snp/relais/internal/audit"
	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/territory"
)

// Store is what the books need of the record.
type Store interface {
	// InTx runs fn in one transaction and retries the whole of it on a
	// serialisation failure or a busy database, and only then.
	InTx(ctx context.Context, fn func(ctx context.Context, tx Tx) error) error
	// Entry returns ErrEntryUnknown.
	Entry(ctx context.Context, id string) (Entry, error)
	// Entries lists a page by number.
	Entries(ctx context.Context, q EntryQuery) ([]Entry, error)
	// Balances lists what the entries of a fiscal year add up to by account, by
	// number, as kept beside them.
	Balances(ctx context.Context, territory string, year int) ([]AccountTotal, error)
	// Standings lists what stands about envelopes and people.
	Standings(ctx context.Context, territory string) ([]Movement, error)
	FiscalYears(ctx context.Context, territory string) ([]FiscalYear, error) // by year
	// Expectations lists a page by day and id.
	Expectations(ctx context.Context, q ExpectationQuery) ([]Expectation, error)
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
	// ReversalOf returns the id of the entry that reverses one, "" for none.
	ReversalOf(ctx context.Context, id string) (string, error)
	// Standing returns what stands about the envelope or the person that a
	// movement names, zero amounts when nothing does; SaveStanding writes it.
	Standing(ctx context.Context, territory string, of Movement) (Movement, error)
	SaveStanding(ctx context.Context, territory string, m Movement) error
	// FiscalYear returns the one that holds a day; ErrNoYear.
	FiscalYear(ctx context.Context, territory string, day civil.Date) (FiscalYear, error)
	// SaveFiscalYear inserts or writes a year; ErrYearOverlaps.
	SaveFiscalYear(ctx context.Context, y FiscalYear) error
	// Expectation locks and returns one; ErrExpectationUnknown.
	Expectation(ctx context.Context, id string) (Expectation, error)
	// AddExpectation inserts one, or returns the one of its key that is there,
	// and whether it was added.
	AddExpectation(ctx context.Context, x Expectation) (kept Expectation, added bool, err error)
	SaveExpectation(ctx context.Context, x Expectation) error // received and state; raises Revision
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
	Account   string // that a line is on, "" for all
	After     int64  // number where the page before ended
	Limit     int
}

// ExpectationQuery selects expected money of a territory.
type ExpectationQuery struct {
	Territory string
	States    []ExpectationState // none for all
	AfterOn   civil.Date
	AfterID   string
	Limit     int
}

// Territories is how the books find a territory.
type Territories interface {
	// Territory returns a NotFound fault "territory.unknown".
	Territory(id string) (territory.Territory, error)
}
