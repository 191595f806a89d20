package agenda_test

import (
	"slices"
	"testing"
	"time"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/agenda"
	"github.com/relais-snp/relais/internal/civil"
)

// offered lists the starts of slots with seats to offer, on a day of Paris or
// from now on when day is "".
func (h *house) offered(day string) []string {
	var open []agenda.Record
	for _, r := range h.record.slotsWhere(func(r agenda.Record) bool { return !r.Slot.Withdrawn() && r.Slot.Start.After(h.now) }) {
		if day == "" || r.Slot.Start.In(paris).Format(time.DateOnly) == day {
			open = append(open, r)
		}
	}
	return clocks(open)
}

// onDay lists the records of a day of Paris, by start.
func (h *house) onDay(day string) []agenda.Record {
	return h.record.slotsWhere(func(r agenda.Record) bool { return r.Slot.Start.In(paris).Format(time.DateOnly) == day })
}

func (h *house) skip(t *testing.T, opening, day string) (agenda.Opening, []agenda.Kept) {
	t.Helper()
	o, kept, err := h.Skip(t.Context(), martin(), opening, civil.MustDate(day))
	must(t, err)
	return o, kept
}

func (h *house) unskip(t *testing.T, opening, day string) {
	t.Helper()
	_, err := h.Unskip(t.Context(), martin(), opening, civil.MustDate(day))
	must(t, err)
}

func TestADayLeftOutIsTakenBackAndGivenBack(t *testing.T) {
	h := open(t)
	o, _ := h.publish(t, afternoon(weekly("2027-01-31", 1, 4)))
	thursday := h.onDay("2026-11-26")
	h.book(thursday[0].Slot.ID, 1)
	h.present.held[thursday[1].Slot.ID] = agenda.HeldDetail{By: "Rosa", Holder: "acc-reg", Until: h.now.Add(time.Minute)}
	_, err := h.Withdraw(t.Context(), martin(), thursday[2].Slot.ID)
	must(t, err)
	h.delivered.announcements = nil

	// Left out: the free slot goes, the booked one stays booked, the held one stays.
	changed, kept := h.skip(t, o.ID, "2026-11-26")
	if !slices.Equal(changed.Skips, []civil.Date{civil.MustDate("2026-11-26")}) {
		t.Errorf("skips %v", changed.Skips)
	}
	if len(kept) != 2 || len(kept[0].Record.Booked) != 1 || kept[0].Held != nil || kept[1].Held == nil || kept[1].Held.By != "Rosa" {
		t.Errorf("kept %+v", kept)
	}
	if got := h.offered("2026-11-26"); !slices.Equal(got, []string{"11-26 14:30"}) {
		t.Errorf("offered %v", got)
	}
	if len(h.delivered.announcements) != 2 { // the free one, and the booked one whose seat does not come free again
		t.Errorf("%d announcements", len(h.delivered.announcements))
	}
	if len(h.offered("2026-11-30")) != 4 {
		t.Error("another day was touched")
	}

	// Again, once the hold is over, takes what was kept for it.
	delete(h.present.held, thursday[1].Slot.ID)
	if _, kept = h.skip(t, o.ID, "2026-11-26"); len(h.offered("2026-11-26")) != 0 || len(kept) != 0 {
		t.Errorf("offered %v, kept %v", h.offered("2026-11-26"), kept)
	}

	// Given back: all but what the GP withdrew by hand.
	h.unskip(t, o.ID, "2026-11-26")
	h.unskip(t, o.ID, "2026-11-26")
	if got := h.offered("2026-11-26"); !slices.Equal(got, []string{"11-26 14:00", "11-26 14:30", "11-26 15:30"}) {
		t.Errorf("given back %v", got)
	}
}

func TestADayLeftOutBeforeItIsMaterialised(t *testing.T) {
	h := open(t)
	o, _ := h.publish(t, afternoon(weekly("2027-02-28", 1, 4)))
	h.skip(t, o.ID, "2027-01-28")
	h.now = at("2027-01-10 09:00")

	_, err := h.Materialise(t.Context())
	must(t, err)
	if len(h.onDay("2027-01-28")) != 0 || len(h.onDay("2027-02-01")) != 4 {
		t.Errorf("%d slots on the day left out, %d on the next", len(h.onDay("2027-01-28")), len(h.onDay("2027-02-01")))
	}
	h.unskip(t, o.ID, "2027-01-28")
	if len(h.offered("2027-01-28")) != 4 {
		t.Errorf("given back %v", h.offered("2027-01-28"))
	}
	if n, err := h.Materialise(t.Context()); n != 0 || err != nil {
		t.Errorf("again: %d, %v", n, err)
	}
}

func TestANightIsLeftOutWholeOverAChangeOfHour(t *testing.T) {
	h := open(t)
	h.now = at("2027-03-20 09:00")
	d := afternoon(from("2027-03-22 20:00", "2027-03-23 08:00"), weekly("2027-04-05", 1, 2, 3, 4, 5, 6, 7))
	o, _ := h.publish(t, d)
	before := len(h.offered(""))

	// The night from Saturday to Sunday has eleven hours: 22 slots, most of them on Sunday.
	h.skip(t, o.ID, "2027-03-27")
	if gone := before - len(h.offered("")); gone != 22 {
		t.Errorf("%d slots are gone", gone)
	}
	if got := h.offered("2027-03-28"); len(got) != 8 || got[0] != "03-28 20:00" {
		t.Errorf("Sunday offers %v", got)
	}
	if got := h.offered("2027-03-27"); len(got) != 16 || got[15] != "03-27 07:30" {
		t.Errorf("Saturday offers %v", got)
	}
	h.unskip(t, o.ID, "2027-03-27")
	if len(h.offered("")) != before {
		t.Errorf("%d of %d came back", len(h.offered("")), before)
	}
}

func TestOnlyADayOfTheRecurrenceAheadIsLeftOut(t *testing.T) {
	h := open(t)
	once, _ := h.publish(t, afternoon())
	d := afternoon(from("2026-11-24 10:00", "2026-11-24 11:00"), weekly("2027-01-31", 2, 5))
	d.Repeat.SkipHolidays = true
	o, _ := h.publish(t, d)
	h.now = at("2026-12-02 09:00")

	for day, reason := range map[string]string{
		"2026-12-03": "agenda.no_occurrence", // a Thursday
		"2026-12-25": "agenda.no_occurrence", // Christmas, left out anyway
		"2027-02-02": "agenda.no_occurrence", // after its end
		"2026-12-01": "agenda.day_past",
	} {
		_, _, err := h.Skip(t.Context(), martin(), o.ID, civil.MustDate(day))
		wantReason(t, err, "agenda.invalid")
		wantFields(t, err, "day "+reason)
	}
	_, _, err := h.Skip(t.Context(), martin(), once.ID, civil.MustDate("2026-11-23"))
	wantFields(t, err, "day agenda.not_recurring")
	_, _, err = h.Skip(t.Context(), martin(), o.ID, civil.Date{Year: 2026, Month: 13, Day: 45})
	wantFields(t, err, "day agenda.no_occurrence")
	_, _, err = h.Skip(t.Context(), regulator(), o.ID, civil.MustDate("2026-12-04"))
	wantReason(t, err, account.ErrForbidden.Reason)
	_, err = h.Unskip(t.Context(), regulator(), o.ID, civil.MustDate("2026-12-04"))
	wantReason(t, err, account.ErrForbidden.Reason)
	_, _, err = h.Skip(t.Context(), martin(), "nowhere", civil.MustDate("2026-12-04"))
	wantReason(t, err, "agenda.opening_unknown")
}

func TestWhatAStopOrAChangeTookDoesNotComeBackWithTheDay(t *testing.T) {
	h := open(t)
	o, _ := h.publish(t, afternoon(weekly("2027-01-31", 1, 4)))
	h.skip(t, o.ID, "2026-11-26")
	h.skip(t, o.ID, "2026-11-30")
	_, _, err := h.Change(t.Context(), martin(), o.ID, agenda.Change{Weekdays: []int{1}})
	must(t, err)
	h.unskip(t, o.ID, "2026-11-26")
	if len(h.offered("2026-11-26")) != 0 {
		t.Errorf("a Thursday came back: %v", h.offered("2026-11-26"))
	}
	_, err = h.Stop(t.Context(), martin(), o.ID, h.now)
	must(t, err)
	h.unskip(t, o.ID, "2026-11-30")
	if got := h.offered(""); len(got) != 0 {
		t.Errorf("offered after the stop: %v", got)
	}
}
