package web

import (
	"net/http"
	"net/netip"
	"testing"
	"time"

	"github.com/relais-snp/relais/internal/fault"
)

func TestAFloodOfTriesFromOneSourceIsSlowedDown(t *testing.T) {
	g, now := newGate(), time.Date(2026, 11, 23, 7, 0, 0, 0, time.UTC)
	guesser, neighbour, elsewhere := netip.MustParseAddr("2001:db8:1:2::1"), netip.MustParseAddr("2001:db8:1:2:ffff::9"), netip.MustParseAddr("192.0.2.7")
	for i := range triesAtOnce {
		if err := g.pass(guesser, now); err != nil {
			t.Fatalf("try %d: %v", i, err)
		}
	}

	err := g.pass(neighbour, now)

	if fault.Reason(err) != "request.too_many" || retryAfter(http.StatusTooManyRequests, fault.Of(err).Detail) != 1 {
		t.Errorf("the next one of its network: %v", err)
	}
	if err := g.pass(elsewhere, now); err != nil {
		t.Errorf("from elsewhere: %v", err)
	}
	for range triesPerSecond {
		if err := g.pass(guesser, now.Add(time.Second)); err != nil {
			t.Errorf("a second later: %v", err)
		}
	}
	if err := g.pass(guesser, now.Add(time.Second)); err == nil {
		t.Error("more than its rate")
	}
}

func TestSignInsThatSucceedAreNotSlowedDown(t *testing.T) {
	g, now, office := newGate(), time.Date(2026, 11, 23, 7, 0, 0, 0, time.UTC), netip.MustParseAddr("192.0.2.7")
	for range 3 * triesAtOnce {
		if err := g.pass(office, now); err != nil {
			t.Fatal(err)
		}
		g.forgive(office, now)
	}
}

func TestTheGateRemembersABoundedCrowd(t *testing.T) {
	g, now := newGate(), time.Date(2026, 11, 23, 7, 0, 0, 0, time.UTC)
	for i := range 3 * sourcesKnown {
		if err := g.pass(netip.AddrFrom4([4]byte{10, byte(i >> 16), byte(i >> 8), byte(i)}), now); err != nil {
			t.Fatal(err)
		}
	}
	if len(g.sources) > sourcesKnown {
		t.Errorf("%d sources are remembered", len(g.sources))
	}
}
