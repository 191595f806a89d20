package store_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/relais-snp/relais/internal/audit"
	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/indicator"
	"github.com/relais-snp/relais/internal/store"
	"github.com/relais-snp/relais/internal/store/storetest"
)

// declares keeps figures and returns the ids under which they are kept.
func (w world) declares(figures ...indicator.Declared) (ids []string) {
	w.Helper()
	w.must(store.Indicators{DB: w.db}.InTx(w.Context(), func(ctx context.Context, tx indicator.Tx) error {
		ids = nil
		for _, d := range figures {
			id, err := tx.SaveDeclared(ctx, d)
			if err != nil {
				return err
			}
			ids = append(ids, id)
		}
		return nil
	}))
	return ids
}

func figure(id string, kind indicator.FigureKind, on string, count int) indicator.Declared {
	return indicator.Declared{ID: id, Territory: senart, Kind: kind, On: civil.MustDate(on), Count: count, Base: 113889,
		Source: "Données CPAM", By: "acc-co", At: noon}
}

func TestDeclaredFiguresAreListedLatestFirst(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		old, recent := figure("f-1", indicator.WithoutMT, "2026-01-01", 18000), figure("f-2", indicator.WithoutMT, "2026-10-01", 17653)
		ald, elsewhere := figure("f-3", indicator.ALDWithoutMT, "2026-10-01", 2050), figure("f-4", indicator.WithoutMT, "2026-10-01", 1)
		ald.Base, elsewhere.Territory = 0, "cpts-other"
		w.declares(old, recent, ald, elsewhere)

		got, err := store.Indicators{DB: db}.Declared(t.Context(), senart, 500)
		w.must(err)
		if diff := cmp.Diff([]indicator.Declared{ald, recent, old}, got); diff != "" {
			t.Error(diff)
		}
		if got, err = (store.Indicators{DB: db}).Declared(t.Context(), senart, 2); err != nil || len(got) != 2 {
			t.Errorf("%d of two, %v", len(got), err)
		}
	})
}

func TestAFigureOfTheSameDayIsReplacedUnderItsID(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		w.declares(figure("f-1", indicator.WithoutMT, "2026-10-01", 18000))
		again := figure("f-2", indicator.WithoutMT, "2026-10-01", 17653)
		again.Base, again.Source, again.By, again.At = 0, "Courrier du 3 novembre", "acc-other", noon.Add(time.Hour)

		if ids := w.declares(again); ids[0] != "f-1" {
			t.Errorf("kept as %v", ids)
		}
		got, err := store.Indicators{DB: db}.Declared(t.Context(), senart, 500)
		w.must(err)
		again.ID = "f-1"
		if diff := cmp.Diff([]indicator.Declared{again}, got); diff != "" {
			t.Error(diff)
		}
	})
}

func TestAFigureIsTakenBackWithItsTrace(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		w.declares(figure("f-1", indicator.WithoutMT, "2026-10-01", 18000))
		in := store.Indicators{DB: db}
		w.must(in.InTx(t.Context(), func(ctx context.Context, tx indicator.Tx) error {
			d, err := tx.DeclaredFigure(ctx, "f-1")
			if err != nil || d.Count != 18000 {
				return errors.Join(err, errors.New("another figure"))
			}
			if err := tx.DeleteDeclared(ctx, "f-1"); err != nil {
				return err
			}
			return tx.Audit(ctx, audit.Entry{At: noon, Actor: "acc-co", Action: "indicator.delete", Target: "declared:f-1", Territory: senart})
		}))
		got, err := in.Declared(t.Context(), senart, 500)
		if err != nil || len(got) != 0 {
			t.Errorf("%v, %v", got, err)
		}
		err = in.InTx(t.Context(), func(ctx context.Context, tx indicator.Tx) error {
			_, err := tx.DeclaredFigure(ctx, "f-1")
			return err
		})
		if !errors.Is(err, indicator.ErrFigureUnknown) {
			t.Errorf("%v, want that it is unknown", err)
		}
		w.must(db.ChainAudit(t.Context()))
		if n, err := db.VerifyAudit(t.Context()); n != 1 || err != nil {
			t.Errorf("audit: %d, %v", n, err)
		}
	})
}
