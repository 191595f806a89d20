package store_test

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/relais-snp/relais/internal/fault"
	"github.com/relais-snp/relais/internal/regulation"
	"github.com/relais-snp/relais/internal/store"
	"github.com/relais-snp/relais/internal/store/storetest"
)

func containsAny(text string, needles ...string) bool {
	for _, n := range needles {
		if strings.Contains(text, n) {
			return true
		}
	}
	return false
}

// planted are words that must be found nowhere in the database's bytes.
var planted = []string{"Plantagenet-Fictif", "PLANTAGENET", "plantagenetfictif", "Guillemette", "1961-04-02", "+33199000077", "otite-plantée", "Docteur-Planté", "excuse-plantée", "impasse-plantée", "jeton-planté"}

func plant(w world) {
	slot := w.slots("op-1", noon, 1, 1)[0]
	b := w.booking("b-1", slot, 1)
	b.Patient.Family, b.Patient.Given, b.Patient.Phone, b.Reason = planted[0], planted[3], planted[5], planted[6]
	b.Patient.MT.Name = planted[7]
	w.must(w.books(b))
	b.State, b.CancelReason = regulation.StateCancelled, planted[8]
	w.regulates(func(ctx context.Context, tx regulation.Tx) error {
		if err := tx.SaveBooking(ctx, b); err != nil {
			return err
		}
		return tx.SaveCase(ctx, regulation.Case{ID: "c-1", Territory: senart, OpenedBy: "acc-reg", OpenedAt: noon,
			Reason: planted[6], MT: b.Patient.MT, Patient: &b.Patient, Why: planted[9]})
	})
	w.must(store.Sessions{DB: w.db}.CommitCtx(w.Context(), planted[10], []byte("session"), noon))
	plantSeeker(newSeeking(w))
}

func searched(t *testing.T, where string, text []byte) {
	t.Helper()
	if !bytes.Contains(text, []byte("cpts-senart")) {
		t.Fatalf("%s does not hold what was written: nothing is proved", where)
	}
	for _, word := range slices.Concat(planted, plantedSeeker) {
		if bytes.Contains(text, []byte(word)) {
			t.Errorf("%s holds %q in clear", where, word)
		}
	}
}

func TestIdentitiesAreNowhereInSQLiteFiles(t *testing.T) {
	folder := t.TempDir()
	db := storetest.Open(t, store.Options{Path: filepath.Join(folder, "relais.db")})
	if err := db.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	plant(newWorld(t, db))
	var all []byte
	files, err := filepath.Glob(filepath.Join(folder, "*"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files { // the file, its log and its index
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, text...)
	}
	searched(t, "the folder", all)
}

func TestIdentitiesAreNowhereInPostgresDumps(t *testing.T) {
	url := storetest.PostgresURL(t)
	db := storetest.Open(t, store.Options{URL: url})
	if err := db.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	plant(newWorld(t, db))
	dump, err := exec.Command(storetest.Program(t, "pg_dump"), "--inserts", url).Output()
	if err != nil {
		t.Fatal(err)
	}
	searched(t, "the dump", dump)
}

func TestRotationKeepsOldRowsReadableAndBringsThemOver(t *testing.T) {
	storetest.EachBare(t, func(t *testing.T, db *store.DB) {
		path := filepath.Join(t.TempDir(), "keys.json")
		keys, _, err := store.OpenKeys(path)
		if err != nil {
			t.Fatal(err)
		}
		db.SetKeys(keys)
		w := newWorld(t, migrate(t, db))
		slots := w.slots("op-1", noon, 2, 1)
		w.must(w.books(w.booking("old", slots[0], 1)))
		before := keys.Current()

		w.must(keys.Rotate())
		w.must(w.books(w.booking("new", slots[1], 1)))
		readable := func(when string) {
			for _, id := range []string{"old", "new"} {
				b, err := store.Regulation{DB: db}.Booking(t.Context(), id)
				if err != nil || !cmp.Equal(b.Patient, patient()) {
					t.Errorf("%s: %s: %v", when, id, err)
				}
			}
		}
		readable("after rotation")
		again, made, err := store.OpenKeys(path) // as the next start does
		if err != nil || made || again.Current() == before || again.Current() != keys.Current() {
			t.Fatalf("key file after rotation: made %v, %v", made, err)
		}
		db.SetKeys(again)
		readable("after a restart")
		rows, err := db.Reseal(t.Context())
		if rows != 1 || err != nil {
			t.Errorf("resealed %d, %v", rows, err)
		}
		rows, err = db.Reseal(t.Context())
		if rows != 0 || err != nil {
			t.Errorf("resealed %d again, %v", rows, err)
		}
		readable("after resealing")
	})
}

func TestSealedBytesOpenInTheirOwnRowOnly(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		slots := w.slots("op-1", noon, 2, 1)
		w.must(w.books(w.booking("b-1", slots[0], 1)))
		w.must(w.books(w.booking("b-2", slots[1], 1)))
		w.must(db.Exec(t.Context(), `UPDATE bookings SET private = (SELECT private FROM bookings WHERE id = 'b-1') WHERE id = 'b-2'`))
		_, err := store.Regulation{DB: db}.Booking(t.Context(), "b-2")
		w.reason(err, "store.sealed")
	})
}

func TestAnotherKeyFileIsRefused(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		other, err := store.NewKeys()
		if err != nil {
			t.Fatal(err)
		}
		db.SetKeys(other)
		if err := db.Migrate(t.Context()); err == nil || !strings.Contains(err.Error(), "store.key_mismatch") {
			t.Errorf("%v", err)
		}
	})
}

func TestADatabaseTellsWhetherAKeyFileIsItsOwn(t *testing.T) {
	storetest.EachBare(t, func(t *testing.T, db *store.DB) {
		tell := func() (made, keyed bool) {
			made, err := db.Made(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			if keyed, err = db.Keyed(t.Context()); err != nil {
				t.Fatal(err)
			}
			return made, keyed
		}
		// Given an empty database, it has no key, and any will do
		if made, keyed := tell(); made || keyed {
			t.Fatalf("an empty database: made %v, keyed %v", made, keyed)
		}
		if err := db.CheckKeys(t.Context()); err != nil {
			t.Errorf("an empty database refuses its first keys: %v", err)
		}
		// When it is brought to the schema, it keeps to those keys
		if err := db.Migrate(t.Context()); err != nil {
			t.Fatal(err)
		}
		if made, keyed := tell(); !made || !keyed {
			t.Errorf("a sealed database: made %v, keyed %v", made, keyed)
		}
		if err := db.CheckKeys(t.Context()); err != nil {
			t.Errorf("its own keys: %v", err)
		}
		other, err := store.NewKeys()
		if err != nil {
			t.Fatal(err)
		}
		db.SetKeys(other)
		if err := db.CheckKeys(t.Context()); fault.Reason(err) != "store.key_mismatch" {
			t.Errorf("other keys: %v", err)
		}
	})
}

func TestKeyFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "keys.json")
	keys, made, err := store.OpenKeys(path)
	if err != nil || !made {
		t.Fatalf("made %v, %v", made, err)
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
	again, made, err := store.OpenKeys(path)
	if err != nil || made || again.Current() != keys.Current() {
		t.Errorf("opened again: made %v, %v", made, err)
	}
	for _, c := range []struct {
		name string
		do   func() error
	}{
		{"readable by the group", func() error { return os.Chmod(path, 0o640) }},
		{"writable by the world", func() error { return os.Chmod(path, 0o602) }},
		{"not a key file", func() error { return os.WriteFile(path, []byte(`{"sealing":"secret-planté"}`), 0o600) }},
		{"empty", func() error { return os.Truncate(path, 0) }},
	} {
		if err := c.do(); err != nil {
			t.Fatal(err)
		}
		if _, made, err := store.OpenKeys(path); err == nil || made || strings.Contains(err.Error(), "secret-planté") {
			t.Errorf("%s: made %v, %v", c.name, made, err)
		}
		if err := os.Chmod(path, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if _, _, err := store.OpenKeys(filepath.Dir(path)); err == nil {
		t.Error("a folder was taken for a key file")
	}
}
