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
	k.Spent("hold-1", booking("1", "a", "booked"))
	k.Refused(proof.NewBooking{Patient: proof.Patient{Family: "Refused"}}, "regulation.slot_taken")
	k.Published("key-o", proof.Opening{ID: "o", Slots: []proof.Slot{{ID: "a"}, {ID: "b"}}})
	k.Turned("b", true)
	k.Turned("b", false)
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
		"a key answered twice":          {func(k *proof.Checker, _ *proof.End) { k.Booked("key-1", booking("3", "c", "booked")) }, "key key-1 gave"},
		"a booking for two keys":        {func(k *proof.Checker, _ *proof.End) { k.Booked("key-3", booking("1", "a", "booked")) }, "answers two keys"},
		"an engine behind":              {func(_ *proof.Checker, e *proof.End) { e.Slots[0] = slot("a", 0) }, "has 1 bookings and shows 0"},
		"a slot gone":                   {func(_ *proof.Checker, e *proof.End) { e.Slots = e.Slots[1:] }, "is not shown"},
		"seats that do not add up":      {func(_ *proof.Checker, e *proof.End) { e.Slots[1].Free = 0 }, "does not add up"},
		"a console behind":              {func(_ *proof.Checker, e *proof.End) { e.Consoles["one"].Slots["a"] = slot("a", 0) }, "one shows slot a"},
		"a console without a slot":      {func(_ *proof.Checker, e *proof.End) { delete(e.Consoles["one"].Slots, "a") }, "does not show slot a"},
		"a gap in the sequence":         {frames(proof.Frame{Type: "delta", Epoch: "e", From: 5, To: 6}), "delta from {e 5}"},
		"a change never sent":           {frames(proof.Frame{Type: "tick", Epoch: "e", Seq: 5}), "was not sent"},
		"a sequence that goes back":     {frames(proof.Frame{Type: "snapshot", Epoch: "e", Seq: 2}), "went back"},
		"an epoch that comes back":      {frames(proof.Frame{Type: "snapshot", Epoch: "f", Seq: 1}, proof.Frame{Type: "snapshot", Epoch: "e", Seq: 9}), "came back"},
		"changes without numbers":       {frames(proof.Frame{Type: "delta", Epoch: "e", From: 4, To: 5, Slots: []proof.Slot{slot("a", 1), slot("b", 1)}}), "changes 2 slots"},
		"one hold, two bookings":        {func(k *proof.Checker, _ *proof.End) { k.Spent("hold-1", booking("7", "b", "booked")) }, "one hold gave"},
		"a refused booking made":        {func(_ *proof.Checker, e *proof.End) { e.Bookings[0].Patient.Family = "Refused" }, "was refused as regulation.slot_taken"},
		"an outcome undone":             {func(k *proof.Checker, _ *proof.End) { k.Told("1", "honoured") }, "was told honoured and is booked"},
		"an opening gone":               {func(k *proof.Checker, _ *proof.End) { k.Published("key-p", opening("p", "c")) }, "slot c was published and is not there"},
		"a key that publishes twice":    {func(k *proof.Checker, _ *proof.End) { k.Published("key-o", opening("p", "a")) }, "key key-o gave opening o, then p"},
		"a withdrawal undone":           {func(k *proof.Checker, _ *proof.End) { k.Turned("b", true) }, "last turned to withdrawn true"},
		"a withdrawal that nobody made": {func(_ *proof.Checker, e *proof.End) { e.Slots[1].Withdrawn = true }, "last turned to withdrawn false"},
		"two holds on one seat": {frames(proof.Frame{Type: "delta", Epoch: "e", From: 4, To: 5,
			Slots: []proof.Slot{{ID: "b", Seats: 1, Held: []proof.Held{{Holder: "x"}, {Holder: "y"}}}}}), "one: slot b does not add up"},
		"a hold on a booked seat in a snapshot": {frames(proof.Frame{Type: "snapshot", Epoch: "e", Seq: 5,
			Slots: []proof.Slot{{ID: "b", Seats: 1, Booked: 1, Held: []proof.Held{{Holder: "x"}}}}}), "one: slot b does not add up"},
		"a withdrawn slot with too much": {frames(proof.Frame{Type: "delta", Epoch: "e", From: 4, To: 5,
			Slots: []proof.Slot{{ID: "b", Seats: 1, Free: 1, Booked: 1, Withdrawn: true}}}), "one: slot b does not add up"},
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

func opening(id string, slots ...string) proof.Opening {
	o := proof.Opening{ID: id}
	for _, s := range slots {
		o.Slots = append(o.Slots, proof.Slot{ID: s})
	}
	return o
}

// A turn whose end nobody knows proves nothing about the slot.
func TestCheckerLeavesUnknownTurnsAlone(t *testing.T) {
	k, end := sound()
	k.TurnUnknown("b")
	end.Slots[1].Withdrawn = true
	end.Consoles["one"].Slots["b"] = end.Slots[1]
	if lines := k.Verdict(end); len(lines) != 0 {
		t.Errorf("it complains: %q", lines)
	}
}

// accounted is the record that belongs to sound.
func accounted() *proof.Record {
	return &proof.Record{
		Audit: map[string]int{"booking.book booking:1": 1, "booking.book booking:2": 1, "booking.cancel booking:2": 1,
			"opening.publish opening:o": 1, "patient.read booking:1": 7},
		Keys:  map[string]string{"key-1": "1", "key-2": "2", "key-o": "o"},
		Seats: map[string]int{"a 1": 1},
	}
}

func TestCheckerFindsWhatTheRecordLacks(t *testing.T) {
	for name, c := range map[string]struct {
		plant func(*proof.Checker, *proof.Record)
		want  string // "" for nothing
	}{
		"nothing":                 {func(*proof.Checker, *proof.Record) {}, ""},
		"a change not delivered":  {func(_ *proof.Checker, r *proof.Record) { r.Outbox = 1 }, "1 changes wait in the outbox"},
		"a booking not audited":   {func(_ *proof.Checker, r *proof.Record) { delete(r.Audit, "booking.book booking:1") }, "in the audit 0 times"},
		"a booking audited twice": {func(_ *proof.Checker, r *proof.Record) { r.Audit["booking.book booking:1"] = 2 }, "in the audit 2 times"},
		"a cancellation not audited": {func(_ *proof.Checker, r *proof.Record) {
			delete(r.Audit, "booking.cancel booking:2")
		}, "\"booking.cancel booking:2\" is in the audit 0 times"},
		"a publication not audited": {func(_ *proof.Checker, r *proof.Record) {
			delete(r.Audit, "opening.publish opening:o")
		}, "\"opening.publish opening:o\" is in the audit 0 times"},
		"an outcome not audited":  {func(k *proof.Checker, _ *proof.Record) { k.Told("1", "honoured") }, "outcome of booking 1 is not in the audit"},
		"a key forgotten":         {func(_ *proof.Checker, r *proof.Record) { delete(r.Keys, "key-1") }, "key key-1 gave 1 and remembers"},
		"a key of something else": {func(_ *proof.Checker, r *proof.Record) { r.Keys["key-o"] = "p" }, "key key-o gave o and remembers"},
		"a seat twice":            {func(_ *proof.Checker, r *proof.Record) { r.Seats["a 1"] = 2 }, "has 2 live bookings"},
	} {
		t.Run(name, func(t *testing.T) {
			k, _ := sound()
			r := accounted()
			c.plant(k, r)
			lines := k.Accounts(r)
			if c.want == "" && len(lines) > 0 || c.want != "" && (len(lines) != 1 || !strings.Contains(lines[0], c.want)) {
				t.Errorf("want one line with %q, got %q", c.want, lines)
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
