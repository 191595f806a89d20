package funding

import (
	"context"
	"errors"
	"slices"
	"strings"
)

// errNotReceived keeps more from being taken back than came.
var errNotReceived = errors.New("funding: less came of the expectation than its entry says")

// Came is what an entry that Settles an expectation received of it.
func (e Entry) Came() Cents {
	if e.Settles == "" || len(e.Lines) == 0 {
		return 0
	}
	return e.Lines[0].Debit
}

// Return notes that money which had come was taken back: it is awaited again, and
// with it what a person had given up.
func (x Expectation) Return(amount Cents) (Expectation, error) {
	if amount <= 0 || amount > x.Received {
		return x, errNotReceived
	}
	x.Received -= amount
	x.State = Partly
	if x.Received == 0 {
		x.State = Pending
	}
	return x, nil
}

// reopen awaits again what an entry that is reversed had settled, as its cause says
// it now.
func (s *Service) reopen(ctx context.Context, tx Tx, e Entry, by string) error {
	c, there, err := tx.Contract(ctx, e.Territory) // locked before what it makes expected, as by whoever changes it
	if err != nil {
		return err
	}
	x, err := tx.Expectation(ctx, e.Settles)
	if err != nil {
		return err
	}
	if by, err := tx.ReversalOf(ctx, e.ID); err != nil || by != "" { // nobody gives back twice
		return first(err, ErrReversed)
	}
	if x, err = x.Return(e.Came()); err != nil {
		return err
	}
	if err := s.save(ctx, tx, x, by, "funding.expect.return"); err != nil {
		return err
	}
	schedule, known := s.schedule(c)
	if !there || !known || !strings.HasPrefix(x.Key, keysOf(c)) {
		return nil
	}
	calendar := schedule.Calendar(c)
	at := slices.IndexFunc(calendar, func(p Payment) bool { return p.key(c) == x.Key })
	if at < 0 {
		return s.withdraw(ctx, tx, x, by)
	}
	return s.follow(ctx, tx, x, calendar[at], by)
}
