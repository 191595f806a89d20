package agenda

import (
	"context"
	"slices"
	"time"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/audit"
	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/territory"
)

// Service is what one can do with supply. Every use case asks account.Can,
// decides, writes one transaction with its audit and its announcements, and
// hands those to the live engine after the commit.
type Service struct {
	store       Store
	present     Present
	deliverer   Deliverer
	territories Territories
	now         func() time.Time
	newID       func() string
}

// NewService returns the use cases of publishing. newID makes UUIDv7 texts, in
// rising order.
func NewService(store Store, present Present, deliverer Deliverer, territories Territories,
	now func() time.Time, newID func() string,
) *Service {
	return &Service{store, present, deliverer, territories, now, newID}
}

// The bounds of lists and waits.
const (
	// MaxOpenings bounds a list of openings.
	MaxOpenings = 500
	// guardFor is how long new holds on a slot are refused while SQL takes it
	// back; the slot's next record ends it sooner.
	guardFor = 10 * time.Second
	// guardDays covers the live engine's window and a day more, beyond which
	// nothing is held.
	guardDays = int(WindowAhead/(24*time.Hour)) + 1
)

// Openings lists a practitioner's openings ("" for the actor's own) with an
// occurrence that may start in [from, to), newest first.
func (s *Service) Openings(ctx context.Context, actor account.Actor, practitioner string, from, to time.Time) ([]Opening, error) {
	if practitioner == "" {
		practitioner = actor.Practitioner
	}
	if err := account.Allow(actor, account.ReadOpenings, account.Target{Practitioner: practitioner}); err != nil {
		return nil, err
	}
	found, err := s.store.Openings(ctx, practitioner, from, to, MaxOpenings)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(found, func(o Opening) bool {
		return !account.Can(actor, account.ReadOpenings, target(o.Territory, o.Practitioner))
	}), nil
}

// mayPublish tells the actor's right over an opening or a slot.
func mayPublish(actor account.Actor, inTerritory, practitioner string) error {
	return account.Allow(actor, account.Publish, target(inTerritory, practitioner))
}

func target(inTerritory, practitioner string) account.Target {
	return account.Target{Territory: inTerritory, Practitioner: practitioner}
}

// change is what a transaction of publishing leaves behind.
type change struct {
	records   []Record
	announced []Announcement
}

// commit runs fn in a transaction, announces the records it returns and
// delivers them once they are committed.
func (s *Service) commit(ctx context.Context, fn func(ctx context.Context, tx Tx) ([]Record, error)) error {
	var done change
	err := s.store.InTx(ctx, func(ctx context.Context, tx Tx) (err error) {
		done = change{}
		if done.records, err = fn(ctx, tx); err != nil || len(done.records) == 0 {
			return err
		}
		done.announced, err = tx.Announce(ctx, done.records...)
		return err
	})
	if err == nil && len(done.announced) > 0 {
		s.deliverer.Deliver(ctx, done.announced...)
	}
	return err
}

func (s *Service) entry(now time.Time, actor, action, inTerritory, about string) audit.Entry {
	return audit.Entry{At: now, Actor: actor, Action: action, Target: about, Territory: inTerritory}
}

// horizon is the first day that is not yet turned into slots of a recurrence.
func (s *Service) horizon(t territory.Territory) civil.Date {
	return civil.DateOf(s.now(), t.Zone).AddDays(HorizonDays)
}
