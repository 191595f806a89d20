package agenda

import (
	"context"
	"time"

	"github.com/relais-snp/relais/internal/audit"
	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/directory"
	"github.com/relais-snp/relais/internal/territory"
)

// Store is what publishing needs of the record.
type Store interface {
	// InTx runs fn in one transaction and retries the whole of it on a
	// serialisation failure or a busy database, and only then.
	InTx(ctx context.Context, fn func(ctx context.Context, tx Tx) error) error
	// Openings lists a practitioner's openings with an occurrence that may
	// start in [from, to), newest first, at most limit.
	Openings(ctx context.Context, practitioner string, from, to time.Time, limit int) ([]Opening, error)
	// DueOpenings lists recurring openings whose MaterialisedTo lies before
	// upTo and not after their end, at most limit.
	DueOpenings(ctx context.Context, upTo civil.Date, limit int) ([]Opening, error)
	// SlotsOf lists the slots of the openings, by start.
	SlotsOf(ctx context.Context, openings ...string) ([]Record, error)
	// Record returns a NotFound fault "agenda.slot_unknown".
	Record(ctx context.Context, slot string) (Record, error)
	// Opening returns a NotFound fault "agenda.opening_unknown".
	Opening(ctx context.Context, id string) (Opening, error)
	// Offered lists the practitioner's slots that start in [from, to) and are
	// not withdrawn, by start; those en sus are left out.
	Offered(ctx context.Context, practitioner string, from, to time.Time) ([]Record, error)
	// Pauses lists the practitioner's pauses with a day in [from, to] that were
	// not ended, by first day.
	Pauses(ctx context.Context, practitioner string, from, to civil.Date) ([]Pause, error)
	// Pause returns a NotFound fault "agenda.pause_unknown".
	Pause(ctx context.Context, id string) (Pause, error)
}

// Tx is one transaction of publishing. Reads of a slot or an opening inside it
// lock what they return until the end.
type Tx interface {
	// Practitioner and Location return a NotFound fault
	// ("directory.practitioner_unknown", "directory.location_unknown").
	// Practitioner locks what it returns, so that two publications of one
	// practitioner wait for each other and cannot overlap.
	Practitioner(ctx context.Context, id string) (directory.Practitioner, error)
	Location(ctx context.Context, id string) (directory.Location, error)
	// Opening returns a NotFound fault "agenda.opening_unknown".
	Opening(ctx context.Context, id string) (Opening, error)
	SaveOpening(ctx context.Context, o Opening) error
	// Recurring returns the practitioner's recurrences with a day at or after
	// from, by id.
	Recurring(ctx context.Context, practitioner string, from civil.Date) ([]Opening, error)
	// OpeningsNamed reads openings without locking them, in no order.
	OpeningsNamed(ctx context.Context, ids ...string) ([]Opening, error)
	// Offered is Store.Offered.
	Offered(ctx context.Context, practitioner string, from, to time.Time) ([]Record, error)
	// TakenBy returns the slots that WithdrawnBy names and that start at or
	// after from, by start.
	TakenBy(ctx context.Context, pause string, from time.Time) ([]Record, error)
	// Pause returns a NotFound fault "agenda.pause_unknown".
	Pause(ctx context.Context, id string) (Pause, error)
	// Pauses is Store.Pauses. Whoever decides by them has called Practitioner.
	Pauses(ctx context.Context, practitioner string, from, to civil.Date) ([]Pause, error)
	SavePause(ctx context.Context, p Pause) error
	// Record returns a NotFound fault "agenda.slot_unknown".
	Record(ctx context.Context, slot string) (Record, error)
	// RecordsOf returns the slots of an opening that start at or after from.
	RecordsOf(ctx context.Context, opening string, from time.Time) ([]Record, error)
	// Overlapping returns the practitioner's slots that overlap [from, to), by
	// start; withdrawn ones without a booked seat are left out, and those en sus.
	Overlapping(ctx context.Context, practitioner string, from, to time.Time) ([]Slot, error)
	// AddSlots inserts slots with revision 1; a slot whose opening and start
	// already exist is left as it is and not returned.
	AddSlots(ctx context.Context, slots []Slot) ([]Slot, error)
	// SaveSlot writes the slot's withdrawal, modality and audience, raises its
	// revision by one and returns its new record.
	SaveSlot(ctx context.Context, s Slot) (Record, error)
	// Announce writes records into the outbox.
	Announce(ctx context.Context, records ...Record) ([]Announcement, error)
	Audit(ctx context.Context, e audit.Entry) error
	// Remembered returns what an earlier request with this key made, "" when
	// there is none, or a Conflict fault "request.key_reused" when that
	// request had another digest.
	Remembered(ctx context.Context, actor, key, digest string) (made string, err error)
	Remember(ctx context.Context, actor, key, digest, made string, at time.Time) error
}

// Present is what publishing needs of the live engine.
type Present interface {
	// Guard refuses new holds on a slot until the given time or the slot's
	// next record, whichever comes first. It returns a Conflict fault
	// "agenda.slot_held" with HeldDetail when somebody holds a seat now.
	// A slot that the engine does not carry is no error. An engine that is
	// away answers with an Unavailable fault.
	Guard(ctx context.Context, territory, slot string, until time.Time) error
}

// Deliverer hands committed records to the live engine at once. What it cannot
// deliver stays in the outbox, so it reports nothing back.
type Deliverer interface {
	Deliver(ctx context.Context, announcements ...Announcement)
}

// HeldDetail says who holds a seat, in the fault of a refused change.
type HeldDetail struct {
	By     string // display name
	Holder string // account id
	Until  time.Time
}

// Territories is how publishing finds a territory and its zone.
type Territories interface {
	// Territory returns a NotFound fault "territory.unknown".
	Territory(id string) (territory.Territory, error)
}
