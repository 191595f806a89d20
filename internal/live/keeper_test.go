package live_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/relais-snp/relais/internal/agenda"
	"github.com/relais-snp/relais/internal/live"
	"github.com/relais-snp/relais/internal/regulation"
)

// slots is SQL's table of slots in miniature.
type slots struct {
	mu      sync.Mutex
	records []agenda.Record
	fence   int64 // the last of all bookings
	broken  error
	reads   int
	hangs   bool // until the caller gives up
	takes   time.Duration
}

func (s *slots) RecordsBetween(ctx context.Context, territory string, from, to time.Time) (out []agenda.Record, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.hangs {
		s.mu.Unlock()
		<-ctx.Done()
		s.mu.Lock()
		return nil, ctx.Err()
	}
	s.reads++
	if s.takes > 0 {
		s.mu.Unlock()
		time.Sleep(s.takes)
		s.mu.Lock()
	}
	for _, r := range s.records {
		if r.Slot.Territory == territory && !r.Slot.Start.Before(from) && r.Slot.Start.Before(to) {
			out = append(out, r)
		}
	}
	return out, s.broken
}

func (s *slots) LastFence(context.Context, string, time.Time) (int64, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.fence, s.broken
}

func (s *slots) breaks(err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.broken = err
}

// starting adds a slot of one hour to SQL, its start so far from now.
func (s *slots) starting(id string, in time.Duration) {
	start := time.Now().Add(in)
	s.records = append(s.records, agenda.Record{Slot: agenda.Slot{ID: id, Territory: senart, Start: start, End: start.Add(time.Hour), Seats: 1, Revision: 1}})
}

// keeping runs keepers over a lost territory.
func keeping(t *testing.T, keepers int, sql *slots, test func(t *testing.T, b *board)) {
	keepingAndTelling(t, keepers, sql, io.Discard, test)
}

// keepingAndTelling is keeping with a log to read.
func keepingAndTelling(t *testing.T, keepers int, sql *slots, log io.Writer, test func(t *testing.T, b *board)) {
	synctest.Test(t, func(t *testing.T) {
		b := &board{TB: t, engine: &switchable{Engine: newMemory()}}
		for id, in := range map[string]time.Duration{"old": -25 * time.Hour, "yesterday": -23 * time.Hour, "soon": time.Hour,
			"next week": 7 * 24 * time.Hour, "far": 8*24*time.Hour + 4*time.Hour} {
			sql.starting(id, in)
		}
		ctx, stop := context.WithCancel(t.Context())
		var runs sync.WaitGroup
		for range keepers {
			k := live.NewKeeper(b.engine, sql, func() []string { return []string{senart} }, time.Now, slog.New(slog.NewTextHandler(log, nil)))
			runs.Go(func() { k.Run(ctx) })
		}
		defer runs.Wait()
		defer stop()
		synctest.Wait()
		test(t, b)
	})
}

func (b *board) carried() string {
	b.Helper()
	list, err := b.engine.Slots(b.Context(), senart)
	if errors.Is(err, regulation.ErrEngineAway) {
		return "away"
	}
	b.must(err)
	all := map[string]bool{}
	for _, s := range list {
		all[s.Slot.ID] = true
	}
	return fmt.Sprint(all)
}

func TestALostTerritoryIsFilledFromSQL(t *testing.T) {
	for _, keepers := range []int{1, 3} {
		keeping(t, keepers, &slots{}, func(t *testing.T, b *board) {
			time.Sleep(time.Second)
			if got := b.carried(); got != "map[next week:true soon:true yesterday:true]" {
				t.Errorf("%d keepers: carried %s", keepers, got)
			}
		})
	}
}

func TestFencesRiseOverBookingsMadeBeforeTheClockWasSetBack(t *testing.T) {
	last := time.Now().Add(100 * 365 * 24 * time.Hour).UnixMicro()
	keeping(t, 1, &slots{fence: last}, func(t *testing.T, b *board) {
		now := time.Now()
		h, err := b.engine.Hold(t.Context(), regulation.HoldRequest{Token: regulation.TokenFor(senart, "soon", "secret"), Territory: senart,
			Slot: "soon", By: "rosa", Now: now, Until: now.Add(time.Minute)})
		b.must(err)
		if h.Fence <= last {
			t.Errorf("fence %d, want over %d", h.Fence, last)
		}
	})
}

func TestAnOutageIsToldOnceAndItsEndToo(t *testing.T) {
	var log strings.Builder
	told := func() string { // without times
		return fmt.Sprint(strings.Count(log.String(), "not kept"), strings.Count(log.String(), "kept again"))
	}
	keepingAndTelling(t, 1, &slots{}, &log, func(t *testing.T, b *board) {
		for outage, want := range []string{"1 0", "2 1"} {
			b.engine.off.Store(true)
			time.Sleep(time.Minute)
			synctest.Wait()
			if got := told(); got != want {
				t.Errorf("outage %d: told %s, want %s:\n%s", outage, got, want, log.String())
			}
			b.engine.off.Store(false)
			time.Sleep(time.Minute)
			synctest.Wait()
		}
		if got := told(); got != "2 2" {
			t.Errorf("afterwards: told %s:\n%s", got, log.String())
		}
	})
}

func TestAnUnfinishedRebuildIsTakenUpWithinSeconds(t *testing.T) {
	sql := &slots{broken: errors.New("no database")}
	keeping(t, 1, sql, func(t *testing.T, b *board) {
		time.Sleep(20 * time.Second)
		if got := b.carried(); got != "away" {
			t.Errorf("carried %s without SQL", got)
		}
		sql.breaks(nil)
		time.Sleep(6 * time.Second)
		if got := b.carried(); got == "away" {
			t.Error("not rebuilt")
		}
	})
}

func TestARebuildThatTakesLongIsEndedByWhoBeganIt(t *testing.T) {
	sql := &slots{takes: 12 * time.Second}
	keeping(t, 2, sql, func(t *testing.T, b *board) {
		time.Sleep(12*time.Second + 10*time.Millisecond)
		sql.mu.Lock()
		defer sql.mu.Unlock()
		if got := b.carried(); got == "away" || sql.reads != 1 {
			t.Errorf("carried %s after %d readings of SQL", got, sql.reads)
		}
	})
}

func TestHoldsEndByThemselves(t *testing.T) {
	keeping(t, 1, &slots{}, func(t *testing.T, b *board) {
		time.Sleep(time.Second)
		_, err := b.engine.Hold(t.Context(), regulation.HoldRequest{Token: regulation.TokenFor(senart, "soon", "x"),
			Territory: senart, Slot: "soon", By: "rosa", Now: time.Now(), Until: time.Now().Add(3 * time.Minute)})
		b.must(err)
		time.Sleep(3*time.Minute - time.Second)
		if s, _ := b.engine.Slot(t.Context(), senart, "soon"); len(s.Held) != 1 {
			t.Errorf("too early: %+v", s)
		}
		time.Sleep(1250 * time.Millisecond)
		synctest.Wait()
		if s, _ := b.engine.Slot(t.Context(), senart, "soon"); len(s.Held) != 0 {
			t.Errorf("still held: %+v", s)
		}
	})
}

func TestTheWindowMovesOn(t *testing.T) {
	keeping(t, 1, &slots{}, func(t *testing.T, b *board) {
		time.Sleep(4 * time.Hour)
		if got := b.carried(); got != "map[far:true next week:true soon:true]" {
			t.Errorf("four hours later: %s", got)
		}
	})
}

func TestAKeeperThatComesLaterBringsInTheWholeWindow(t *testing.T) {
	sql := &slots{}
	keeping(t, 1, sql, func(t *testing.T, b *board) {
		time.Sleep(time.Second)
		sql.mu.Lock()
		sql.starting("missed", 2*time.Hour)
		sql.mu.Unlock()
		late := live.NewKeeper(b.engine, sql, func() []string { return []string{senart} }, time.Now, slog.New(slog.DiscardHandler))
		b.must(late.Keep(t.Context()))
		if !b.carries("missed") {
			t.Errorf("carried %s", b.carried())
		}
	})
}

func TestADatabaseThatHangsIsLeftAndAskedAgain(t *testing.T) {
	sql := &slots{hangs: true}
	keeping(t, 1, sql, func(t *testing.T, b *board) {
		sql.mu.Lock()
		sql.hangs = false // the one answer that never comes apart
		sql.mu.Unlock()
		time.Sleep(time.Minute)
		if got := b.carried(); got == "away" {
			t.Error("the keeper still waits for its first question")
		}
	})
}
