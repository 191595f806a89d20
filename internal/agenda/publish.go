package agenda

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"time"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/directory"
	"github.com/relais-snp/relais/internal/fault"
	"github.com/relais-snp/relais/internal/territory"
)

// Publish makes an opening and its slots: all of them when it happens once,
// those of the coming 8 weeks when it repeats. A repeated request with the
// same key returns what the first one made; "" for no key.
//
// One that happens once is published inside the practitioner's own pause too: the
// GP decides. A recurrence yields nothing there until the pause ends.
//
// The territory is the first of the practitioner's whose communes hold the
// location's, else the practitioner's first.
//
// Errors: "agenda.invalid" with every broken field, "agenda.overlap" with an
// OverlapDetail, "account.forbidden", "directory.practitioner_unknown",
// "directory.location_unknown", "request.key_reused".
func (s *Service) Publish(ctx context.Context, actor account.Actor, d Draft, key string) (Opening, []Record, error) {
	if d.Practitioner == "" {
		d.Practitioner = actor.Practitioner
	}
	if err := mayPublish(actor, "", d.Practitioner); err != nil {
		return Opening{}, nil, err
	}
	var made Opening
	var records []Record
	err := s.commit(ctx, func(ctx context.Context, tx Tx) (news []Record, err error) {
		now := s.now()
		made, records, err = s.madeBefore(ctx, tx, actor, d, key)
		if err != nil || made.ID != "" {
			return nil, err
		}
		if made, records, err = s.publish(ctx, tx, actor, d, now); err != nil {
			return nil, err
		}
		if key != "" {
			err = tx.Remember(ctx, actor.ID, key, digest(d), made.ID, now)
		}
		return records, err
	})
	if err != nil {
		return Opening{}, nil, err
	}
	return made, records, nil
}

// madeBefore returns the opening of an earlier request with this key.
func (s *Service) madeBefore(ctx context.Context, tx Tx, actor account.Actor, d Draft, key string) (Opening, []Record, error) {
	if key == "" {
		return Opening{}, nil, nil
	}
	id, err := tx.Remembered(ctx, actor.ID, key, digest(d))
	if err != nil || id == "" {
		return Opening{}, nil, err
	}
	o, err := tx.Opening(ctx, id)
	if err != nil {
		return Opening{}, nil, err
	}
	records, err := tx.RecordsOf(ctx, id, o.Start)
	return o, records, err
}

func (s *Service) publish(ctx context.Context, tx Tx, actor account.Actor, d Draft, now time.Time) (Opening, []Record, error) {
	t, err := s.place(ctx, tx, d)
	if err != nil {
		return Opening{}, nil, err
	}
	if err := mayPublish(actor, t.ID, d.Practitioner); err != nil {
		return Opening{}, nil, err
	}
	if err := d.check(now, t); err != nil {
		return Opening{}, nil, err
	}
	o := d.opening()
	o.ID, o.Territory, o.CreatedAt, o.CreatedBy = s.newID(), t.ID, now, actor.ID
	first := civil.DateOf(o.Start, t.Zone)
	o.MaterialisedTo = first.AddDays(1)
	if o.Repeat != nil && s.horizon(t).After(first) {
		o.MaterialisedTo = s.horizon(t)
	}
	wanted, err := s.yield(ctx, tx, o, t, first, o.MaterialisedTo)
	if err != nil {
		return Opening{}, nil, err
	}
	_, inTheWay, err := s.room(ctx, tx, o, wanted)
	if err != nil {
		return Opening{}, nil, err
	}
	if len(inTheWay) > 0 {
		return Opening{}, nil, overlapFault(inTheWay, t.Zone)
	}
	if err := tx.SaveOpening(ctx, o); err != nil {
		return Opening{}, nil, err
	}
	records, err := s.add(ctx, tx, wanted)
	if err != nil {
		return Opening{}, nil, err
	}
	return o, records, tx.Audit(ctx, s.entry(now, actor.ID, "opening.publish", o.Territory, "opening:"+o.ID))
}

// place finds the territory of a draft and checks that the location is one of
// the practitioner's. A missing location is left to the draft's own check.
func (s *Service) place(ctx context.Context, tx Tx, d Draft) (territory.Territory, error) {
	who, err := tx.Practitioner(ctx, d.Practitioner)
	if err != nil {
		return territory.Territory{}, err
	}
	var where directory.Location
	if d.Location != "" {
		if where, err = tx.Location(ctx, d.Location); err != nil {
			return territory.Territory{}, err
		}
		if !who.WorksAt(d.Location) {
			return territory.Territory{}, fault.Fields(invalid, "Ce lieu n’est pas l’un des vôtres.",
				field("location", "agenda.location_foreign", "Ce lieu n’est pas l’un des vôtres."))
		}
	}
	return s.territoryOf(who, where.Commune)
}

func (s *Service) territoryOf(who directory.Practitioner, commune territory.INSEE) (territory.Territory, error) {
	var first territory.Territory
	for i, id := range who.Territories {
		t, err := s.territories.Territory(id)
		if err != nil {
			return territory.Territory{}, err
		}
		if t.Has(commune) {
			return t, nil
		}
		if i == 0 {
			first = t
		}
	}
	if first.ID == "" {
		return territory.Territory{}, account.ErrForbidden // belongs to no territory
	}
	return first, nil
}

// room tells which of the wanted slots stand apart from the practitioner's
// slots of other openings, and which of those are in the way.
func (s *Service) room(ctx context.Context, tx Tx, o Opening, wanted []Slot) (apart, inTheWay []Slot, err error) {
	if len(wanted) == 0 {
		return nil, nil, nil
	}
	if _, err := tx.Practitioner(ctx, o.Practitioner); err != nil { // the lock
		return nil, nil, err
	}
	live, err := tx.Overlapping(ctx, o.Practitioner, wanted[0].Start, wanted[len(wanted)-1].End)
	if err != nil {
		return nil, nil, err
	}
	others := make([]Slot, 0, len(live))
	for _, l := range live {
		if l.Opening != o.ID {
			others = append(others, l)
		}
	}
	apart, inTheWay = clashes(wanted, others)
	return apart, inTheWay, nil
}

// add inserts slots under new ids and returns the records that are new.
func (s *Service) add(ctx context.Context, tx Tx, slots []Slot) ([]Record, error) {
	if len(slots) == 0 {
		return nil, nil
	}
	for i := range slots {
		slots[i].ID = s.newID()
	}
	added, err := tx.AddSlots(ctx, slots)
	if err != nil {
		return nil, err
	}
	records := make([]Record, len(added))
	for i, slot := range added {
		records[i] = Record{Slot: slot}
	}
	return records, nil
}

// digest tells two requests with one key apart.
func digest(d Draft) string {
	d.Start, d.End = d.Start.UTC(), d.End.UTC()
	body, _ := json.Marshal(d) // plain values: cannot fail
	sum := sha256.Sum256(body)
	return hex.EncodeToString(sum[:])
}
