package store_test

import (
	"path/filepath"
	"testing"

	"github.com/relais-snp/relais/internal/attribution"
	"github.com/relais-snp/relais/internal/store"
	"github.com/relais-snp/relais/internal/store/storetest"
)

func TestARecordThatLastsForgetsNoTerritory(t *testing.T) {
	keys, err := store.NewKeys()
	if err != nil {
		t.Fatal(err)
	}
	db, err := store.Open(t.Context(), store.Options{Path: filepath.Join(t.TempDir(), "relais.db"), Keys: keys})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if err := db.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := db.ForgetTerritory(t.Context(), "cpts-senart"); err == nil {
		t.Error("a real territory was forgotten")
	}
}

func TestAFleetingRecordForgetsWhoLookedForADoctor(t *testing.T) {
	db := migrate(t, storetest.Open(t, store.Options{Path: filepath.Join(t.TempDir(), "relais.db"), Fleeting: true}))
	w := newSeeking(newWorld(t, db))
	plantSeeker(w)
	w.declares(declared("gp-1", 3))
	w.asks(sought("elsewhere", func(r *attribution.Request) { r.Territory = "cpts-ailleurs" }))
	w.must(db.ForgetTerritory(t.Context(), senart))
	left, err := db.QueryTexts(t.Context(), `SELECT id FROM mt_requests UNION ALL SELECT id FROM mt_events UNION ALL SELECT id FROM mt_offers
UNION ALL SELECT practitioner FROM mt_declarations UNION ALL SELECT id FROM mt_plans`)
	if err != nil || len(left) != 1 || left[0] != "elsewhere" {
		t.Errorf("left %v, %v", left, err)
	}
}

func TestAFleetingRecordForgetsBooksAndKeepsOthersFromChange(t *testing.T) {
	db := migrate(t, storetest.Open(t, store.Options{Path: filepath.Join(t.TempDir(), "relais.db"), Fleeting: true}))
	o := newOffice(t, db)
	e := o.posted(1)[0]
	if _, err := o.Reverse(t.Context(), treasurer, e.ID, e.On, "Erreur", "r"); err != nil {
		t.Fatal(err)
	}
	if err := db.ForgetTerritory(t.Context(), senart); err != nil {
		t.Fatal(err)
	}
	left, err := db.QueryTexts(t.Context(), `SELECT id FROM funding_entries UNION ALL SELECT account FROM funding_lines
UNION ALL SELECT territory FROM funding_heads UNION ALL SELECT territory FROM funding_years UNION ALL SELECT territory FROM funding_totals`)
	if err != nil || len(left) != 0 {
		t.Errorf("left %v, %v", left, err)
	}
	again := newOffice(t, db)
	again.posts(pays(100, "512", "741"), "k1")
	again.posts(pays(100, "512", "741"), "k2")
	if err := db.Exec(t.Context(), `DELETE FROM funding_lines`); err == nil {
		t.Error("an entry can be changed after a territory was forgotten")
	}
	again.hold(2)
}
