package proof_test

import (
	"strings"
	"testing"

	"github.com/relais-snp/relais/internal/proof"
)

func slot(id string, booked int) proof.Slot {
	return proof.Slot{ID: id, Seats: 1, Free: 1 - booked, Booked: booked}
}

func booking(id, onSlot, state string) proof.Booking {
	return proof.Booking{ID: id, Slot: onSlot, State: state, Patient: &proof.Patient{Family: "Patient " + id}}
}

// sound is an end at which nothing is wrong: a booked, b free after a
// cancellation, one console that shows both.
func sound() (*proof.Checker, proof.End) {
	k := proof.NewChecker()
	k.Booked("key-1", booking("1", "a", "booked"))
	k.Booked("key-2", booking("2", "b", "booked"))
	k.Cancelling("2")
	k.Cancelled("2")
	k.Seen("one", &proof.Frame{Type: "reply", ID: 1})
	k.Seen("one", &proof.Frame{Type: "snapshot", Epoch: "e", Seq: 3, Slots: []proof.Slot{slot("a", 0), slot("b", 0)}})
	k.Seen("one", &proof.Frame{Type: "delta", Epoch: "e", From: 3, To: 4, Slots: []proof.Slot{slot("a", 1)}})
	k.Seen("one", &proof.Frame{Type: "tick", Epoch: "e", Seq: 4})
	slots := []proof.Slot{slot("a", 1), slot("b", 0)}
	view := proof.View{Slots: map[string]proof.Slot{"a": slots[0], "b": slots[1]}}
	return k, proof.End{Slots: slots, Bookings: []proof.Booking{booking("1", "a", "booked"), booking("2", "b", "cancelled")},
		Consoles: map[string]proof.View{"one": view}}
}

func TestCheckerIsContentWithWhatIsRight(t *testing.T) {
	k, end := sound()
	if lines := k.Verdict(end); len(lines) != 0 {
		t.Errorf("it complains: %q", lines)
	}
}

func TestCheckerFindsWhatIsPlanted(t *testing.T) {
	for name, c := range map[string]struct {
		plant func(*proof.Checker, *proof.End)
		want  string
	}{
		"a lost booking": {func(_ *proof.Checker, e *proof.End) {
			e.Bookings, e.Slots[0].Booked, e.Slots[0].Free = e.Bookings[1:], 0, 1
		}, "there 0 times"},
		"a booking listed twice": {func(_ *proof.Checker, e *proof.End) { e.Bookings = append(e.Bookings, e.Bookings[0]) }, "there 2 times"},
		"a booking moved":        {func(_ *proof.Checker, e *proof.End) { e.Bookings[0].Slot = "b" }, "promised on slot a"},
		"a booking undone":       {func(_ *proof.Checker, e *proof.End) { e.Bookings[0].State = "cancelled" }, "does not live"},
		"a cancellation undone":  {func(_ *proof.Checker, e *proof.End) { e.Bookings[1].State = "booked" }, "was cancelled and lives"},
		"a seat twice":           {func(_ *proof.Checker, e *proof.End) { e.Bookings = append(e.Bookings, booking("9", "a", "booked")) }, "1 seats and 2 bookings"},
		"one intent, two bookings": {func(_ *proof.Checker, e *proof.End) {
			twin := booking("9", "b", "booked")
			twin.Patient.Family = "Patient 1"
			e.Bookings = append(e.Bookings, twin)
		}, "one intent"},
		"a key answered twice":      {func(k *proof.Checker, _ *proof.End) { k.Booked("key-1", booking("3", "c", "booked")) }, "key key-1 gave"},
		"a booking for two keys":    {func(k *proof.Checker, _ *proof.End) { k.Booked("key-3", booking("1", "a", "booked")) }, "answers two keys"},
		"an engine behind":          {func(_ *proof.Checker, e *proof.End) { e.Slots[0] = slot("a", 0) }, "has 1 bookings and shows 0"},
		"a slot gone":               {func(_ *proof.Checker, e *proof.End) { e.Slots = e.Slots[1:] }, "is not shown"},
		"seats that do not add up":  {func(_ *proof.Checker, e *proof.End) { e.Slots[1].Free = 0 }, "does not add up"},
		"a console behind":          {func(_ *proof.Checker, e *proof.End) { e.Consoles["one"].Slots["a"] = slot("a", 0) }, "one shows slot a"},
		"a console without a slot":  {func(_ *proof.Checker, e *proof.End) { delete(e.Consoles["one"].Slots, "a") }, "does not show slot a"},
		"a gap in the sequence":     {frames(proof.Frame{Type: "delta", Epoch: "e", From: 5, To: 6}), "delta from {e 5}"},
		"a change never sent":       {frames(proof.Frame{Type: "tick", Epoch: "e", Seq: 5}), "was not sent"},
		"a sequence that goes back": {frames(proof.Frame{Type: "snapshot", Epoch: "e", Seq: 2}), "went back"},
		"an epoch that comes back":  {frames(proof.Frame{Type: "snapshot", Epoch: "f", Seq: 1}, proof.Frame{Type: "snapshot", Epoch: "e", Seq: 9}), "came back"},
		"changes without numbers":   {frames(proof.Frame{Type: "delta", Epoch: "e", From: 4, To: 5, Slots: []proof.Slot{slot("a", 1), slot("b", 1)}}), "changes 2 slots"},
		"a delta that says two things": {func(k *proof.Checker, _ *proof.End) {
			k.Seen("two", &proof.Frame{Type: "snapshot", Epoch: "e", Seq: 3})
			k.Seen("two", &proof.Frame{Type: "delta", Epoch: "e", From: 3, To: 4, Slots: []proof.Slot{slot("b", 1)}})
		}, "said two things"},
	} {
		t.Run(name, func(t *testing.T) {
			k, end := sound()
			c.plant(k, &end)
			if lines := k.Verdict(end); !strings.Contains(strings.Join(lines, "\n"), c.want) {
				t.Errorf("want a line with %q, got %q", c.want, lines)
			}
		})
	}
}

func frames(list ...proof.Frame) func(*proof.Checker, *proof.End) {
	return func(k *proof.Checker, _ *proof.End) {
		for _, f := range list {
			k.Seen("one", &f)
		}
	}
}
