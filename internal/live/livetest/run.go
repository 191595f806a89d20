package livetest

import (
	"errors"
	"maps"
	"slices"
	"testing"

	"github.com/relais-snp/relais/internal/fault"
)

// Run proves the contract of live.Engine, case by case.
func Run(t *testing.T, open Open) {
	for _, group := range []map[string]func(*testing.T, Open){
		holdCases, endingCases, pinCases, recordCases, guardCases, epochCases, keeperCases, replayCases, raceCases,
	} {
		for _, name := range slices.Sorted(maps.Keys(group)) {
			t.Run(name, func(t *testing.T) { group[name](t, open) })
		}
	}
	t.Run("machine", func(t *testing.T) { Machine(t, open) })
}

// refused fails unless err has the reason of want.
func refused(t *testing.T, err, want error) {
	t.Helper()
	if !errors.Is(err, want) {
		t.Fatalf("got %v, want %s", err, fault.Reason(want))
	}
}
