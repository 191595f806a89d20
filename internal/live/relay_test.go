package live_test

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/relais-snp/relais/internal/agenda"
	"github.com/relais-snp/relais/internal/live"
)

// outbox is SQL's outbox in miniature.
type outbox struct {
	mu     sync.Mutex
	rows   []agenda.Announcement
	broken bool
	hangs  bool // until the caller gives up
}

func (o *outbox) announce(records ...agenda.Record) (out []agenda.Announcement) {
	o.mu.Lock()
	defer o.mu.Unlock()
	for _, r := range records {
		out = append(out, agenda.Announcement{ID: int64(len(o.rows) + 1), Record: r})
	}
	o.rows = append(o.rows, out...)
	return out
}

func (o *outbox) Pending(ctx context.Context, limit int) ([]agenda.Announcement, error) {
	o.mu.Lock()
	if o.hangs {
		o.mu.Unlock()
		<-ctx.Done()
		return nil, ctx.Err()
	}
	defer o.mu.Unlock()
	if o.broken {
		return nil, errors.New("no database")
	}
	return slices.Clone(o.rows[:min(limit, len(o.rows))]), nil
}

func (o *outbox) Forget(_ context.Context, ids []int64) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.broken {
		return errors.New("no database")
	}
	o.rows = slices.DeleteFunc(o.rows, func(a agenda.Announcement) bool { return slices.Contains(ids, a.ID) })
	return nil
}

func (o *outbox) left() int {
	o.mu.Lock()
	defer o.mu.Unlock()
	return len(o.rows)
}

// relaying runs a relay over the board's engine.
func relaying(t *testing.T, test func(t *testing.T, b *board, o *outbox, r *live.Relay)) {
	inBubble(t, func(t *testing.T, b *board) {
		o := &outbox{}
		r := live.NewRelay(b.engine, o, time.Now, slog.New(slog.DiscardHandler))
		ctx, stop := context.WithCancel(t.Context())
		var runs sync.WaitGroup
		runs.Go(func() { r.Run(ctx) })
		defer runs.Wait()
		defer stop()
		synctest.Wait()
		test(t, b, o, r)
	})
}

func draft(territory, id string, revision int64) agenda.Record {
	start := time.Now().Add(time.Hour)
	return agenda.Record{Slot: agenda.Slot{ID: id, Territory: territory, Start: start, End: start.Add(time.Hour), Seats: 1, Revision: revision}}
}

func (b *board) carries(id string) bool {
	_, err := b.engine.Slot(b.Context(), senart, id)
	return err == nil
}

func TestDeliveredAtOnceAndForgottenAfterwards(t *testing.T) {
	relaying(t, func(t *testing.T, b *board, o *outbox, r *live.Relay) {
		gone, cancel := context.WithCancel(t.Context())
		cancel() // who announced has hung up
		r.Deliver(gone, o.announce(draft(senart, "a", 1), draft(senart, "b", 1))...)
		if !b.carries("a") || !b.carries("b") || o.left() != 2 {
			t.Fatalf("%d left", o.left())
		}
		time.Sleep(time.Second)
		if synctest.Wait(); o.left() != 0 {
			t.Errorf("%d left", o.left())
		}
	})
}

func TestWhatACrashLeftIsCarriedLater(t *testing.T) {
	relaying(t, func(t *testing.T, b *board, o *outbox, _ *live.Relay) {
		o.announce(draft(senart, "a", 1), draft(senart, "a", 2))
		time.Sleep(time.Second)
		synctest.Wait()
		if s, err := b.engine.Slot(t.Context(), senart, "a"); err != nil || s.Slot.Revision != 2 || o.left() != 0 {
			t.Errorf("%+v %v, %d left", s, err, o.left())
		}
	})
}

func TestNothingIsForgottenBeforeTheEngineTookIt(t *testing.T) {
	relaying(t, func(t *testing.T, b *board, o *outbox, r *live.Relay) {
		b.engine.off.Store(true)
		for i := range 600 {
			r.Deliver(t.Context(), o.announce(draft(senart, "a", int64(i+1)))...)
		}
		time.Sleep(10 * time.Second)
		if synctest.Wait(); o.left() != 600 {
			t.Fatalf("%d left while the engine was away", o.left())
		}
		b.engine.off.Store(false)
		time.Sleep(2 * time.Second)
		synctest.Wait()
		if s, err := b.engine.Slot(t.Context(), senart, "a"); err != nil || s.Slot.Revision != 600 || o.left() != 0 {
			t.Errorf("revision %d, %v, %d left", s.Slot.Revision, err, o.left())
		}
	})
}

func TestALostTerritoryDoesNotBlockOthers(t *testing.T) {
	relaying(t, func(t *testing.T, b *board, o *outbox, _ *live.Relay) {
		for range 700 {
			o.announce(draft("cpts-lost", "x", 1))
		}
		o.announce(draft(senart, "a", 1))
		time.Sleep(3 * time.Second)
		if synctest.Wait(); !b.carries("a") || o.left() != 700 {
			t.Errorf("carried %v, %d left", b.carries("a"), o.left())
		}
	})
}

func TestALostTerritoryDoesNotDelayOthers(t *testing.T) {
	relaying(t, func(t *testing.T, b *board, o *outbox, r *live.Relay) {
		r.Deliver(t.Context(), o.announce(draft("cpts-lost", "x", 1))...)
		for _, id := range []string{"a", "b", "c"} {
			r.Deliver(t.Context(), o.announce(draft("cpts-lost", "x", 1), draft(senart, id, 1))...)
			if !b.carries(id) {
				t.Errorf("%s waits for a territory that is not its own", id)
			}
			time.Sleep(1300 * time.Millisecond)
			synctest.Wait() // the relay has tried the lost one in between
		}
	})
}

func TestSlotsOutsideTheWindowAreNotCarried(t *testing.T) {
	relaying(t, func(t *testing.T, b *board, o *outbox, r *live.Relay) {
		far, past := draft(senart, "far", 1), draft(senart, "past", 1)
		far.Slot.Start = time.Now().Add(15 * 24 * time.Hour)
		past.Slot.End = time.Now().Add(-48 * time.Hour)
		r.Deliver(t.Context(), o.announce(far, past)...)
		time.Sleep(time.Second)
		if synctest.Wait(); b.carries("far") || b.carries("past") || o.left() != 0 {
			t.Errorf("far %v, past %v, %d left", b.carries("far"), b.carries("past"), o.left())
		}
	})
}

func TestRelayOutlivesItsDatabase(t *testing.T) {
	relaying(t, func(t *testing.T, b *board, o *outbox, r *live.Relay) {
		o.broken = true
		r.Deliver(t.Context(), o.announce(draft(senart, "a", 1))...)
		time.Sleep(5 * time.Second)
		o.mu.Lock()
		o.broken = false
		o.mu.Unlock()
		time.Sleep(time.Second)
		if synctest.Wait(); !b.carries("a") || o.left() != 0 {
			t.Errorf("%d left", o.left())
		}
	})
}

func TestRelayLeavesADatabaseThatHangs(t *testing.T) {
	relaying(t, func(t *testing.T, b *board, o *outbox, _ *live.Relay) {
		o.mu.Lock()
		o.hangs = true
		o.mu.Unlock()
		time.Sleep(2 * time.Second)
		o.mu.Lock()
		o.hangs = false // the one answer that never comes apart
		o.mu.Unlock()
		o.announce(draft(senart, "a", 1))
		time.Sleep(time.Minute)
		if synctest.Wait(); !b.carries("a") || o.left() != 0 {
			t.Errorf("%d left", o.left())
		}
	})
}
