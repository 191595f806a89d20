package agenda

import (
	"context"
	"errors"
	"time"

	"github.com/relais-snp/relais/internal/civil"
)

// dueBatch is how many openings are read at a time.
const dueBatch = 100

// Materialise turns recurring openings into slots up to 8 weeks ahead and
// returns how many slots it added. It is run once a day and at start; running
// it twice adds nothing. A slot that would overlap one that the practitioner
// published in the meantime is left out, and so is a day left out or in a pause. An opening that fails does not keep
// the others waiting; the errors are joined.
func (s *Service) Materialise(ctx context.Context) (added int, err error) {
	// The zone furthest behind: openings of every zone then advance to upTo or
	// beyond, and leave the list.
	upTo := civil.DateOf(s.now().Add(-12*time.Hour), time.UTC).AddDays(HorizonDays)
	tried := map[string]bool{}
	var failures []error
	for {
		due, err := s.store.DueOpenings(ctx, upTo, dueBatch+len(failures))
		if err != nil {
			return added, errors.Join(append(failures, err)...)
		}
		fresh := 0
		for _, o := range due {
			if tried[o.ID] {
				continue
			}
			tried[o.ID], fresh = true, fresh+1
			n, err := s.materialise(ctx, o.ID)
			added += n
			if err != nil {
				failures = append(failures, err)
			}
		}
		if fresh == 0 {
			return added, errors.Join(failures...)
		}
	}
}

// materialise advances one opening, which it reads again under lock.
func (s *Service) materialise(ctx context.Context, id string) (added int, err error) {
	err = s.commit(ctx, func(ctx context.Context, tx Tx) ([]Record, error) {
		added = 0
		o, err := tx.Opening(ctx, id)
		if err != nil {
			return nil, err
		}
		t, err := s.territories.Territory(o.Territory)
		if err != nil {
			return nil, err
		}
		horizon := s.horizon(t)
		if !o.MaterialisedTo.Before(horizon) {
			return nil, nil
		}
		wanted, err := s.yield(ctx, tx, o, t, o.MaterialisedTo, horizon)
		if err != nil {
			return nil, err
		}
		apart, _, err := s.room(ctx, tx, o, wanted)
		if err != nil {
			return nil, err
		}
		records, err := s.add(ctx, tx, apart)
		if err != nil {
			return nil, err
		}
		added, o.MaterialisedTo = len(records), horizon
		return records, tx.SaveOpening(ctx, o)
	})
	return added, err
}
