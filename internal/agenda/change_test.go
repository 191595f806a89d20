package agenda_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/relais-snp/relais/internal/agenda"
	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/fault"
)

func TestWithdrawAndRestoreAreIdempotent(t *testing.T) {
	h := open(t)
	_, records := h.publish(t, afternoon())
	slot := records[0].Slot.ID

	gone, err := h.Withdraw(t.Context(), martin(), slot)
	if err != nil || !gone.Slot.WithdrawnAt.Equal(h.now) || gone.Slot.Revision != 2 {
		t.Fatalf("withdraw: %+v %v", gone, err)
	}
	if again, err := h.Withdraw(t.Context(), martin(), slot); err != nil || again.Slot.Revision != 2 {
		t.Errorf("withdraw twice: %+v %v", again, err)
	}
	back, err := h.Restore(t.Context(), martin(), slot)
	if err != nil || back.Slot.Withdrawn() || back.Slot.Revision != 3 {
		t.Errorf("restore: %+v %v", back, err)
	}
	if again, err := h.Restore(t.Context(), martin(), slot); err != nil || again.Slot.Revision != 3 {
		t.Errorf("restore twice: %+v %v", again, err)
	}
	if n := len(h.delivered.announcements); n != 4+2 {
		t.Errorf("delivered %d announcements", n)
	}
	if len(h.record.audited) != 3 || h.record.audited[1].Action != "slot.withdraw" || h.record.audited[2].Action != "slot.restore" {
		t.Errorf("audited %+v", h.record.audited)
	}
}

func TestWithdrawIsRefusedUnderARegulatorsHands(t *testing.T) {
	h := open(t)
	_, records := h.publish(t, afternoon())
	slot := records[0].Slot.ID
	h.present.held[slot] = agenda.HeldDetail{By: "Nora", Holder: "acc-reg", Until: at("2026-11-23 09:03")}

	_, err := h.Withdraw(t.Context(), martin(), slot)

	wantReason(t, err, "agenda.slot_held")
	if detail := fault.Of(err).Detail.(agenda.HeldDetail); detail.By != "Nora" || !detail.Until.Equal(at("2026-11-23 09:03")) {
		t.Errorf("detail %+v", detail)
	}
	if h.record.slots[slot].Slot.Withdrawn() {
		t.Error("withdrawn all the same")
	}
}

func TestWithdrawGoesOnWithoutTheEngine(t *testing.T) {
	h := open(t)
	_, records := h.publish(t, afternoon())
	h.present.away = true

	r, err := h.Withdraw(t.Context(), martin(), records[0].Slot.ID)

	if err != nil || !r.Slot.Withdrawn() {
		t.Errorf("%+v %v", r, err)
	}
}

func TestWithdrawRefusals(t *testing.T) {
	h := open(t)
	_, records := h.publish(t, afternoon())
	slot := records[0].Slot.ID

	_, err := h.Withdraw(t.Context(), regulator(), slot)
	wantReason(t, err, "account.forbidden")
	_, err = h.Withdraw(t.Context(), martin(), "nothing")
	wantReason(t, err, "agenda.slot_unknown")
	h.now = at("2026-11-23 14:00")
	_, err = h.Withdraw(t.Context(), martin(), slot)
	wantReason(t, err, "agenda.slot_past")
	_, err = h.Restore(t.Context(), martin(), slot)
	wantReason(t, err, "agenda.slot_past")
}

func TestRestoreIsRefusedOverSomethingPublishedSince(t *testing.T) {
	h := open(t)
	_, records := h.publish(t, afternoon())
	if _, err := h.Withdraw(t.Context(), martin(), records[0].Slot.ID); err != nil {
		t.Fatal(err)
	}
	h.publish(t, afternoon(from("2026-11-23 14:00", "2026-11-23 14:30")))

	_, err := h.Restore(t.Context(), martin(), records[0].Slot.ID)

	wantReason(t, err, "agenda.overlap")
}

func TestStopWithdrawsWhatIsAheadAndKeepsBookings(t *testing.T) {
	h := open(t)
	o, records := h.publish(t, afternoon(weekly("2026-12-31", 1, 2), func(d *agenda.Draft) { d.SlotMinutes, d.Seats = 0, 3 }))
	h.book(records[2].Slot.ID, 2)

	stopped, err := h.Stop(t.Context(), martin(), o.ID, at("2026-11-30 00:00"))
	if err != nil || stopped.StoppedFrom != civil.MustDate("2026-11-30") {
		t.Fatalf("stop: %+v %v", stopped, err)
	}

	all, _ := h.record.SlotsOf(t.Context(), o.ID)
	for i, r := range all {
		if r.Slot.Withdrawn() != (i >= 2) {
			t.Errorf("slot %d withdrawn: %v", i, r.Slot.Withdrawn())
		}
	}
	if len(all[2].Booked) != 1 {
		t.Error("the booked seat is gone")
	}
	h.now = h.now.AddDate(0, 0, 7)
	if added, err := h.Materialise(t.Context()); err != nil || added != 0 {
		t.Errorf("a stopped opening yields %d more, %v", added, err)
	}
	again, err := h.Stop(t.Context(), martin(), o.ID, at("2026-12-15 00:00"))
	if err != nil || again.StoppedFrom != stopped.StoppedFrom {
		t.Errorf("stop again: %+v %v", again, err)
	}
}

func TestStopInTheMiddleOfAnOccurrence(t *testing.T) {
	h := open(t)
	o, _ := h.publish(t, afternoon(weekly("2026-12-31", 1)))
	h.now = at("2026-11-23 15:10")

	stopped, err := h.Stop(t.Context(), martin(), o.ID, time.Time{})

	if err != nil || stopped.StoppedFrom != civil.MustDate("2026-11-24") {
		t.Fatalf("stop: %+v %v", stopped, err)
	}
	all, _ := h.record.SlotsOf(t.Context(), o.ID)
	got := []bool{all[0].Slot.Withdrawn(), all[2].Slot.Withdrawn(), all[3].Slot.Withdrawn(), all[4].Slot.Withdrawn()}
	if diff := cmp.Diff([]bool{false, false, true, true}, got); diff != "" { // 14:00, 15:00, 15:30, next Monday
		t.Error(diff)
	}
}

func TestStopIsRefusedAsAWholeWhileASlotIsHeld(t *testing.T) {
	h := open(t)
	o, records := h.publish(t, afternoon())
	h.present.held[records[1].Slot.ID] = agenda.HeldDetail{By: "Nora"}

	_, err := h.Stop(t.Context(), martin(), o.ID, time.Time{})

	wantReason(t, err, "agenda.slot_held")
	if h.record.slots[records[0].Slot.ID].Slot.Withdrawn() {
		t.Error("a part was withdrawn")
	}
}

func TestChangeOfWordsSparesBookedAndHeldSlots(t *testing.T) {
	h := open(t)
	o, records := h.publish(t, afternoon())
	h.book(records[0].Slot.ID, 1)
	h.present.held[records[1].Slot.ID] = agenda.HeldDetail{By: "Nora"}
	note, audience := "Interphone B", agenda.ForCPTS

	changed, after, err := h.Change(t.Context(), martin(), o.ID, agenda.Change{Note: &note, Audience: &audience})

	if err != nil || changed.Note != note || changed.Audience != audience {
		t.Fatalf("%+v %v", changed, err)
	}
	var got []agenda.Audience
	for _, r := range after {
		got = append(got, r.Slot.Audience)
	}
	want := []agenda.Audience{agenda.ForRegulation, agenda.ForRegulation, agenda.ForCPTS, agenda.ForCPTS}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestChangeOfWeekdaysWithdrawsAndAdds(t *testing.T) {
	h := open(t)
	whole := func(d *agenda.Draft) { d.SlotMinutes, d.Seats = 0, 1 }
	o, records := h.publish(t, afternoon(weekly("2026-12-08", 1, 2), whole))
	h.book(records[3].Slot.ID, 1) // Tuesday 1 December
	h.publish(t, afternoon(from("2026-12-03 15:00", "2026-12-03 16:00"), whole))

	_, after, err := h.Change(t.Context(), martin(), o.ID, agenda.Change{Weekdays: []int{4, 1}})
	if err != nil {
		t.Fatal(err)
	}

	var live []agenda.Record
	for _, r := range after {
		if !r.Slot.Withdrawn() {
			live = append(live, r)
		}
	}
	// Thursdays come in, except the one that has something else; Tuesdays go.
	if diff := cmp.Diff([]string{"11-23 14:00", "11-26 14:00", "11-30 14:00", "12-07 14:00"}, clocks(live)); diff != "" {
		t.Error(diff)
	}
	if booked := h.record.slots[records[3].Slot.ID]; !booked.Slot.Withdrawn() || len(booked.Booked) != 1 {
		t.Errorf("the booked Tuesday: %+v", booked)
	}
}

func TestChangeOfUntilLengthensARecurrence(t *testing.T) {
	h := open(t)
	o, records := h.publish(t, afternoon(weekly("2026-11-30", 1)))
	until := civil.MustDate("2026-12-14")

	_, after, err := h.Change(t.Context(), martin(), o.ID, agenda.Change{Until: &until})

	if err != nil || len(after) != 2*len(records) {
		t.Errorf("%d slots, %v", len(after), err)
	}
}

func TestChangeOfANoteLeavesRestoredSlotsAlone(t *testing.T) {
	h := open(t)
	o, records := h.publish(t, afternoon())
	if _, err := h.Stop(t.Context(), martin(), o.ID, time.Time{}); err != nil {
		t.Fatal(err)
	}
	if _, err := h.Restore(t.Context(), martin(), records[3].Slot.ID); err != nil {
		t.Fatal(err)
	}
	note := "Sonner deux fois"

	if _, _, err := h.Change(t.Context(), martin(), o.ID, agenda.Change{Note: &note}); err != nil {
		t.Fatal(err)
	}
	if h.record.slots[records[3].Slot.ID].Slot.Withdrawn() {
		t.Error("the restored slot was withdrawn")
	}
}

func TestChangeRefusals(t *testing.T) {
	h := open(t)
	once, _ := h.publish(t, afternoon())
	week, slots := h.publish(t, afternoon(from("2026-11-24 14:00", "2026-11-24 16:00"), weekly("2026-12-31", 2)))
	bad, long, early := agenda.Modality("x"), string(make([]byte, 281)), civil.MustDate("2026-11-01")

	_, _, err := h.Change(t.Context(), martin(), once.ID, agenda.Change{Modality: &bad, Note: &long, Weekdays: []int{1}})
	wantFields(t, err, "modality agenda.modality", "note agenda.note_long", "repeat agenda.not_recurring")
	_, _, err = h.Change(t.Context(), martin(), week.ID, agenda.Change{Weekdays: []int{0}, Until: &early})
	wantFields(t, err, "repeat.weekdays agenda.weekdays", "repeat.until agenda.until_before_start")
	_, _, err = h.Change(t.Context(), regulator(), once.ID, agenda.Change{Weekdays: []int{1}})
	wantReason(t, err, "account.forbidden")

	h.present.held[slots[0].Slot.ID] = agenda.HeldDetail{By: "Nora"}
	_, _, err = h.Change(t.Context(), martin(), week.ID, agenda.Change{Weekdays: []int{5}})
	wantReason(t, err, "agenda.slot_held")

	delete(h.present.held, slots[0].Slot.ID)
	if _, err := h.Stop(t.Context(), martin(), week.ID, time.Time{}); err != nil {
		t.Fatal(err)
	}
	_, _, err = h.Change(t.Context(), martin(), week.ID, agenda.Change{Weekdays: []int{5}})
	wantReason(t, err, "agenda.opening_stopped")
}
