package store_test

import (
	"bytes"
	"context"
	"encoding/hex"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/relais-snp/relais/internal/attribution"
	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/store"
	"github.com/relais-snp/relais/internal/store/storetest"
)

// plantedSeeker are the words of a patient who looks for a doctor.
var plantedSeeker = []string{"Capet-Fictif", "CAPET", "capetfictif", "Ermengarde", "1947-05-06", "+33199000088", "allée-plantée", "signalante-plantée",
	"collecteur-planté", "asthme-planté", "médicament-planté", "synthèse-plantée", "rang-planté", "remarque-plantée", "réponse-plantée"}

// plantSeeker writes them wherever attribution keeps a text.
func plantSeeker(w seeking) {
	w.Helper()
	word := plantedSeeker
	w.asks(sought("r-secret", func(r *attribution.Request) {
		r.Patient = &attribution.Patient{Family: word[0], Given: word[3], BirthDate: civil.MustDate(word[4]), Phone: word[5], Address: word[6]}
		r.BirthYear, r.Reporter, r.Consent.Collector, r.ChronicDisease, r.Medication = 1947, word[7], word[8], word[9], word[10]
		r.Synthesis, r.TierSet, r.TierReason = word[11], true, word[12]
	}))
	w.happens(attribution.Event{ID: "e-secret", Request: "r-secret", At: noon, Actor: "acc-nurse", Kind: attribution.EventNoted, Note: word[13]})
	w.offers(proposal("o-secret", "r-secret", "gp-1", func(o *attribution.Offer) { o.State, o.Note = attribution.OfferDeclined, word[14] }))
}

// bytesOf are the whole of a record: a copy of the file, or a dump.
func bytesOf(t *testing.T, db *store.DB, url string) []byte {
	t.Helper()
	if url == "" {
		path := filepath.Join(t.TempDir(), "copy.db")
		if err := db.Backup(t.Context(), path); err != nil {
			t.Fatal(err)
		}
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		return text
	}
	dump, err := exec.Command(storetest.Program(t, "pg_dump"), "--inserts", url).Output()
	if err != nil {
		t.Fatal(err)
	}
	return dump
}

// sealedParts are the sealed bytes of the planted patient, in hex.
func (w seeking) sealedParts() []string {
	w.Helper()
	encode := "encode(%s, 'hex')"
	if w.db.Kind() == "SQLite" {
		encode = "lower(hex(%s))"
	}
	part := func(table, column, id string) string {
		return `SELECT ` + fmt.Sprintf(encode, column) + ` FROM ` + table + ` WHERE id = '` + id + `' AND ` + column + ` IS NOT NULL`
	}
	found, err := w.db.QueryTexts(w.Context(), part("mt_requests", "private", "r-secret")+` UNION ALL `+part("mt_requests", "name_hash", "r-secret")+
		` UNION ALL `+part("mt_events", "note", "e-secret")+` UNION ALL `+part("mt_offers", "note", "o-secret"))
	w.must(err)
	return found
}

// holds reports whether a record's bytes hold a sealed part, as such or in hex.
func holdsPart(t *testing.T, text []byte, part string) bool {
	t.Helper()
	raw, err := hex.DecodeString(part)
	if err != nil {
		t.Fatal(err)
	}
	// A long value is spread over pages, its beginning is not.
	return bytes.Contains(text, raw[:16]) || bytes.Contains(text, []byte(part))
}

func TestAnErasedPatientIsNowhere(t *testing.T) {
	erased := func(t *testing.T, db *store.DB, url string) {
		w := newSeeking(newWorld(t, migrate(t, db)))
		plantSeeker(w)
		parts := w.sealedParts()
		before := bytesOf(t, db, url)
		if len(parts) != 4 {
			t.Fatalf("%d sealed parts", len(parts))
		}
		for _, part := range parts {
			if !holdsPart(t, before, part) {
				t.Fatal("the copy does not hold what was sealed: nothing is proved")
			}
		}
		w.erases("r-secret")
		after := bytesOf(t, db, url)
		for _, part := range parts {
			if holdsPart(t, after, part) {
				t.Error("a copy of the record still holds a sealed part")
			}
		}
		for _, text := range [][]byte{before, after} {
			for _, word := range plantedSeeker {
				if bytes.Contains(text, []byte(word)) {
					t.Errorf("a copy holds %q in clear", word)
				}
			}
		}
		w.showsNobody()
	}
	t.Run("SQLite", func(t *testing.T) {
		erased(t, storetest.Open(t, store.Options{Path: filepath.Join(t.TempDir(), "relais.db")}), "")
	})
	t.Run("PostgreSQL", func(t *testing.T) {
		url := storetest.PostgresURL(t)
		erased(t, storetest.Open(t, store.Options{URL: url}), url)
	})
}

// SQLite leaves what it deletes in the file, unless it is told not to.
func TestAnErasedPatientIsNotInTheFile(t *testing.T) {
	folder := t.TempDir()
	db, err := store.Open(t.Context(), store.Options{Path: filepath.Join(folder, "relais.db"), Keys: storetest.Keys(t)})
	if err != nil {
		t.Fatal(err)
	}
	w := newSeeking(newWorld(t, migrate(t, db)))
	plantSeeker(w)
	r, err := w.Request(t.Context(), "r-secret")
	w.must(err)
	r.Synthesis = strings.Repeat("synthèse-plantée ", 1000) // of several pages
	w.attributes(func(ctx context.Context, tx attribution.Tx) error { return tx.SaveRequest(ctx, r) })
	parts := w.sealedParts()
	w.erases("r-secret")
	w.must(db.Close()) // brings the log into the file
	text, err := os.ReadFile(filepath.Join(folder, "relais.db"))
	w.must(err)
	for _, part := range parts {
		sealed, err := hex.DecodeString(part)
		w.must(err)
		for at := 0; at+32 <= len(sealed); at += 32 {
			if bytes.Contains(text, sealed[at:at+32]) {
				t.Fatalf("the file holds bytes %d to %d of %d that were sealed", at, at+32, len(sealed))
			}
		}
	}
}

// showsNobody reads the erased patient through every door.
func (w seeking) showsNobody() {
	w.Helper()
	if left := w.sealedParts(); len(left) > 0 {
		w.Errorf("%d sealed parts are left", len(left))
	}
	r, err := w.Request(w.Context(), "r-secret")
	w.must(err)
	want := sketch(sought("r-secret", func(r *attribution.Request) { r.TierSet, r.ErasedAt, r.BirthYear, r.Revision = true, noon, 0, 2 }))
	if diff := cmp.Diff(want, r); diff != "" {
		w.Error(diff)
	}
	events, err := w.Events(w.Context(), "r-secret")
	if err != nil || len(events) != 1 || events[0].Note != "" {
		w.Errorf("events %+v, %v", events, err)
	}
	o, err := w.Offer(w.Context(), "o-secret")
	if err != nil || o.Note != "" {
		w.Errorf("offer %+v, %v", o, err)
	}
	if found, err := w.RequestsNamed(w.Context(), senart, plantedSeeker[0]); err != nil || len(found) > 0 {
		w.Errorf("found by name: %v, %v", ids(found), err)
	}
	if rows, err := w.db.Reseal(w.Context()); rows != 0 || err != nil {
		w.Errorf("resealed %d, %v", rows, err)
	}
}

func TestNothingIsSealedAgainOnceErased(t *testing.T) {
	eachSeeking(t, func(w seeking) {
		plantSeeker(w)
		r, err := w.Request(w.Context(), "r-secret")
		w.must(err)
		o, err := w.Offer(w.Context(), "o-secret")
		w.must(err)
		w.erases("r-secret")
		// When somebody writes what they read before
		w.attributes(func(ctx context.Context, tx attribution.Tx) error {
			if err := tx.SaveOffer(ctx, o); err != nil {
				return err
			}
			return tx.AddEvent(ctx, attribution.Event{ID: "e-late", Request: "r-secret", At: noon, Actor: "acc-nurse", Kind: attribution.EventErased, Note: "Mme Capet l’a demandé"})
		})
		err = w.InTx(w.Context(), func(ctx context.Context, tx attribution.Tx) error { return tx.SaveRequest(ctx, r) })
		w.reason(err, "internal")
		if left := w.sealedParts(); len(left) > 0 {
			w.Errorf("%d sealed parts are back", len(left))
		}
		events, err := w.Events(w.Context(), "r-secret")
		if err != nil || len(events) != 2 || events[1].Note != "" {
			w.Errorf("events %+v, %v", events, err)
		}
	})
}

func TestAttributionIsBroughtToANewKey(t *testing.T) {
	storetest.EachBare(t, func(t *testing.T, db *store.DB) {
		keys, _, err := store.OpenKeys(filepath.Join(t.TempDir(), "keys.json"))
		if err != nil {
			t.Fatal(err)
		}
		db.SetKeys(keys)
		w := newSeeking(newWorld(t, migrate(t, db)))
		plantSeeker(w)
		whole, err := w.Request(t.Context(), "r-secret")
		w.must(err)
		w.must(keys.Rotate())
		if rows, err := db.Reseal(t.Context()); rows != 3 || err != nil {
			t.Errorf("resealed %d, %v", rows, err)
		}
		again, err := w.Request(t.Context(), "r-secret")
		w.must(err)
		if diff := cmp.Diff(whole, again); diff != "" {
			t.Error(diff)
		}
		events, err := w.Events(t.Context(), "r-secret")
		if err != nil || events[0].Note != plantedSeeker[13] {
			t.Errorf("%+v, %v", events, err)
		}
		o, err := w.Offer(t.Context(), "o-secret")
		if err != nil || o.Note != plantedSeeker[14] {
			t.Errorf("%+v, %v", o, err)
		}
		if found, err := w.RequestsNamed(t.Context(), senart, "CAPET FICTIF"); err != nil || len(found) != 1 {
			t.Errorf("by name after rotation: %d, %v", len(found), err)
		}
	})
}

func TestSealedPartsOfAttributionOpenInTheirOwnRowOnly(t *testing.T) {
	eachSeeking(t, func(w seeking) {
		w.asks(sought("r-1"), sought("r-2"))
		w.must(w.db.Exec(w.Context(), `UPDATE mt_requests SET private = (SELECT private FROM mt_requests WHERE id = 'r-1') WHERE id = 'r-2'`))
		_, err := w.Request(w.Context(), "r-2")
		w.reason(err, "store.sealed")
	})
}
