package live_test

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/relais-snp/relais/internal/live"
	"github.com/relais-snp/relais/internal/regulation"
)

func TestFramesAreWrittenAsTheProtocolSays(t *testing.T) {
	inBubble(t, func(t *testing.T, b *board) {
		b.change("a")
		at, err := b.engine.Position(b.Context(), senart)
		b.must(err)
		c := b.watch(live.WatchRequest{Account: "rosa"})
		time.Sleep(100 * time.Millisecond)
		b.change("a") // goes at once
		synctest.Wait()
		b.change("a", "b") // waits for its 20 ms, whole
		time.Sleep(100 * time.Millisecond)
		b.hub.Focus(b.Context(), senart, live.Focus{Holder: "omar", By: "Omar Fictif", Slot: "a"})
		time.Sleep(100 * time.Millisecond)
		b.hub.Notify(b.Context(), regulation.Notice{Territory: senart, Account: "rosa",
			Kind: regulation.NoticeBookingCancelled, Slot: "a", Booking: "b1", Case: "c1"})
		b.hub.Notify(b.Context(), regulation.Notice{Territory: senart, Account: "rosa", Kind: regulation.NoticeCaseReopened, Case: "c1"})
		time.Sleep(5 * time.Second)
		b.engine.off.Store(true)
		time.Sleep(time.Second)
		synctest.Wait()

		var got strings.Builder
		for len(c.Frames()) > 0 {
			got.WriteString(strings.ReplaceAll(string((<-c.Frames()).JSON), at.Epoch, "EPOCH") + "\n")
		}
		golden(t, "frames.jsonl", got.String())
	})
}
