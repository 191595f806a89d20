package livetest

import (
	"fmt"
	"slices"

	"github.com/anishathalye/porcupine"

	"github.com/relais-snp/relais/internal/fault"
	"github.com/relais-snp/relais/internal/regulation"
)

// slotNow is the model's slot: its revision, and who has each seat.
type slotNow struct {
	revision int64
	seats    [linearSeats]int // 0 free, -1 booked, else the holder's token
}

// slotModel says what each call may answer and leave behind. A call without
// answer may have been made or not.
var slotModel = (&porcupine.NondeterministicModel{
	Init: func() []any { return []any{slotNow{revision: 1}} },
	Step: func(state, in, out any) []any {
		before, asked, answered := state.(slotNow), in.(call), out.(seen)
		after, expected := before.step(asked)
		switch {
		case answered.lost:
			return []any{before, after}
		case asked.op == "release" && answered.reason == fault.Reason(regulation.ErrHoldUnknown) && before == after:
			return []any{after} // of a hold that lost its answer and never was
		case answered != expected:
			return nil
		}
		return []any{after}
	},
	DescribeOperation: func(in, out any) string { return fmt.Sprintf("%+v → %+v", in, out) },
}).ToModel()

// step is what happens when the call is made now.
func (s slotNow) step(c call) (after slotNow, answer seen) {
	mine := slices.Index(s.seats[:], c.token)
	switch c.op {
	case "hold":
		free := slices.Index(s.seats[:], 0)
		if free < 0 {
			return s, seen{reason: fault.Reason(regulation.ErrSlotTaken)}
		}
		s.seats[free] = c.token
		return s, seen{seat: free + 1}
	case "pin":
		switch {
		case mine >= 0:
			return s, seen{seat: mine + 1}
		case s.seats[c.seat-1] != 0:
			return s, seen{reason: fault.Reason(regulation.ErrHoldSuperseded)}
		}
		return s, seen{reason: fault.Reason(regulation.ErrHoldExpired)}
	case "release":
		if mine >= 0 {
			s.seats[mine] = 0
		}
		return s, seen{}
	}
	return s.apply(c), seen{}
}

// apply follows a newer record: booked seats are booked, others keep their
// holds or come free.
func (s slotNow) apply(c call) slotNow {
	if c.record.Slot.Revision <= s.revision {
		return s
	}
	s.revision = c.record.Slot.Revision
	for i, has := range s.seats {
		switch {
		case slices.Contains(c.record.Booked, i+1):
			s.seats[i] = -1
		case has == -1:
			s.seats[i] = 0
		}
	}
	return s
}
