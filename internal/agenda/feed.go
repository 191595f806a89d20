package agenda

import (
	"time"
)

// FeedKind is whose calendar a feed shows.
type FeedKind string

// The kinds of feed.
const (
	FeedOfPractitioner FeedKind = "practitioner" // a GP's own slots and bookings
	FeedOfTerritory    FeedKind = "territory"    // busy and free of a CPTS, no names
)

// Feed is a private calendar address. Its token is known to its owner only;
// Relais keeps the hash.
type Feed struct {
	ID        string
	Kind      FeedKind
	Territory string // where the right to it was checked
	Target    string // practitioner or territory id, by Kind
	TokenHash []byte // SHA-256 of the token's bytes
	CreatedAt time.Time
	CreatedBy string // account id
	RevokedAt time.Time
}

// Revoked reports whether the feed's address is dead.
func (f Feed) Revoked() bool { return !f.RevokedAt.IsZero() }
