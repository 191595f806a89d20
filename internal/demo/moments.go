package demo

import (
	"context"
	"time"

	"github.com/relais-snp/relais/internal/regulation"
)

// moments are what a call took, as an engine and a console would have told.
type moments struct {
	proposed, held, booked time.Time
	effort                 regulation.Effort
}

// callAt says what a call that came in at a time took. Regulators learn: by the
// end of the season they need a third of the time and of the keys.
func (s *season) callAt(at time.Time) moments {
	unlearned := 1 - float64(s.day)/PastDays
	seconds := func(least, spread int, learned float64) time.Duration {
		return time.Duration(least+s.dice.IntN(spread))*time.Second + time.Duration(learned*unlearned)*time.Second
	}
	var m moments
	m.proposed = at.Add(seconds(2, 4, 9))
	m.held = m.proposed.Add(seconds(3, 6, 22))
	m.booked = m.held.Add(seconds(4, 8, 35))
	m.effort.Keys = 9 + s.dice.IntN(8) + int(28*unlearned)
	if s.dice.IntN(100) < 3+int(7*unlearned) {
		m.effort.Conflicts = 1
	}
	return m
}

// keepMoments writes them all in one transaction.
func (s *season) keepMoments(ctx context.Context) error {
	return s.Record.InTx(ctx, func(ctx context.Context, tx regulation.Tx) error {
		for id, m := range s.moments {
			c, err := tx.Case(ctx, id)
			if err != nil {
				return err
			}
			c.FirstProposalAt, c.HeldAt = m.proposed, m.held
			if err := tx.SaveCase(ctx, c); err != nil {
				return err
			}
			if err := tx.NoteEffort(ctx, id, m.effort); err != nil {
				return err
			}
		}
		return nil
	})
}
