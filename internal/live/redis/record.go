package redis

import (
	"context"
	"crypto/rand"
	"slices"
	"time"

	"github.com/relais-snp/relais/internal/agenda"
	"github.com/relais-snp/relais/internal/live"
)

const (
	// applyChunk keeps one script well under a millisecond or two.
	applyChunk = 100
	// rebuilding is how long a Begin or Renew without Ready counts as somebody at
	// work.
	rebuilding = 5 * time.Second
)

// Apply brings slots to their records, by revision. Many go in one round trip.
func (e *Engine) Apply(ctx context.Context, territory string, records ...agenda.Record) error {
	var calls [][]any
	for chunk := range slices.Chunk(records, applyChunk) {
		argv := make([]any, 0, 8*len(chunk))
		for _, r := range chunk {
			argv = recordArgs(argv, r)
		}
		calls = append(calls, argv)
	}
	return e.callEach(ctx, scriptApply, territory, calls)
}

// Begin empties the territory under a new epoch.
func (e *Engine) Begin(ctx context.Context, territory string, now time.Time, over int64) (string, error) {
	ans, err := e.call(ctx, scriptBegin, territory, rand.Text()[:8], now.UnixMilli(), now.UnixMicro(), over, 1)
	return ans.at.Epoch, err
}

// Claim begins the territory if nobody has it or is at it.
func (e *Engine) Claim(ctx context.Context, territory string, now time.Time, over int64) (string, bool, error) {
	ans, err := e.call(ctx, scriptBegin, territory, rand.Text()[:8], now.UnixMilli(), now.UnixMicro(), over, 0)
	if err != nil || ans.status != "ok" {
		return "", false, err
	}
	return ans.at.Epoch, true, nil
}

// Renew notes that somebody is at the rebuild.
func (e *Engine) Renew(ctx context.Context, territory, epoch string, now time.Time) (bool, error) {
	ans, err := e.call(ctx, scriptRenew, territory, epoch, now.UnixMilli())
	return ans.status == "ok", err
}

// Ready opens the territory if the epoch is still the one begun.
func (e *Engine) Ready(ctx context.Context, territory, epoch string) (bool, error) {
	ans, err := e.call(ctx, scriptReady, territory, epoch)
	return ans.status == "ok", err
}

// Position returns where the territory stands.
func (e *Engine) Position(ctx context.Context, territory string) (live.Position, error) {
	ans, err := e.call(ctx, scriptPosition, territory)
	if err != nil {
		return live.Position{}, err
	}
	return ans.at, nil
}
