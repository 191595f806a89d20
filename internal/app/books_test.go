package app_test

import (
	"context"
	"database/sql"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/funding"
	"github.com/relais-snp/relais/internal/store"
)

// keepsBooks writes three entries in the books of Sénart.
func (o *office) keepsBooks() {
	o.t.Helper()
	keys, err := store.ReadKeys(filepath.Join(o.dir, "keys.json"))
	if err != nil {
		o.t.Fatal(err)
	}
	db, err := store.Open(o.t.Context(), store.Options{Path: filepath.Join(o.dir, "relais.db"), Keys: keys})
	if err != nil {
		o.t.Fatal(err)
	}
	defer db.Close()
	day := civil.MustDate("2026-06-15")
	err = store.Funding{DB: db}.InTx(o.t.Context(), func(ctx context.Context, tx funding.Tx) error {
		if err := tx.SaveFiscalYear(ctx, funding.FiscalYear{Territory: "cpts-senart", Year: 2026, First: day, Last: day}); err != nil {
			return err
		}
		for n := range 3 {
			head, err := tx.Head(ctx, "cpts-senart")
			if err != nil {
				return err
			}
			e := funding.Entry{Number: head.Number + 1, ID: fmt.Sprintf("entry-%d", n+1), Territory: "cpts-senart", Journal: "BQ", On: day, PieceOn: day,
				FiscalYear: 2026, Label: "Versement", Piece: "BQ", At: time.Date(2026, 6, 15, 8, 0, 0, 0, time.UTC), By: "acc-t",
				Lines: []funding.Line{{Account: "512", Debit: 100}, {Account: "741", Credit: 100}}}
			if err := tx.AddEntry(ctx, e.Seal(head.Hash)); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		o.t.Fatal(err)
	}
}

// tampers changes the record with the tools of its database.
func (o *office) tampers(statements ...string) {
	o.t.Helper()
	db, err := sql.Open("sqlite", filepath.Join(o.dir, "relais.db"))
	if err != nil {
		o.t.Fatal(err)
	}
	defer db.Close()
	for _, statement := range statements {
		if _, err := db.ExecContext(o.t.Context(), statement); err != nil {
			o.t.Fatal(err)
		}
	}
}

func TestCheckNamesTheFirstEntryThatWasChanged(t *testing.T) {
	o := newOffice(t)
	o.run(0, "migrate")
	o.keepsBooks()
	o.run(0, "check")
	o.heard("books of cpts-senart whole over 3 entries")

	o.tampers(`DROP TRIGGER funding_entries_not_updated`, `UPDATE funding_entries SET label = 'Versemenu' WHERE number >= 2`)
	o.run(1, "check")
	o.heard("FAILS: books of cpts-senart: funding: the chain of entries breaks at entry 2")

	o.tampers(`UPDATE funding_entries SET label = 'Versement'`, `UPDATE funding_totals SET debit = debit - 1 WHERE account = '512'`)
	o.run(1, "check")
	o.heard("books of cpts-senart: store: what is kept beside the books' entries is not theirs: account 512 of 2026")
}
