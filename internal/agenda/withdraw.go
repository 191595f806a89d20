package agenda

import (
	"context"
	"slices"
	"time"

	"github.com/relais-snp/relais/internal/account"
)

// Withdraw takes a slot's free seats back; booked ones stay booked. Doing it
// twice is no error. One that a pause or a skip took back does not come back
// with it any more. While the live engine is away nobody can hold a seat, so
// the record alone decides.
//
// Errors: "agenda.slot_unknown", "account.forbidden", "agenda.slot_past",
// "agenda.slot_held" with HeldDetail.
func (s *Service) Withdraw(ctx context.Context, actor account.Actor, slot string) (Record, error) {
	r, err := s.own(ctx, actor, slot)
	if err != nil || r.Slot.withdrawnByHand() {
		return r, err
	}
	if _, err := s.guard(ctx, []Slot{r.Slot}); err != nil {
		return Record{}, err
	}
	return s.turn(ctx, actor, slot, "slot.withdraw", func(_ context.Context, _ Tx, slot Slot, now time.Time) (Slot, bool, error) {
		if slot.withdrawnByHand() {
			return slot, false, nil
		}
		return slot.withdraw("", now), true, nil
	})
}

// Restore offers a withdrawn slot again, in a pause too: the GP decides. Doing it
// twice is no error.
//
// Errors: "agenda.slot_unknown", "account.forbidden", "agenda.slot_past", and
// "agenda.overlap" when something else was published there since.
func (s *Service) Restore(ctx context.Context, actor account.Actor, slot string) (Record, error) {
	r, err := s.own(ctx, actor, slot)
	if err != nil || !r.Slot.Withdrawn() {
		return r, err
	}
	return s.turn(ctx, actor, slot, "slot.restore", func(ctx context.Context, tx Tx, slot Slot, _ time.Time) (Slot, bool, error) {
		if !slot.Withdrawn() {
			return slot, false, nil
		}
		if err := s.stillFree(ctx, tx, slot); err != nil {
			return slot, false, err
		}
		return slot.offer(), true, nil
	})
}

// own returns a slot that the actor may change now. One en sus was never
// published: its booking is cancelled instead, and it is never offered.
func (s *Service) own(ctx context.Context, actor account.Actor, slot string) (Record, error) {
	r, err := s.store.Record(ctx, slot)
	if err != nil {
		return Record{}, err
	}
	if err := mayPublish(actor, r.Slot.Territory, r.Slot.Practitioner); err != nil {
		return Record{}, err
	}
	if r.Slot.Extra {
		return Record{}, ErrSlotUnknown
	}
	if !r.Slot.Start.After(s.now()) {
		return Record{}, ErrSlotPast
	}
	return r, nil
}

// turn changes one slot, read again under lock, when decide says so.
func (s *Service) turn(ctx context.Context, actor account.Actor, slot, action string,
	decide func(ctx context.Context, tx Tx, slot Slot, now time.Time) (Slot, bool, error),
) (Record, error) {
	var r Record
	err := s.commit(ctx, func(ctx context.Context, tx Tx) ([]Record, error) {
		now := s.now()
		var err error
		if r, err = tx.Record(ctx, slot); err != nil {
			return nil, err
		}
		changed, turn, err := decide(ctx, tx, r.Slot, now)
		if err != nil || !turn {
			return nil, err
		}
		if r, err = tx.SaveSlot(ctx, changed); err != nil {
			return nil, err
		}
		return []Record{r}, tx.Audit(ctx, s.entry(now, actor.ID, action, r.Slot.Territory, "slot:"+r.Slot.ID))
	})
	if err != nil {
		return Record{}, err
	}
	return r, nil
}

func (s *Service) stillFree(ctx context.Context, tx Tx, slot Slot) error {
	if _, err := tx.Practitioner(ctx, slot.Practitioner); err != nil { // the lock
		return err
	}
	live, err := tx.Overlapping(ctx, slot.Practitioner, slot.Start, slot.End)
	if err != nil {
		return err
	}
	live = slices.DeleteFunc(live, func(l Slot) bool { return l.ID == slot.ID })
	if len(live) == 0 {
		return nil
	}
	t, err := s.territories.Territory(slot.Territory)
	if err != nil {
		return err
	}
	return overlapFault(live, t.Zone)
}
