package live_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"github.com/relais-snp/relais/internal/live"
	"github.com/relais-snp/relais/internal/regulation"
)

func TestEngineAwayIsSaidOnceAndEndsByItself(t *testing.T) {
	inBubble(t, func(t *testing.T, b *board) {
		c := b.watch(live.WatchRequest{})
		b.waiting(c)
		b.engine.off.Store(true)
		time.Sleep(10 * time.Second)
		if m := b.sole(c); m.Type != "away" {
			t.Errorf("%+v", m)
		}
		late := b.watch(live.WatchRequest{})
		if list := b.waiting(late); list[len(list)-1].Type != "away" {
			t.Errorf("who comes now sees %+v", list)
		}

		b.engine.off.Store(false)
		b.change("a")
		time.Sleep(2 * time.Second)
		var types []string
		for _, m := range b.waiting(c) {
			types = append(types, m.Type)
		}
		if fmt.Sprint(types) != "[delta tick]" && fmt.Sprint(types) != "[tick delta]" && fmt.Sprint(types) != "[delta tick tick]" {
			t.Errorf("back by %v", types)
		}
	})
}

func TestNewEpochBringsASnapshot(t *testing.T) {
	inBubble(t, func(t *testing.T, b *board) {
		b.change("a")
		c := b.watch(live.WatchRequest{})
		old := b.sole(c)
		epoch, err := b.engine.Begin(t.Context(), senart, time.Now(), 0)
		b.must(err)
		if m := b.sole(c); m.Type != "away" {
			t.Errorf("while it is rebuilt: %+v", m)
		}
		b.change("b")
		_, err = b.engine.Ready(t.Context(), senart, epoch)
		b.must(err)
		if m := b.sole(c); m.Type != "snapshot" || m.Epoch != epoch || m.Epoch == old.Epoch || ids(m) != "b " {
			t.Errorf("%+v", m)
		}
	})
}

func TestConsoleOfALostTerritoryIsAwayThenServed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := &board{TB: t, engine: &switchable{Engine: newMemory()}}
		b.hub = live.NewHub(b.engine, time.Now)
		defer b.hub.Close()
		c := b.watch(live.WatchRequest{})
		if m := b.sole(c); m.Type != "away" {
			t.Errorf("%+v", m)
		}
		b.rebuild()
		if m := b.sole(c); m.Type != "snapshot" {
			t.Errorf("%+v", m)
		}
	})
}

func TestClosingEndsFrames(t *testing.T) {
	inBubble(t, func(t *testing.T, b *board) {
		mine, theirs := b.watch(live.WatchRequest{}), b.watch(live.WatchRequest{})
		mine.Close()
		mine.Close()
		b.waiting(mine)
		if _, open := <-mine.Frames(); open || mine.Err() != nil {
			t.Errorf("open %v, %v", open, mine.Err())
		}
		b.hub.Close()
		b.waiting(theirs)
		if !errors.Is(theirs.Err(), regulation.ErrEngineAway) {
			t.Error(theirs.Err())
		}
		if _, err := b.hub.Watch(context.Background(), live.WatchRequest{Territory: senart}); err == nil {
			t.Error("a closed hub is watched")
		}
	})
}

func TestForsakenFeedEndsAndBeginsAgain(t *testing.T) {
	inBubble(t, func(t *testing.T, b *board) {
		b.watch(live.WatchRequest{}).Close()
		time.Sleep(2 * time.Minute)
		b.change("a")
		if m := b.sole(b.watch(live.WatchRequest{})); m.Type != "snapshot" || m.Seq != 1 {
			t.Errorf("%+v", m)
		}
	})
}

func TestConsoleKeepsItsPositionOverAProcessRestart(t *testing.T) {
	inBubble(t, func(t *testing.T, b *board) {
		b.change("a", "b", "c")
		at, err := b.engine.Position(t.Context(), senart)
		b.must(err)
		b.change("b")
		other := live.NewHub(b.engine, time.Now)
		defer other.Close()
		c, err := other.Watch(t.Context(), live.WatchRequest{Territory: senart, From: &at})
		b.must(err)
		if m := b.sole(c); m.Type != "delta" || m.From != 3 || m.To != 4 || ids(m) != "b " {
			t.Errorf("%+v", m)
		}
	})
}
