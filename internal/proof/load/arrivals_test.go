package load

import (
	"slices"
	"testing"
	"time"
)

func TestArrivalsFollowTheDayAndTheSeed(t *testing.T) {
	plan := Plan{Seed: 3, Length: 24 * time.Hour, Calls: 10_000, Openings: 2000, SignIns: 10, Day: France}

	all := plan.arrivals()

	if again := plan.arrivals(); !slices.Equal(all, again) {
		t.Error("the same seed draws other arrivals")
	}
	if !slices.IsSortedFunc(all, func(a, b arrival) int { return int(a.at - b.at) }) {
		t.Error("arrivals are not in order")
	}
	night, noon, calls := 0, 0, 0
	for _, a := range all {
		if a.at < 0 || a.at > plan.Length {
			t.Fatalf("arrival at %v", a.at)
		}
		if a.what != opCase {
			continue
		}
		calls++
		switch a.at / time.Hour {
		case 3:
			night++
		case 9:
			noon++
		}
	}
	if calls != 10_000 || noon < 10*night {
		t.Errorf("%d calls, %d of them from three, %d from nine", calls, night, noon)
	}
}

func TestChangeIsSeenByEveryConsoleOnce(t *testing.T) {
	g := newGround(&Territory{ID: "t"}, newMeters())
	s := stretch{"E", 4, 5}
	other := g.expect("b", func(slotHead) bool { return true })
	g.expect("a", func(s slotHead) bool { return s.Booked == 1 })
	frame := []byte(`{"type":"delta","slots":[{"id":"a","booked":1,"held":[]}]}`)

	for range 3 { // consoles, of which the first two decode at the same moment
		if err := g.decoded(s, frame); err != nil {
			t.Fatal(err)
		}
		g.reached(s, time.Now())
	}

	if n := g.meters.read(time.Second)[0].Count; n != 3 {
		t.Errorf("seen %d times by 3 consoles", n)
	}
	if n := g.unseen(); n != 1 {
		t.Errorf("%d changes are still expected, want the other slot's", n)
	}
	if g.forget("b", other); g.unseen() != 0 {
		t.Error("what was refused is still expected")
	}
}

func TestHeadsAreReadAsTheyStand(t *testing.T) {
	head := []byte(`{"type":"delta","territory":"t","epoch":"k3","from":820,"to":824,"slots":[{"id":"to"`)
	if text(head, `"epoch":"`) != "k3" || number(head, `"from":`) != 820 || number(head, `"to":`) != 824 || number(head, `"seq":`) != -1 {
		t.Errorf("read %s %d %d", text(head, `"epoch":"`), number(head, `"from":`), number(head, `"to":`))
	}
}
