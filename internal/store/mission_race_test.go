package store_test

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/fault"
	"github.com/relais-snp/relais/internal/indicator"
	"github.com/relais-snp/relais/internal/store"
)

// signed is a contract of which every year began at noon's.
type signed struct{}

func (signed) ContractYear(context.Context, string, int) (first, last civil.Date, ok bool, err error) {
	return civil.MustDate("2026-01-15"), civil.MustDate("2027-01-14"), true, nil
}

func (signed) Missions(context.Context, string) ([]string, error) { return []string{"acces"}, nil }

func missionsOver(record store.Indicators) *indicator.Missions {
	return &indicator.Missions{Store: record, Contract: signed{}, Territories: atlas{},
		Now:   func() time.Time { return noon },
		NewID: func() string { return uuid.Must(uuid.NewV7()).String() }}
}

var leader = account.Actor{ID: "acc-co", Roles: []account.Role{account.Coordinator}, Territories: []string{senart}}

// What was observed of a year is in it as it was frozen, or was refused.
func TestNothingIsObservedBesideAFreeze(t *testing.T) {
	eachDialogue(t, func(d dialogue) {
		o := aim("", "mt")
		o.Series = indicator.ByHand
		m := missionsOver(d.Indicators)
		made, err := m.AddObjective(d.Context(), leader, o)
		d.must(err)
		var writers sync.WaitGroup
		for n := range 8 {
			writers.Go(func() {
				seen := indicator.Observation{Year: 1, On: civil.MustDate("2026-11-01"), Figure: indicator.Figure(n) * 1000, Source: "Courrier"}
				_, err := m.Observe(d.Context(), leader, made.ID, seen, fmt.Sprint("key-", n))
				if reason := fault.Reason(err); reason != "" && reason != "indicator.frozen" {
					d.Errorf("observing: %v", err)
				}
			})
		}
		writers.Go(func() {
			if _, err := m.Freeze(d.Context(), leader, senart, 1); err != nil {
				d.Errorf("freezing: %v", err)
			}
		})
		writers.Wait()

		kept, err := d.Observations(d.Context(), senart)
		d.must(err)
		y, err := m.Year(d.Context(), leader, senart, 1)
		d.must(err)
		latest := y.Progress[0].Observations
		switch {
		case len(kept) == 0 && len(latest) == 0:
		case len(kept) == 0 || len(latest) != 1 || latest[0].ID != newest(kept).ID:
			d.Errorf("%d kept, frozen with %+v", len(kept), latest)
		}
	})
}

// newest is the last of a year in the record's order.
func newest(all []indicator.Observation) indicator.Observation { return all[len(all)-1] }

func TestAKeyObservesOnceHoweverManyAsk(t *testing.T) {
	eachDialogue(t, func(d dialogue) {
		o := aim("", "mt")
		o.Series = indicator.ByHand
		m := missionsOver(d.Indicators)
		made, err := m.AddObjective(d.Context(), leader, o)
		d.must(err)
		var writers sync.WaitGroup
		for range 8 {
			writers.Go(func() {
				seen := indicator.Observation{Year: 1, On: civil.MustDate("2026-11-01"), Figure: 5_000_000, Source: "Courrier"}
				if p, err := m.Observe(d.Context(), leader, made.ID, seen, "key"); err != nil || len(p.Observations) != 1 {
					d.Errorf("%+v, %v", p.Observations, err)
				}
			})
		}
		writers.Wait()
		if kept, err := d.Observations(d.Context(), senart); err != nil || len(kept) != 1 {
			d.Errorf("%d kept, %v", len(kept), err)
		}
	})
}
