package agenda_test

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"sync"
	"time"

	"github.com/relais-snp/relais/internal/agenda"
	"github.com/relais-snp/relais/internal/audit"
	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/directory"
	"github.com/relais-snp/relais/internal/fault"
	"github.com/relais-snp/relais/internal/territory"
)

// record is the record kept in maps: a transaction works on a copy that
// replaces the original when it commits.
type record struct {
	practitioners map[string]directory.Practitioner
	locations     map[string]directory.Location
	openings      map[string]agenda.Opening
	slots         map[string]agenda.Record
	pauses        map[string]agenda.Pause
	feeds         map[string]agenda.Feed
	bookings      map[string][]agenda.FeedBooking // by slot
	changedAt     map[string]time.Time            // by slot
	audited       []audit.Entry
	remembered    map[string]string
	announced     int64
}

func newRecord() *record {
	return &record{
		practitioners: map[string]directory.Practitioner{}, locations: map[string]directory.Location{},
		openings: map[string]agenda.Opening{}, slots: map[string]agenda.Record{}, pauses: map[string]agenda.Pause{},
		feeds: map[string]agenda.Feed{}, bookings: map[string][]agenda.FeedBooking{},
		changedAt: map[string]time.Time{}, remembered: map[string]string{},
	}
}

func (r *record) copy() *record {
	c := *r
	c.openings, c.slots, c.feeds = maps.Clone(r.openings), maps.Clone(r.slots), maps.Clone(r.feeds)
	c.pauses = maps.Clone(r.pauses)
	c.remembered, c.audited = maps.Clone(r.remembered), slices.Clone(r.audited)
	return &c
}

func (r *record) InTx(ctx context.Context, fn func(context.Context, agenda.Tx) error) error {
	c := r.copy()
	if err := fn(ctx, tx{c}); err != nil {
		return err
	}
	*r = *c
	return nil
}

func (r *record) InFeedTx(ctx context.Context, fn func(context.Context, agenda.FeedTx) error) error {
	return r.InTx(ctx, func(ctx context.Context, t agenda.Tx) error { return fn(ctx, t.(tx)) })
}

func (r *record) Openings(_ context.Context, practitioner string, _, to time.Time, limit int) ([]agenda.Opening, error) {
	return r.openingsWhere(limit, func(o agenda.Opening) bool {
		return o.Practitioner == practitioner && o.Start.Before(to)
	}), nil
}

func (r *record) DueOpenings(_ context.Context, upTo civil.Date, limit int) ([]agenda.Opening, error) {
	return r.openingsWhere(limit, func(o agenda.Opening) bool {
		return o.Repeat != nil && o.MaterialisedTo.Before(upTo) && !o.MaterialisedTo.After(o.Repeat.Until)
	}), nil
}

func (r *record) openingsWhere(limit int, keep func(agenda.Opening) bool) []agenda.Opening {
	var found []agenda.Opening
	for _, o := range r.openings {
		if keep(o) {
			found = append(found, o)
		}
	}
	slices.SortFunc(found, func(a, b agenda.Opening) int { return cmp.Compare(b.ID, a.ID) })
	return found[:min(limit, len(found))]
}

func (r *record) slotsWhere(keep func(agenda.Record) bool) []agenda.Record {
	var found []agenda.Record
	for _, s := range r.slots {
		if keep(s) {
			found = append(found, s)
		}
	}
	slices.SortFunc(found, func(a, b agenda.Record) int { return a.Slot.Start.Compare(b.Slot.Start) })
	return found
}

func (r *record) SlotsOf(_ context.Context, openings ...string) ([]agenda.Record, error) {
	return r.slotsWhere(func(s agenda.Record) bool { return slices.Contains(openings, s.Slot.Opening) }), nil
}

func (r *record) Record(_ context.Context, slot string) (agenda.Record, error) {
	return got(r.slots, slot, agenda.ErrSlotUnknown)
}

func (r *record) Opening(_ context.Context, id string) (agenda.Opening, error) {
	return got(r.openings, id, agenda.ErrOpeningUnknown)
}

func (r *record) Practitioner(_ context.Context, id string) (directory.Practitioner, error) {
	return got(r.practitioners, id, fault.New(fault.NotFound, "directory.practitioner_unknown", "Inconnu."))
}

func (r *record) Location(_ context.Context, id string) (directory.Location, error) {
	return got(r.locations, id, fault.New(fault.NotFound, "directory.location_unknown", "Inconnu."))
}

func (r *record) Locations(context.Context, string) ([]directory.Location, error) {
	return slices.SortedFunc(maps.Values(r.locations), func(a, b directory.Location) int { return cmp.Compare(a.ID, b.ID) }), nil
}

func (r *record) Offered(_ context.Context, practitioner string, from, to time.Time) ([]agenda.Record, error) {
	return r.slotsWhere(func(s agenda.Record) bool {
		return s.Slot.Practitioner == practitioner && !s.Slot.Withdrawn() && !s.Slot.Extra && !s.Slot.Start.Before(from) && s.Slot.Start.Before(to)
	}), nil
}

func (r *record) Pauses(_ context.Context, practitioner string, from, to civil.Date) ([]agenda.Pause, error) {
	var found []agenda.Pause
	for _, p := range r.pauses {
		if p.Practitioner == practitioner && p.EndedAt.IsZero() && !p.To.Before(from) && !p.From.After(to) {
			found = append(found, p)
		}
	}
	slices.SortFunc(found, func(a, b agenda.Pause) int { return a.From.Compare(b.From) })
	return found, nil
}

func (r *record) Pause(_ context.Context, id string) (agenda.Pause, error) {
	return got(r.pauses, id, agenda.ErrPauseUnknown)
}

// tx is a record while it is being written.
type tx struct{ *record }

func (t tx) SaveOpening(_ context.Context, o agenda.Opening) error { t.openings[o.ID] = o; return nil }

func (t tx) SavePause(_ context.Context, p agenda.Pause) error { t.pauses[p.ID] = p; return nil }

func (t tx) Recurring(_ context.Context, practitioner string, from civil.Date) ([]agenda.Opening, error) {
	return t.openingsWhere(len(t.openings), func(o agenda.Opening) bool {
		return o.Practitioner == practitioner && o.Repeat != nil && !o.Repeat.Until.Before(from)
	}), nil
}

func (t tx) OpeningsNamed(_ context.Context, ids ...string) ([]agenda.Opening, error) {
	return t.openingsWhere(len(t.openings), func(o agenda.Opening) bool { return slices.Contains(ids, o.ID) }), nil
}

func (t tx) TakenBy(_ context.Context, pause string, from time.Time) ([]agenda.Record, error) {
	return t.slotsWhere(func(r agenda.Record) bool { return r.Slot.WithdrawnBy == pause && !r.Slot.Start.Before(from) }), nil
}

func (t tx) RecordsOf(_ context.Context, opening string, from time.Time) ([]agenda.Record, error) {
	return t.slotsWhere(func(s agenda.Record) bool {
		return s.Slot.Opening == opening && !s.Slot.Start.Before(from)
	}), nil
}

func (t tx) Overlapping(_ context.Context, practitioner string, from, to time.Time) ([]agenda.Slot, error) {
	var found []agenda.Slot
	for _, r := range t.slotsWhere(func(r agenda.Record) bool {
		return r.Slot.Practitioner == practitioner && (!r.Slot.Withdrawn() || len(r.Booked) > 0) &&
			r.Slot.Start.Before(to) && from.Before(r.Slot.End)
	}) {
		found = append(found, r.Slot)
	}
	return found, nil
}

func (t tx) AddSlots(_ context.Context, slots []agenda.Slot) (added []agenda.Slot, err error) {
	for _, s := range slots {
		taken := t.slotsWhere(func(r agenda.Record) bool {
			return r.Slot.Opening == s.Opening && r.Slot.Start.Equal(s.Start)
		})
		if len(taken) > 0 {
			continue
		}
		s.Revision = 1
		t.slots[s.ID] = agenda.Record{Slot: s}
		added = append(added, s)
	}
	return added, nil
}

func (t tx) SaveSlot(_ context.Context, s agenda.Slot) (agenda.Record, error) {
	r := t.slots[s.ID]
	s.Revision = r.Slot.Revision + 1
	r.Slot = s
	t.slots[s.ID] = r
	return r, nil
}

func (t tx) Announce(_ context.Context, records ...agenda.Record) (out []agenda.Announcement, err error) {
	for _, r := range records {
		t.announced++
		out = append(out, agenda.Announcement{ID: t.announced, Record: r})
	}
	return out, nil
}

func (t tx) Audit(_ context.Context, e audit.Entry) error {
	t.audited = append(t.audited, e)
	return nil
}

func (t tx) Remembered(_ context.Context, actor, key, digest string) (string, error) {
	made, ok := t.remembered[actor+"/"+key+"/"+digest]
	for k := range t.remembered {
		if !ok && len(k) > len(actor+key)+1 && k[:len(actor+key)+2] == actor+"/"+key+"/" {
			return "", fault.New(fault.Conflict, "request.key_reused", "Clé déjà utilisée.")
		}
	}
	return made, nil
}

func (t tx) Remember(_ context.Context, actor, key, digest, made string, _ time.Time) error {
	t.remembered[actor+"/"+key+"/"+digest] = made
	return nil
}

func got[T any](m map[string]T, id string, unknown error) (T, error) {
	v, ok := m[id]
	if !ok {
		return v, unknown
	}
	return v, nil
}

// present is a live engine that only knows which slots are held, or is away.
type present struct {
	held    map[string]agenda.HeldDetail
	away    bool
	guarded []string
}

func (p *present) Guard(_ context.Context, _, slot string, _ time.Time) error {
	if p.away {
		return fault.New(fault.Unavailable, "live.unavailable", "Interrompu.")
	}
	if h, ok := p.held[slot]; ok {
		return agenda.ErrSlotHeld.With(h)
	}
	p.guarded = append(p.guarded, slot)
	return nil
}

// delivered keeps what went to the live engine.
type delivered struct {
	mu            sync.Mutex
	announcements []agenda.Announcement
}

func (d *delivered) Deliver(_ context.Context, a ...agenda.Announcement) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.announcements = append(d.announcements, a...)
}

type territories map[string]territory.Territory

func (t territories) Territory(id string) (territory.Territory, error) {
	return got(t, id, fault.New(fault.NotFound, "territory.unknown", "Inconnu."))
}

// counter makes ids in order: "id-0001".
func counter() func() string {
	n := 0
	return func() string { n++; return fmt.Sprintf("id-%04d", n) }
}
