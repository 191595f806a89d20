package live_test

import (
	"context"
	"encoding/json"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/relais-snp/relais/internal/agenda"
	"github.com/relais-snp/relais/internal/live"
	"github.com/relais-snp/relais/internal/live/memory"
	"github.com/relais-snp/relais/internal/regulation"
)

const senart = "cpts-senart"

// board is a territory with a hub over it, inside a synctest bubble.
type board struct {
	testing.TB
	engine *switchable
	hub    *live.Hub
	rev    int64
}

// switchable is an engine that can be switched off.
type switchable struct {
	live.Engine
	off  atomic.Bool
	slow atomic.Int64 // how long Positions takes
}

func (s *switchable) err() error {
	if s.off.Load() {
		return regulation.ErrEngineAway
	}
	return nil
}

func (s *switchable) Position(ctx context.Context, t string) (live.Position, error) {
	if err := s.err(); err != nil {
		return live.Position{}, err
	}
	return s.Engine.Position(ctx, t)
}

func (s *switchable) Positions(ctx context.Context, ts ...string) (map[string]live.Position, error) {
	if err := s.err(); err != nil {
		return nil, err
	}
	time.Sleep(time.Duration(s.slow.Load())) // of a bubble
	return s.Engine.Positions(ctx, ts...)
}

func (s *switchable) Snapshot(ctx context.Context, t string) (live.Snapshot, error) {
	if err := s.err(); err != nil {
		return live.Snapshot{}, err
	}
	return s.Engine.Snapshot(ctx, t)
}

func (s *switchable) Since(ctx context.Context, t string, from live.Position) ([]live.Event, bool, error) {
	if err := s.err(); err != nil {
		return nil, false, err
	}
	return s.Engine.Since(ctx, t, from)
}

func (s *switchable) Apply(ctx context.Context, t string, records ...agenda.Record) error {
	if err := s.err(); err != nil {
		return err
	}
	return s.Engine.Apply(ctx, t, records...)
}

func (s *switchable) Lost(ctx context.Context, territories ...string) ([]string, error) {
	if err := s.err(); err != nil {
		return nil, err
	}
	return s.Engine.Lost(ctx, territories...)
}

func (s *switchable) Ping(context.Context) error { return s.err() }

// inBubble runs a test on a ready, empty territory. Time in it is the bubble's.
func inBubble(t *testing.T, test func(t *testing.T, b *board)) {
	synctest.Test(t, func(t *testing.T) {
		b := newBoard(t)
		defer b.hub.Close()
		test(t, b)
	})
}

func newBoard(t testing.TB) *board {
	engine := &switchable{Engine: newMemory()}
	b := &board{TB: t, engine: engine, hub: live.NewHub(engine, time.Now)}
	b.rebuild()
	return b
}

func (b *board) rebuild() {
	b.Helper()
	epoch, err := b.engine.Begin(b.Context(), senart, time.Now(), 0)
	b.must(err)
	_, err = b.engine.Ready(b.Context(), senart, epoch)
	b.must(err)
}

// change brings slots to their next records.
func (b *board) change(ids ...string) {
	b.Helper()
	for _, id := range ids {
		b.rev++
		start := time.Now().Add(time.Hour)
		b.must(b.engine.Apply(b.Context(), senart, agenda.Record{Slot: agenda.Slot{ID: id, Territory: senart,
			Practitioner: "gp", Location: "place", Start: start, End: start.Add(time.Hour),
			Modality: agenda.Cabinet, Audience: agenda.ForRegulation, Seats: 2, Revision: b.rev}}))
	}
}

func (b *board) watch(r live.WatchRequest) *live.Console {
	b.Helper()
	r.Territory = senart
	c, err := b.hub.Watch(b.Context(), r)
	b.must(err)
	return c
}

func (b *board) must(err error) {
	b.Helper()
	if err != nil {
		b.Fatal(err)
	}
}

// message is a frame as a console reads it.
type message struct {
	Type     string
	Epoch    string
	Seq      int64
	From, To int64
	Now      time.Time
	Kind     string
	Booking  string
	Slots    []live.WireSlot
	Who      []live.Focus
}

// waiting returns the frames that wait for the console once all is quiet.
func (b *board) waiting(c *live.Console) (list []message) {
	b.Helper()
	synctest.Wait()
	for {
		select {
		case f, open := <-c.Frames():
			if !open {
				return list
			}
			list = append(list, b.read(f))
		default:
			return list
		}
	}
}

// only returns the one frame that waits.
func (b *board) sole(c *live.Console) message {
	b.Helper()
	list := b.waiting(c)
	if len(list) != 1 {
		b.Fatalf("%d frames wait, want one: %+v", len(list), list)
	}
	return list[0]
}

func (b *board) read(f *live.Frame) message {
	b.Helper()
	var m message
	if err := json.Unmarshal(f.JSON, &m); err != nil {
		b.Fatalf("%v in %s", err, f.JSON)
	}
	return m
}

func ids(m message) string {
	var all string
	for _, s := range m.Slots {
		all += s.ID + " "
	}
	return all
}

func newMemory() live.Engine { return memory.New(time.Now) }
