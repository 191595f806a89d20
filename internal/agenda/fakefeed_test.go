package agenda_test

import (
	"bytes"
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/relais-snp/relais/internal/agenda"
)

func (r *record) Feeds(_ context.Context, createdBy string, limit int) ([]agenda.Feed, error) {
	var found []agenda.Feed
	for _, f := range r.feeds {
		if f.CreatedBy == createdBy && !f.Revoked() {
			found = append(found, f)
		}
	}
	slices.SortFunc(found, func(a, b agenda.Feed) int { return cmp.Compare(b.ID, a.ID) })
	return found[:min(limit, len(found))], nil
}

func (r *record) FeedByHash(_ context.Context, tokenHash []byte) (agenda.Feed, error) {
	for _, f := range r.feeds {
		if bytes.Equal(f.TokenHash, tokenHash) {
			return f, nil
		}
	}
	return agenda.Feed{}, agenda.ErrFeedUnknown
}

func (r *record) FeedMark(ctx context.Context, q agenda.FeedQuery) (mark agenda.FeedMark, err error) {
	found, _ := r.FeedSlots(ctx, q)
	for _, s := range found {
		mark.Revision += s.Slot.Revision
		if s.ChangedAt.After(mark.ChangedAt) {
			mark.ChangedAt = s.ChangedAt
		}
	}
	return mark, nil
}

func (r *record) FeedSlots(_ context.Context, q agenda.FeedQuery) ([]agenda.FeedSlot, error) {
	var found []agenda.FeedSlot
	for _, s := range r.slotsWhere(func(s agenda.Record) bool {
		mine := s.Slot.Practitioner == q.Practitioner || q.Practitioner == "" && s.Slot.Territory == q.Territory
		return mine && !s.Slot.Start.Before(q.From) && s.Slot.Start.Before(q.To)
	}) {
		found = append(found, agenda.FeedSlot{Slot: s.Slot, ChangedAt: r.changedAt[s.Slot.ID], Bookings: r.bookings[s.Slot.ID]})
	}
	return found, nil
}

func (t tx) Feed(_ context.Context, id string) (agenda.Feed, error) {
	return got(t.feeds, id, agenda.ErrFeedUnknown)
}

func (t tx) SaveFeed(_ context.Context, f agenda.Feed) error { t.feeds[f.ID] = f; return nil }

// seat notes a booking of a slot as feeds see it, which is a change of the slot.
func (h *house) seat(slot string, b agenda.FeedBooking, changedAt time.Time) {
	h.record.bookings[slot] = append(h.record.bookings[slot], b)
	h.record.changedAt[slot] = changedAt
	if b.CancelledAt.IsZero() {
		h.book(slot, b.Seat)
	} else {
		h.book(slot)
	}
}
