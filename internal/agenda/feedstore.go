package agenda

import (
	"context"
	"time"

	"github.com/relais-snp/relais/internal/audit"
	"github.com/relais-snp/relais/internal/directory"
)

// FeedStore is what calendar feeds need of the record.
type FeedStore interface {
	// InFeedTx is InTx for feeds.
	InFeedTx(ctx context.Context, fn func(ctx context.Context, tx FeedTx) error) error
	// Feeds lists the feeds that an account created, revoked ones left out,
	// newest first, at most limit.
	Feeds(ctx context.Context, createdBy string, limit int) ([]Feed, error)
	// FeedByHash returns the feed of a token's hash, revoked ones included;
	// a NotFound fault "feed.unknown".
	FeedByHash(ctx context.Context, tokenHash []byte) (Feed, error)
	// FeedMark sums up what the query selects, in one cheap statement.
	FeedMark(ctx context.Context, q FeedQuery) (FeedMark, error)
	// FeedSlots lists what the query selects, by start and id, each slot with
	// all of its bookings, by seat and id.
	FeedSlots(ctx context.Context, q FeedQuery) ([]FeedSlot, error)
	// Practitioner and Locations label a feed. Practitioner returns a NotFound
	// fault "directory.practitioner_unknown"; Locations gives those of the
	// territory.
	Practitioner(ctx context.Context, id string) (directory.Practitioner, error)
	Locations(ctx context.Context, territory string) ([]directory.Location, error)
}

// FeedTx is one transaction about feeds.
type FeedTx interface {
	// Feed locks and returns a feed; a NotFound fault "feed.unknown".
	Feed(ctx context.Context, id string) (Feed, error)
	// Practitioner returns a NotFound fault "directory.practitioner_unknown".
	Practitioner(ctx context.Context, id string) (directory.Practitioner, error)
	// SaveFeed inserts a feed or writes its revocation.
	SaveFeed(ctx context.Context, f Feed) error
	Audit(ctx context.Context, e audit.Entry) error
}

// FeedQuery selects the slots of a feed: those of a practitioner, or of a
// territory when Practitioner is "", that start in [From, To).
type FeedQuery struct {
	Practitioner string
	Territory    string
	From, To     time.Time
}

// FeedMark tells whether a feed's content moved. Slots are never deleted and
// revisions only rise, so that within one window the sum of revisions rises
// with every change of a slot or of its bookings.
type FeedMark struct {
	Revision  int64     // sum of the slots' revisions
	ChangedAt time.Time // latest change of a slot; zero when there is none
}

// FeedSlot is a slot as a feed needs it. It holds no patient and no reason.
type FeedSlot struct {
	Slot      Slot
	ChangedAt time.Time // when its revision last rose, UTC
	Bookings  []FeedBooking
}

// FeedBooking is a booked or once booked seat, without whom it is for.
type FeedBooking struct {
	ID          string
	Seat        int       // 1-based
	Revision    int64     // rises with every change of the booking
	ChangedAt   time.Time // of the last change, UTC
	CancelledAt time.Time // zero while it lives
}
