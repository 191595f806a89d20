package store_test

import (
	"bytes"
	"context"
	"errors"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/relais-snp/relais/internal/audit"
	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/indicator"
	"github.com/relais-snp/relais/internal/store"
	"github.com/relais-snp/relais/internal/store/storetest"
)

// dialogue is a record with mission indicators in it.
type dialogue struct {
	world
	store.Indicators
}

func eachDialogue(t *testing.T, test func(d dialogue)) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		test(dialogue{newWorld(t, db), store.Indicators{DB: db}})
	})
}

func (d dialogue) tells(fn func(ctx context.Context, tx indicator.MissionTx) error) error {
	return d.InMissionTx(d.Context(), fn)
}

func (d dialogue) aims(objectives ...indicator.Objective) {
	d.Helper()
	for _, o := range objectives {
		d.must(d.tells(func(ctx context.Context, tx indicator.MissionTx) error { return tx.SaveObjective(ctx, o) }))
	}
}

func (d dialogue) observes(observations ...indicator.Observation) {
	d.Helper()
	for _, o := range observations {
		d.must(d.tells(func(ctx context.Context, tx indicator.MissionTx) error { return tx.AddObservation(ctx, o) }))
	}
}

func (d dialogue) proves(name string, content []byte) (kept indicator.Evidence) {
	d.Helper()
	d.must(d.tells(func(ctx context.Context, tx indicator.MissionTx) (err error) {
		kept, err = tx.AddEvidence(ctx, proof(name, content), content)
		return err
	}))
	return kept
}

func aim(id, code string) indicator.Objective {
	return indicator.Objective{ID: id, Territory: senart, Code: code, Label: "Patients sans médecin traitant", Mission: "acces",
		Unit: indicator.Count, Direction: indicator.Down, Baseline: 5_280_000, BaseOn: civil.MustDate("2025-12-31"), Source: "Données CPAM",
		Targets: [indicator.Years]indicator.Target{{Kind: indicator.Absolute, Value: 5_000_000}, {Kind: indicator.OfPrevious, Value: -10_000}},
		Weight:  3, Series: indicator.SeriesUnsolved, Comment: "à revoir"}
}

func seen(id, objective string, year int, figure indicator.Figure, at time.Time) indicator.Observation {
	return indicator.Observation{ID: id, Objective: objective, Year: year, On: civil.MustDate("2026-11-01"), Figure: figure, Source: "Courrier",
		Evidence: []string{"aa", "bb"}, Comment: "un mot", Computed: true, By: "acc-co", At: at}
}

func proof(name string, content []byte) indicator.Evidence {
	return indicator.Evidence{Territory: senart, Name: name, Type: indicator.CSV, Size: len(content), By: "acc-co", At: noon}
}

func frozen() indicator.FrozenYear {
	figure := indicator.Figure(4_000)
	p := indicator.Progress{Objective: aim("o-1", "mt"), Path: aim("o-1", "mt").Path(), Observations: []indicator.Observation{seen("v-1", "o-1", 1, 4_000, noon)}}
	p.Counts[0], p.Achieved[0] = &figure, &figure
	p.Measured[0] = &indicator.Measure{From: civil.MustDate("2026-01-15"), To: civil.MustDate("2026-11-23"), Figure: &figure}
	return indicator.FrozenYear{Territory: senart, Year: 1, From: civil.MustDate("2026-01-15"), To: civil.MustDate("2027-01-14"),
		Progress: []indicator.Progress{p}, State: map[string]string{"slots": "4"}, By: "acc-co", At: noon}
}

func (d dialogue) freezes(y indicator.FrozenYear) error {
	return d.tells(func(ctx context.Context, tx indicator.MissionTx) error { return tx.AddFrozen(ctx, y) })
}

func TestObjectivesComeBackByMissionAndCode(t *testing.T) {
	eachDialogue(t, func(d dialogue) {
		prevention, elsewhere := aim("o-3", "a-ror"), aim("o-4", "mt")
		prevention.Mission, prevention.Targets, prevention.Series = "prevention", [indicator.Years]indicator.Target{}, indicator.ByHand
		elsewhere.Territory = "cpts-other"
		d.aims(prevention, aim("o-1", "mt"), aim("o-2", "c2s"), elsewhere)

		got, err := d.Objectives(d.Context(), senart)
		d.must(err)
		if diff := cmp.Diff([]indicator.Objective{aim("o-2", "c2s"), aim("o-1", "mt"), prevention}, got); diff != "" {
			d.Error(diff)
		}
		changed := aim("o-1", "mt-17")
		changed.Weight, changed.Comment = 5, ""
		d.aims(changed)
		one, err := d.Objective(d.Context(), "o-1")
		d.must(err)
		if diff := cmp.Diff(changed, one); diff != "" {
			d.Error(diff)
		}
		_, err = d.Objective(d.Context(), "o-none")
		d.reason(err, "indicator.objective_unknown")
	})
}

func TestAnObjectiveIsDeletedUnlessItWasObserved(t *testing.T) {
	eachDialogue(t, func(d dialogue) {
		d.aims(aim("o-1", "mt"), aim("o-2", "c2s"))
		d.observes(seen("v-1", "o-1", 1, 4_000, noon))
		deletes := func(id string) error {
			return d.tells(func(ctx context.Context, tx indicator.MissionTx) error { return tx.DeleteObjective(ctx, id) })
		}
		d.must(deletes("o-2"))
		d.reason(deletes("o-2"), "indicator.objective_unknown")
		if deletes("o-1") == nil {
			d.Error("an observation was left without its objective")
		}
		if left, err := d.Objectives(d.Context(), senart); err != nil || len(left) != 1 || left[0].ID != "o-1" {
			d.Errorf("%+v, %v", left, err)
		}
	})
}

func TestATransactionListsFrozenYears(t *testing.T) {
	eachDialogue(t, func(d dialogue) {
		second, elsewhere := frozen(), frozen()
		second.Year, elsewhere.Territory = 2, "cpts-other"
		for _, y := range []indicator.FrozenYear{second, frozen(), elsewhere} {
			d.must(d.freezes(y))
		}
		d.must(d.tells(func(ctx context.Context, tx indicator.MissionTx) error {
			years, err := tx.FrozenYears(ctx, senart)
			if diff := cmp.Diff([]indicator.FrozenYear{frozen(), second}, years); diff != "" {
				d.Error(diff)
			}
			return err
		}))
	})
}

func TestACodeIsTakenOnceInATerritory(t *testing.T) {
	eachDialogue(t, func(d dialogue) {
		d.aims(aim("o-1", "mt"), aim("o-2", "c2s"))
		for _, id := range []string{"o-3", "o-2"} {
			d.reason(d.tells(func(ctx context.Context, tx indicator.MissionTx) error { return tx.SaveObjective(ctx, aim(id, "mt")) }), "indicator.code_taken")
		}
	})
}

func TestOfTwoWhoTakeACodeAtOnceOneIsRefused(t *testing.T) {
	eachDialogue(t, func(d dialogue) {
		results := make(chan error)
		for _, id := range []string{"o-1", "o-2"} {
			go func() {
				results <- d.tells(func(ctx context.Context, tx indicator.MissionTx) error { return tx.SaveObjective(ctx, aim(id, "mt")) })
			}()
		}
		first, second := <-results, <-results
		if (first == nil) == (second == nil) || !errors.Is(errors.Join(first, second), indicator.ErrCodeTaken) {
			d.Errorf("%v and %v", first, second)
		}
	})
}

func TestObservationsComeBackInTheirOrder(t *testing.T) {
	eachDialogue(t, func(d dialogue) {
		elsewhere := aim("o-9", "mt")
		elsewhere.Territory = "cpts-other"
		d.aims(aim("o-1", "mt"), aim("o-2", "c2s"), elsewhere)
		late, early := seen("v-a", "o-1", 1, 2_000, noon.Add(time.Hour)), seen("v-b", "o-1", 1, 1_000, noon)
		next, other := seen("v-c", "o-1", 2, 3_000, noon), seen("v-d", "o-2", 1, 4_000, noon)
		other.Evidence, other.Computed = nil, false
		d.observes(other, next, late, early, seen("v-e", "o-9", 1, 5_000, noon))

		got, err := d.Observations(d.Context(), senart)
		d.must(err)
		if diff := cmp.Diff([]indicator.Observation{early, late, next, other}, got); diff != "" {
			d.Error(diff)
		}
	})
}

func TestTheSameFileTwiceIsTheFirst(t *testing.T) {
	eachDialogue(t, func(d dialogue) {
		content := []byte("nom;présent\nOdette Fictive;oui\n")
		first, again, other := d.proves("b.csv", content), d.proves("c.csv", content), d.proves("a.csv", []byte("x;y"))
		if first != again || first.Hash == other.Hash || len(first.Hash) != 64 {
			d.Errorf("%+v, %+v and %+v", first, again, other)
		}
		want := proof("b.csv", content)
		want.Hash = first.Hash
		got, bytes, err := d.Evidence(d.Context(), senart, first.Hash)
		d.must(err)
		if diff := cmp.Diff(want, got); diff != "" || string(bytes) != string(content) {
			d.Errorf("%q %s", bytes, diff)
		}
		for of, hashes := range map[int][]string{2: nil, 1: {first.Hash, "none"}} {
			if some, err := d.EvidenceNamed(d.Context(), senart, hashes...); err != nil || len(some) != of || of == 2 && some[0] != other {
				d.Errorf("%v: %+v, %v", hashes, some, err)
			}
		}
		_, _, err = d.Evidence(d.Context(), "cpts-other", first.Hash)
		d.reason(err, "indicator.evidence_unknown")
		if some, err := d.EvidenceNamed(d.Context(), "cpts-other", first.Hash); err != nil || len(some) > 0 {
			d.Errorf("%+v, %v", some, err)
		}
	})
}

func TestAFrozenYearComesBackAndIsFrozenOnce(t *testing.T) {
	eachDialogue(t, func(d dialogue) {
		_, err := d.Frozen(d.Context(), senart, 1)
		d.reason(err, "indicator.not_frozen")
		d.must(d.freezes(frozen()))

		got, err := d.Frozen(d.Context(), senart, 1)
		d.must(err)
		if diff := cmp.Diff(frozen(), got); diff != "" {
			d.Error(diff)
		}
		again := frozen()
		again.State = nil
		d.reason(d.freezes(again), "indicator.frozen")
		d.must(d.tells(func(ctx context.Context, tx indicator.MissionTx) error {
			for year, want := range map[int]bool{1: true, 2: false} {
				if is, err := tx.Frozen(ctx, senart, year); is != want || err != nil {
					d.Errorf("year %d: %v, %v", year, is, err)
				}
			}
			return nil
		}))
	})
}

func TestTheFilesOfATerritoryAreCounted(t *testing.T) {
	eachDialogue(t, func(d dialogue) {
		for _, one := range []struct{ territory, content string }{{senart, "a;b"}, {senart, "c;d;e"}, {senart, "a;b"}, {"cpts-other", "f;g"}} {
			d.must(d.tells(func(ctx context.Context, tx indicator.MissionTx) error {
				_, err := tx.AddEvidence(ctx, indicator.Evidence{Territory: one.territory, Name: "a.csv", Type: indicator.CSV, Size: len(one.content), By: "acc-co", At: noon}, []byte(one.content))
				return err
			}))
		}
		for territory, want := range map[string][2]int64{senart: {2, 8}, "cpts-other": {1, 3}, "cpts-none": {0, 0}} {
			d.must(d.tells(func(ctx context.Context, tx indicator.MissionTx) error {
				files, size, err := tx.EvidenceKept(ctx, territory)
				if got := [2]int64{int64(files), size}; got != want {
					d.Errorf("%s: %v, not %v", territory, got, want)
				}
				return err
			}))
		}
	})
}

func TestTheStateOfTheRecordIsCounted(t *testing.T) {
	eachDialogue(t, func(d dialogue) {
		slots := d.slots("op-1", noon, 3, 1)
		d.must(d.books(d.booking("b-1", slots[0], 1)))
		d.must(d.tells(func(ctx context.Context, tx indicator.MissionTx) error {
			return tx.Audit(ctx, audit.Entry{At: noon, Actor: "acc-co", Action: "indicator.freeze", Territory: senart})
		}))
		before, err := d.RecordState(d.Context(), senart, noon, noon.Add(24*time.Hour))
		d.must(err)
		d.must(d.db.ChainAudit(d.Context()))
		after, err := d.RecordState(d.Context(), senart, noon, noon.Add(24*time.Hour))
		d.must(err)
		if before["slots"] != "3" || before["bookings"] != "1" || before["requests"] != "0" || before["audit.entries"] == "0" || before["simulated"] != "false" {
			d.Errorf("%v", before)
		}
		if before["audit.chain"] == after["audit.chain"] {
			d.Error("the end of the chain does not tell")
		}
		none, err := d.RecordState(d.Context(), "cpts-other", noon, noon.Add(24*time.Hour))
		if err != nil || none["slots"] != "0" || none["bookings"] != "0" {
			d.Errorf("%v, %v", none, err)
		}
	})
}

func TestTheRecordHoldsNothingOfAPeriodInWhichNothingWas(t *testing.T) {
	eachDialogue(t, func(d dialogue) {
		d.slots("op-1", noon, 3, 1)
		for _, test := range []struct {
			territory string
			from      time.Time
			want      bool
		}{{senart, noon, true}, {senart, noon.AddDate(-1, 0, 0), false}, {"cpts-other", noon, false}} {
			if held, err := d.Holds(d.Context(), test.territory, test.from, test.from.AddDate(0, 1, 0)); held != test.want || err != nil {
				d.Errorf("%s from %s: %v, %v", test.territory, test.from, held, err)
			}
		}
	})
}

func TestFrozenYearsStayAsTheyWereWritten(t *testing.T) {
	eachDialogue(t, func(d dialogue) {
		d.must(d.freezes(frozen()))
		statements := []string{`UPDATE mission_years SET state = '{}'`, `DELETE FROM mission_years`}
		if d.db.Kind() == "PostgreSQL" {
			statements = append(statements, `TRUNCATE mission_years`)
		} else {
			statements = append(statements, `REPLACE INTO mission_years SELECT * FROM mission_years`)
		}
		for _, s := range statements {
			if err := d.db.Exec(d.Context(), s); err == nil {
				d.Errorf("%s passed", s)
			}
		}
		got, err := d.Frozen(d.Context(), senart, 1)
		d.must(err)
		if diff := cmp.Diff(frozen(), got); diff != "" {
			d.Error(diff)
		}
	})
}

func TestFilesAreSealedAndBroughtToTheNewestKey(t *testing.T) {
	sealing := func(t *testing.T, db *store.DB, url string) {
		keys, _, err := store.OpenKeys(filepath.Join(t.TempDir(), "keys.json"))
		if err != nil {
			t.Fatal(err)
		}
		db.SetKeys(keys)
		d := dialogue{newWorld(t, migrate(t, db)), store.Indicators{DB: db}}
		content := []byte("nom;présent\nOdette Plantée-Fictive;oui\n")
		kept := d.proves("feuille-plantée.csv", content)
		for n := range 5 { // more than are brought over at once
			d.proves("autre.csv", []byte{'a', ';', '0' + byte(n)})
		}
		text := bytesOf(t, db, url)
		if !bytes.Contains(text, []byte(kept.Hash)) {
			t.Fatal("the copy does not hold the file: nothing is proved")
		}
		for _, word := range []string{"Odette", "Plantée", "feuille-plantée", "T2RldHRl"} { // the last in base64
			if bytes.Contains(text, []byte(word)) {
				t.Errorf("the copy holds %q in clear", word)
			}
		}
		d.must(keys.Rotate())
		for _, want := range []int{12, 0} {
			if rows, err := db.Reseal(t.Context()); rows != want || err != nil {
				t.Errorf("resealed %d, %v", rows, err)
			}
		}
		got, body, err := d.Evidence(t.Context(), senart, kept.Hash)
		if err != nil || got != kept || !bytes.Equal(body, content) {
			t.Errorf("%+v %q %v", got, body, err)
		}
		if again := d.proves("encore.csv", content); again != kept {
			t.Errorf("under the new key it is %+v", again)
		}
	}
	t.Run("SQLite", func(t *testing.T) {
		sealing(t, storetest.Open(t, store.Options{Path: filepath.Join(t.TempDir(), "relais.db")}), "")
	})
	t.Run("PostgreSQL", func(t *testing.T) {
		url := storetest.PostgresURL(t)
		sealing(t, storetest.Open(t, store.Options{URL: url}), url)
	})
}

func TestMissionIsUndoneWithDataInIt(t *testing.T) {
	eachDialogue(t, func(d dialogue) {
		d.aims(aim("o-1", "mt"))
		d.observes(seen("v-1", "o-1", 1, 1_000, noon))
		d.proves("a.csv", []byte("a;b"))
		d.must(d.freezes(frozen()))
		d.must(d.db.MigrateBack(d.Context(), 10))
		d.must(d.db.Migrate(d.Context()))
		if left, err := d.Objectives(d.Context(), senart); err != nil || len(left) > 0 {
			d.Errorf("%v, %v", left, err)
		}
		d.aims(aim("o-1", "mt"))
	})
}
