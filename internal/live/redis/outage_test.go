package redis_test

import (
	"context"
	"encoding/json"
	"log/slog"
	"sync"
	"testing"
	"time"

	"github.com/relais-snp/relais/internal/agenda"
	"github.com/relais-snp/relais/internal/live"
	"github.com/relais-snp/relais/internal/live/livetest"
	"github.com/relais-snp/relais/internal/live/redis/redistest"
)

// sql is a record that never changes.
type sql []agenda.Record

func (s sql) RecordsBetween(context.Context, string, time.Time, time.Time) ([]agenda.Record, error) {
	return s, nil
}

func (sql) LastFence(context.Context, string, time.Time) (int64, error) { return 0, nil }

func TestConsolesComeBackByThemselvesAfterAnOutage(t *testing.T) {
	server, clock := redistest.Start(t), livetest.NewClock()
	e := connect(t, server.URL, clock.Now)
	keeper := live.NewKeeper(e, sql{record(clock, 1)}, func() []string { return []string{senart} }, clock.Now, slog.New(slog.DiscardHandler))
	ctx, stop := context.WithCancel(t.Context())
	var runs sync.WaitGroup
	runs.Go(func() { keeper.Run(ctx) })
	defer runs.Wait()
	defer stop()
	hub := live.NewHub(e, clock.Now)
	defer hub.Close()

	console, err := hub.Watch(t.Context(), live.WatchRequest{Territory: senart})
	must(t, err)
	before := until(t, console, "snapshot")
	server.Kill(t)
	until(t, console, "away")
	server.Restart(t)
	after := until(t, console, "snapshot")
	if after.Epoch == before.Epoch || len(after.Slots) != 1 || after.Slots[0].ID != "s1" {
		t.Errorf("back with %+v", after)
	}
	if _, err := e.Hold(t.Context(), request(clock, "rosa")); err != nil {
		t.Error(err)
	}
	if m := until(t, console, "delta"); m.Slots[0].Held[0].Holder != "rosa" {
		t.Errorf("%+v", m)
	}
}

type message struct {
	Type, Epoch string
	Slots       []live.WireSlot
}

// until reads frames up to one of the type.
func until(t *testing.T, c *live.Console, kind string) message {
	t.Helper()
	for {
		var m message
		must(t, json.Unmarshal(await(t, c.Frames()).JSON, &m))
		if m.Type == kind {
			return m
		}
	}
}
