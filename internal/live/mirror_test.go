package live_test

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/agenda"
	"github.com/relais-snp/relais/internal/live"
	"github.com/relais-snp/relais/internal/live/memory"
	"github.com/relais-snp/relais/internal/live/redis"
	"github.com/relais-snp/relais/internal/live/redis/redistest"
	"github.com/relais-snp/relais/internal/regulation"
)

// glass is a territory seen by its mirror alone.
type glass struct {
	*testing.T
	engine    live.Engine
	mirrors   *live.Mirrors
	territory string
	snapshots atomic.Int64
	noon      time.Time
}

// counted counts the snapshots that are taken of an engine.
type counted struct {
	live.Engine
	n *atomic.Int64
}

func (c counted) Snapshot(ctx context.Context, t string) (live.Snapshot, error) {
	c.n.Add(1)
	return c.Engine.Snapshot(ctx, t)
}

func newGlass(t *testing.T, engine live.Engine) *glass {
	g := &glass{T: t, engine: engine, territory: "cpts-" + rand.Text()[:8], noon: time.Now().Truncate(time.Second)}
	g.mirrors = live.NewMirrors(counted{engine, &g.snapshots}, time.Now)
	g.rebuild()
	return g
}

// eachEngine runs a test on both.
func eachEngine(t *testing.T, test func(g *glass)) {
	t.Run("memory", func(t *testing.T) { test(newGlass(t, memory.New(time.Now))) })
	t.Run("Redis", func(t *testing.T) {
		e, err := redis.New(redistest.URL(t), time.Now)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { e.Close() })
		test(newGlass(t, e))
	})
}

func (g *glass) must(err error) {
	g.Helper()
	if err != nil {
		g.Fatal(err)
	}
}

// rebuild begins the territory anew, empty.
func (g *glass) rebuild() {
	g.Helper()
	epoch, err := g.engine.Begin(g.Context(), g.territory, g.noon, 0)
	g.must(err)
	_, err = g.engine.Ready(g.Context(), g.territory, epoch)
	g.must(err)
}

func (g *glass) publish(id string) {
	g.Helper()
	start := g.noon.Add(time.Hour)
	g.must(g.engine.Apply(g.Context(), g.territory, agenda.Record{Slot: agenda.Slot{ID: id, Territory: g.territory, Practitioner: "dr",
		Location: "at", Start: start, End: start.Add(time.Hour), Seats: 1, Revision: 1, Modality: agenda.Cabinet, Audience: agenda.ForRegulation}}))
}

// board is what a regulator sees, by slot.
func (g *glass) board() (map[string]regulation.SlotState, regulation.Board) {
	service := regulation.Service{Boards: g.mirrors, Now: func() time.Time { return g.noon }}
	b, err := service.Slots(g.Context(), account.Actor{ID: "rosa", Roles: []account.Role{account.Regulator}, Territories: []string{g.territory}},
		regulation.BoardQuery{Territory: g.territory})
	if err != nil {
		g.Errorf("the board: %v", err)
	}
	seen := map[string]regulation.SlotState{}
	for _, r := range b.Items {
		seen[r.State.Slot.ID] = r.State
	}
	return seen, b
}

// Everybody sees their own last act at once, whatever others do meanwhile, and
// a position not before it.
func TestAMirrorShowsWhatWasAcknowledged(t *testing.T) {
	eachEngine(t, func(g *glass) {
		const people = 6
		for i := range people {
			g.publish(fmt.Sprintf("slot-%d", i))
		}
		var all sync.WaitGroup
		for i := range people {
			all.Go(func() { g.holdAndLook(fmt.Sprintf("slot-%d", i), 40) })
		}
		all.Wait()
		if n := g.snapshots.Load(); n != 1 {
			g.Errorf("%d snapshots were taken", n)
		}
	})
}

func (g *glass) holdAndLook(slot string, times int) {
	for n := range times {
		r := regulation.HoldRequest{Token: regulation.TokenFor(g.territory, slot, fmt.Sprint(n)), Territory: g.territory, Slot: slot,
			By: "by-" + slot, Now: g.noon, Until: g.noon.Add(time.Minute)}
		if _, err := g.engine.Hold(g.Context(), r); err != nil {
			g.Errorf("hold: %v", err)
			return
		}
		at, err := g.engine.Position(g.Context(), g.territory)
		if seen, b := g.board(); err != nil || len(seen[slot].Held) != 1 || b.At.Seq < at.Seq {
			g.Errorf("%s held, shown %+v at %v, engine at %v (%v)", slot, seen[slot], b.At, at, err)
			return
		}
		if err := g.engine.Release(g.Context(), r.Token, r.By, g.noon); err != nil {
			g.Errorf("release: %v", err)
			return
		}
		if seen, _ := g.board(); len(seen[slot].Held) != 0 {
			g.Errorf("%s released, shown %+v", slot, seen[slot])
			return
		}
	}
}

func TestAMirrorFollowsANewEpoch(t *testing.T) {
	eachEngine(t, func(g *glass) {
		g.publish("lost")
		if seen, _ := g.board(); len(seen) != 1 {
			g.Fatalf("shown %v", seen)
		}

		g.rebuild()
		g.publish("kept")

		if seen, b := g.board(); len(seen) != 1 || seen["kept"].Slot.ID == "" || b.At.Seq != 1 {
			g.Errorf("shown %v at %v", seen, b.At)
		}
	})
}

func TestAMirrorOfAnEngineThatIsAwayShowsNothing(t *testing.T) {
	off := &switchable{Engine: memory.New(time.Now)}
	g := newGlass(t, off)
	g.publish("slot")
	g.board()

	off.off.Store(true)
	_, err := g.mirrors.Look(t.Context(), g.territory, func(*regulation.Supply) { t.Error("shown") })
	if !errors.Is(err, regulation.ErrEngineAway) {
		t.Errorf("got %v", err)
	}

	off.off.Store(false)
	if seen, _ := g.board(); len(seen) != 1 {
		t.Errorf("back, shown %v", seen)
	}
}

func TestAMirrorThatNobodyLooksIntoIsForgotten(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := newGlass(t, memory.New(time.Now))
		look := func() {
			_, err := g.mirrors.Look(t.Context(), g.territory, func(*regulation.Supply) {})
			g.must(err)
		}
		for range 5 {
			look()
			time.Sleep(9 * time.Minute)
		}
		if n := g.snapshots.Load(); n != 1 {
			t.Errorf("%d snapshots while it was used", n)
		}
		time.Sleep(2 * time.Minute)
		look()
		if n := g.snapshots.Load(); n != 2 {
			t.Errorf("%d snapshots after nobody looked", n)
		}
	})
}

// Many who come first together do not each carry the territory over.
func TestOneSnapshotServesAllWhoComeFirst(t *testing.T) {
	eachEngine(t, func(g *glass) {
		g.publish("slot")
		var all sync.WaitGroup
		for range 20 {
			all.Go(func() {
				if seen, _ := g.board(); len(seen) != 1 {
					g.Errorf("shown %v", seen)
				}
			})
		}
		all.Wait()
		if n := g.snapshots.Load(); n != 1 {
			g.Errorf("%d snapshots", n)
		}
	})
}
