package web

import (
	"context"
	"errors"
	"slices"
	"testing"
	"testing/synctest"
	"time"
)

// atWork takes every turn there is.
func atWork(t *testing.T) (all *turns, done []func()) {
	t.Helper()
	all = newTurns()
	for range workAtOnce {
		end, err := all.take(t.Context(), beginning)
		if err != nil {
			t.Fatal(err)
		}
		done = append(done, end)
	}
	return all, done
}

func TestWhoWaitsASecondInVainIsRefused(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		all, done := atWork(t)
		begun := time.Now()
		if _, err := all.take(t.Context(), goingOn); err != errBusy || time.Since(begun) != turnWithin {
			t.Errorf("%v after %v", err, time.Since(begun))
		}

		done[0]()

		if _, err := all.take(t.Context(), beginning); err != nil {
			t.Errorf("once a turn is free: %v", err)
		}
	})
}

func TestWhatGoesOnComesFirstAndTheLastToComeBeforeOthers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		all, done := atWork(t)
		var order []string
		for _, w := range []struct {
			name  string
			place precedence
		}{{"begins", beginning}, {"goes on", goingOn}, {"begins later", beginning}, {"goes on later", goingOn}} {
			go func() {
				end, err := all.take(t.Context(), w.place)
				if err != nil {
					t.Error(err)
					return
				}
				order = append(order, w.name)
				end()
			}()
			synctest.Wait()
		}

		done[0]()
		synctest.Wait()

		if want := []string{"goes on later", "goes on", "begins later", "begins"}; !slices.Equal(order, want) {
			t.Errorf("%q", order)
		}
	})
}

func TestALongLineRefusesAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		all, done := atWork(t)
		ctx, leave := context.WithCancel(t.Context())
		for range waitAtOnce {
			go func() {
				if _, err := all.take(ctx, beginning); !errors.Is(err, context.Canceled) {
					t.Errorf("who left was told %v", err)
				}
			}()
		}
		synctest.Wait()

		begun := time.Now()
		if _, err := all.take(ctx, beginning); err != errBusy || !all.full() || time.Since(begun) > 0 {
			t.Errorf("%v after %v", err, time.Since(begun))
		}

		// Those who leave make room, and every turn comes back.
		leave()
		synctest.Wait()
		for _, end := range done {
			end()
		}
		if all.full() || all.free != workAtOnce {
			t.Errorf("%d turns free", all.free)
		}
	})
}

func TestWhatGoesOnWithACall(t *testing.T) {
	for route, want := range map[string]precedence{
		"/api/v1/cases": beginning, "/api/v1/openings": beginning, "/api/v1/me": beginning, feedRoute: beginning,
		"/api/v1/slots": goingOn, "/api/v1/slots/:id/holds": goingOn, "/api/v1/holds/:token": goingOn,
		"/api/v1/bookings": goingOn, "/api/v1/bookings/:id/cancel": goingOn, "/api/v1/cases/:id/close": goingOn,
	} {
		if got := precedenceOf(route); got != want {
			t.Errorf("%s has precedence %d", route, got)
		}
	}
}
