package store_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/relais-snp/relais/internal/agenda"
	"github.com/relais-snp/relais/internal/regulation"
	"github.com/relais-snp/relais/internal/store"
	"github.com/relais-snp/relais/internal/store/storetest"
)

func TestAFeedIsFoundByItsHashUntilRevokedAndAfter(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		feeds := store.Feeds{DB: db}
		f := agenda.Feed{ID: "f-1", Kind: agenda.FeedOfPractitioner, Territory: senart, Target: w.gp.ID, TokenHash: []byte{1, 2, 3},
			CreatedAt: noon, CreatedBy: "acc-gp"}
		save := func() {
			w.must(feeds.InFeedTx(t.Context(), func(ctx context.Context, tx agenda.FeedTx) error { return tx.SaveFeed(ctx, f) }))
		}
		save()
		listed, err := feeds.Feeds(t.Context(), "acc-gp", 10)
		w.must(err)
		if diff := cmp.Diff([]agenda.Feed{f}, listed); diff != "" {
			t.Error(diff)
		}
		f.RevokedAt = noon.Add(time.Hour)
		save()
		listed, err = feeds.Feeds(t.Context(), "acc-gp", 10)
		w.must(err)
		found, err := feeds.FeedByHash(t.Context(), f.TokenHash)
		w.must(err)
		if len(listed) != 0 || !cmp.Equal(found, f) {
			t.Errorf("listed %v, found %+v", listed, found)
		}
		_, err = feeds.FeedByHash(t.Context(), []byte{9})
		w.reason(err, "feed.unknown")
	})
}

func TestAFeedsMarkMovesWithItsContent(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		feeds := store.Feeds{DB: db}
		q := agenda.FeedQuery{Practitioner: w.gp.ID, From: noon, To: noon.Add(time.Hour)}
		mark := func() agenda.FeedMark {
			m, err := feeds.FeedMark(t.Context(), q)
			w.must(err)
			return m
		}
		if m := mark(); m.Revision != 0 || !m.ChangedAt.IsZero() {
			t.Errorf("empty feed: %+v", m)
		}
		slots := w.slots("op-1", noon, 4, 2)
		published := mark()
		b := w.booking("b-1", slots[1], 2)
		w.must(w.books(b))
		booked := mark()
		if published.Revision != 3 || booked.Revision != 4 || booked.ChangedAt.Before(published.ChangedAt) {
			t.Errorf("%+v then %+v", published, booked)
		}
		b.State, b.CancelledAt, b.ChangedAt = regulation.StateCancelled, noon.Add(time.Minute), noon.Add(time.Minute)
		w.regulates(func(ctx context.Context, tx regulation.Tx) error { return tx.SaveBooking(ctx, b) })
		w.must(w.books(w.booking("b-2", slots[1], 1)))

		q = agenda.FeedQuery{Territory: senart, From: noon, To: noon.Add(time.Hour)}
		content, err := feeds.FeedSlots(t.Context(), q)
		w.must(err)
		if len(content) != 3 || content[1].Slot.ID != slots[1].ID || content[1].ChangedAt.IsZero() {
			t.Fatalf("%+v", content)
		}
		want := []agenda.FeedBooking{
			{ID: "b-2", Seat: 1, Revision: 1, ChangedAt: noon},
			{ID: "b-1", Seat: 2, Revision: 2, ChangedAt: noon.Add(time.Minute), CancelledAt: noon.Add(time.Minute)},
		}
		if diff := cmp.Diff(want, content[1].Bookings); diff != "" {
			t.Error(diff)
		}
	})
}
