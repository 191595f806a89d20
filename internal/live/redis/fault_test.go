package redis_test

import (
	"errors"
	"net"
	"slices"
	"testing"
	"time"

	goredis "github.com/redis/go-redis/v9"

	"github.com/relais-snp/relais/internal/agenda"
	"github.com/relais-snp/relais/internal/fault"
	"github.com/relais-snp/relais/internal/live"
	"github.com/relais-snp/relais/internal/live/livetest"
	"github.com/relais-snp/relais/internal/live/redis"
	"github.com/relais-snp/relais/internal/live/redis/redistest"
	"github.com/relais-snp/relais/internal/regulation"
)

const senart = "cpts-senart"

// filled gives an engine whose territory carries one slot and is ready.
func filled(t *testing.T, url string, clock *livetest.Clock) (*redis.Engine, live.Position) {
	t.Helper()
	e := connect(t, url, clock.Now)
	return e, fill(t, e, clock)
}

func fill(t *testing.T, e *redis.Engine, clock *livetest.Clock) live.Position {
	t.Helper()
	epoch, err := e.Begin(t.Context(), senart, clock.Now(), 0)
	must(t, err)
	must(t, e.Apply(t.Context(), senart, record(clock, 1)))
	ok, err := e.Ready(t.Context(), senart, epoch)
	if must(t, err); !ok {
		t.Fatal("not ready")
	}
	p, err := e.Position(t.Context(), senart)
	must(t, err)
	return p
}

func record(clock *livetest.Clock, revision int64) agenda.Record {
	start := clock.Now().Add(time.Hour)
	return agenda.Record{Slot: agenda.Slot{ID: "s1", Territory: senart, Practitioner: "gp", Location: "place",
		Start: start, End: start.Add(time.Hour), Modality: agenda.Cabinet, Audience: agenda.ForRegulation,
		Seats: 2, Revision: revision}}
}

func request(clock *livetest.Clock, by string) regulation.HoldRequest {
	return regulation.HoldRequest{Token: regulation.TokenFor(senart, "s1", by), Territory: senart, Slot: "s1",
		By: by, Name: by, Now: clock.Now(), Until: clock.Now().Add(3 * time.Minute), Limit: 2}
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// isLost proves that the territory answers nothing and asks for a rebuild.
func isLost(t *testing.T, e *redis.Engine, clock *livetest.Clock) {
	t.Helper()
	if _, err := e.Hold(t.Context(), request(clock, "late")); !errors.Is(err, regulation.ErrEngineAway) {
		t.Errorf("hold: %v", err)
	}
	if err := e.Apply(t.Context(), senart, record(clock, 9)); !errors.Is(err, regulation.ErrEngineAway) {
		t.Errorf("apply: %v", err)
	}
	names, err := e.Lost(t.Context(), senart)
	if must(t, err); !slices.Contains(names, senart) {
		t.Errorf("lost: %v", names)
	}
}

func TestFlushedServerIsRebuiltUnderANewEpochWithHigherFences(t *testing.T) {
	server, clock := redistest.Start(t), livetest.NewClock()
	e, before := filled(t, server.URL, clock)
	h, err := e.Hold(t.Context(), request(clock, "rosa"))
	must(t, err)

	server.FlushAll(t)
	isLost(t, e, clock)

	clock.Advance(time.Second)
	after := fill(t, e, clock)
	again, err := e.Hold(t.Context(), request(clock, "omar"))
	must(t, err)
	if after.Epoch == before.Epoch || again.Fence <= h.Fence {
		t.Errorf("epoch %s after %s, fence %d after %d", after.Epoch, before.Epoch, again.Fence, h.Fence)
	}
}

func TestKilledServerIsLostAlthoughItsFileIsBack(t *testing.T) {
	server, clock := redistest.Start(t), livetest.NewClock()
	e, before := filled(t, server.URL, clock)
	other := connect(t, server.URL, clock.Now)
	_, err := other.Position(t.Context(), senart)
	must(t, err)

	server.Kill(t)
	if err := e.Ping(t.Context()); !errors.Is(err, regulation.ErrEngineAway) {
		t.Errorf("ping of a dead server: %v", err)
	}
	server.Restart(t)

	// A process that knew the territory, one that knew less, and a new one.
	for _, engine := range []*redis.Engine{e, other, connect(t, server.URL, clock.Now)} {
		isLost(t, engine, clock)
	}
	if after := fill(t, e, clock); after.Epoch == before.Epoch {
		t.Error("the epoch went on over a restart")
	}
	if names, err := other.Lost(t.Context(), senart); err != nil || len(names) != 0 {
		t.Errorf("lost after the rebuild: %v %v", names, err)
	}
}

func TestSequenceThatGoesBackIsNoticed(t *testing.T) {
	server, clock := redistest.Start(t), livetest.NewClock()
	e, _ := filled(t, server.URL, clock)
	must(t, e.Apply(t.Context(), senart, record(clock, 2), record(clock, 3)))

	raw := goredis.NewClient(&goredis.Options{Addr: server.Addr})
	defer raw.Close()
	must(t, raw.HSet(t.Context(), "relais:{"+senart+"}:meta", "seq", 1).Err()) // as an older replica would have it

	isLost(t, e, clock)
	isLost(t, connect(t, server.URL, clock.Now), clock)
}

// An operator restores yesterday's keys into the running server. One process saw
// what came after, the other did not; the console of a third was told.
func TestAnOldSnapshotUnderTheSameRunIsLostForAllOnceOneSawMore(t *testing.T) {
	sawMore := map[string]func(t *testing.T, witness *redis.Engine, _ string, clock *livetest.Clock){
		"a later sequence": func(t *testing.T, witness *redis.Engine, _ string, clock *livetest.Clock) {
			must(t, witness.Apply(t.Context(), senart, record(clock, 2), record(clock, 3)))
		},
		"a later sequence, pushed": func(t *testing.T, witness *redis.Engine, url string, clock *livetest.Clock) {
			events, broken := make(chan live.Event, 8), make(chan struct{}, 8)
			t.Cleanup(witness.Subscribe(senart, live.Sink{Event: func(e live.Event) { events <- e }, Broken: func() { broken <- struct{}{} }}))
			await(t, broken)
			must(t, connect(t, url, clock.Now).Apply(t.Context(), senart, record(clock, 2)))
			await(t, events)
		},
		"a later epoch": func(t *testing.T, witness *redis.Engine, _ string, clock *livetest.Clock) {
			fill(t, witness, clock)
		},
	}
	for name, see := range sawMore {
		t.Run(name, func(t *testing.T) {
			server, clock := redistest.Start(t), livetest.NewClock()
			witness, before := filled(t, server.URL, clock)
			other := connect(t, server.URL, clock.Now)
			_, err := other.Position(t.Context(), senart)
			must(t, err)
			old := dump(t, server)
			see(t, witness, server.URL, clock)

			restore(t, server, old)

			if at, err := other.Position(t.Context(), senart); err != nil || at != before {
				t.Errorf("who saw nothing later stands at %+v, %v", at, err)
			}
			names, err := witness.Lost(t.Context(), senart)
			if must(t, err); !slices.Contains(names, senart) {
				t.Errorf("the witness does not notice: %v", names)
			}
			isLost(t, other, clock)
			if after := fill(t, other, clock); after.Epoch == before.Epoch {
				t.Error("the epoch came back")
			}
			if _, err := witness.Hold(t.Context(), request(clock, "rosa")); err != nil {
				t.Errorf("after the rebuild by the other: %v", err)
			}
		})
	}
}

func TestRestartIsToldToSinksOnceTheServerIsBack(t *testing.T) {
	server, clock := redistest.Start(t), livetest.NewClock()
	e, _ := filled(t, server.URL, clock)
	broken := make(chan struct{}, 16)
	events := make(chan live.Event, 16)
	cancel := e.Subscribe(senart, live.Sink{
		Event:  func(ev live.Event) { events <- ev },
		Broken: func() { broken <- struct{}{} },
	})
	defer cancel()
	await(t, broken)

	server.Kill(t)
	server.Restart(t)
	await(t, broken)

	at := fill(t, e, clock)
	await(t, broken) // begun
	await(t, broken) // ready
	must(t, e.Apply(t.Context(), senart, record(clock, 2)))
	if got := await(t, events); got.Position != (live.Position{Epoch: at.Epoch, Seq: 1}) {
		t.Errorf("event at %+v", got.Position)
	}
}

func TestSilentServerIsAwayWithinSeconds(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0") // accepts, and never answers
	must(t, err)
	defer l.Close()
	e := connect(t, "redis://"+l.Addr().String(), time.Now)
	began := time.Now()
	_, err = e.Position(t.Context(), senart)
	if took := time.Since(began); !errors.Is(err, regulation.ErrEngineAway) || took > 4*time.Second {
		t.Errorf("%v after %s", err, took)
	}
	if got := fault.Of(err).Error(); got != regulation.ErrEngineAway.Error() {
		t.Errorf("the driver speaks: %s", got)
	}
}

func await[T any](t *testing.T, from <-chan T) T {
	t.Helper()
	select {
	case v := <-from:
		return v
	case <-time.After(10 * time.Second):
		t.Fatal("nothing came")
		panic("unreachable")
	}
}

// dump is everything in the server, as a snapshot would have it.
func dump(t *testing.T, server *redistest.Server) map[string]string {
	t.Helper()
	keys, _ := server.Do(t, "KEYS", "*").([]any)
	all := map[string]string{}
	for _, key := range keys {
		name, _ := key.(string)
		all[name], _ = server.Do(t, "DUMP", name).(string)
	}
	return all
}

func restore(t *testing.T, server *redistest.Server, all map[string]string) {
	t.Helper()
	server.Do(t, "FLUSHALL")
	for name, text := range all {
		server.Do(t, "RESTORE", name, 0, text)
	}
}
