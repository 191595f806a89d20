package demo

import (
	"math"
	"testing"

	"github.com/relais-snp/relais/internal/civil"
)

func TestSeasonFollowsTheTrial(t *testing.T) {
	first := civil.MustDate("2026-09-22")
	var offered, booked int
	var rest float64
	for d := range PastDays {
		slots := 0
		for _, s := range shifts(first.AddDays(d)) {
			slots += (s.to.Minutes() - s.from.Minutes()) / s.minutes
		}
		if slots < 15 || slots > 24 {
			t.Errorf("day %d has %d slots, want about 20", d, slots)
		}
		var n int
		n, rest = taken(d, slots, rest)
		if d >= PastDays-fullDays && n != slots {
			t.Errorf("day %d: %d of %d taken, the last days are full", d, n, slots)
		}
		offered, booked = offered+slots, booked+n
	}
	if mean := float64(offered) / PastDays; math.Abs(mean-20) > 1 {
		t.Errorf("%.1f slots a day, want about 20", mean)
	}
	if fill := float64(booked) / float64(offered); math.Abs(fill-0.59) > 0.005 {
		t.Errorf("season filled to %.3f, want 0.59", fill)
	}
}
