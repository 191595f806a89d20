package peers_test

import (
	"context"
	"os"
	"testing"
	"time"

	// Only so that go test knows what the built program is made of.
	_ "github.com/relais-snp/relais/internal/app"
	"github.com/relais-snp/relais/internal/proof"
	"github.com/relais-snp/relais/internal/proof/peers"
)

func TestMain(m *testing.M) {
	peers.Serve()
	os.Exit(m.Run())
}

// little is enough to see that every figure is there.
var little = peers.Plan{Watching: 6, Fan: 3, Timed: 250 * time.Millisecond, Costed: 250 * time.Millisecond, Flooded: 100 * time.Millisecond}

// The bench needs nchan and ws; the tests do not bring them, so only the peers
// that are made of Go are tried here.
func TestPeersCanBeMeasured(t *testing.T) {
	for _, name := range []string{peers.NameBare, peers.NameNATS} {
		t.Run(name, func(t *testing.T) {
			p, err := peers.New(name, t.TempDir())
			if err != nil {
				t.Fatal(err)
			}
			complete(t, p)
		})
	}
}

func TestRelaisCanBeMeasured(t *testing.T) {
	bin, err := proof.Program(t.Context(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	r, err := peers.NewRelais(bin, t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	f := complete(t, r)
	if least, most := 0.9*peers.EventBytes, 1.1*peers.EventBytes; f.FrameBytes < least || f.FrameBytes > most {
		t.Errorf("a delta of one slot has %.0f bytes: a peer's event should be as long, not %d", f.FrameBytes, peers.EventBytes)
	}
}

// complete measures a little, and fails unless everything was delivered and the
// server is gone at the end.
func complete(t *testing.T, p peers.Peer) peers.Figures {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	f, err := peers.Measure(ctx, p, little)
	if err != nil {
		t.Fatalf("%v\n%s", err, p.Log())
	}
	if f.Median <= 0 || f.P99 < f.Median || f.Frames <= 0 || f.Events <= 0 || f.Changes <= 0 {
		t.Errorf("incomplete: %+v", f)
	}
	if _, err := p.Follow(ctx); err == nil {
		t.Errorf("%s still answers", p.Name())
	}
	return f
}
