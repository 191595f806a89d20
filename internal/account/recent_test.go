package account_test

import (
	"errors"
	"testing"
	"time"

	"github.com/relais-snp/relais/internal/account"
)

// standing is a clock that stands still.
func standing() time.Time { return time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC) }

func TestWhatWasFoundIsBelievedForASecond(t *testing.T) {
	now := standing()
	recent := account.NewRecent[string, int](func() time.Time { return now })
	asked := 0
	get := func() int {
		v, err := recent.Get("gp", func() (int, error) { asked++; return asked, nil })
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	for _, s := range []struct {
		pass time.Duration
		want int
	}{{0, 1}, {999 * time.Millisecond, 1}, {time.Millisecond, 2}, {-time.Minute, 3}, {0, 3}} {
		now = now.Add(s.pass)
		if got := get(); got != s.want {
			t.Errorf("after another %v: %d, want %d", s.pass, got, s.want)
		}
	}
	recent.Forget("gp")
	if got := get(); got != 4 {
		t.Errorf("once forgotten: %d", got)
	}
}

func TestRefusalsAndFailuresAreNotRemembered(t *testing.T) {
	recent := account.NewRecent[string, int](standing)
	for range 3 {
		asked := false
		_, err := recent.Get("gp", func() (int, error) { asked = true; return 0, account.ErrUnknown })
		if !asked || !errors.Is(err, account.ErrUnknown) {
			t.Errorf("asked %v, %v", asked, err)
		}
	}
}

func TestWhatWasReadBeforeAChangeIsNotRememberedAfterIt(t *testing.T) {
	recent := account.NewRecent[string, string](standing)
	// Given a reading that a change overtakes,
	_, err := recent.Get("gp", func() (string, error) { recent.Forget("gp"); return "before", nil })
	if err != nil {
		t.Fatal(err)
	}
	// then the next one sees the change.
	if got, _ := recent.Get("gp", func() (string, error) { return "after", nil }); got != "after" {
		t.Errorf("the person as they were %s", got)
	}
}

func TestOnlySoMuchIsRemembered(t *testing.T) {
	now := standing()
	recent := account.NewRecent[int, int](func() time.Time { return now })
	find := func(key int) (asked bool) {
		_, _ = recent.Get(key, func() (int, error) { asked = true; return key, nil }) // it never fails
		return asked
	}
	// Given more people within a second than are remembered,
	for key := range 10_001 {
		find(key)
	}
	// then the last is remembered, and those before were given up for it.
	if find(10_000) || !find(9_999) {
		t.Error("the memory has no bound, or keeps nothing")
	}
}
