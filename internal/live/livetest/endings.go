package livetest

import (
	"testing"
	"time"

	"github.com/relais-snp/relais/internal/regulation"
)

var endingCases = map[string]func(*testing.T, Open){
	"a hold expires by itself, with one event a slot": func(t *testing.T, open Open) {
		w := ready(t, open, seats(3))
		w.hold("a", "s1")
		w.hold("b", "s1")
		before := w.position()
		w.clock.Advance(3*time.Minute - time.Millisecond)
		w.expire(0)
		w.clock.Advance(time.Millisecond)
		w.expire(2)
		w.expire(0)
		if s := w.slot("s1"); len(s.Held) != 0 || s.Free() != 3 || w.position().Seq != before.Seq+1 {
			t.Errorf("state %+v at %+v after %+v", s, w.position(), before)
		}
	},
	"an expired hold is not honoured, though nobody expired it": func(t *testing.T, open Open) {
		w := ready(t, open, seats(1))
		late := w.hold("rosa", "s1")
		before := w.position()
		w.clock.Advance(3 * time.Minute)
		refused(t, w.pin(late), regulation.ErrHoldExpired)
		h := w.hold("omar", "s1")
		if h.Fence <= late.Fence || w.position().Seq != before.Seq+2 {
			t.Errorf("fence %d after %d, at %+v after %+v", h.Fence, late.Fence, w.position(), before)
		}
		refused(t, w.pin(late), regulation.ErrHoldSuperseded)
		refused(t, w.extend(late, time.Minute), regulation.ErrHoldSuperseded)
		w.release(late)
		if s := w.slot("s1"); len(s.Held) != 1 || s.Held[0].Holder != "omar" {
			t.Errorf("a late release touched %+v", s.Held)
		}
	},
	"a hold is extended once": func(t *testing.T, open Open) {
		w := ready(t, open, seats(1))
		h := w.hold("rosa", "s1")
		w.clock.Advance(2 * time.Minute)
		now := w.clock.Now()
		longer, err := w.engine.Extend(t.Context(), h.Token, h.By, now, 3*time.Minute)
		w.must(err)
		if !longer.Extended || !longer.ExpiresAt.Equal(h.ExpiresAt.Add(3*time.Minute)) || longer.Fence != h.Fence {
			t.Errorf("extended to %+v", longer)
		}
		before := w.position()
		again, err := w.engine.Extend(t.Context(), h.Token, h.By, now, 3*time.Minute)
		w.must(err)
		if again != longer || w.position() != before {
			t.Errorf("the same extension again: %+v", again)
		}
		w.clock.Advance(2 * time.Minute)
		refused(t, w.extend(h, 4*time.Minute), regulation.ErrHoldExtended)
		w.expire(0)
		w.clock.Advance(2 * time.Minute)
		refused(t, w.extend(h, time.Minute), regulation.ErrHoldExpired)
	},
	"a hold is released once or twice": func(t *testing.T, open Open) {
		w := ready(t, open, seats(1))
		h := w.hold("rosa", "s1")
		before := w.position()
		w.release(h)
		w.release(h)
		if s := w.slot("s1"); len(s.Held) != 0 || w.position().Seq != before.Seq+1 {
			t.Errorf("state %+v at %+v", s, w.position())
		}
		refused(t, w.pin(h), regulation.ErrHoldExpired)
		_, err := w.engine.Hold(t.Context(), regulation.HoldRequest{Token: h.Token, Territory: w.territory,
			Slot: "s1", By: "rosa", Now: w.clock.Now(), Until: w.clock.Now().Add(time.Minute)})
		refused(t, err, regulation.ErrHoldExpired) // a late repetition brings nothing back
	},
	"a token serves its holder alone": func(t *testing.T, open Open) {
		w := ready(t, open, seats(1))
		theirs := w.hold("rosa", "s1")
		stolen, forged, shapeless := theirs, theirs, theirs
		stolen.By = "omar"
		forged.Token = regulation.TokenFor(w.territory, "s1", "guess")
		shapeless.Token = "guess"
		for _, h := range []regulation.Hold{stolen, forged, shapeless} {
			w.unknown(h)
		}
		w.release(theirs)
		w.unknown(stolen)
	},
	"an unknown slot's token is unknown": func(t *testing.T, open Open) {
		w := ready(t, open)
		w.unknown(regulation.Hold{Token: regulation.TokenFor(w.territory, "nowhere", "x"), By: "rosa"})
	},
}

// unknown proves that nothing can be done with the token.
func (w *world) unknown(h regulation.Hold) {
	w.Helper()
	now := w.clock.Now()
	refused(w.T, w.pin(h), regulation.ErrHoldUnknown)
	refused(w.T, w.extend(h, time.Minute), regulation.ErrHoldUnknown)
	refused(w.T, w.engine.Release(w.Context(), h.Token, h.By, now), regulation.ErrHoldUnknown)
	refused(w.T, w.engine.Unpin(w.Context(), h.Token, h.By), regulation.ErrHoldUnknown)
}

func (w *world) extend(h regulation.Hold, d time.Duration) error {
	_, err := w.engine.Extend(w.Context(), h.Token, h.By, w.clock.Now(), d)
	return err
}

// expire must end so many holds.
func (w *world) expire(want int) {
	w.Helper()
	n, err := w.engine.Expire(w.Context(), w.territory, w.clock.Now())
	w.must(err)
	if n != want {
		w.Fatalf("%d holds expired, want %d", n, want)
	}
}
