package agenda

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"slices"
	"time"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/audit"
	"github.com/relais-snp/relais/internal/fault"
)

// MaxFeeds is how many live feeds one account may have.
const MaxFeeds = 50

// ErrFeedLimit is returned by Create to an account that has MaxFeeds feeds.
var ErrFeedLimit = fault.New(fault.Conflict, "feed.limit", "Vous avez déjà 50 calendriers ; supprimez-en un d’abord.")

// tokenBytes makes a token of 128 bits.
const tokenBytes = 16

// Feeds is what one can do with private calendar addresses.
type Feeds struct {
	store       FeedStore
	territories Territories
	now         func() time.Time
	newID       func() string
}

// NewFeeds returns the use cases of calendar feeds.
func NewFeeds(store FeedStore, territories Territories, now func() time.Time, newID func() string) *Feeds {
	return &Feeds{store, territories, now, newID}
}

// Create makes a feed and returns its token, this once: Relais keeps the hash
// only. target is a practitioner or territory by kind, "" for the actor's own.
//
// Errors: "agenda.invalid" (kind, or id when there is no own), "feed.limit",
// "account.forbidden", "directory.practitioner_unknown", "territory.unknown".
func (f *Feeds) Create(ctx context.Context, actor account.Actor, kind FeedKind, target string) (Feed, string, error) {
	if err := checkFeed(actor, kind, &target); err != nil {
		return Feed{}, "", err
	}
	existing, err := f.store.Feeds(ctx, actor.ID, MaxFeeds)
	if err != nil {
		return Feed{}, "", err
	}
	if len(existing) == MaxFeeds {
		return Feed{}, "", ErrFeedLimit
	}
	secret := make([]byte, tokenBytes)
	_, _ = rand.Read(secret) // never fails
	hash := sha256.Sum256(secret)
	now := f.now()
	feed := Feed{ID: f.newID(), Kind: kind, Target: target, TokenHash: hash[:], CreatedAt: now, CreatedBy: actor.ID}
	err = f.store.InFeedTx(ctx, func(ctx context.Context, tx FeedTx) error {
		if feed.Territory, err = f.home(ctx, tx, actor, kind, target); err != nil {
			return err
		}
		if err := mayFeed(actor, feed); err != nil {
			return err
		}
		if err := tx.SaveFeed(ctx, feed); err != nil {
			return err
		}
		return tx.Audit(ctx, feedEntry(now, actor, "feed.create", feed))
	})
	if err != nil {
		return Feed{}, "", err
	}
	return feed, base64.RawURLEncoding.EncodeToString(secret), nil
}

// checkFeed completes an empty target with the actor's own.
func checkFeed(actor account.Actor, kind FeedKind, target *string) error {
	var fields []fault.Field
	switch kind {
	case FeedOfPractitioner:
		if *target == "" {
			*target = actor.Practitioner
		}
	case FeedOfTerritory:
		if *target == "" && len(actor.Territories) == 1 {
			*target = actor.Territories[0]
		}
	default:
		fields = append(fields, field("kind", "feed.kind", "Ce type de calendrier est inconnu."))
	}
	if *target == "" && len(fields) == 0 {
		fields = append(fields, field("id", "feed.target_missing", "Indiquez de qui ou de quoi est le calendrier."))
	}
	return fault.Fields(invalid, "Ce calendrier ne peut pas être créé.", fields...)
}

// home is the territory in which the right to a feed is checked: of those of a
// practitioner, one that the actor belongs to.
func (f *Feeds) home(ctx context.Context, tx FeedTx, actor account.Actor, kind FeedKind, target string) (string, error) {
	if kind == FeedOfTerritory {
		t, err := f.territories.Territory(target)
		return t.ID, err
	}
	p, err := tx.Practitioner(ctx, target)
	if err != nil {
		return "", err
	}
	if len(p.Territories) == 0 {
		return "", account.ErrForbidden
	}
	if i := slices.IndexFunc(p.Territories, actor.In); i >= 0 {
		return p.Territories[i], nil
	}
	return p.Territories[0], nil
}

func mayFeed(actor account.Actor, feed Feed) error {
	if feed.Kind == FeedOfPractitioner {
		return account.Allow(actor, account.FeedPractitioner, target(feed.Territory, feed.Target))
	}
	return account.Allow(actor, account.FeedTerritory, target(feed.Territory, ""))
}

// List returns the actor's own live feeds, newest first.
func (f *Feeds) List(ctx context.Context, actor account.Actor) ([]Feed, error) {
	return f.store.Feeds(ctx, actor.ID, MaxFeeds)
}

// Revoke kills a feed's address; twice is no error. It is for who made the
// feed and for whoever may make the same; others get "feed.unknown".
func (f *Feeds) Revoke(ctx context.Context, actor account.Actor, id string) error {
	return f.store.InFeedTx(ctx, func(ctx context.Context, tx FeedTx) error {
		feed, err := tx.Feed(ctx, id)
		if err != nil {
			return err
		}
		if feed.CreatedBy != actor.ID && mayFeed(actor, feed) != nil {
			return ErrFeedUnknown
		}
		if feed.Revoked() {
			return nil
		}
		feed.RevokedAt = f.now()
		if err := tx.SaveFeed(ctx, feed); err != nil {
			return err
		}
		return tx.Audit(ctx, feedEntry(feed.RevokedAt, actor, "feed.revoke", feed))
	})
}

// Find returns the feed of a token; "feed.unknown" for a token that is
// malformed, forged or revoked alike. The store looks the hash up, so that
// timing tells nothing about the token.
func (f *Feeds) Find(ctx context.Context, token string) (Feed, error) {
	secret, err := base64.RawURLEncoding.Strict().DecodeString(token)
	if err != nil || len(secret) != tokenBytes || len(token) != base64.RawURLEncoding.EncodedLen(tokenBytes) { // line ends are skipped in base64
		return Feed{}, ErrFeedUnknown
	}
	hash := sha256.Sum256(secret)
	feed, err := f.store.FeedByHash(ctx, hash[:])
	if err != nil {
		return Feed{}, err
	}
	if feed.Revoked() {
		return Feed{}, ErrFeedUnknown
	}
	return feed, nil
}

func feedEntry(now time.Time, actor account.Actor, action string, feed Feed) audit.Entry {
	return audit.Entry{At: now, Actor: actor.ID, Action: action, Target: "feed:" + feed.ID, Territory: feed.Territory}
}
