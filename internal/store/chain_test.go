package store_test

import (
	"context"
	"errors"
	"testing"

	"github.com/relais-snp/relais/internal/audit"
	"github.com/relais-snp/relais/internal/regulation"
	"github.com/relais-snp/relais/internal/store"
	"github.com/relais-snp/relais/internal/store/storetest"
)

// acts writes n audit entries, each in a transaction of its own kind.
func (w world) acts(n int) {
	w.Helper()
	w.regulates(func(ctx context.Context, tx regulation.Tx) error {
		for i := range n {
			if err := tx.Audit(ctx, entry(i)); err != nil {
				return err
			}
		}
		return nil
	})
}

func TestEntriesWrittenTogetherAreChainedOneByOne(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		var many []audit.Entry
		for i := range 203 { // several statements
			many = append(many, entry(i))
		}
		w.regulates(func(ctx context.Context, tx regulation.Tx) error { return tx.AuditAll(ctx, many) })
		w.must(db.ChainAudit(t.Context()))
		if n, err := db.VerifyAudit(t.Context()); n != 203 || err != nil {
			t.Errorf("%d entries hold, %v", n, err)
		}
	})
}

func TestTheAuditChainHoldsAndGrows(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		if n, err := db.VerifyAudit(t.Context()); n != 0 || err != nil {
			t.Errorf("empty: %d, %v", n, err)
		}
		w.acts(1203) // several batches
		if reasons := crowd(func(int) error { return db.ChainAudit(t.Context()) }); reasons[""] != 32 {
			t.Errorf("chained at once: %v", reasons)
		}
		w.acts(2)
		w.must(db.ChainAudit(t.Context()))
		if n, err := db.VerifyAudit(t.Context()); n != 1205 || err != nil {
			t.Errorf("%d entries hold, %v", n, err)
		}
	})
}

func TestTamperingWithTheAuditIsSeen(t *testing.T) {
	tampering := map[string]string{
		"altered":      `UPDATE audit SET actor = 'acc-other' WHERE position = 3`,
		"later":        `UPDATE audit SET at = (SELECT at FROM audit WHERE position = 4) WHERE position = 3`,
		"removed":      `DELETE FROM audit WHERE position = 3`,
		"cut off":      `DELETE FROM audit WHERE position >= 3`,
		"unchained":    `UPDATE audit SET position = NULL, hash = NULL WHERE position = 5`,
		"hash altered": `UPDATE audit SET hash = (SELECT hash FROM audit WHERE position = 1) WHERE position = 5`,
		"head moved":   `UPDATE meta SET value = '4:' || substr(value, 3) WHERE name = 'audit.head'`,
		"head emptied": `UPDATE meta SET value = '0:' WHERE name = 'audit.head'`,
		"head removed": `DELETE FROM meta WHERE name = 'audit.head'`,
	}
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		for name, statement := range tampering {
			w.must(db.Exec(t.Context(), `DELETE FROM audit`))
			w.must(db.Exec(t.Context(), `DELETE FROM meta WHERE name = 'audit.head'`))
			w.acts(5)
			w.must(db.ChainAudit(t.Context()))
			w.must(db.Exec(t.Context(), statement))
			n, err := db.VerifyAudit(t.Context())
			if !errors.Is(err, store.ErrAuditBroken) || n > 4 {
				t.Errorf("%s: %d entries hold, %v", name, n, err)
			}
		}
	})
}

func TestAnAuditHeadThatIsSetBackIsSeen(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		w.acts(3)
		w.must(db.ChainAudit(t.Context()))
		earlier, err := db.QueryTexts(t.Context(), `SELECT value FROM meta WHERE name = 'audit.head'`)
		w.must(err)
		w.acts(2)
		w.must(db.ChainAudit(t.Context()))
		w.must(db.Exec(t.Context(), `UPDATE meta SET value = $1 WHERE name = 'audit.head'`, earlier[0]))
		if n, err := db.VerifyAudit(t.Context()); n != 3 || !errors.Is(err, store.ErrAuditBroken) {
			t.Errorf("%d entries hold, %v", n, err)
		}
	})
}

func TestTheAuditHoldsWhileItIsChained(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		reasons := crowd(func(i int) error {
			if i%2 == 0 {
				_, err := db.VerifyAudit(t.Context())
				return err
			}
			err := store.Regulation{DB: db}.InTx(t.Context(), func(ctx context.Context, tx regulation.Tx) error {
				return tx.Audit(ctx, entry(i))
			})
			return errors.Join(err, db.ChainAudit(t.Context()))
		})
		if reasons[""] != 32 {
			t.Errorf("%v", reasons)
		}
	})
}
