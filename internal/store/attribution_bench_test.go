package store_test

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"github.com/relais-snp/relais/internal/attribution"
	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/directory"
	"github.com/relais-snp/relais/internal/store"
)

// BenchmarkAttribution measures what a nurse waits for, in a territory of 300 GPs
// with 20,000 requests: 2,000 look for a GP, 1,000 are otherwise open, the rest
// have ended. "ground" is what a plan is computed from, "page" the first 50 lines
// of the worklist, opened.
func BenchmarkAttribution(b *testing.B) {
	onBoth(b, func(b *testing.B, db *store.DB) {
		a := store.Attribution{DB: db}
		seedAttribution(b, a)
		b.Run("ground", func(b *testing.B) {
			for b.Loop() {
				g, err := a.Ground(b.Context(), senart, now)
				if err != nil || len(g.Requests) != 2000 || len(g.Declarations) != 300 || len(g.NotBy) == 0 {
					b.Fatalf("%d requests, %d declarations, %v", len(g.Requests), len(g.Declarations), err)
				}
			}
		})
		b.Run("page", func(b *testing.B) {
			q := attribution.RequestQuery{Territory: senart, States: openStates, Limit: 50}
			for b.Loop() {
				if page, err := a.Requests(b.Context(), q); err != nil || len(page) != 50 {
					b.Fatalf("%d requests, %v", len(page), err)
				}
			}
		})
	})
}

func seedAttribution(b *testing.B, a store.Attribution) {
	b.Helper()
	d := store.Directory(a)
	for i := range 300 {
		err := d.AddPractitioner(b.Context(), directory.Practitioner{ID: fmt.Sprintf("gp-%03d", i),
			RPPS: directory.RPPS(fmt.Sprintf("2000%07d", i)), Family: "Fictif", Profession: directory.Physician, Territories: []string{senart}})
		if err != nil {
			b.Fatal(err)
		}
	}
	all := make([]int, 20_000)
	for i := range all {
		all[i] = i
	}
	for some := range slices.Chunk(all, 500) {
		err := a.InTx(b.Context(), func(ctx context.Context, tx attribution.Tx) error {
			for _, i := range some {
				if err := seedRequest(ctx, tx, i); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			b.Fatal(err)
		}
	}
	err := a.InTx(b.Context(), func(ctx context.Context, tx attribution.Tx) error {
		for i := range 300 {
			if err := tx.SaveDeclaration(ctx, declared(fmt.Sprintf("gp-%03d", i), 8)); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	if a.DB.Kind() == "PostgreSQL" { // as it does by itself after a while
		if err := a.DB.Exec(b.Context(), `ANALYZE`); err != nil {
			b.Fatal(err)
		}
	}
}

// seedRequest is the i-th request, its history and, for every other, an offer.
func seedRequest(ctx context.Context, tx attribution.Tx, i int) error {
	r := sought(fmt.Sprintf("r-%05d", i*7919%20_000), func(r *attribution.Request) {
		r.Tier, r.Draw, r.Since = i%3+1, uint64(i)*2_654_435_761%(1<<53), civil.MustDate("2025-01-01").AddDays(i%600)
		switch {
		case i%10 == 0:
			r.State = attribution.Waiting
		case i%20 == 1:
			r.State = attribution.Proposed
		case i%2 == 0:
			r.State, r.AttachedOn = attribution.Attached, r.Since.AddDays(40)
		default:
			r.State, r.ClosedAt, r.ClosedReason = attribution.Closed, noon, attribution.FoundElsewhere
		}
	})
	if err := tx.AddRequest(ctx, r); err != nil {
		return err
	}
	if err := tx.AddEvent(ctx, attribution.Event{ID: "e-" + r.ID, Request: r.ID, At: noon, Actor: "acc-nurse", Kind: attribution.EventReceived}); err != nil || i%2 == 1 && r.State != attribution.Proposed {
		return err
	}
	return tx.AddOffer(ctx, proposal("o-"+r.ID, r.ID, fmt.Sprintf("gp-%03d", i/2%300), func(o *attribution.Offer) {
		switch r.State {
		case attribution.Waiting:
			o.State = attribution.OfferDeclined
		case attribution.Attached:
			o.State, o.AnsweredAt = attribution.OfferAccepted, noon.AddDate(0, -i%12, 0)
		}
	}))
}
