package load

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/relais-snp/relais/internal/proof"
)

// call is one caller on the line with one regulator.
type call struct {
	steps
	desk
	n    int
	kase proof.Case
}

// A regulator tries so many slots before giving up, out of so many at the top:
// callers do not all take the first, and colleagues see what is held.
const (
	proposals = 3
	choice    = 10
)

// take goes through the call to its outcome.
func (c *call) take() {
	commune := c.Communes[c.random.IntN(len(c.Communes))]
	kase, err := step(&c.steps, opCase, func() (proof.Case, error) {
		return c.who.Open(c.ctx, proof.NewCase{Territory: c.ID, Commune: commune, Reason: "fièvre depuis hier"})
	})
	if err != nil {
		return
	}
	c.kase = kase
	board, err := step(&c.steps, opSearch, func() (proof.Board, error) {
		return c.who.Find(c.ctx, proof.Search{Territory: c.ID, Near: commune, Case: kase.ID, Free: true, Limit: 20})
	})
	switch {
	case err != nil:
		c.close("abandoned", "")
	case c.random.IntN(100) >= c.Booked:
		c.close([]string{"to_mt", "advice", "advice", "to_15", "abandoned"}[c.random.IntN(5)], "")
	case len(board.Slots) == 0 || !c.propose(board.Slots):
		c.close("no_solution", "aucun créneau libre")
	}
}

// propose tries the best slots in turn, false when none could be had.
func (c *call) propose(slots []proof.Slot) bool {
	slots = slots[:min(len(slots), choice)]
	c.random.Shuffle(len(slots), func(i, j int) { slots[i], slots[j] = slots[j], slots[i] })
	for _, slot := range slots[:min(len(slots), proposals)] {
		hold, err := c.hold(slot.ID)
		if err != nil {
			continue
		}
		if c.random.IntN(100) < c.LetGo {
			c.release(slot.ID, hold)
			c.close("advice", "")
			return true
		}
		if c.book(slot.ID, hold) {
			return true
		}
	}
	return false
}

func (c *call) hold(slot string) (proof.Hold, error) {
	held := func(s slotHead) bool {
		return s.ID == slot && (s.Booked > 0 || len(s.Held) > 0 && s.Held[0].Holder == c.who.Me.ID)
	}
	return seen(&c.steps, c.ground, opHold, slot, held, func() (h proof.Hold, err error) {
		return h, c.over(proof.Command{Op: "hold", Slot: slot, Case: c.kase.ID}, &h)
	})
}

func (c *call) release(slot string, hold proof.Hold) {
	free := func(s slotHead) bool { return s.ID == slot && len(s.Held) == 0 }
	_, _ = seen(&c.steps, c.ground, opRelease, slot, free, func() (none struct{}, err error) { // it is measured, and expires anyway
		return none, c.over(proof.Command{Op: "release", Hold: hold.Token}, &none)
	})
}

// book books the held seat, and tells the checker of every answer.
func (c *call) book(slot string, hold proof.Hold) bool {
	key := fmt.Sprintf("load-%d-call-%d-%s", c.Seed, c.n, slot)
	patient := proof.Patient{Family: "Fictif-" + letters(int(c.Seed%1000)*10_000_000+c.n), Given: "Camille", BirthDate: "1980-05-17", Phone: "06 39 98 12 34"}
	taken := func(s slotHead) bool { return s.ID == slot && s.Booked > 0 }
	b, err := seen(&c.steps, c.ground, opBook, slot, taken, func() (proof.Booking, error) {
		return insist(&c.steps, opBook, func() (b proof.Booking, err error) {
			return b, c.over(proof.Command{Op: "book", Hold: hold.Token, Case: c.kase.ID, Patient: &patient, Key: key}, &b)
		})
	})
	if err != nil {
		return false
	}
	c.checks.Booked(key, b)
	if c.random.IntN(100) < c.Cancelled {
		c.cancel(slot, b.ID)
	}
	return true
}

func (c *call) cancel(slot, booking string) {
	c.checks.Cancelling(booking)
	free := func(s slotHead) bool { return s.ID == slot && s.Booked == 0 }
	_, err := seen(&c.steps, c.ground, opCancel, slot, free, func() (proof.Booking, error) {
		return insist(&c.steps, opCancel, func() (proof.Booking, error) { return c.who.Cancel(c.ctx, booking, "patient", "ne vient plus") })
	})
	if err == nil {
		c.checks.Cancelled(booking)
	}
}

func (c *call) close(outcome, why string) {
	_, _ = step(&c.steps, opClose, func() (proof.Case, error) { return c.who.CloseCase(c.ctx, c.kase.ID, outcome, why) }) // it is measured
}

// answerWithin is how long a regulator waits for a reply on the line.
const answerWithin = 20 * time.Second

// over asks over the live line, or over HTTP while there is none, as the
// console does.
func (c *call) over(cmd proof.Command, answer any) error {
	ctx, cancel := context.WithTimeout(c.ctx, answerWithin)
	defer cancel()
	err := c.ask(ctx, cmd, answer)
	if !errors.Is(err, proof.ErrLine) {
		return err
	}
	switch answer := answer.(type) {
	case *proof.Hold:
		*answer, err = c.who.Hold(ctx, cmd.Slot, cmd.Case)
	case *proof.Booking:
		*answer, err = c.who.Book(ctx, proof.NewBooking{Hold: cmd.Hold, Case: cmd.Case, Patient: *cmd.Patient}, cmd.Key)
	default:
		err = c.who.Release(ctx, cmd.Hold)
	}
	return err
}

// letters writes a number as letters: names stay different when digits do not
// count.
func letters(n int) string {
	text := []byte{byte('a' + n%26)}
	for n /= 26; n > 0; n /= 26 {
		text = append(text, byte('a'+n%26))
	}
	return string(text)
}
