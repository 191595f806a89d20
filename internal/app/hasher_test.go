package app

import (
	"context"
	"strings"
	"testing"

	"github.com/relais-snp/relais/internal/fault"
)

func TestHashesMatchTheirPasswordAlone(t *testing.T) {
	h := newHasher(1)
	hash, err := h.Hash(t.Context(), "corbeau-lilas-42")
	if err != nil || strings.Contains(hash, "corbeau") {
		t.Fatal(hash, err)
	}
	for password, want := range map[string]bool{"corbeau-lilas-42": true, "corbeau-lilas-43": false, "": false} {
		if got, err := h.Matches(t.Context(), password, hash); err != nil || got != want {
			t.Errorf("%q: %v %v", password, got, err)
		}
	}
}

func TestTheDecoyCostsAsMuchAndMatchesNothing(t *testing.T) {
	h := newHasher(1)
	hash, err := h.Hash(t.Context(), "corbeau-lilas-42")
	if err != nil {
		t.Fatal(err)
	}
	cost := func(hash string) string { return strings.Join(strings.Split(hash, "$")[:4], "$") }
	if len(h.Decoy()) != len(hash) || cost(h.Decoy()) != cost(hash) {
		t.Errorf("%s is told from %s", h.Decoy(), hash)
	}
	if ok, err := h.Matches(t.Context(), "corbeau-lilas-42", h.Decoy()); ok || err != nil {
		t.Errorf("%v %v", ok, err)
	}
}

func TestNobodyWaitsForATurnForEver(t *testing.T) {
	h := newHasher(1)
	h.turns <- struct{}{}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := h.Matches(ctx, "x", h.Decoy()); fault.Reason(err) != "account.busy" {
		t.Errorf("got %v", err)
	}
}

func TestACrowdIsToldToComeBack(t *testing.T) {
	h := newHasher(1)
	for range cap(h.waiting) {
		h.waiting <- struct{}{}
	}
	if _, err := h.Hash(t.Context(), "x"); fault.Reason(err) != "account.busy" || fault.Of(err).Kind != fault.TooMany {
		t.Errorf("got %v", err)
	}
}
