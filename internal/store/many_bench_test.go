package store_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/relais-snp/relais/internal/agenda"
	"github.com/relais-snp/relais/internal/directory"
	"github.com/relais-snp/relais/internal/store"
	"github.com/relais-snp/relais/internal/store/storetest"
)

// largest is as many slots as one opening yields at once: 144 on each of 56 days.
const largest = 144 * 56

// onBoth runs a benchmark on durable databases of both kinds.
func onBoth(b *testing.B, run func(b *testing.B, db *store.DB)) {
	b.Run("SQLite", func(b *testing.B) { run(b, storetest.SQLite(b)) })
	b.Run("PostgreSQL", func(b *testing.B) {
		cluster := storetest.StartCluster(b, storetest.Settings{Fsync: true})
		run(b, migratedFor(b, store.Options{URL: cluster.Database(b)}))
	})
}

// BenchmarkLargestOpening publishes the largest opening, announces its slots and
// carries them off as the relay does.
func BenchmarkLargestOpening(b *testing.B) {
	onBoth(b, func(b *testing.B, db *store.DB) {
		d := store.Directory{DB: db}
		must(b, d.AddLocation(b.Context(), directory.Location{ID: "loc-1"}))
		must(b, d.AddPractitioner(b.Context(), directory.Practitioner{ID: "gp-1", RPPS: "10000000001", Locations: []string{"loc-1"}, Territories: []string{senart}}))
		var published, relayed time.Duration
		for n := range b.N {
			begun := time.Now()
			publishLargest(b, db, fmt.Sprintf("op-%d", n))
			half := time.Now()
			relayAll(b, store.Live{DB: db})
			published, relayed = published+half.Sub(begun), relayed+time.Since(half)
		}
		b.ReportMetric(float64(b.N*largest)/published.Seconds(), "published/s")
		b.ReportMetric(float64(b.N*largest)/relayed.Seconds(), "relayed/s")
	})
}

func publishLargest(b *testing.B, db *store.DB, opening string) {
	o := world{}.opening(opening, noon)
	slots := make([]agenda.Slot, largest)
	for i := range slots {
		slots[i] = slotOf(o, fmt.Sprintf("%s-%d", opening, i), noon.Add(time.Duration(i)*5*time.Minute), 1)
	}
	must(b, store.Agenda{DB: db}.InTx(b.Context(), func(ctx context.Context, tx agenda.Tx) error {
		if err := tx.SaveOpening(ctx, o); err != nil {
			return err
		}
		added, err := tx.AddSlots(ctx, slots)
		if err != nil {
			return err
		}
		records := make([]agenda.Record, len(added))
		for i, s := range added {
			records[i].Slot = s
		}
		_, err = tx.Announce(ctx, records...)
		return err
	}))
}

func relayAll(b *testing.B, live store.Live) {
	for {
		pending, err := live.Pending(b.Context(), 256)
		must(b, err)
		if len(pending) == 0 {
			return
		}
		ids := make([]int64, len(pending))
		for i, p := range pending {
			ids[i] = p.ID
		}
		must(b, live.Forget(b.Context(), ids))
	}
}

// BenchmarkImport imports practitioners, two hundred a transaction, each with a
// place of their own.
func BenchmarkImport(b *testing.B) {
	onBoth(b, func(b *testing.B, db *store.DB) {
		d, n := store.Directory{DB: db}, 0
		for b.Loop() {
			must(b, d.InTx(b.Context(), func(ctx context.Context, tx directory.Tx) error {
				for range 200 {
					n++
					if err := importOne(ctx, tx, n); err != nil {
						return err
					}
				}
				return nil
			}))
		}
		b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "practitioners/s")
	})
}

func importOne(ctx context.Context, tx directory.Tx, n int) error {
	at := directory.Location{ID: fmt.Sprintf("loc-%d", n), Name: fmt.Sprintf("Cabinet fictif %d", n), Commune: "91577"}
	if _, _, err := tx.LocationByKey(ctx, at.Key()); err != nil {
		return err
	}
	if err := tx.SaveLocation(ctx, at); err != nil {
		return err
	}
	who := directory.Practitioner{ID: fmt.Sprintf("gp-%d", n), RPPS: directory.RPPS(fmt.Sprintf("1%010d", n)), Family: "Fictif",
		Locations: []string{at.ID}, Territories: []string{senart}}
	if _, _, err := tx.PractitionerByRPPS(ctx, who.RPPS); err != nil {
		return err
	}
	if err := tx.SavePractitioner(ctx, who); err != nil {
		return err
	}
	return tx.Audit(ctx, entry(n))
}

func must(b *testing.B, err error) {
	b.Helper()
	if err != nil {
		b.Fatal(err)
	}
}
