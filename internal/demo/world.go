package demo

import (
	"context"
	"math/rand/v2"
	"sync/atomic"
	"time"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/agenda"
	"github.com/relais-snp/relais/internal/directory"
	"github.com/relais-snp/relais/internal/regulation"
	"github.com/relais-snp/relais/internal/territory"
)

// World is the service as a demo uses it: the doors that people use.
type World struct {
	Territory  territory.Territory
	Directory  directory.Store
	Accounts   Accounts
	Openings   Openings
	Regulation Regulation
	Now        func() time.Time
	NewID      func() string
}

// Accounts is how the demo's accounts are made.
type Accounts interface {
	Add(ctx context.Context, by string, n account.NewPerson) (account.Person, error)
	List(ctx context.Context) ([]account.Person, error)
}

// Openings is publishing, as agenda.Service does it.
type Openings interface {
	Publish(ctx context.Context, a account.Actor, d agenda.Draft, key string) (agenda.Opening, []agenda.Record, error)
}

// Regulation is regulating, as regulation.Service does it.
type Regulation interface {
	OpenCase(ctx context.Context, a account.Actor, d regulation.CaseDraft) (regulation.Case, error)
	CloseCase(ctx context.Context, a account.Actor, id string, end regulation.Closing) (regulation.Case, error)
	Slots(ctx context.Context, a account.Actor, q regulation.BoardQuery) (regulation.Board, error)
	Hold(ctx context.Context, a account.Actor, slot, caseID string) (regulation.Hold, error)
	Release(ctx context.Context, a account.Actor, token string) error
	Book(ctx context.Context, a account.Actor, r regulation.BookRequest) (regulation.Booking, error)
	Tell(ctx context.Context, a account.Actor, id string, outcome regulation.BookingState) (regulation.Booking, error)
}

// Clock is a clock that is set by hand: the past is lived at its own time.
type Clock struct{ at atomic.Pointer[time.Time] }

// Now returns what the clock was set to.
func (c *Clock) Now() time.Time { return *c.at.Load() }

// Set puts the clock to t, in either direction.
func (c *Clock) Set(t time.Time) { t = t.UTC().Truncate(time.Microsecond); c.at.Store(&t) }

// dice are the demo's chances: the same seed gives the same season.
func dice(seed uint64) *rand.Rand { return rand.New(rand.NewPCG(seed, 0x52454c414953)) }
