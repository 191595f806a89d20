package main

import (
	"context"
	"sync"
	"time"

	"github.com/relais-snp/relais/internal/proof"
)

// practise is a GP's morning: publish, withdraw, offer again, say who came.
func (l *load) practise(ctx context.Context, d *desk, number int) {
	opened := sync.OnceFunc(l.opening.Done)
	defer opened()
	place, ok := l.placeOf(d)
	if !ok {
		return
	}
	// A slot that starts now, for outcomes, and the afternoon's.
	soon := proof.NewOpening{Location: place, Start: time.Now().Add(3 * time.Minute).Truncate(time.Minute), Seats: 12, Modality: "cabinet", Audience: "regulation"}
	soon.End = soon.Start.Add(20 * time.Minute)
	now := ""
	if o, ok := l.publish(d, soon); ok {
		now = o.Slots[0].ID
		l.mu.Lock()
		l.soon[now] = true
		l.mu.Unlock()
		l.add(o)
	}
	next := proof.NewOpening{Location: place, Start: l.first.Add(time.Duration(number) * time.Minute), SlotMinutes: 15, Modality: "cabinet", Audience: "regulation"}
	next.End = next.Start.Add(2 * time.Hour)
	mine := l.publishNext(d, &next, nil)
	opened()
	withdrawn := map[string]bool{}
	for breathe(ctx, d.dice, 150*time.Millisecond) {
		switch n := d.dice.IntN(8); {
		case n < 3:
			mine = l.publishNext(d, &next, mine)
		case n < 6 && len(mine) > 0:
			slot := mine[d.dice.IntN(len(mine))]
			l.turn(d, slot, withdrawn)
		default:
			l.tell(d, now)
		}
	}
	for slot := range withdrawn { // so that what is left can be booked
		if withdrawn[slot] {
			l.turn(d, slot, withdrawn)
		}
	}
}

func (l *load) placeOf(d *desk) (string, bool) {
	list, _, err := insist(l, d, "practitioners", func(ctx context.Context, c *proof.Client) ([]proof.Practitioner, error) {
		return c.Practitioners(ctx, proof.Territory)
	})
	for _, p := range list {
		if p.ID == d.door().Me.Practitioner {
			return p.Locations[0].ID, true
		}
	}
	l.violated("%s is not listed: %v", d.name, err)
	return "", false
}

func (l *load) publish(d *desk, o proof.NewOpening) (proof.Opening, bool) {
	key := l.key()
	made, _, err := insist(l, d, "publish", func(ctx context.Context, c *proof.Client) (proof.Opening, error) { return c.Publish(ctx, o, key) })
	l.count("publish: " + why(err))
	if err == nil {
		l.checks.Published(key, made)
	}
	return made, err == nil
}

// publishNext publishes and moves on to the half hour after: two slots of one
// seat, or one of three.
func (l *load) publishNext(d *desk, next *proof.NewOpening, mine []string) []string {
	o := *next
	if d.dice.IntN(2) == 0 {
		o.SlotMinutes, o.Seats = 0, 3
	}
	if made, ok := l.publish(d, o); ok {
		l.add(made)
		for _, s := range made.Slots {
			mine = append(mine, s.ID)
		}
	}
	next.Start = next.End
	next.End = next.Start.Add(30 * time.Minute)
	return mine
}

// turn withdraws a slot, or offers it again.
func (l *load) turn(d *desk, slot string, withdrawn map[string]bool) {
	to := !withdrawn[slot]
	_, times, err := insist(l, d, "withdraw or restore", func(ctx context.Context, c *proof.Client) (proof.Slot, error) {
		if to {
			return c.Withdraw(ctx, slot)
		}
		return c.Restore(ctx, slot)
	})
	word := map[bool]string{true: "withdraw: ", false: "restore: "}[to]
	l.count(word + why(err))
	switch {
	case err == nil:
		withdrawn[slot] = to
		l.checks.Turned(slot, to)
	case times > 1: // an earlier question may have been heard
		l.checks.TurnUnknown(slot)
	}
}

// tell says that a patient came, or not.
func (l *load) tell(d *desk, slot string) {
	l.mu.Lock()
	came := l.came[slot]
	if len(came) == 0 {
		l.mu.Unlock()
		return
	}
	id := came[0]
	l.came[slot] = came[1:]
	l.mu.Unlock()
	outcome := []string{"honoured", "no_show"}[d.dice.IntN(2)]
	_, _, err := insist(l, d, "outcome", func(ctx context.Context, c *proof.Client) (proof.Booking, error) { return c.Tell(ctx, id, outcome) })
	l.count("outcome: " + why(err))
	if err == nil {
		l.checks.Told(id, outcome)
	}
}
