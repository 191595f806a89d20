package proof

import (
	"fmt"
	"maps"
	"slices"
)

// End is what the service and its consoles say once everything has come to rest.
type End struct {
	Slots    []Slot          // GET /slots: the live engine
	Bookings []Booking       // GET /bookings: the record
	Consoles map[string]View // by name, of the consoles with a line
}

// Verdict lists every violation: those seen on the way, then those of the end.
// No line means that nothing is wrong. It may be asked again of a later end.
func (k *Checker) Verdict(end End) []string {
	k.mu.Lock()
	defer k.mu.Unlock()
	v := verdict{checker: k, lines: slices.Clone(k.violations)}
	v.acknowledged(end.Bookings)
	v.twins(end.Bookings)
	v.intents(end.Bookings)
	v.offers(end.Slots)
	v.seats(end)
	v.consoles(end)
	return v.lines
}

type verdict struct {
	checker *Checker
	lines   []string
}

func (v *verdict) add(format string, args ...any) {
	v.lines = append(v.lines, fmt.Sprintf(format, args...))
}

// acknowledged finds bookings that were promised and are not there, there
// twice, or in another state than promised.
func (v *verdict) acknowledged(bookings []Booking) {
	times := map[string]int{}
	for _, b := range bookings {
		times[b.ID]++
		promise, known := v.checker.booked[b.ID]
		cancelled, doubtful := v.checker.cancelled[b.ID], v.checker.doubtful[b.ID]
		switch {
		case !known:
		case promise.Slot != b.Slot:
			v.add("booking %s was promised on slot %s and is on %s", b.ID, promise.Slot, b.Slot)
		case b.Live() && cancelled:
			v.add("booking %s was cancelled and lives", b.ID)
		case !b.Live() && !cancelled && !doubtful:
			v.add("booking %s was promised, never cancelled, and does not live", b.ID)
		}
	}
	for _, id := range slices.Sorted(maps.Keys(v.checker.booked)) {
		if times[id] != 1 {
			v.add("booking %s was promised and is there %d times", id, times[id])
		}
	}
}

// twins finds one intent booked twice: patients' names are unique here.
func (v *verdict) twins(bookings []Booking) {
	seen := map[string]string{}
	for _, b := range bookings {
		if b.Patient == nil || !b.Live() {
			continue
		}
		if other, ok := seen[b.Patient.Family]; ok && other != b.ID {
			v.add("bookings %s and %s are one intent", other, b.ID)
		}
		seen[b.Patient.Family] = b.ID
	}
}

// seats compares the record with the live engine, seat by seat.
func (v *verdict) seats(end End) {
	live := map[string]int{}
	for _, b := range end.Bookings {
		if b.Live() {
			live[b.Slot]++
		}
	}
	for _, s := range end.Slots {
		switch n := live[s.ID]; {
		case n > s.Seats:
			v.add("slot %s has %d seats and %d bookings", s.ID, s.Seats, n)
		case n != s.Booked:
			v.add("slot %s has %d bookings and shows %d", s.ID, n, s.Booked)
		case !sums(s):
			v.add("slot %s does not add up: %s", s.ID, state(s))
		}
		delete(live, s.ID)
	}
	for _, id := range slices.Sorted(maps.Keys(live)) {
		v.add("slot %s has %d bookings and is not shown", id, live[id])
	}
}

// consoles compares every console's own copy with what the service says.
func (v *verdict) consoles(end End) {
	for _, name := range slices.Sorted(maps.Keys(end.Consoles)) {
		shown := end.Consoles[name].Slots
		for _, s := range end.Slots {
			mine, ok := shown[s.ID]
			switch {
			case !ok:
				v.add("%s does not show slot %s", name, s.ID)
			case state(mine) != state(s):
				v.add("%s shows slot %s as %q, it is %q", name, s.ID, state(mine), state(s))
			}
		}
	}
}
