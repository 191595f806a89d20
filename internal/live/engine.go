package live

import (
	"context"
	"time"

	"github.com/relais-snp/relais/internal/agenda"
	"github.com/relais-snp/relais/internal/regulation"
)

// Position is how far a territory's sequence has come.
type Position = regulation.Position

// Event is one change: the whole new state of one slot.
type Event struct {
	Territory string
	Position  Position
	State     regulation.SlotState
}

// Snapshot is every slot of a territory at one position.
type Snapshot struct {
	Territory string
	Position  Position
	States    []regulation.SlotState
}

// Signal is something ephemeral for consoles that is not a change of a slot:
// presence or a notice. It carries ids only.
type Signal struct {
	Territory string             `json:"territory"`
	Notice    *regulation.Notice `json:"notice,omitempty"`
	Focus     *Focus             `json:"focus,omitempty"`
}

// Focus is what a colleague looks at; Slot "" means nothing any more.
type Focus struct {
	Holder string `json:"holder"` // account id
	By     string `json:"by"`     // display name
	Slot   string `json:"slot"`
}

// Sink receives what happens in a territory. Its functions are called one at a
// time, must not block and must not call the engine.
type Sink struct {
	Event  func(Event)
	Signal func(Signal)
	// Broken says that events may have been missed: look at the position. It is
	// also called once when the subscription has begun, for the same reason.
	Broken func()
}

// Engine keeps the present of every territory. Methods answer
// regulation.ErrEngineAway when the engine cannot be asked, or when a
// territory is not ready (lost, or being rebuilt).
type Engine interface {
	regulation.Present
	agenda.Present

	// Apply brings slots to their records. Older or equal revisions change
	// nothing and make no event; a changed slot makes one event. It also works
	// on a territory that is being rebuilt, where nothing makes events.
	Apply(ctx context.Context, territory string, records ...agenda.Record) error
	// Slots returns the slots of a territory inside the engine's window, in no
	// order.
	Slots(ctx context.Context, territory string) ([]regulation.SlotState, error)
	// Slot returns one slot; regulation.ErrOutsideWindow when the engine does not
	// carry it.
	Slot(ctx context.Context, territory, slot string) (regulation.SlotState, error)
	// Position returns where the territory stands.
	Position(ctx context.Context, territory string) (Position, error)
	// Positions returns where the territories stand, all asked at once; one that
	// is away is left out. An error means that none could be asked.
	Positions(ctx context.Context, territories ...string) (map[string]Position, error)
	// Snapshot returns all slots at one position.
	Snapshot(ctx context.Context, territory string) (Snapshot, error)
	// Since returns the events after from, in order and without gap, or
	// ok=false when they are no longer known or the epoch is another.
	Since(ctx context.Context, territory string, from Position) (events []Event, ok bool, err error)
	// Begin empties a territory under a new epoch. It stays unready for
	// everything but Apply until Ready is called with that epoch. Fences go on
	// rising over those of earlier epochs, and over the given one: what an engine
	// that was lost gave out when the clock stood later, the engine cannot know.
	//
	// It does so whatever stands there; keepers call Claim.
	Begin(ctx context.Context, territory string, now time.Time, over int64) (epoch string, err error)
	// Claim begins a territory that needs a rebuild at that moment, by the rule of
	// Lost. ok is false, and nothing is changed, when it does not: somebody else
	// has opened it since Lost was asked, or is at it.
	Claim(ctx context.Context, territory string, now time.Time, over int64) (epoch string, ok bool, err error)
	// Renew says that the rebuild of an epoch goes on, for those who ask Lost or
	// Claim; ok is false when another Begin came in between. Apply does not say
	// so, as relays apply too.
	Renew(ctx context.Context, territory, epoch string, now time.Time) (ok bool, err error)
	// Ready opens a territory filled since Begin; ok is false when another
	// Begin came in between.
	Ready(ctx context.Context, territory, epoch string) (ok bool, err error)
	// Lost lists which of the territories need a rebuild: never begun, flushed,
	// or served by a store whose continuity cannot be proved. One that somebody
	// began or renewed in the last seconds is not listed: it is being rebuilt. When some
	// cannot be asked it returns an error, and those among the others.
	Lost(ctx context.Context, territories ...string) ([]string, error)
	// Expire ends the holds whose time has come and returns how many. Calls
	// that carry a time do the same first, so no expired hold is ever honoured.
	Expire(ctx context.Context, territory string, now time.Time) (int, error)
	// Due lists which of the territories have a hold whose time has come, for
	// Expire to end. When some cannot be asked it returns an error, and those
	// among the others. It changes nothing.
	Due(ctx context.Context, now time.Time, territories ...string) ([]string, error)
	// Trim forgets slots that ended before the given time, without events.
	Trim(ctx context.Context, territory string, before time.Time) error
	// Subscribe brings the territory's events and signals to the sink until
	// cancel is called.
	Subscribe(territory string, sink Sink) (cancel func())
	// Signal sends a signal to every sink of its territory, best effort, also
	// in other processes.
	Signal(ctx context.Context, s Signal)
	// Ping reports whether the engine answers, for some territories at least.
	Ping(ctx context.Context) error
}
