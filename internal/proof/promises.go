package proof

import (
	"maps"
	"slices"
)

// Refused notes that a booking was refused for good: nobody may come under that
// patient's name.
func (k *Checker) Refused(n NewBooking, reason string) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.refused[n.Patient.Family] = reason
}

// Spent notes a booking acknowledged on a hold: a hold is good for one.
func (k *Checker) Spent(token string, b Booking) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if other, ok := k.spent[token]; ok && other != b.ID {
		k.violated("one hold gave bookings %s and %s", other, b.ID)
	}
	k.spent[token] = b.ID
}

// Published notes an acknowledged opening and the key that it was asked under.
func (k *Checker) Published(key string, o Opening) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if earlier, ok := k.underKey[key]; ok && earlier != o.ID {
		k.violated("key %s gave opening %s, then %s", key, earlier, o.ID)
	}
	k.underKey[key], k.published[o.ID] = o.ID, o
}

// Turned notes that a slot was withdrawn, or offered again. One person at a time
// may turn a slot, who knows the end of one turn before the next.
func (k *Checker) Turned(slot string, withdrawn bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.withdrawn[slot] = withdrawn
	delete(k.turning, slot)
}

// TurnUnknown notes that nobody can say how the last turn of a slot ended.
func (k *Checker) TurnUnknown(slot string) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.turning[slot] = true
}

// Told notes an acknowledged outcome.
func (k *Checker) Told(booking, outcome string) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.told[booking] = outcome
}

// intents finds patients who come although their booking was refused, and
// outcomes that were lost.
func (v *verdict) intents(bookings []Booking) {
	for _, b := range bookings {
		if b.Patient != nil && b.Live() {
			if reason, ok := v.checker.refused[b.Patient.Family]; ok {
				v.add("booking %s was refused as %s and is there", b.ID, reason)
			}
		}
		if outcome, ok := v.checker.told[b.ID]; ok && b.State != outcome {
			v.add("booking %s was told %s and is %s", b.ID, outcome, b.State)
		}
	}
}

// offers finds slots that were published and are not there, and those that are
// not as their last turn left them.
func (v *verdict) offers(slots []Slot) {
	there := map[string]Slot{}
	for _, s := range slots {
		there[s.ID] = s
	}
	for _, id := range slices.Sorted(maps.Keys(v.checker.published)) {
		for _, s := range v.checker.published[id].Slots {
			if _, ok := there[s.ID]; !ok {
				v.add("slot %s was published and is not there", s.ID)
			}
		}
	}
	for _, id := range slices.Sorted(maps.Keys(v.checker.withdrawn)) {
		withdrawn := v.checker.withdrawn[id]
		if s, ok := there[id]; ok && s.Withdrawn != withdrawn && !v.checker.turning[id] {
			v.add("slot %s was last turned to withdrawn %v and is not", id, withdrawn)
		}
	}
}
