package regulation

import (
	"context"
	"time"

	"github.com/relais-snp/relais/internal/agenda"
	"github.com/relais-snp/relais/internal/audit"
	"github.com/relais-snp/relais/internal/territory"
)

// Store is what regulation needs of the record.
type Store interface {
	SolicitationStore
	// InTx runs fn in one transaction and retries the whole of it on a
	// serialisation failure or a busy database, and only then.
	InTx(ctx context.Context, fn func(ctx context.Context, tx Tx) error) error
	// Records lists the slots of a territory that start in [from, to), by
	// start and id, after the given key, at most limit.
	Records(ctx context.Context, q SlotQuery) ([]agenda.Record, error)
	// Record returns ErrSlotUnknown.
	Record(ctx context.Context, slot string) (agenda.Record, error)
	// Booking returns ErrBookingUnknown.
	Booking(ctx context.Context, id string) (Booking, error)
	// Bookings lists bookings of a practitioner by start and id.
	Bookings(ctx context.Context, q BookingQuery) ([]Booking, error)
	// Case returns ErrCaseUnknown.
	Case(ctx context.Context, id string) (Case, error)
	// Cases lists the cases of a territory, newest first.
	Cases(ctx context.Context, q CaseQuery) ([]Case, error)
}

// SlotQuery selects slots for a board.
type SlotQuery struct {
	Territory    string
	From, To     time.Time
	Practitioner string // "" for all
	After        Key    // zero for the first page
	Limit        int
}

// BookingQuery selects bookings. One of Practitioner and BookedBy may be "".
type BookingQuery struct {
	Territory    string
	Practitioner string
	BookedBy     string
	From, To     time.Time // of the slot's start
	After        Key
	Limit        int
}

// CaseQuery selects cases.
type CaseQuery struct {
	Territory string
	OpenOnly  bool
	OpenedBy  string // "" for all
	After     Key    // At is OpenedAt; newest first
	Limit     int
}

// Key is where a page ended: the time it is sorted by and the id that breaks
// ties.
type Key struct {
	At time.Time
	ID string
}

// Tx is one transaction of regulation.
type Tx interface {
	SolicitationTx
	// LockSlot returns the slot's record and keeps others from booking it
	// until the end of the transaction; ErrSlotUnknown.
	LockSlot(ctx context.Context, slot string) (agenda.Record, error)
	// Touch raises the slot's revision by one and returns its record as it
	// now stands, bookings of this transaction included.
	Touch(ctx context.Context, slot string) (agenda.Record, error)
	// NoteHold keeps that a seat was held, until over at the latest. Those that
	// no booking used are what indicators call held then lost.
	NoteHold(ctx context.Context, slot string, fence int64, over time.Time) error
	// LastFence returns the highest fence ever used on a seat, 0 for none.
	LastFence(ctx context.Context, slot string, seat int) (int64, error)
	// AddBooking inserts a booking; ErrSlotTaken when the seat has a live one.
	AddBooking(ctx context.Context, b Booking) error
	// Booking locks and returns a booking; ErrBookingUnknown.
	Booking(ctx context.Context, id string) (Booking, error)
	// SaveBooking writes state, outcome and cancellation, and raises Revision.
	SaveBooking(ctx context.Context, b Booking) error
	// LiveBookingsNamed returns the live bookings in the territories that start
	// in [from, to) and whose patient has this normalised name; it is the
	// superset on which SamePatient decides.
	LiveBookingsNamed(ctx context.Context, territories []string, p Patient, from, to time.Time) ([]Booking, error)
	Case(ctx context.Context, id string) (Case, error) // locks; ErrCaseUnknown
	SaveCase(ctx context.Context, c Case) error
	// EndCase is SaveCase of a locked case that ends. It returns the id of the
	// solicitation that waits for it, "" for none: most have none, and the answer
	// costs no look of its own.
	EndCase(ctx context.Context, c Case) (waiting string, err error)
	// NoteEffort keeps what a case asked of its regulator; a repetition replaces.
	NoteEffort(ctx context.Context, id string, e Effort) error
	Announce(ctx context.Context, records ...agenda.Record) ([]agenda.Announcement, error)
	Audit(ctx context.Context, e audit.Entry) error
	// AuditAll is Audit of many in as few statements as the record can: a page
	// of patients is read every half minute by every console.
	AuditAll(ctx context.Context, entries []audit.Entry) error
	// Remembered and Remember keep idempotent answers, as in agenda.Tx.
	Remembered(ctx context.Context, actor, key, digest string) (made string, err error)
	Remember(ctx context.Context, actor, key, digest, made string, at time.Time) error
}

// Present is what regulation needs of the live engine. Every method answers
// ErrEngineAway when the engine cannot be asked.
type Present interface {
	// Hold takes the lowest free seat. ErrSlotTaken (with agenda.HeldDetail
	// when a seat is held), ErrSeatWithdrawn, ErrSlotPast, ErrHoldLimit, or
	// ErrOutsideWindow when the engine does not carry the slot. Repeating a
	// request with the same token returns the same hold.
	Hold(ctx context.Context, r HoldRequest) (Hold, error)
	// Extend puts the end of the caller's hold off by more, once. The same
	// call of the same moment is the same extension. ErrHoldUnknown for a token
	// that is forged or another's, ErrHoldExpired, ErrHoldExtended.
	Extend(ctx context.Context, token, by string, now time.Time, more time.Duration) (Hold, error)
	// Release frees the seat. Releasing twice, or after expiry, is no error;
	// somebody else's token is ErrHoldUnknown.
	Release(ctx context.Context, token, by string, now time.Time) error
	// Pin keeps a live hold from expiring before until, so that SQL can work.
	// ErrHoldUnknown, ErrHoldExpired; ErrHoldSuperseded when another hold or
	// booking has the seat since.
	Pin(ctx context.Context, token, by string, now, until time.Time) (Hold, error)
	// Unpin gives a pinned hold its own expiry back after a refused booking.
	Unpin(ctx context.Context, token, by string) error
}

// Boards is how regulation sees the present of a territory.
type Boards interface {
	// Look shows the slots that the engine carries, as they stand: every change
	// that was acknowledged before the call is among them. The supply is see's
	// alone, until it returns. Look answers where the supply stood, or
	// ErrEngineAway without calling see.
	Look(ctx context.Context, territory string, see func(*Supply)) (Position, error)
}

// Notice tells one person or practitioner of something that concerns them. It
// carries ids only.
type Notice struct {
	Territory    string
	Account      string // the person, or
	Practitioner string // the practitioner's own accounts
	Kind         NoticeKind
	Slot         string
	Booking      string
	Case         string
	Solicitation string
	// Offer and Request are of attribution, whose notices travel the same way.
	Offer, Request string
}

// NoticeKind says what happened.
type NoticeKind string

// The kinds of notice.
const (
	NoticeBooked           NoticeKind = "booked"            // to the GP
	NoticeBookingCancelled NoticeKind = "booking_cancelled" // to the GP or to who booked
	NoticeCaseReopened     NoticeKind = "case_reopened"     // to who opened the case

	NoticeSolicitationAsked    NoticeKind = "solicitation_asked"    // to each GP who is asked
	NoticeSolicitationSettled  NoticeKind = "solicitation_settled"  // to those asked who did not get it
	NoticeSolicitationAccepted NoticeKind = "solicitation_accepted" // to who asked
	NoticeSolicitationExpired  NoticeKind = "solicitation_expired"  // to who asked: nobody took it
)

// Notifier sends notices, best effort.
type Notifier interface {
	Notify(ctx context.Context, n Notice)
}

// People is how regulation knows who works where.
type People interface {
	// Ground returns the directory of a territory as ranking reads it, the same
	// one as long as nothing in it changes. It may lag by two seconds behind
	// what another process wrote.
	Ground(ctx context.Context, territory string) (*Ground, error)
}

// Territories is how regulation finds a territory.
type Territories interface {
	// Territory returns a NotFound fault "territory.unknown".
	Territory(id string) (territory.Territory, error)
}
