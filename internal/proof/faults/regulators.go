package main

import (
	"context"
	"math/rand/v2"
	"sync"
	"time"

	"github.com/relais-snp/relais/internal/proof"
)

// regulate is a regulator's morning.
func (l *load) regulate(ctx context.Context, d *desk) {
	for breathe(ctx, d.dice, 40*time.Millisecond) {
		slot := l.pick(d.dice)
		if slot == "" {
			continue
		}
		switch n := d.dice.IntN(20); {
		case n < 4:
			l.cancelOne(d)
		case n < 6:
			l.holdAndRelease(d, slot)
		case n < 13:
			l.holdAndBook(d, slot, n == 6, n == 7)
		default:
			l.book(d, proof.NewBooking{Slot: slot, Patient: l.patient()}, slot)
		}
	}
}

// hold asks once: nobody can say of which of two questions a seat is held.
func (l *load) hold(d *desk, slot string) (proof.Hold, bool) {
	h, err := once(l.answers, d, func(ctx context.Context, c *proof.Client) (proof.Hold, error) { return c.Hold(ctx, slot, "") })
	if err != nil {
		l.count("hold: " + why(err))
		return h, false
	}
	l.count("held")
	return h, true
}

func (l *load) holdAndRelease(d *desk, slot string) {
	if h, ok := l.hold(d, slot); ok {
		_, err := once(l.answers, d, func(ctx context.Context, c *proof.Client) (struct{}, error) {
			return struct{}{}, c.Release(ctx, h.Token)
		})
		l.count("release: " + why(err)) // it expires by itself otherwise
	}
}

// holdAndBook books what it holds; extend asks for more time first, and twice
// books twice on one hold, of which one at most may succeed.
func (l *load) holdAndBook(d *desk, slot string, extend, twice bool) {
	h, ok := l.hold(d, slot)
	if !ok {
		return
	}
	if extend {
		_, err := once(l.answers, d, func(ctx context.Context, c *proof.Client) (proof.Hold, error) { return c.Extend(ctx, h.Token) })
		l.count("extend: " + why(err))
	}
	var both sync.WaitGroup
	if twice {
		other := &desk{name: d.name + " again", dice: rand.New(rand.NewPCG(d.dice.Uint64(), 0)), doors: d.doors, at: d.at + 1}
		request := proof.NewBooking{Hold: h.Token, Patient: l.patient()}
		both.Go(func() { l.book(other, request, slot) })
	}
	l.book(d, proof.NewBooking{Hold: h.Token, Patient: l.patient()}, slot)
	both.Wait()
}

func (l *load) book(d *desk, request proof.NewBooking, slot string) {
	key := l.key()
	b, _, err := insist(l, d, "book", func(ctx context.Context, c *proof.Client) (proof.Booking, error) { return c.Book(ctx, request, key) })
	l.count("book: " + why(err))
	if err != nil {
		if !proof.Unknown(err) {
			l.checks.Refused(request, proof.Reason(err))
		}
		return
	}
	l.checks.Booked(key, b)
	if request.Hold != "" && !l.loses() { // without an engine nobody knows holds, and SQL gives a seat
		l.checks.Spent(request.Hold, b)
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.soon[slot] {
		l.came[slot] = append(l.came[slot], b.ID)
	} else {
		l.live[d.name] = append(l.live[d.name], b.ID)
	}
}

func (l *load) cancelOne(d *desk) {
	l.mu.Lock()
	mine := l.live[d.name]
	if len(mine) == 0 {
		l.mu.Unlock()
		return
	}
	id := mine[0]
	l.live[d.name] = mine[1:]
	l.mu.Unlock()
	l.checks.Cancelling(id)
	_, _, err := insist(l, d, "cancel", func(ctx context.Context, c *proof.Client) (proof.Booking, error) {
		return c.Cancel(ctx, id, "regulator", "essai")
	})
	l.count("cancel: " + why(err))
	if err == nil {
		l.checks.Cancelled(id)
	}
}

// why is a refusal in a word.
func why(err error) string {
	switch {
	case err == nil:
		return "done"
	case proof.Reason(err) != "":
		return proof.Reason(err)
	}
	return "no answer"
}
