package redis

import (
	"context"
	"crypto/rand"
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"github.com/relais-snp/relais/internal/agenda"
	"github.com/relais-snp/relais/internal/live/redis/redistest"
	"github.com/relais-snp/relais/internal/regulation"
)

const benchSlots = 2000

// BenchmarkClaim compares a hold and its release by the engine with the same
// two scripts called by a bare client, by 32 clients in one territory.
func BenchmarkClaim(b *testing.B) {
	e, name := benchEngine(b)
	b.Run("engine", func(b *testing.B) {
		claims(b, name, func(ctx context.Context, r regulation.HoldRequest) error {
			if _, err := e.Hold(ctx, r); err != nil {
				return err
			}
			return e.Release(ctx, r.Token, r.By, r.Now)
		})
	})
	b.Run("bare", func(b *testing.B) {
		node := e.servers.one
		set, keys, channel := node.loaded.Load().sums, keysOf(name), channelOf(name)
		claims(b, name, func(ctx context.Context, r regulation.HoldRequest) error {
			err := node.client.EvalSha(ctx, set[scriptHold], keys, channel, "", 0, r.Now.UnixMilli(), r.Now.UnixMicro(),
				r.Token, r.Slot, r.By, r.Name, r.Case, r.Until.UnixMilli(), r.Limit, "0").Err()
			if err != nil {
				return err
			}
			return node.client.EvalSha(ctx, set[scriptRelease], keys, channel, "", 0, r.Now.UnixMilli(), r.Token, r.Slot, r.By).Err()
		})
	})
}

func claims(b *testing.B, territory string, claim func(context.Context, regulation.HoldRequest) error) {
	var last atomic.Int64
	now := time.Now()
	b.SetParallelism(16)
	b.RunParallel(func(p *testing.PB) {
		for p.Next() {
			slot := fmt.Sprintf("slot-%d", last.Add(1)%benchSlots)
			r := regulation.HoldRequest{Token: regulation.TokenFor(territory, slot, rand.Text()), Territory: territory, Slot: slot,
				By: "rosa", Name: "Rosa Fictive", Now: now, Until: now.Add(3 * time.Minute)}
			if err := claim(b.Context(), r); err != nil {
				b.Error(err)
			}
		}
	})
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "claims/s")
}

func benchEngine(b *testing.B) (*Engine, string) {
	b.Helper()
	e, err := New(redistest.URL(b), time.Now)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = e.Close() })
	ctx, name, start := b.Context(), "bench-"+rand.Text()[:8], time.Now().Add(time.Hour)
	epoch, err := e.Begin(ctx, name, time.Now(), 0)
	if err != nil {
		b.Fatal(err)
	}
	for i := range benchSlots {
		err := e.Apply(ctx, name, agenda.Record{Slot: agenda.Slot{ID: fmt.Sprintf("slot-%d", i), Territory: name,
			Practitioner: "gp", Location: "place", Start: start, End: start.Add(time.Hour), Seats: 1, Revision: 1}})
		if err != nil {
			b.Fatal(err)
		}
	}
	if ok, err := e.Ready(ctx, name, epoch); !ok || err != nil {
		b.Fatal(ok, err)
	}
	return e, name
}
