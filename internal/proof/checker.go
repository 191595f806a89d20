package proof

import (
	"fmt"
	"slices"
	"strings"
	"sync"
)

// Checker collects what clients were told and finds what cannot be true
// together. It is safe for concurrent use.
type Checker struct {
	mu         sync.Mutex
	byKey      map[string]string  // idempotency key → booking acknowledged under it
	keyOf      map[string]string  // the reverse
	booked     map[string]Booking // acknowledged, by id
	cancelled  map[string]bool    // acknowledged cancellations, by booking
	doubtful   map[string]bool    // bookings that somebody asked to cancel without learning the end
	refused    map[string]string  // patients whose booking was refused, and why
	spent      map[string]string  // hold → booking acknowledged on it
	published  map[string]Opening // acknowledged, by id
	underKey   map[string]string  // idempotency key → opening acknowledged under it
	withdrawn  map[string]bool    // slot → whether the last acknowledged turn took it back
	turning    map[string]bool    // slots whose last turn has an unknown end
	told       map[string]string  // booking → last acknowledged outcome
	at         map[string]Position
	left       map[string]map[string]bool // console → epochs it has left
	deltas     map[string]string          // epoch and range → what the delta said
	catchingUp map[string]bool            // consoles that were just answered
	violations []string
}

// NewChecker returns a checker that has been told nothing.
func NewChecker() *Checker {
	return &Checker{byKey: map[string]string{}, keyOf: map[string]string{}, booked: map[string]Booking{}, cancelled: map[string]bool{}, doubtful: map[string]bool{},
		refused: map[string]string{}, spent: map[string]string{}, published: map[string]Opening{}, underKey: map[string]string{},
		withdrawn: map[string]bool{}, turning: map[string]bool{}, told: map[string]string{},
		at: map[string]Position{}, left: map[string]map[string]bool{}, deltas: map[string]string{}, catchingUp: map[string]bool{}}
}

func (k *Checker) violated(format string, args ...any) {
	k.violations = append(k.violations, fmt.Sprintf(format, args...))
}

// Booked notes an acknowledged booking and the key that it was asked under.
func (k *Checker) Booked(key string, b Booking) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if earlier, ok := k.byKey[key]; ok && earlier != b.ID {
		k.violated("key %s gave booking %s, then %s", key, earlier, b.ID)
	}
	if other, ok := k.keyOf[b.ID]; ok && other != key {
		k.violated("booking %s answers two keys, %s and %s", b.ID, other, key)
	}
	k.byKey[key], k.keyOf[b.ID], k.booked[b.ID] = b.ID, key, b
}

// Cancelling notes that somebody is about to ask for a cancellation, which may
// be done without an answer.
func (k *Checker) Cancelling(booking string) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.doubtful[booking] = true
}

// Cancelled notes an acknowledged cancellation.
func (k *Checker) Cancelled(booking string) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.cancelled[booking] = true
}

// Acknowledged counts the bookings told of so far.
func (k *Checker) Acknowledged() int {
	k.mu.Lock()
	defer k.mu.Unlock()
	return len(k.booked)
}

// Seen checks a frame that a console received; it fits Watching.Seen. Inside an
// epoch positions only rise, every change has a number, an epoch that was left
// never comes back, and the same delta says the same to every console. The
// delta that answers a watch is let off two of these: it may bring slots that
// changed a little before its range, and states newer than its position, which a
// later delta brings again.
func (k *Checker) Seen(console string, f *Frame) {
	k.mu.Lock()
	defer k.mu.Unlock()
	before, known := k.at[console]
	switch f.Type {
	case "reply":
		k.catchingUp[console] = true
	case "snapshot":
		delete(k.catchingUp, console)
		k.addUp(console, f)
		k.moved(console, before, Position{f.Epoch, f.Seq})
	case "tick":
		if at := (Position{f.Epoch, f.Seq}); known && at != before {
			k.violated("%s: tick at %v on a board at %v: a change was not sent", console, at, before)
		}
	case "delta":
		if from := (Position{f.Epoch, f.From}); !known || from != before {
			k.violated("%s: delta from %v on a board at %v", console, from, before)
		}
		if !k.catchingUp[console] {
			k.numbered(console, f)
			k.same(f)
		}
		delete(k.catchingUp, console)
		k.addUp(console, f)
		k.moved(console, before, Position{f.Epoch, f.To})
	}
}

// moved notes a console's new position.
func (k *Checker) moved(console string, before, now Position) {
	switch {
	case before.Epoch == now.Epoch && now.Seq < before.Seq:
		k.violated("%s: went back from %v to %v", console, before, now)
	case before.Epoch != "" && before.Epoch != now.Epoch:
		if k.left[console] == nil {
			k.left[console] = map[string]bool{}
		}
		k.left[console][before.Epoch] = true
	}
	if k.left[console][now.Epoch] {
		k.violated("%s: epoch %s came back", console, now.Epoch)
	}
	k.at[console] = now
}

// addUp finds a slot of which more seats are given away than there are: two live
// holds on one seat, or a hold on a booked one.
func (k *Checker) addUp(console string, f *Frame) {
	for _, s := range f.Slots {
		if !sums(s) {
			k.violated("%s: slot %s does not add up: %s", console, s.ID, state(s))
		}
	}
}

// sums reports whether every seat is in one state: of a withdrawn slot, the free
// ones are nobody's.
func sums(s Slot) bool {
	given := s.Free + len(s.Held) + s.Booked
	return given == s.Seats || s.Withdrawn && given <= s.Seats
}

// numbered finds more changed slots than there are numbers for changes.
func (k *Checker) numbered(console string, f *Frame) {
	if int64(len(f.Slots)) > f.To-f.From {
		k.violated("%s: delta %d to %d changes %d slots", console, f.From, f.To, len(f.Slots))
	}
}

func (k *Checker) same(f *Frame) {
	var text strings.Builder
	for _, s := range slices.SortedFunc(slices.Values(f.Slots), func(a, b Slot) int { return strings.Compare(a.ID, b.ID) }) {
		fmt.Fprintf(&text, "%s %s\n", s.ID, state(s))
	}
	key := fmt.Sprintf("%s %s %d-%d", f.Territory, f.Epoch, f.From, f.To)
	if said, ok := k.deltas[key]; ok && said != text.String() {
		k.violated("delta %s said two things: %q and %q", key, said, text.String())
	}
	k.deltas[key] = text.String()
}

// state is what consoles must agree on about a slot.
func state(s Slot) string {
	held := make([]string, 0, len(s.Held))
	for _, h := range s.Held {
		held = append(held, fmt.Sprintf("%s until %d", h.Holder, h.Until.UnixMilli()))
	}
	slices.Sort(held)
	return fmt.Sprintf("seats %d free %d booked %d withdrawn %v held %v", s.Seats, s.Free, s.Booked, s.Withdrawn, held)
}
