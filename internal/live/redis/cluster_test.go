package redis_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/relais-snp/relais/internal/agenda"
	"github.com/relais-snp/relais/internal/fault"
	"github.com/relais-snp/relais/internal/live"
	"github.com/relais-snp/relais/internal/live/livetest"
	"github.com/relais-snp/relais/internal/live/redis/redistest"
	"github.com/relais-snp/relais/internal/regulation"
)

func TestContractOnACluster(t *testing.T) {
	cluster := redistest.StartCluster(t)
	livetest.Run(t, func(t *testing.T, clock *livetest.Clock) live.Engine { return connect(t, cluster.URL, clock.Now) })
}

func TestLinearizableOnACluster(t *testing.T) {
	cluster := redistest.StartCluster(t)
	livetest.Linearizable(t, func(t *testing.T, clock *livetest.Clock) live.Engine {
		return connect(t, cluster.URL, clock.Now)
	}, nil)
}

// Connections of every node are cut from inside, so that answers are lost while
// the cluster itself stays whole.
func TestLinearizableWhileNodesCutTheirClients(t *testing.T) {
	cluster := redistest.StartCluster(t)
	livetest.Linearizable(t, func(t *testing.T, clock *livetest.Clock) live.Engine {
		return connect(t, cluster.URL, clock.Now)
	}, func(t *testing.T) func() { return cutNowAndThen(t, cluster) })
}

func cutNowAndThen(t *testing.T, cluster *redistest.Cluster) (stop func()) {
	t.Helper()
	quit, done := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(done)
		turn := time.NewTicker(5 * time.Millisecond)
		defer turn.Stop()
		for {
			for _, n := range cluster.Nodes {
				n.Do(t, "CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes")
			}
			select {
			case <-quit:
				return
			case <-turn.C:
			}
		}
	}()
	return func() { close(quit); <-done }
}

// towns are territories enough to stand on every node.
func towns(n int) (names []string) {
	for i := range n {
		names = append(names, fmt.Sprintf("cpts-ville-%02d", i))
	}
	return names
}

// records is an SQL whose every territory has one slot.
type records struct{ clock *livetest.Clock }

func (r records) RecordsBetween(_ context.Context, territory string, _, _ time.Time) ([]agenda.Record, error) {
	rec := record(r.clock, 1)
	rec.Slot.Territory = territory
	return []agenda.Record{rec}, nil
}

func (records) LastFence(context.Context, string, time.Time) (int64, error) { return 0, nil }

func TestOneNodeDownLeavesTheOthersTerritoriesAtWork(t *testing.T) {
	cluster, clock := redistest.StartCluster(t), livetest.NewClock()
	names := towns(12)
	e := connect(t, cluster.URL, clock.Now)
	keeper := live.NewKeeper(e, records{clock}, func() []string { return names }, clock.Now, slog.New(slog.DiscardHandler))
	must(t, keeper.Keep(t.Context()))
	ctx, stop := context.WithCancel(t.Context())
	var runs sync.WaitGroup
	runs.Go(func() { keeper.Run(ctx) })
	defer runs.Wait()
	defer stop()
	hub := live.NewHub(e, clock.Now)
	defer hub.Close()

	dead := cluster.Owner(t, names[0])
	var theirs, ours []string
	consoles := map[string]*live.Console{}
	before := map[string]string{}
	for _, name := range names {
		if cluster.Owner(t, name) == dead {
			theirs = append(theirs, name)
		} else {
			ours = append(ours, name)
		}
		c, err := hub.Watch(t.Context(), live.WatchRequest{Territory: name})
		must(t, err)
		consoles[name], before[name] = c, until(t, c, "snapshot").Epoch
	}
	if len(ours) == 0 {
		t.Fatal("one node has every territory")
	}

	dead.Kill(t)
	for _, name := range theirs {
		until(t, consoles[name], "away")
		if _, err := e.Hold(t.Context(), requestIn(clock, name, "rosa")); !errors.Is(err, regulation.ErrEngineAway) {
			t.Errorf("%s: %v", name, err)
		}
	}
	must(t, e.Ping(t.Context()))
	for _, name := range ours {
		_, err := e.Hold(t.Context(), requestIn(clock, name, "rosa"))
		must(t, err)
		if m := until(t, consoles[name], "delta"); m.Epoch != before[name] || m.Slots[0].Held[0].Holder != "rosa" {
			t.Errorf("%s: %+v", name, m)
		}
	}
	lost, err := e.Lost(t.Context(), names...)
	if !errors.Is(err, regulation.ErrEngineAway) || len(lost) != 0 {
		t.Errorf("lost %v, %v", lost, err)
	}
	at, err := e.Positions(t.Context(), names...)
	if must(t, err); len(at) != len(ours) {
		t.Errorf("%d positions of %d territories", len(at), len(ours))
	}

	dead.Restart(t)
	for _, name := range theirs {
		if m := until(t, consoles[name], "snapshot"); m.Epoch == before[name] || len(m.Slots) != 1 {
			t.Errorf("%s is back with %+v", name, m)
		}
	}
	for _, name := range ours {
		if p, err := e.Position(t.Context(), name); err != nil || p.Epoch != before[name] {
			t.Errorf("%s at %+v, %v", name, p, err)
		}
	}
}

func TestANodeThatHangsIsNotWaitedForByTheOthersTerritories(t *testing.T) {
	cluster, clock := redistest.StartCluster(t), livetest.NewClock()
	names := towns(12)
	e := connect(t, cluster.URL, clock.Now)
	must(t, live.NewKeeper(e, records{clock}, func() []string { return names }, clock.Now, slog.New(slog.DiscardHandler)).Keep(t.Context()))
	var ours []string
	hung := cluster.Owner(t, names[0])
	for _, name := range names {
		if cluster.Owner(t, name) == hung {
			continue
		}
		ours = append(ours, name)
		_, err := e.Hold(t.Context(), requestIn(clock, name, "rosa"))
		must(t, err)
	}
	hung.Do(t, "CLIENT", "PAUSE", 10000, "ALL")

	began := time.Now()
	at, err := e.Positions(t.Context(), names...)
	if took := time.Since(began); err != nil || len(at) != len(ours) || took > 1500*time.Millisecond {
		t.Errorf("%d positions of %d after %s, %v", len(at), len(ours), took, err)
	}
	began = time.Now()
	due, err := e.Due(t.Context(), clock.Now().Add(time.Hour), names...)
	if took := time.Since(began); !errors.Is(err, regulation.ErrEngineAway) || !slices.Equal(due, ours) || took > 1500*time.Millisecond {
		t.Errorf("due %v of %v after %s, %v", due, ours, took, err)
	}
}

func requestIn(clock *livetest.Clock, territory, by string) regulation.HoldRequest {
	r := request(clock, by)
	r.Territory, r.Token = territory, regulation.TokenFor(territory, "s1", by)
	return r
}

func TestATerritoryThatMovesToAnotherNodeIsRebuiltThere(t *testing.T) {
	cluster, clock := redistest.StartCluster(t), livetest.NewClock()
	e, before := filled(t, cluster.URL, clock)
	other := connect(t, cluster.URL, clock.Now)
	_, err := other.Hold(t.Context(), request(clock, "rosa"))
	must(t, err)

	cluster.Move(t, senart, cluster.Other(t, senart), func() {
		if _, err := e.Hold(t.Context(), request(clock, "half-way")); !errors.Is(err, regulation.ErrEngineAway) {
			t.Errorf("while it moves: %v", err)
		}
	})

	isLost(t, e, clock)
	isLost(t, other, clock)
	isLost(t, connect(t, cluster.URL, clock.Now), clock)
	after := fill(t, e, clock)
	if after.Epoch == before.Epoch {
		t.Error("the epoch went on over another server")
	}
	if _, err := other.Hold(t.Context(), request(clock, "omar")); err != nil {
		t.Error(err)
	}
	events := make(chan live.Event, 16)
	broken := make(chan struct{}, 16)
	defer e.Subscribe(senart, live.Sink{Event: func(ev live.Event) { events <- ev }, Broken: func() { broken <- struct{}{} }})()
	await(t, broken)
	must(t, other.Apply(t.Context(), senart, record(clock, 2)))
	if got := await(t, events); got.Position.Epoch != after.Epoch {
		t.Errorf("event at %+v", got.Position)
	}
}

func TestAWrongAddressSaysWhatToWrite(t *testing.T) {
	cluster, alone := redistest.StartCluster(t), redistest.Start(t)
	for url, want := range map[string]string{
		cluster.Nodes[0].URL: "?addr=",
		alone.URL[:len(alone.URL)-2] + "?addr=" + alone.Addr: "cluster",
	} {
		_, err := connect(t, url, time.Now).Position(t.Context(), senart)
		if !errors.Is(err, regulation.ErrEngineAway) || !strings.Contains(fmt.Sprint(fault.Of(err).Unwrap()), want) {
			t.Errorf("%v because of %v, want %q", err, fault.Of(err).Unwrap(), want)
		}
	}
	if lost, err := connect(t, cluster.URL, time.Now).Lost(t.Context(), senart); err != nil || !slices.Contains(lost, senart) {
		t.Errorf("lost %v, %v", lost, err)
	}
}
