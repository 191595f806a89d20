package store

import (
	"context"

	"github.com/relais-snp/relais/internal/agenda"
)

// FeedMark sums up what the query selects.
func (f Feeds) FeedMark(ctx context.Context, q agenda.FeedQuery) (agenda.FeedMark, error) {
	w := feedFilter(q)
	return one(ctx, f.DB, nil, scanMark, `SELECT COALESCE(SUM(revision), 0), MAX(changed_at) FROM slots`+w.where(), w.args...)
}

// FeedSlots lists what the query selects, by start and id, with all bookings.
func (f Feeds) FeedSlots(ctx context.Context, q agenda.FeedQuery) ([]agenda.FeedSlot, error) {
	w := feedFilter(q)
	slots, err := list(ctx, f.DB, scanFeedSlot, `SELECT changed_at, `+slotColumns+` FROM slots`+w.where()+` ORDER BY start_at, id`, w.args...)
	if err != nil {
		return nil, err
	}
	booked, err := list(ctx, f.DB, scanFeedBooking, `SELECT slot, id, seat, revision, changed_at, cancelled_at
FROM bookings WHERE slot IN (SELECT id FROM slots`+w.where()+`) ORDER BY seat, id`, w.args...)
	if err != nil {
		return nil, err
	}
	place := make(map[string]int, len(slots))
	for i, s := range slots {
		place[s.Slot.ID] = i
	}
	for _, b := range booked {
		if i, ok := place[b.slot]; ok { // one published since has none in the list
			slots[i].Bookings = append(slots[i].Bookings, b.FeedBooking)
		}
	}
	return slots, nil
}

func feedFilter(q agenda.FeedQuery) filter {
	var w filter
	w.addIf(q.Practitioner != "", "practitioner = ?", q.Practitioner)
	w.addIf(q.Practitioner == "", "territory = ?", q.Territory)
	w.add("start_at >= ?", stamp(q.From))
	w.add("start_at < ?", stamp(q.To))
	return w
}

type feedBooking struct {
	slot string
	agenda.FeedBooking
}

func scanFeedSlot(row scanner) (s agenda.FeedSlot, err error) {
	r, err := scanRecord(after{row, instant{&s.ChangedAt}})
	s.Slot = r.Slot
	return s, err
}

func scanFeedBooking(row scanner) (b feedBooking, err error) {
	err = row.Scan(&b.slot, &b.ID, &b.Seat, &b.Revision, instant{&b.ChangedAt}, instant{&b.CancelledAt})
	return b, err
}

func scanMark(row scanner) (m agenda.FeedMark, err error) {
	err = row.Scan(&m.Revision, instant{&m.ChangedAt})
	return m, err
}
