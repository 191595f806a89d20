package agenda_test

import (
	"slices"
	"testing"
	"time"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/agenda"
	"github.com/relais-snp/relais/internal/civil"
)

func (h *house) pause(t *testing.T, from, to string) (agenda.Pause, []agenda.Kept) {
	t.Helper()
	p, kept, err := h.Pause(t.Context(), martin(), "", civil.MustDate(from), civil.MustDate(to))
	must(t, err)
	return p, kept
}

func (h *house) endPause(t *testing.T, id string) {
	t.Helper()
	must(t, h.EndPause(t.Context(), martin(), id))
}

func TestAPauseTakesFreeSeatsBackAndItsEndGivesThemBack(t *testing.T) {
	h := open(t)
	h.publish(t, afternoon(weekly("2027-01-31", 1, 4)))
	h.publish(t, afternoon(from("2026-11-25 09:00", "2026-11-25 10:00")))
	thursday := h.onDay("2026-11-26")
	h.book(thursday[0].Slot.ID, 1)
	h.present.held[thursday[1].Slot.ID] = agenda.HeldDetail{By: "Rosa", Holder: "acc-reg", Until: h.now.Add(time.Minute)}
	_, err := h.Withdraw(t.Context(), martin(), thursday[2].Slot.ID)
	must(t, err)
	h.delivered.announcements = nil

	p, kept := h.pause(t, "2026-11-25", "2026-11-26")
	if p.Withdrawn != 3 || len(kept) != 2 || len(kept[0].Record.Booked) != 1 || kept[1].Held == nil || kept[1].Held.By != "Rosa" {
		t.Errorf("pause %+v kept %+v", p, kept)
	}
	if got := slices.Concat(h.offered("2026-11-25"), h.offered("2026-11-26")); !slices.Equal(got, []string{"11-26 14:30"}) {
		t.Errorf("offered %v", got)
	}
	if len(h.offered("2026-11-23")) != 4 || len(h.offered("2026-11-30")) != 4 || len(h.delivered.announcements) != 4 {
		t.Errorf("other days, or %d announcements", len(h.delivered.announcements))
	}

	// What the GP publishes for one of these days all the same is offered.
	h.publish(t, afternoon(from("2026-11-25 18:00", "2026-11-25 19:00")))
	// What stands elsewhere in the way keeps a slot from coming back.
	h.publish(t, afternoon(from("2026-11-25 09:00", "2026-11-25 09:30")))

	h.endPause(t, p.ID)
	h.endPause(t, p.ID)
	want := []string{"11-25 09:00", "11-25 09:30", "11-25 18:00", "11-25 18:30", "11-26 14:00", "11-26 14:30", "11-26 15:30"}
	if got := slices.Concat(h.offered("2026-11-25"), h.offered("2026-11-26")); !slices.Equal(got, want) {
		t.Errorf("given back %v", got)
	}
}

func TestRecurrencesYieldNothingInAPause(t *testing.T) {
	h := open(t)
	o, _ := h.publish(t, afternoon(weekly("2027-03-31", 1, 4)))
	p, _ := h.pause(t, "2027-01-14", "2027-01-25") // the horizon, 18 January, lies within
	h.now = at("2027-01-05 09:00")
	_, err := h.Materialise(t.Context())
	must(t, err)
	for _, day := range []string{"2027-01-14", "2027-01-18", "2027-01-21", "2027-01-25"} {
		if got := h.offered(day); len(got) != 0 {
			t.Errorf("%s offers %v", day, got)
		}
	}
	if len(h.offered("2027-01-28")) != 4 || len(h.offered("2027-01-11")) != 4 {
		t.Error("days around the pause offer nothing")
	}

	// A recurrence published meanwhile yields nothing there either, and one that changes takes its new words along.
	h.publish(t, afternoon(from("2027-01-06 10:00", "2027-01-06 11:00"), weekly("2027-03-31", 3)))
	words := agenda.ForCPTS
	_, _, err = h.Change(t.Context(), martin(), o.ID, agenda.Change{Audience: &words})
	must(t, err)

	h.now = at("2027-01-19 15:00")
	h.endPause(t, p.ID)
	if len(h.offered("2027-01-18")) != 0 || len(h.offered("2027-01-21")) != 4 || len(h.offered("2027-01-25")) != 4 || len(h.offered("2027-01-20")) != 2 {
		t.Errorf("after the end: %v", h.offered(""))
	}
	for _, r := range h.onDay("2027-01-21") {
		if r.Slot.Audience != agenda.ForCPTS {
			t.Errorf("came back %s", r.Slot.Audience)
		}
	}
	before := len(h.offered(""))
	_, err = h.Materialise(t.Context()) // moves the horizon
	must(t, err)
	if n, err := h.Materialise(t.Context()); n != 0 || err != nil || len(h.offered("")) < before {
		t.Errorf("again: %d, %v", n, err)
	}
}

func TestANightBelongsToTheDayItBeginsOn(t *testing.T) {
	h := open(t)
	h.publish(t, afternoon(from("2026-11-23 20:00", "2026-11-24 08:00"), weekly("2026-12-31", 1, 2, 3, 4, 5, 6, 7)))
	p, _ := h.pause(t, "2026-11-25", "2026-11-25")
	if p.Withdrawn != 24 {
		t.Errorf("%d slots taken back", p.Withdrawn)
	}
	if got := h.offered("2026-11-25"); len(got) != 16 || got[15] != "11-25 07:30" {
		t.Errorf("the day of the pause offers %v", got)
	}
	if got := h.offered("2026-11-26"); len(got) != 8 || got[0] != "11-26 20:00" {
		t.Errorf("the day after offers %v", got)
	}
}

func TestAPauseAndADayLeftOutKeepApart(t *testing.T) {
	h := open(t)
	o, _ := h.publish(t, afternoon(weekly("2027-01-31", 1, 4)))

	// Left out first: the end of the pause does not give it back.
	h.skip(t, o.ID, "2026-11-26")
	p, _ := h.pause(t, "2026-11-24", "2026-12-04")
	// Left out in the pause: it takes the day over.
	h.skip(t, o.ID, "2026-11-30")
	// Given back in the pause: it waits for the end.
	h.skip(t, o.ID, "2026-12-03")
	h.unskip(t, o.ID, "2026-12-03")
	if got := h.offered("2026-12-03"); len(got) != 0 {
		t.Errorf("in the pause: %v", got)
	}
	h.endPause(t, p.ID)
	if len(h.offered("2026-11-26"))+len(h.offered("2026-11-30")) != 0 || len(h.offered("2026-12-03")) != 4 {
		t.Errorf("after the pause: %v", h.offered(""))
	}
	h.unskip(t, o.ID, "2026-11-26")
	h.unskip(t, o.ID, "2026-11-30")
	if len(h.offered("2026-11-26")) != 4 || len(h.offered("2026-11-30")) != 4 {
		t.Errorf("after all: %v", h.offered(""))
	}
}

func TestWhatAPersonDoesInAPauseStands(t *testing.T) {
	h := open(t)
	o, _ := h.publish(t, afternoon(weekly("2027-01-31", 1, 4)))
	p, _ := h.pause(t, "2026-11-26", "2026-11-26")
	thursday := h.onDay("2026-11-26")
	_, err := h.Withdraw(t.Context(), martin(), thursday[0].Slot.ID) // taken for good
	must(t, err)
	_, err = h.Restore(t.Context(), martin(), thursday[1].Slot.ID) // offered all the same
	must(t, err)
	if got := h.offered("2026-11-26"); !slices.Equal(got, []string{"11-26 14:30"}) {
		t.Errorf("in the pause: %v", got)
	}
	_, err = h.Stop(t.Context(), martin(), o.ID, thursday[3].Slot.Start)
	must(t, err)
	h.endPause(t, p.ID)
	if got := h.offered("2026-11-26"); !slices.Equal(got, []string{"11-26 14:30", "11-26 15:00"}) {
		t.Errorf("after the pause: %v", got)
	}
}

func TestPausesAreListedAndDoNotOverlap(t *testing.T) {
	h := open(t)
	later, _ := h.pause(t, "2026-12-20", "2026-12-31")
	sooner, _ := h.pause(t, "2026-12-01", "2026-12-19")
	for _, days := range [][2]string{{"2026-12-31", "2027-01-02"}, {"2026-11-20", "2026-12-01"}, {"2026-12-05", "2026-12-06"}, {"2026-11-23", "2027-01-31"}} {
		_, _, err := h.Pause(t.Context(), martin(), "", civil.MustDate(days[0]), civil.MustDate(days[1]))
		wantReason(t, err, "agenda.pause_overlap")
	}
	list := func() (ids []string) {
		pauses, err := h.Pauses(t.Context(), martin(), "")
		must(t, err)
		for _, p := range pauses {
			ids = append(ids, p.ID)
		}
		return ids
	}
	if got := list(); !slices.Equal(got, []string{sooner.ID, later.ID}) {
		t.Errorf("pauses %v", got)
	}
	h.endPause(t, later.ID)
	h.now = at("2026-12-19 23:00")
	if got := list(); !slices.Equal(got, []string{sooner.ID}) {
		t.Errorf("on its last evening: %v", got)
	}
	h.now = at("2026-12-20 00:30")
	if got := list(); len(got) != 0 {
		t.Errorf("when all are over: %v", got)
	}
	h.pause(t, "2026-12-20", "2026-12-31") // the ended one is in nobody's way
}

func TestAPauseIsItsDoctorsAndReasonable(t *testing.T) {
	h := open(t)
	for name, days := range map[string][2]civil.Date{
		"to agenda.pause_order": {civil.MustDate("2026-12-02"), civil.MustDate("2026-12-01")},
		"to agenda.pause_long":  {civil.MustDate("2026-12-01"), civil.MustDate("2028-01-06")},
		"to agenda.day_past":    {civil.MustDate("2026-11-20"), civil.MustDate("2026-11-22")},
		"from agenda.pause_far": {civil.MustDate("2027-12-29"), civil.MustDate("2027-12-30")},
		"from agenda.pause_day": {{Year: 2026, Month: 2, Day: 30}, civil.MustDate("2026-12-01")},
		"to agenda.pause_day":   {civil.MustDate("2026-12-01"), {}},
	} {
		_, _, err := h.Pause(t.Context(), martin(), "", days[0], days[1])
		wantReason(t, err, "agenda.invalid")
		wantFields(t, err, name)
	}
	from, to := civil.MustDate("2026-12-01"), civil.MustDate("2026-12-02")
	for _, who := range []account.Actor{regulator(), {}} {
		_, _, err := h.Pause(t.Context(), who, "dr-martin", from, to)
		wantReason(t, err, account.ErrForbidden.Reason)
		_, err = h.Pauses(t.Context(), who, "dr-martin")
		wantReason(t, err, account.ErrForbidden.Reason)
	}
	p, _ := h.pause(t, "2026-12-01", "2026-12-02")
	wantReason(t, h.EndPause(t.Context(), regulator(), p.ID), account.ErrForbidden.Reason)
	wantReason(t, h.EndPause(t.Context(), martin(), "nowhere"), "agenda.pause_unknown")
}

func TestAPauseWhileTheEngineIsAway(t *testing.T) {
	h := open(t)
	h.publish(t, afternoon(weekly("2027-01-31", 1)))
	h.present.away = true
	p, kept := h.pause(t, "2026-11-23", "2026-11-30")
	if p.Withdrawn != 8 || len(kept) != 0 {
		t.Errorf("pause %+v kept %v", p, kept)
	}
}

func TestTheEndOfAPauseOffersNoTimeTwice(t *testing.T) {
	h := open(t)
	o, _ := h.publish(t, afternoon(weekly("2027-01-31", 1, 4)))
	// Given: a day left out, something else published there instead, and both in a pause.
	h.skip(t, o.ID, "2026-11-26")
	h.publish(t, afternoon(from("2026-11-26 14:15", "2026-11-26 15:15")))
	p, _ := h.pause(t, "2026-11-24", "2026-12-04")

	// When: the day is given back in the pause, and the pause ends.
	h.unskip(t, o.ID, "2026-11-26")
	h.endPause(t, p.ID)

	// Then: the doctor is offered once at any time, as what they published last says.
	if got := h.offered("2026-11-26"); !slices.Equal(got, []string{"11-26 14:15", "11-26 14:45", "11-26 15:30"}) {
		t.Errorf("after the pause: %v", got)
	}
}
