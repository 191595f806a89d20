package store_test

import (
	"context"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/relais-snp/relais/internal/agenda"
	"github.com/relais-snp/relais/internal/directory"
	"github.com/relais-snp/relais/internal/store"
	"github.com/relais-snp/relais/internal/store/storetest"
)

func TestTheDirectoryComesBackAsItWas(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		d := store.Directory{DB: db}
		elsewhere := w.gp
		elsewhere.ID, elsewhere.RPPS, elsewhere.Territories, elsewhere.Locations = "gp-2", "10000000019", []string{"cpts-vendee"}, nil
		w.must(d.AddPractitioner(t.Context(), elsewhere))

		people, err := d.Practitioners(t.Context(), senart)
		w.must(err)
		places, err := d.Locations(t.Context(), senart)
		w.must(err)
		if !cmp.Equal(people, []directory.Practitioner{w.gp}) || !cmp.Equal(places, []directory.Location{w.at}) {
			t.Errorf("%+v %+v", people, places)
		}
		one, err := d.Practitioner(t.Context(), "gp-2")
		w.must(err)
		if !cmp.Equal(one, elsewhere) {
			t.Error(cmp.Diff(elsewhere, one))
		}
		_, err = d.Practitioner(t.Context(), "gp-9")
		w.reason(err, "directory.practitioner_unknown")
	})
}

func TestImportsFindAndWriteOver(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		moved := w.gp
		moved.Phone, moved.Locations, moved.Territories = "+33199000009", nil, []string{"cpts-senart", "cpts-vendee"}
		w.must(store.Directory{DB: db}.InTx(t.Context(), func(ctx context.Context, tx directory.Tx) error {
			known, ok, err := tx.PractitionerByRPPS(ctx, w.gp.RPPS)
			if !ok || err != nil || !known.Equal(w.gp) {
				t.Errorf("by number: %v, %v", ok, err)
			}
			if _, ok, err := tx.PractitionerByRPPS(ctx, "10000000027"); ok || err != nil {
				t.Errorf("by an unknown number: %v, %v", ok, err)
			}
			place, ok, err := tx.LocationByKey(ctx, w.at.Key())
			if !ok || err != nil || place != w.at {
				t.Errorf("by key: %v, %v", ok, err)
			}
			if _, ok, err := tx.LocationByKey(ctx, "name:rien|91577"); ok || err != nil {
				t.Errorf("by an unknown key: %v, %v", ok, err)
			}
			return tx.SavePractitioner(ctx, moved)
		}))
		w.publishes(func(ctx context.Context, tx agenda.Tx) error {
			got, err := tx.Practitioner(ctx, w.gp.ID)
			if diff := cmp.Diff(moved, got); diff != "" {
				t.Error(diff)
			}
			_, unknown := tx.Location(ctx, "loc-9")
			w.reason(unknown, "directory.location_unknown")
			return err
		})
	})
}
