package agenda_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/agenda"
	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/directory"
	"github.com/relais-snp/relais/internal/fault"
)

func TestPublishYieldsSlotsAnnouncedAndAudited(t *testing.T) {
	h := open(t)

	o, records := h.publish(t, afternoon())

	if diff := cmp.Diff([]string{"11-23 14:00", "11-23 14:30", "11-23 15:00", "11-23 15:30"}, clocks(records)); diff != "" {
		t.Error(diff)
	}
	if o.Territory != "cpts-senart" || o.Practitioner != "dr-martin" || o.CreatedBy != "acc-martin" || o.Seats != 1 {
		t.Errorf("opening %+v", o)
	}
	if len(h.delivered.announcements) != 4 || h.delivered.announcements[0].Record.Slot.Revision != 1 {
		t.Errorf("delivered %+v", h.delivered.announcements)
	}
	if len(h.record.audited) != 1 || h.record.audited[0].Action != "opening.publish" || h.record.audited[0].Target != "opening:"+o.ID {
		t.Errorf("audited %+v", h.record.audited)
	}
}

func TestPublishSeatsMakeOneSlot(t *testing.T) {
	h := open(t)

	_, records := h.publish(t, afternoon(func(d *agenda.Draft) { d.SlotMinutes, d.Seats = 0, 6 }))

	if len(records) != 1 || records[0].Slot.Seats != 6 || !records[0].Slot.End.Equal(at("2026-11-23 16:00")) {
		t.Errorf("records %+v", records)
	}
}

func TestPublishLeavesTheRemainderOut(t *testing.T) {
	h := open(t)

	_, records := h.publish(t, afternoon(func(d *agenda.Draft) { d.SlotMinutes = 50 }))

	if diff := cmp.Diff([]string{"11-23 14:00", "11-23 14:50"}, clocks(records)); diff != "" {
		t.Error(diff)
	}
}

func TestPublishReportsEveryBrokenFieldTogether(t *testing.T) {
	h := open(t)
	night := func(days int) func(*agenda.Draft) {
		return func(d *agenda.Draft) { d.End = d.Start.AddDate(0, 0, days).Add(time.Minute) }
	}
	for name, tc := range map[string]struct {
		turn func(*agenda.Draft)
		want []string
	}{
		"end before start":  {from("2026-11-23 14:00", "2026-11-23 14:00"), []string{"end agenda.end_before_start"}},
		"start past":        {from("2026-11-23 08:54", "2026-11-23 10:00"), []string{"start agenda.start_past"}},
		"start in grace":    {from("2026-11-23 08:55", "2026-11-23 10:00"), nil},
		"start far":         {from("2027-11-25 14:00", "2027-11-25 15:00"), []string{"start agenda.start_far"}},
		"longer than a day": {night(1), []string{"end agenda.too_long"}},
		"seconds":           {func(d *agenda.Draft) { d.Start = d.Start.Add(time.Second) }, []string{"start agenda.whole_minute"}},
		"both cuts":         {func(d *agenda.Draft) { d.Seats = 2 }, []string{"slotMinutes agenda.cut"}},
		"no cut":            {func(d *agenda.Draft) { d.SlotMinutes = 0 }, []string{"slotMinutes agenda.cut"}},
		"too many seats":    {func(d *agenda.Draft) { d.SlotMinutes, d.Seats = 0, 61 }, []string{"seats agenda.seats"}},
		"negative seats":    {func(d *agenda.Draft) { d.SlotMinutes, d.Seats = 0, -1 }, []string{"seats agenda.seats"}},
		"short slots":       {func(d *agenda.Draft) { d.SlotMinutes = 4 }, []string{"slotMinutes agenda.slot_minutes"}},
		"slot beyond range": {func(d *agenda.Draft) { d.SlotMinutes = 121 }, []string{"slotMinutes agenda.slot_longer_than_range"}},
		"too many slots":    {func(d *agenda.Draft) { d.SlotMinutes, d.End = 5, d.Start.Add(13*time.Hour) }, []string{"slotMinutes agenda.too_many_slots"}},
		"unknown words":     {func(d *agenda.Draft) { d.Modality, d.Audience = "x", "public" }, []string{"modality agenda.modality", "audience agenda.audience"}},
		"long note":         {func(d *agenda.Draft) { d.Note = strings.Repeat("é", 281) }, []string{"note agenda.note_long"}},
		"note just fits": {func(d *agenda.Draft) {
			d.Note = strings.Repeat("é", 280)
			d.Start = at("2026-11-24 14:00")
			d.End = at("2026-11-24 16:00")
		}, nil},
		"no location":        {func(d *agenda.Draft) { d.Location = "" }, []string{"location agenda.location_missing"}},
		"foreign location":   {func(d *agenda.Draft) { d.Location = "loc-other" }, []string{"location agenda.location_foreign"}},
		"weekday twice":      {weekly("2026-12-31", 1, 1), []string{"repeat.weekdays agenda.weekdays"}},
		"weekday 8":          {weekly("2026-12-31", 1, 8), []string{"repeat.weekdays agenda.weekdays"}},
		"no weekday":         {weekly("2026-12-31"), []string{"repeat.weekdays agenda.weekdays"}},
		"start on other day": {weekly("2026-12-31", 2), []string{"repeat.weekdays agenda.start_not_in_weekdays"}},
		"until before start": {weekly("2026-11-22", 1), []string{"repeat.until agenda.until_before_start"}},
		"until far":          {weekly("2027-11-26", 1), []string{"repeat.until agenda.until_far"}},
		"until missing":      {func(d *agenda.Draft) { d.Repeat = &agenda.Repeat{Weekdays: []int{1}} }, []string{"repeat.until agenda.until"}},
		"many at once": {func(d *agenda.Draft) { d.End, d.Modality, d.Note = d.Start, "", strings.Repeat("x", 300) },
			[]string{"end agenda.end_before_start", "modality agenda.modality", "note agenda.note_long"}},
	} {
		t.Run(name, func(t *testing.T) {
			_, _, err := h.Publish(t.Context(), martin(), afternoon(tc.turn), "")
			if len(tc.want) == 0 {
				wantReason(t, err, "")
				return
			}
			wantReason(t, err, "agenda.invalid")
			wantFields(t, err, tc.want...)
		})
	}
}

func TestPublishRefusesARecurrenceOfHolidaysOnly(t *testing.T) {
	h := open(t)
	d := afternoon(from("2026-12-25 14:00", "2026-12-25 16:00"), weekly("2026-12-31", 5))
	d.Repeat.SkipHolidays = true

	_, _, err := h.Publish(t.Context(), martin(), d, "")

	wantFields(t, err, "repeat agenda.no_occurrence")
}

func TestPublishRefusesOwnOverlapAndNamesTheTimes(t *testing.T) {
	h := open(t)
	h.publish(t, afternoon())

	_, _, err := h.Publish(t.Context(), martin(), afternoon(from("2026-11-23 15:45", "2026-11-23 17:00")), "")

	wantReason(t, err, "agenda.overlap")
	f := fault.Of(err)
	if !strings.Contains(f.Message, "lundi 23 novembre de 15\u00a0h\u00a030 à 16\u00a0h") {
		t.Errorf("message %q", f.Message)
	}
	detail := f.Detail.(agenda.OverlapDetail)
	if len(detail.Slots) != 1 || !detail.Slots[0].Start.Equal(at("2026-11-23 15:30")) {
		t.Errorf("detail %+v", detail)
	}
	if _, _, err := h.Publish(t.Context(), martin(), afternoon(from("2026-11-23 16:00", "2026-11-23 17:00")), ""); err != nil {
		t.Errorf("a range that only touches is refused: %v", err)
	}
}

func TestPublishOverWithdrawnSlots(t *testing.T) {
	h := open(t)
	_, records := h.publish(t, afternoon())
	h.book(records[1].Slot.ID, 1)
	for _, r := range records {
		if _, err := h.Withdraw(t.Context(), martin(), r.Slot.ID); err != nil {
			t.Fatal(err)
		}
	}

	if _, _, err := h.Publish(t.Context(), martin(), afternoon(from("2026-11-23 15:00", "2026-11-23 16:00")), ""); err != nil {
		t.Errorf("over free withdrawn slots: %v", err)
	}
	_, _, err := h.Publish(t.Context(), martin(), afternoon(from("2026-11-23 14:30", "2026-11-23 15:00")), "")
	wantReason(t, err, "agenda.overlap") // a patient comes at 14:30
}

func TestPublishTwiceWithOneKeyIsOneOpening(t *testing.T) {
	h := open(t)
	first, slots, err := h.Publish(t.Context(), martin(), afternoon(), "key-0001")
	if err != nil {
		t.Fatal(err)
	}

	h.now = at("2026-11-23 15:00") // the start has passed meanwhile
	again, same, err := h.Publish(t.Context(), martin(), afternoon(), "key-0001")
	if err != nil || again.ID != first.ID || len(same) != len(slots) || len(h.record.openings) != 1 {
		t.Errorf("again %+v %v, %d openings", again, err, len(h.record.openings))
	}

	_, _, err = h.Publish(t.Context(), martin(), afternoon(func(d *agenda.Draft) { d.SlotMinutes = 20 }), "key-0001")
	wantReason(t, err, "request.key_reused")
}

func TestPublishIsForThePractitionerOnly(t *testing.T) {
	h := open(t)
	stranger := martin()
	stranger.Practitioner = "dr-durand"
	elsewhere := martin()
	elsewhere.Territories = []string{"cpts-ouest"}
	draft := afternoon(func(d *agenda.Draft) { d.Practitioner = "dr-martin" })
	for name, actor := range map[string]account.Actor{"regulator": regulator(), "another GP": stranger, "other territory": elsewhere} {
		_, _, err := h.Publish(t.Context(), actor, draft, "")
		if !errors.Is(err, account.ErrForbidden) {
			t.Errorf("%s: got %v", name, err)
		}
	}
	if len(h.record.openings) != 0 {
		t.Error("something was published")
	}
}

func TestPublishChoosesTheTerritoryOfTheLocation(t *testing.T) {
	h := open(t)
	h.record.locations["loc-saint-paul"] = directory.Location{ID: "loc-saint-paul", Commune: "97415"}
	h.record.locations["loc-nantes"] = directory.Location{ID: "loc-nantes", Commune: "44109"}
	who := h.record.practitioners["dr-martin"]
	who.Territories = []string{"cpts-senart", "cpts-ouest"}
	who.Locations = []string{"loc-lieusaint", "loc-saint-paul", "loc-nantes"}
	h.record.practitioners["dr-martin"] = who
	actor := martin()
	actor.Territories = who.Territories

	for i, tc := range []struct{ location, want string }{
		{"loc-saint-paul", "cpts-ouest"}, {"loc-lieusaint", "cpts-senart"}, {"loc-nantes", "cpts-senart"},
	} {
		d := afternoon(func(d *agenda.Draft) {
			d.Location, d.Start, d.End = tc.location, d.Start.AddDate(0, 0, i), d.End.AddDate(0, 0, i)
		})
		o, _, err := h.Publish(t.Context(), actor, d, "")
		if err != nil || o.Territory != tc.want {
			t.Errorf("%s: got %q %v, want %q", tc.location, o.Territory, err, tc.want)
		}
	}
}

func TestOpeningsAreListedToTheirOwner(t *testing.T) {
	h := open(t)
	o, _ := h.publish(t, afternoon())

	mine, err := h.Openings(t.Context(), martin(), "", at("2026-11-23 00:00"), at("2026-11-30 00:00"))
	if err != nil || len(mine) != 1 || mine[0].ID != o.ID {
		t.Errorf("mine %+v %v", mine, err)
	}
	_, err = h.Openings(t.Context(), regulator(), "dr-martin", time.Time{}, at("2026-11-30 00:00"))
	wantReason(t, err, "account.forbidden")
}

func TestRecurrenceIsMaterialisedEightWeeksAheadAndThenDaily(t *testing.T) {
	h := open(t)
	o, records := h.publish(t, afternoon(weekly("2027-03-31", 1), func(d *agenda.Draft) { d.SlotMinutes, d.Seats = 0, 2 }))
	if len(records) != 8 || o.MaterialisedTo != civil.MustDate("2027-01-18") {
		t.Fatalf("%d slots to %s", len(records), o.MaterialisedTo)
	}

	h.now = h.now.AddDate(0, 0, 7)
	added, err := h.Materialise(t.Context())
	if err != nil || added != 1 {
		t.Fatalf("a week later: %d %v", added, err)
	}
	if added, err = h.Materialise(t.Context()); err != nil || added != 0 {
		t.Errorf("twice: %d %v", added, err)
	}

	h.now = at("2027-06-01 09:00")
	if _, err = h.Materialise(t.Context()); err != nil {
		t.Fatal(err)
	}
	all, _ := h.record.SlotsOf(t.Context(), o.ID)
	if len(all) != 19 { // Mondays from 23 November to 29 March
		t.Errorf("%d slots in all: %v", len(all), clocks(all))
	}
}

func TestMaterialisingLeavesOutWhatWasPublishedMeanwhile(t *testing.T) {
	h := open(t)
	h.publish(t, afternoon(weekly("2027-03-31", 1)))
	h.publish(t, afternoon(from("2027-01-18 14:15", "2027-01-18 15:00"), func(d *agenda.Draft) { d.SlotMinutes = 45 }))

	h.now = h.now.AddDate(0, 0, 7)
	added, err := h.Materialise(t.Context())

	if err != nil || added != 2 { // 15:00 and 15:30; 14:00 and 14:30 would overlap
		t.Errorf("%d %v", added, err)
	}
}

func TestMaterialisingGoesOnPastAFailure(t *testing.T) {
	h := open(t)
	broken, _ := h.publish(t, afternoon(weekly("2027-03-31", 1)))
	h.publish(t, afternoon(from("2026-11-24 14:00", "2026-11-24 16:00"), weekly("2027-03-31", 2)))
	o := h.record.openings[broken.ID]
	o.Territory = "cpts-gone"
	h.record.openings[broken.ID] = o

	h.now = h.now.AddDate(0, 0, 7)
	added, err := h.Materialise(t.Context())

	wantReason(t, err, "territory.unknown")
	if added != 4 {
		t.Errorf("added %d", added)
	}
}
