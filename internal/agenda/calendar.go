package agenda

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/directory"
	"github.com/relais-snp/relais/internal/territory"
)

// What a feed shows around today, in civil days of its zone. A CPTS's is
// narrower: it holds everybody's slots.
const (
	feedPastDays           = 30
	feedAheadDays          = MaxAheadDays + HorizonDays
	territoryFeedPastDays  = 7
	territoryFeedAheadDays = 28
	cancelledStaysDays     = 30
)

// EntryState is what an entry of a calendar says of its seats.
type EntryState string

// The states of an entry.
const (
	EntryFree      EntryState = "free"
	EntryBooked    EntryState = "booked"
	EntryCancelled EntryState = "cancelled"
)

// Entry is one line of a calendar: the free seats of a slot, or one booking.
// It never holds a patient, a reason or a phone number.
type Entry struct {
	Slot       string
	Booking    string // "" for free seats
	State      EntryState
	Start, End time.Time // UTC
	Modality   Modality
	Place      string // location and commune; for a CPTS the commune alone
	Seats      int    // of the slot
	Seat       int    // of a booking
	Free       int    // of free seats
	Revision   int64
	ChangedAt  time.Time
}

// Calendar is what a feed shows today.
type Calendar struct {
	Feed    Feed
	Stamp   FeedStamp
	Name    string
	Zone    *time.Location
	Entries []Entry // by start, slot, then bookings by seat and id
}

// FeedStamp names one state of a feed's content: equal stamps, equal content.
type FeedStamp struct {
	Revision  string    // opaque, fit for an ETag
	ChangedAt time.Time // whole seconds, UTC
}

// Stamp tells the state of a feed's content without reading it. It moves with
// every change of a slot or booking in sight, of a name shown, and once a day.
func (f *Feeds) Stamp(ctx context.Context, feed Feed) (FeedStamp, error) {
	v, err := f.view(ctx, feed)
	if err != nil {
		return FeedStamp{}, err
	}
	mark, err := f.store.FeedMark(ctx, v.query)
	if err != nil {
		return FeedStamp{}, err
	}
	return v.stamp(mark), nil
}

// Calendar reads a feed's content, with the stamp of what it read:
//   - free seats of slots from today on, one entry a slot;
//   - booked seats, 30 days back, one entry a booking;
//   - of a practitioner, bookings cancelled in the last 30 days.
//
// A CPTS's calendar goes from 7 days ago to 28 days ahead and names nobody.
func (f *Feeds) Calendar(ctx context.Context, feed Feed) (Calendar, error) {
	v, err := f.view(ctx, feed)
	if err != nil {
		return Calendar{}, err
	}
	slots, err := f.store.FeedSlots(ctx, v.query)
	if err != nil {
		return Calendar{}, err
	}
	c := Calendar{Feed: feed, Name: v.name, Zone: v.zone, Stamp: v.stamp(markOf(slots))}
	for _, slot := range slots {
		c.Entries = append(c.Entries, v.entries(slot)...)
	}
	return c, nil
}

func markOf(slots []FeedSlot) (mark FeedMark) {
	for _, s := range slots {
		mark.Revision += s.Slot.Revision
		if s.ChangedAt.After(mark.ChangedAt) {
			mark.ChangedAt = s.ChangedAt
		}
	}
	return mark
}

// view is what a feed shows apart from its slots.
type view struct {
	query  FeedQuery
	name   string
	zone   *time.Location
	today  civil.Date
	own    bool              // of a practitioner
	places map[string]string // by location id
}

func (f *Feeds) view(ctx context.Context, feed Feed) (view, error) {
	t, err := f.territories.Territory(feed.Territory)
	if err != nil {
		return view{}, err
	}
	v := view{zone: t.Zone, today: civil.DateOf(f.now(), t.Zone), own: feed.Kind == FeedOfPractitioner, places: map[string]string{}}
	within := []string{feed.Territory}
	past, ahead := territoryFeedPastDays, territoryFeedAheadDays
	v.name = "SNP · " + t.Name
	v.query.Territory = feed.Target
	if v.own {
		who, err := f.store.Practitioner(ctx, feed.Target)
		if err != nil {
			return view{}, err
		}
		within, past, ahead = who.Territories, feedPastDays, feedAheadDays
		v.name = "SNP · " + who.Name()
		v.query = FeedQuery{Practitioner: feed.Target}
	}
	window := civil.Days(v.today.AddDays(-past), past+ahead+1, t.Zone)
	v.query.From, v.query.To = window.Start.UTC(), window.End.UTC()
	for _, id := range within {
		locations, err := f.store.Locations(ctx, id)
		if err != nil {
			return view{}, err
		}
		for _, l := range locations {
			v.places[l.ID] = v.place(l)
		}
	}
	return v, nil
}

// place names a location. A CPTS's calendar gives the commune alone, since a
// practice often bears a doctor's name.
func (v view) place(l directory.Location) string {
	commune, ok := territory.Communes().ByINSEE(l.Commune)
	switch {
	case !v.own:
		return commune.Name
	case !ok:
		return l.Name
	}
	return l.Name + ", " + commune.Name
}

func (v view) stamp(mark FeedMark) FeedStamp {
	h := sha256.New()
	fmt.Fprintf(h, "%s\n%s\n%s\n%d\n", v.today, v.zone, v.name, mark.Revision)
	for _, id := range slices.Sorted(maps.Keys(v.places)) {
		fmt.Fprintf(h, "%s\t%s\n", id, v.places[id])
	}
	changed := civil.At(v.today, civil.Clock{}, v.zone)
	if mark.ChangedAt.After(changed) {
		changed = mark.ChangedAt
	}
	return FeedStamp{Revision: hex.EncodeToString(h.Sum(nil)[:16]), ChangedAt: changed.UTC().Truncate(time.Second)}
}

func (v view) entries(s FeedSlot) []Entry {
	entry := Entry{
		Slot: s.Slot.ID, Start: s.Slot.Start, End: s.Slot.End, Modality: s.Slot.Modality,
		Place: v.places[s.Slot.Location], Seats: s.Slot.Seats,
	}
	free := s.Slot.Seats
	var entries []Entry
	for _, b := range s.Bookings {
		entry.Booking, entry.Seat, entry.Revision, entry.ChangedAt = b.ID, b.Seat, b.Revision, b.ChangedAt
		switch {
		case b.CancelledAt.IsZero():
			free--
			entry.State = EntryBooked
			entries = append(entries, entry)
		case v.own && !civil.DateOf(b.CancelledAt, v.zone).AddDays(cancelledStaysDays).Before(v.today):
			entry.State = EntryCancelled
			entries = append(entries, entry)
		}
	}
	if free > 0 && !s.Slot.Withdrawn() && !civil.DateOf(s.Slot.Start, v.zone).Before(v.today) {
		entry.Booking, entry.Seat, entry.Revision, entry.ChangedAt = "", 0, s.Slot.Revision, s.ChangedAt
		entry.State, entry.Free = EntryFree, free
		entries = slices.Insert(entries, 0, entry)
	}
	return entries
}
