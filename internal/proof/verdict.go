package proof

import (
	"maps"
	"slices"
)

// End is what the service and its consoles say once everything has come to rest.
type End struct {
	Slots    []Slot          // GET /slots: the live engine
	Bookings []Booking       // GET /bookings: the record
	Consoles map[string]View // by name, of the consoles with a line
}

// Verdict lists every violation: those seen on the way and those of the end. No
// line means that nothing is wrong.
func (k *Checker) Verdict(end End) []string {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.checkAcknowledged(end.Bookings)
	k.checkSeats(end)
	k.checkConsoles(end)
	return slices.Clone(k.violations)
}

// checkAcknowledged finds bookings that were promised and are not there, there
// twice, or in another state than promised.
func (k *Checker) checkAcknowledged(bookings []Booking) {
	times := map[string]int{}
	for _, b := range bookings {
		times[b.ID]++
		promise, known := k.booked[b.ID]
		if !known {
			continue
		}
		switch {
		case promise.Slot != b.Slot:
			k.violated("booking %s was promised on slot %s and is on %s", b.ID, promise.Slot, b.Slot)
		case b.Live() && k.cancelled[b.ID]:
			k.violated("booking %s was cancelled and lives", b.ID)
		case !b.Live() && !k.cancelled[b.ID] && !k.doubtful[b.ID]:
			k.violated("booking %s was promised, never cancelled, and does not live", b.ID)
		}
	}
	for _, id := range slices.Sorted(maps.Keys(k.booked)) {
		if times[id] != 1 {
			k.violated("booking %s was promised and is there %d times", id, times[id])
		}
	}
	k.checkTwins(bookings)
}

// checkTwins finds one intent booked twice: patients' names are unique here.
func (k *Checker) checkTwins(bookings []Booking) {
	seen := map[string]string{}
	for _, b := range bookings {
		if b.Patient == nil || !b.Live() {
			continue
		}
		if other, ok := seen[b.Patient.Family]; ok && other != b.ID {
			k.violated("bookings %s and %s are one intent", other, b.ID)
		}
		seen[b.Patient.Family] = b.ID
	}
}

// checkSeats compares the record with the live engine, seat by seat.
func (k *Checker) checkSeats(end End) {
	live := map[string]int{}
	for _, b := range end.Bookings {
		if b.Live() {
			live[b.Slot]++
		}
	}
	for _, s := range end.Slots {
		switch n := live[s.ID]; {
		case n > s.Seats:
			k.violated("slot %s has %d seats and %d bookings", s.ID, s.Seats, n)
		case n != s.Booked:
			k.violated("slot %s has %d bookings and shows %d", s.ID, n, s.Booked)
		case !s.Withdrawn && s.Free+len(s.Held)+s.Booked != s.Seats:
			k.violated("slot %s does not add up: %s", s.ID, state(s))
		}
		delete(live, s.ID)
	}
	for _, id := range slices.Sorted(maps.Keys(live)) {
		k.violated("slot %s has %d bookings and is not shown", id, live[id])
	}
}

// checkConsoles compares every console's own copy with what the service says.
func (k *Checker) checkConsoles(end End) {
	for _, name := range slices.Sorted(maps.Keys(end.Consoles)) {
		shown := end.Consoles[name].Slots
		for _, s := range end.Slots {
			mine, ok := shown[s.ID]
			switch {
			case !ok:
				k.violated("%s does not show slot %s", name, s.ID)
			case state(mine) != state(s):
				k.violated("%s shows slot %s as %q, it is %q", name, s.ID, state(mine), state(s))
			}
		}
	}
}
