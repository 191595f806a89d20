package web

import (
	"context"
	"io"
	"math/big"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/funding"
	"github.com/relais-snp/relais/internal/indicator"
)

// Contracts is what a CPTS signed, and the money that it makes due.
type Contracts interface {
	Contract(ctx context.Context, a account.Actor, territory string) (funding.Contract, bool, error)
	SetContract(ctx context.Context, a account.Actor, c funding.Contract) (funding.Contract, error)
	Calendar(ctx context.Context, a account.Actor, territory string) ([]funding.Due, []funding.Deadline, error)
	Decide(ctx context.Context, a account.Actor, d funding.Decision) (funding.Decision, error)
	Envelopes(ctx context.Context, a account.Actor, territory string) ([]funding.Envelope, error)
	// Dialogue is what the yearly dialogue is told of a contract year, beyond those who read the books; false without a contract.
	Dialogue(ctx context.Context, a account.Actor, territory string, year int, earned map[string]*big.Rat) (funding.Dialogue, bool, error)
}

// Books is the double-entry books of a CPTS, its expected money and its budget.
type Books interface {
	FiscalYears(ctx context.Context, a account.Actor, territory string) ([]funding.FiscalYear, error)
	OpenYear(ctx context.Context, a account.Actor, territory string, first, last civil.Date) (funding.FiscalYear, error)
	CloseYear(ctx context.Context, a account.Actor, territory string, day civil.Date) (funding.FiscalYear, error)
	YearEnd(ctx context.Context, a account.Actor, territory string, year int) ([]funding.YearEndEntry, error)
	Entries(ctx context.Context, a account.Actor, q funding.EntryQuery) ([]funding.Entry, error)
	Entry(ctx context.Context, a account.Actor, id string) (funding.Entry, error)
	Reversals(ctx context.Context, a account.Actor, entries []funding.Entry) (map[string]string, error)
	Post(ctx context.Context, a account.Actor, d funding.Draft, key string) (funding.Entry, error)
	Reverse(ctx context.Context, a account.Actor, id string, on civil.Date, label, key string) (funding.Entry, error)
	Totals(ctx context.Context, a account.Actor, territory string, year int) ([]funding.AccountTotal, error)
	Expectations(ctx context.Context, a account.Actor, q funding.ExpectationQuery) ([]funding.Expectation, error)
	ReceiveSum(ctx context.Context, a account.Actor, id string, r funding.Receipt, key string) (funding.Entry, error)
	Void(ctx context.Context, a account.Actor, id string) (funding.Expectation, error)
	Standings(ctx context.Context, a account.Actor, territory string) ([]funding.Movement, error)
	Budget(ctx context.Context, a account.Actor, territory string, year int) (lines []funding.BudgetLine, outside funding.Cents, err error)
	SaveBudgetLine(ctx context.Context, a account.Actor, l funding.BudgetLine) (funding.BudgetLine, error)
	DeleteBudgetLine(ctx context.Context, a account.Actor, id string) error
}

// Exchange is files that come into the books, and go out of them.
type Exchange interface {
	Import(ctx context.Context, a account.Actor, q funding.ImportQuery, r io.Reader) (funding.ImportReport, error)
	Export(ctx context.Context, a account.Actor, q funding.ExportQuery) (funding.Export, error)
}

// Certificates is acts that the regulation sent and doctors honoured, without the patient.
type Certificates interface {
	Certificate(ctx context.Context, a account.Actor, booking string) (funding.Certificate, error)
	Certificates(ctx context.Context, a account.Actor, territory, practitioner string, month civil.Date) ([]funding.Certificate, error)
}

// Missions is the indicators of the yearly dialogue: what a CPTS aims at, what was observed, what proves it.
type Missions interface {
	Objectives(ctx context.Context, a account.Actor, territory string) ([]indicator.Progress, error)
	AddObjective(ctx context.Context, a account.Actor, o indicator.Objective) (indicator.Progress, error)
	SetObjective(ctx context.Context, a account.Actor, o indicator.Objective) (indicator.Progress, error)
	DeleteObjective(ctx context.Context, a account.Actor, id string) error
	Observe(ctx context.Context, a account.Actor, id string, o indicator.Observation, key string) (indicator.Progress, error)
	AddEvidence(ctx context.Context, a account.Actor, territory, name string, content []byte) (indicator.Evidence, error)
	EvidenceOf(ctx context.Context, a account.Actor, territory string, hashes ...string) ([]indicator.Evidence, error)
	ReadEvidence(ctx context.Context, a account.Actor, territory, hash string) (indicator.Evidence, []byte, error)
	Freeze(ctx context.Context, a account.Actor, territory string, year int) (indicator.FrozenYear, error)
	Year(ctx context.Context, a account.Actor, territory string, year int) (indicator.FrozenYear, error)
	Years(ctx context.Context, a account.Actor, territory string) ([indicator.Years]*indicator.Period, error)
}

// FundingRules is the dated data of contracts, majorations and accounts.
type FundingRules struct {
	Schedules []funding.Schedule
	Schemes   funding.Schemes
	Charts    funding.Charts
	Caps      funding.Caps
}
