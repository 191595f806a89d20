package store_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/relais-snp/relais/internal/agenda"
	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/directory"
	"github.com/relais-snp/relais/internal/indicator"
	"github.com/relais-snp/relais/internal/regulation"
	"github.com/relais-snp/relais/internal/store"
)

// The longest period of a report, for a territory as busy as the trial's, with
// every GP there each day.
const (
	yearDays    = indicator.MaxDays
	yearGPs     = 25
	yearSlots   = 2 // of each GP and day
	yearBookOf3 = 2 // of three slots are taken
)

// BenchmarkAYearOfIndicators reads and computes each report over the longest
// period.
func BenchmarkAYearOfIndicators(b *testing.B) {
	onBoth(b, func(b *testing.B, db *store.DB) {
		first := aYear(b, db)
		last := civil.DateOf(first, time.UTC).AddDays(yearDays - 1)
		i := store.Indicators{DB: db}
		query := func(by indicator.Grouping) indicator.Query {
			return indicator.Query{Territory: senart, Zone: time.UTC, From: civil.DateOf(first, time.UTC), To: last, By: by, Now: first.AddDate(1, 0, 0)}
		}
		slots := func(compute func(indicator.Facts)) func() error {
			return func() error {
				facts, err := i.Facts(b.Context(), senart, first, first.AddDate(0, 0, yearDays))
				compute(facts)
				return err
			}
		}
		calls := func(compute func([]indicator.CallFact)) func() error {
			return func() error {
				facts, err := i.Calls(b.Context(), senart, first, first.AddDate(0, 0, yearDays))
				compute(facts)
				return err
			}
		}
		for _, report := range []struct {
			name string
			run  func() error
		}{
			{"fill", slots(func(f indicator.Facts) { indicator.Fill(f, query(indicator.ByHour)) })},
			{"weeks", slots(func(f indicator.Facts) { indicator.Weeks(f, query(indicator.ByPractitioner), nil) })},
			{"cover", slots(func(f indicator.Facts) { indicator.Cover(f, query(indicator.ByDay), nil) })},
			{"calls", calls(func(f []indicator.CallFact) { indicator.Calls(f, query(indicator.ByWeek)) })},
			{"unmet", calls(func(f []indicator.CallFact) { indicator.Unmet(f, query(indicator.ByDay)) })},
		} {
			b.Run(report.name, func(b *testing.B) {
				for b.Loop() {
					must(b, report.run())
				}
			})
		}
	})
}

// aYear fills the record with slots, holds, bookings and cases, and returns when
// the first slot starts.
func aYear(b *testing.B, db *store.DB) time.Time {
	b.Helper()
	d := store.Directory{DB: db}
	must(b, d.AddLocation(b.Context(), directory.Location{ID: "loc-1"}))
	for gp := range yearGPs {
		must(b, d.AddPractitioner(b.Context(), directory.Practitioner{ID: fmt.Sprint("gp-", gp), RPPS: directory.RPPS(fmt.Sprintf("1%010d", gp)),
			Locations: []string{"loc-1"}, Territories: []string{senart}}))
	}
	first := time.Date(2026, 1, 1, 8, 0, 0, 0, time.UTC)
	var published []agenda.Slot
	for gp := range yearGPs {
		must(b, store.Agenda{DB: db}.InTx(b.Context(), func(ctx context.Context, tx agenda.Tx) error {
			o := world{}.opening(fmt.Sprint("op-", gp), first)
			o.Practitioner = fmt.Sprint("gp-", gp)
			var slots []agenda.Slot
			for n := range yearDays * yearSlots {
				start := first.AddDate(0, 0, n/yearSlots).Add(time.Duration(n%yearSlots*20+gp*15) * time.Minute)
				slots = append(slots, slotOf(o, fmt.Sprintf("s-%d-%d", gp, n), start, 1))
			}
			if err := tx.SaveOpening(ctx, o); err != nil {
				return err
			}
			added, err := tx.AddSlots(ctx, slots)
			published = append(published, added...)
			return err
		}))
	}
	must(b, store.Regulation{DB: db}.InTx(b.Context(), func(ctx context.Context, tx regulation.Tx) error {
		for n, slot := range published {
			if n%3 < yearBookOf3 {
				if err := takes(ctx, tx, n, slot); err != nil {
					return err
				}
			}
		}
		return nil
	}))
	return first
}

// takes books a slot for a case of its own, after a hold that was let go.
func takes(ctx context.Context, tx regulation.Tx, n int, slot agenda.Slot) error {
	kase := regulation.Case{ID: fmt.Sprint("c-", n), Territory: senart, OpenedBy: "acc-reg", OpenedAt: slot.Start.Add(-time.Hour), Commune: "77445",
		FirstProposalAt: slot.Start.Add(-59 * time.Minute), Outcome: regulation.Booked}
	if n%9 == 0 {
		kase.Outcome, kase.WhyKind = regulation.NoSolution, regulation.WhyNoSlot
	}
	booking := world{}.booking(fmt.Sprint("b-", n), slot, 1)
	booking.Case, booking.State, booking.Fence = kase.ID, regulation.StateHonoured, int64(2*n+2)
	if err := tx.SaveCase(ctx, kase); err != nil {
		return err
	}
	if err := tx.NoteHold(ctx, slot.ID, int64(2*n+1), slot.Start); err != nil {
		return err
	}
	return tx.AddBooking(ctx, booking)
}
