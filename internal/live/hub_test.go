package live_test

import (
	"errors"
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"github.com/relais-snp/relais/internal/live"
	"github.com/relais-snp/relais/internal/regulation"
)

func TestConsoleBeginsWithEverything(t *testing.T) {
	inBubble(t, func(t *testing.T, b *board) {
		b.change("b", "a")
		m := b.sole(b.watch(live.WatchRequest{}))
		if m.Type != "snapshot" || m.Seq != 2 || ids(m) != "a b " || !m.Now.Equal(time.Now()) {
			t.Errorf("%+v", m)
		}
	})
}

func TestFirstChangeComesAtOnceAndTheRestTogether(t *testing.T) {
	inBubble(t, func(t *testing.T, b *board) {
		c := b.watch(live.WatchRequest{})
		time.Sleep(time.Second - 10*time.Millisecond)
		b.waiting(c)
		b.change("a")
		if m := b.sole(c); m.Type != "delta" || m.From != 0 || m.To != 1 || ids(m) != "a " {
			t.Errorf("first: %+v", m)
		}
		b.change("a", "b")
		b.change("b", "a", "c")
		if list := b.waiting(c); len(list) != 0 {
			t.Errorf("too early: %+v", list)
		}
		time.Sleep(20 * time.Millisecond)
		if m := b.sole(c); m.From != 1 || m.To != 6 || ids(m) != "a b c " {
			t.Errorf("together: %+v", m)
		}
		time.Sleep(20 * time.Millisecond)
		b.change("c")
		if m := b.sole(c); m.From != 6 || m.To != 7 || ids(m) != "c " {
			t.Errorf("what was told before is told again: %+v", m)
		}
	})
}

func TestDeltasAreContiguousAndAddUp(t *testing.T) {
	inBubble(t, func(t *testing.T, b *board) {
		c := b.watch(live.WatchRequest{})
		at := b.sole(c).Seq
		var changes int64
		for i := range 50 {
			for j := range i % 4 {
				b.change(fmt.Sprintf("slot-%d", (i+j)%7))
				changes++
			}
			time.Sleep(time.Duration(i%5) * 7 * time.Millisecond)
			for _, m := range b.waiting(c) {
				if m.Type == "delta" && m.From != at {
					t.Fatalf("delta from %d, console at %d", m.From, at)
				}
				at = max(at, m.To)
			}
		}
		time.Sleep(20 * time.Millisecond)
		for _, m := range b.waiting(c) {
			at = max(at, m.To)
		}
		if at != changes {
			t.Errorf("console at %d after %d changes", at, changes)
		}
	})
}

func TestOneFrameServesAllConsoles(t *testing.T) {
	inBubble(t, func(t *testing.T, b *board) {
		a, c := b.watch(live.WatchRequest{}), b.watch(live.WatchRequest{})
		synctest.Wait()
		fa, fc := <-a.Frames(), <-c.Frames()
		made := 0
		for _, f := range []*live.Frame{fa, fc} {
			f.Prepared(func([]byte) any { made++; return nil })
		}
		if fa != fc || made != 1 {
			t.Errorf("same frame %v, prepared %d times", fa == fc, made)
		}
	})
}

func TestConsoleComesBackToWhatItMissed(t *testing.T) {
	inBubble(t, func(t *testing.T, b *board) {
		b.change("a", "b")
		first := b.watch(live.WatchRequest{})
		at := b.sole(first)
		b.change("c", "a", "c")
		time.Sleep(50 * time.Millisecond)
		b.waiting(first)

		for from, want := range map[int64]string{2: "a c ", 3: "a c ", 4: "a c ", 5: "", 0: "a b c "} {
			c := b.watch(live.WatchRequest{From: &live.Position{Epoch: at.Epoch, Seq: from}})
			m := b.sole(c)
			if m.Type != "delta" || m.From != from || m.To != 5 || ids(m) != want {
				t.Errorf("from %d: %+v", from, m)
			}
		}
		for _, from := range []live.Position{{Epoch: "other", Seq: 5}, {Epoch: at.Epoch, Seq: 6}, {Epoch: at.Epoch, Seq: -1}} {
			if m := b.sole(b.watch(live.WatchRequest{From: &from})); m.Type != "snapshot" || m.Seq != 5 {
				t.Errorf("from %+v: %+v", from, m)
			}
		}
	})
}

func TestAConsoleFromLongAgoMissesNothing(t *testing.T) {
	inBubble(t, func(t *testing.T, b *board) {
		c := b.watch(live.WatchRequest{})
		long := b.sole(c)
		b.change("first")
		var many []string
		for i := range 30 {
			many = append(many, fmt.Sprintf("slot-%02d", i))
		}
		for range 300 { // more than the hub remembers
			b.change(many...)
			time.Sleep(20 * time.Millisecond)
			b.waiting(c)
		}
		m := b.waiting(b.watch(live.WatchRequest{From: &live.Position{Epoch: long.Epoch, Seq: long.Seq}}))[0]
		if len(m.Slots) != 31 || m.Slots[0].ID != "first" {
			t.Errorf("a %s with %d slots: %s", m.Type, len(m.Slots), ids(m))
		}
	})
}

func TestSlowConsoleIsBroughtBackOnceThenClosed(t *testing.T) {
	inBubble(t, func(t *testing.T, b *board) {
		slow, quick := b.watch(live.WatchRequest{}), b.watch(live.WatchRequest{})
		overflow := func() {
			for range 70 {
				b.change("a")
				time.Sleep(20 * time.Millisecond)
				b.waiting(quick)
			}
		}
		overflow()
		list := b.waiting(slow)
		if list[0].Type != "snapshot" || list[1].Type != "presence" || list[2].From != list[0].Seq {
			t.Fatalf("brought back by %+v", list[0])
		}
		overflow() // it had caught up: once more
		if slow.Err() != nil {
			t.Fatal(slow.Err())
		}
		overflow()
		b.waiting(slow)
		if !errors.Is(slow.Err(), live.ErrSlowConsole) || quick.Err() != nil {
			t.Errorf("slow: %v, quick: %v", slow.Err(), quick.Err())
		}
		if _, open := <-slow.Frames(); open {
			t.Error("a closed console still has frames")
		}
	})
}

func TestASlowConsoleKeepsItsNotices(t *testing.T) {
	inBubble(t, func(t *testing.T, b *board) {
		slow := b.watch(live.WatchRequest{Account: "rosa"})
		notify := func(booking string) {
			b.hub.Notify(t.Context(), regulation.Notice{Territory: senart, Account: "rosa", Kind: regulation.NoticeBooked, Booking: booking})
			synctest.Wait()
		}
		b.waiting(slow)
		notify("first")
		for len(slow.Frames()) < 64 {
			b.change("a")
			time.Sleep(20 * time.Millisecond)
			synctest.Wait()
		}
		notify("last") // makes it overflow
		var got []string
		for _, m := range b.waiting(slow) {
			got = append(got, m.Type+m.Booking)
		}
		if fmt.Sprint(got) != "[snapshot noticefirst noticelast presence]" {
			t.Errorf("brought back by %v", got)
		}
	})
}

func TestTicksSayWhereTheTerritoryStands(t *testing.T) {
	inBubble(t, func(t *testing.T, b *board) {
		b.change("a")
		c := b.watch(live.WatchRequest{})
		b.waiting(c)
		for range 2 {
			time.Sleep(5 * time.Second)
			if m := b.sole(c); m.Type != "tick" || m.Seq != 1 || m.Epoch == "" || time.Since(m.Now) > time.Second {
				t.Errorf("%+v", m)
			}
		}
	})
}

func TestTicksDoNotWaitForLooks(t *testing.T) {
	inBubble(t, func(t *testing.T, b *board) {
		c := b.watch(live.WatchRequest{})
		b.waiting(c)
		b.engine.slow.Store(int64(1900 * time.Millisecond))
		time.Sleep(20 * time.Second)
		if list := b.waiting(c); len(list) != 4 || list[3].Type != "tick" {
			t.Errorf("in 20 s came %+v", list)
		}
		b.engine.slow.Store(0)
		time.Sleep(2 * time.Second) // the last slow look ends
	})
}

func TestNoticesReachTheirReceiverAlone(t *testing.T) {
	inBubble(t, func(t *testing.T, b *board) {
		rosa := b.watch(live.WatchRequest{Account: "rosa"})
		gp := b.watch(live.WatchRequest{Account: "dr", Practitioner: "gp-1"})
		nobody := b.watch(live.WatchRequest{})
		for _, c := range []*live.Console{rosa, gp, nobody} {
			b.waiting(c)
		}
		b.hub.Notify(t.Context(), regulation.Notice{Territory: senart, Account: "rosa", Kind: regulation.NoticeBookingCancelled, Slot: "s", Booking: "b1", Case: "c"})
		b.hub.Notify(t.Context(), regulation.Notice{Territory: senart, Practitioner: "gp-1", Kind: regulation.NoticeBooked, Booking: "b2"})
		if m := b.sole(rosa); m.Type != "notice" || m.Kind != "booking_cancelled" || m.Booking != "b1" {
			t.Errorf("%+v", m)
		}
		if m := b.sole(gp); m.Kind != "booked" || m.Booking != "b2" {
			t.Errorf("%+v", m)
		}
		if list := b.waiting(nobody); len(list) != 0 {
			t.Errorf("%+v", list)
		}
	})
}

func TestColleaguesSeeWhereOneLooks(t *testing.T) {
	inBubble(t, func(t *testing.T, b *board) {
		c := b.watch(live.WatchRequest{})
		time.Sleep(30 * time.Millisecond)
		b.waiting(c)
		b.hub.Focus(t.Context(), senart, live.Focus{Holder: "rosa", By: "Rosa", Slot: "a"})
		if m := b.sole(c); m.Type != "presence" || len(m.Who) != 1 || m.Who[0] != (live.Focus{Holder: "rosa", By: "Rosa", Slot: "a"}) {
			t.Errorf("%+v", m)
		}
		late := b.waiting(b.watch(live.WatchRequest{}))
		if len(late) != 2 || late[1].Type != "presence" {
			t.Errorf("who comes later sees %+v", late)
		}
		time.Sleep(30 * time.Millisecond)
		b.hub.Focus(t.Context(), senart, live.Focus{Holder: "rosa", By: "Rosa", Slot: "a"})
		if list := b.waiting(c); len(list) != 0 {
			t.Errorf("nothing new, and yet %+v", list)
		}
		b.hub.Focus(t.Context(), senart, live.Focus{Holder: "rosa", By: "Rosa"})
		if m := b.sole(c); m.Type != "presence" || len(m.Who) != 0 {
			t.Errorf("%+v", m)
		}
		b.hub.Focus(t.Context(), senart, live.Focus{Holder: "omar", By: "Omar", Slot: "b"})
		time.Sleep(6 * time.Minute)
		list := b.waiting(c)
		last := message{}
		for _, m := range list {
			if m.Type == "presence" {
				last = m
			}
		}
		if last.Type == "" || len(last.Who) != 0 {
			t.Errorf("presence does not fade: %+v", last)
		}
	})
}
