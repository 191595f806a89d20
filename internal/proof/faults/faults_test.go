package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	// Only so that go test knows what the built program is made of: a result
	// remembered from before a change to the server would prove nothing.
	_ "github.com/relais-snp/relais/internal/app"
)

// chosen are the runs that every test makes: each world and each kind at least
// once, several at a time.
var chosen = []struct{ world, kinds string }{
	{"sqlite", "clock-back kill-server reset-door"},
	{"sqlite", "clock-forward slow-console herd stall-server"},
	{"disk", "fill-disk late-door fill-disk"},
	{"postgres", "kill-postgres thin-door late-postgres"},
	{"postgres", "stall-postgres reset-postgres half-postgres"},
	{"redis", "empty-redis late-redis thin-postgres half-door"},
	{"redis", "restore-redis cut-door thin-redis"},
	{"append", "clock-back rewind-redis kill-redis kill-server"},
	{"append", "restore-redis stall-redis reset-redis"},
	{"pair", "cut-redis half-redis cut-postgres kill-server rewind-redis"},
}

// spread makes a run of chosen kinds, spread over its length.
func spread(world, words string, length time.Duration, seed uint64) plan {
	names := strings.Fields(words)
	p := plan{World: world, Seed: seed, For: length, Pace: 6}
	for i, name := range names {
		k, _ := kindOf(name)
		p.Acts = append(p.Acts, act{At: length * time.Duration(i+1) / time.Duration(len(names)+2), Kind: name,
			For: max(k.least, min(k.most, length/4)), With: int64(i) + 8*int64(seed%2) + 1})
	}
	return p
}

func TestNothingIsLostWhateverBreaks(t *testing.T) {
	g, err := lay(t.Context(), os.Getenv("RELAIS_TEST_SKEWED_BINARY"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := g.remove(); err != nil {
			t.Error(err)
		}
	})
	for i, c := range chosen {
		p := spread(c.world, c.kinds, 3*time.Second, uint64(i+1))
		t.Run(p.name(), func(t *testing.T) {
			logs := t.TempDir()
			r, err := g.play(t.Context(), p, logs)
			if err != nil {
				t.Fatal(err)
			}
			if len(r.Wrong) > 0 {
				text, _ := os.ReadFile(filepath.Join(logs, p.name()+".log"))
				t.Logf("%s", text)
			}
			for _, line := range r.Wrong {
				t.Error(line)
			}
			if r.Counts["book: done"] == 0 || r.Counts["booked at the end"] == 0 {
				t.Errorf("nothing was tried: %v", r.Counts)
			}
			t.Logf("%s in %s", r, r.Took)
		})
	}
}

func TestChosenRunsCoverEveryWorldAndKind(t *testing.T) {
	for _, w := range worlds {
		if !slices.ContainsFunc(chosen, func(c struct{ world, kinds string }) bool { return c.world == w.Name }) {
			t.Errorf("no run in world %s", w.Name)
		}
	}
	for _, k := range kinds {
		found := false
		for _, c := range chosen {
			w, _ := worldOf(c.world)
			found = found || slices.Contains(strings.Fields(c.kinds), k.name) && k.in(w)
		}
		if !found {
			t.Errorf("no run breaks %s", k.name)
		}
	}
}

func TestALogGivesItsPlanBack(t *testing.T) {
	for seed := range uint64(50) {
		for _, w := range worlds {
			want := draw(w, seed, 10*time.Second, "")
			got, err := read(strings.NewReader(want.String() + "\n   +1.000s server 0 is killed\n"))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Fatalf("seed %d in %s: %s", seed, w.Name, diff)
			}
		}
	}
}

func TestASeedDrawsWhatItsWorldHas(t *testing.T) {
	for seed := range uint64(200) {
		for _, w := range worlds {
			p := draw(w, seed, 10*time.Second, "kill-server")
			if diff := cmp.Diff(p, draw(w, seed, 10*time.Second, "kill-server")); diff != "" {
				t.Fatalf("seed %d draws two plans: %s", seed, diff)
			}
			if !slices.ContainsFunc(p.Acts, func(a act) bool { return a.Kind == "kill-server" }) {
				t.Errorf("seed %d in %s leaves out what was asked for: %v", seed, w.Name, p)
			}
			for _, a := range p.Acts {
				if k, ok := kindOf(a.Kind); !ok || !k.in(w) || a.At+a.For > p.For {
					t.Errorf("seed %d in %s draws %v", seed, w.Name, a)
				}
			}
		}
	}
}

func TestResultsLetASeriesGoOn(t *testing.T) {
	folder := t.TempDir()
	w, _ := worldOf("sqlite")
	right, wrong := draw(w, 1, time.Second, ""), draw(w, 2, time.Second, "")
	first, err := openResults(folder, true)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range []result{{Plan: right}, {Plan: wrong, Wrong: []string{"a seat twice"}}} {
		if err := first.add(r); err != nil {
			t.Fatal(err)
		}
	}

	later, err := openResults(folder, false)

	if err != nil || !later.passed(right) || later.passed(wrong) || later.passed(draw(w, 3, time.Second, "")) {
		t.Errorf("remembers %v, %v", later.past, err)
	}
}
