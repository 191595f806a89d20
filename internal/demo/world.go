package demo

import (
	"context"
	"math/rand/v2"
	"sync/atomic"
	"time"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/agenda"
	"github.com/relais-snp/relais/internal/attribution"
	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/directory"
	"github.com/relais-snp/relais/internal/funding"
	"github.com/relais-snp/relais/internal/indicator"
	"github.com/relais-snp/relais/internal/regulation"
	"github.com/relais-snp/relais/internal/territory"
)

// World is the service as a demo uses it: the doors that people use.
type World struct {
	Territory   territory.Territory
	Neighbour   territory.Territory // a second one for the regulation centre; zero when the service has none
	Directory   directory.Store
	Accounts    Accounts
	Openings    Openings
	Regulation  Regulation
	Record      Record
	Attribution Attribution
	Figures     Figures
	Books       Books
	Missions    Missions
	ChainAudit  func(ctx context.Context) error // what was written so far
	Now         func() time.Time
	NewID       func() string
}

// Accounts is how the demo's accounts are made.
type Accounts interface {
	Add(ctx context.Context, by string, n account.NewPerson) (account.Person, error)
	List(ctx context.Context) ([]account.Person, error)
}

// Openings is publishing, as agenda.Service does it.
type Openings interface {
	Publish(ctx context.Context, a account.Actor, d agenda.Draft, key string) (agenda.Opening, []agenda.Record, error)
	Pause(ctx context.Context, a account.Actor, practitioner string, from, to civil.Date) (agenda.Pause, []agenda.Kept, error)
}

// Regulation is regulating, as regulation.Service does it.
type Regulation interface {
	OpenCase(ctx context.Context, a account.Actor, d regulation.CaseDraft) (regulation.Case, error)
	CloseCase(ctx context.Context, a account.Actor, id string, end regulation.Closing) (regulation.Case, error)
	Slots(ctx context.Context, a account.Actor, q regulation.BoardQuery) (regulation.Board, error)
	Hold(ctx context.Context, a account.Actor, slot, caseID string) (regulation.Hold, error)
	Release(ctx context.Context, a account.Actor, token string) error
	Book(ctx context.Context, a account.Actor, r regulation.BookRequest) (regulation.Booking, error)
	Cancel(ctx context.Context, a account.Actor, id string, by regulation.CancelledBy, reason string) (regulation.Booking, error)
	Tell(ctx context.Context, a account.Actor, id string, outcome regulation.BookingState) (regulation.Booking, error)
	SetExtras(ctx context.Context, a account.Actor, accepts bool, until time.Time) (regulation.Extras, error)
	Solicit(ctx context.Context, a account.Actor, r regulation.SolicitRequest) (regulation.Solicitation, error)
	Accept(ctx context.Context, a account.Actor, r regulation.Acceptance) (regulation.Booking, error)
}

// Attribution is finding a médecin traitant, as attribution.Service does it.
type Attribution interface {
	Report(ctx context.Context, a account.Actor, d attribution.Draft, key string) (attribution.Request, error)
	Change(ctx context.Context, a account.Actor, id string, d attribution.Draft) (attribution.Request, error)
	Step(ctx context.Context, a account.Actor, id string, s attribution.Step) (attribution.Request, error)
	Declare(ctx context.Context, a account.Actor, d attribution.Declaration) (attribution.Declaration, error)
	Compute(ctx context.Context, a account.Actor, territory string) (attribution.PlanView, error)
	Choices(ctx context.Context, a account.Actor, request string) ([]attribution.Choice, error)
	Send(ctx context.Context, a account.Actor, s attribution.Sending) ([]attribution.Sent, error)
	Answer(ctx context.Context, a account.Actor, id string, w attribution.Answer) (attribution.OfferView, error)
	Expire(ctx context.Context) error
}

// Figures is entering figures of the caisse, as indicator.Service does it.
type Figures interface {
	DeclareFigure(ctx context.Context, a account.Actor, d indicator.Declared) (indicator.Declared, error)
}

// Books are the contract and its money, as funding.Service keeps them.
type Books interface {
	SetContract(ctx context.Context, a account.Actor, c funding.Contract) (funding.Contract, error)
	Calendar(ctx context.Context, a account.Actor, territory string) ([]funding.Due, []funding.Deadline, error)
	Decide(ctx context.Context, a account.Actor, d funding.Decision) (funding.Decision, error)
	Expectations(ctx context.Context, a account.Actor, q funding.ExpectationQuery) ([]funding.Expectation, error)
	ReceiveSum(ctx context.Context, a account.Actor, id string, r funding.Receipt, key string) (funding.Entry, error)
	ReconcileMajorations(ctx context.Context) error
	Post(ctx context.Context, a account.Actor, d funding.Draft, key string) (funding.Entry, error)
	Reverse(ctx context.Context, a account.Actor, id string, on civil.Date, label, key string) (funding.Entry, error)
	SaveBudgetLine(ctx context.Context, a account.Actor, l funding.BudgetLine) (funding.BudgetLine, error)
	OpenYear(ctx context.Context, a account.Actor, territory string, first, last civil.Date) (funding.FiscalYear, error)
	YearEnd(ctx context.Context, a account.Actor, territory string, year int) ([]funding.YearEndEntry, error)
	CloseYear(ctx context.Context, a account.Actor, territory string, day civil.Date) (funding.FiscalYear, error)
}

// Missions are the indicators of the contract, as indicator.Missions keeps them.
type Missions interface {
	AddObjective(ctx context.Context, a account.Actor, o indicator.Objective) (indicator.Progress, error)
	AddEvidence(ctx context.Context, a account.Actor, territory, name string, content []byte) (indicator.Evidence, error)
	Observe(ctx context.Context, a account.Actor, id string, o indicator.Observation, key string) (indicator.Progress, error)
	Freeze(ctx context.Context, a account.Actor, territory string, year int) (indicator.FrozenYear, error)
}

// Record is where a season's moments of proposal and hold are written: they
// come from a live engine and a console, which a past does not have.
type Record interface {
	InTx(ctx context.Context, fn func(ctx context.Context, tx regulation.Tx) error) error
}

// Clock is a clock that is set by hand: the past is lived at its own time.
type Clock struct{ at atomic.Pointer[time.Time] }

// Now returns what the clock was set to.
func (c *Clock) Now() time.Time { return *c.at.Load() }

// Set puts the clock to t, in either direction.
func (c *Clock) Set(t time.Time) { t = t.UTC().Truncate(time.Microsecond); c.at.Store(&t) }

// dice are the demo's chances: the same seed gives the same season.
func dice(seed uint64) *rand.Rand { return rand.New(rand.NewPCG(seed, 0x52454c414953)) }
