package agenda_test

import (
	"slices"
	"testing"
	"time"

	"github.com/relais-snp/relais/internal/agenda"
	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/fault"
)

// FuzzPublish gives Publish whatever numbers a request may hold: it refuses
// with a reason, or yields slots that keep the rules.
func FuzzPublish(f *testing.F) {
	start := at("2026-11-23 14:00").Unix()
	f.Add(start, int64(7200), 30, 0, "cabinet", "regulation", "", 0, 0, 0, 0, false)
	f.Add(start, int64(43200), 0, 6, "visite", "cpts", "note", 2027, 3, 31, 0b0000001, true)
	f.Add(at("2027-03-27 20:00").Unix(), int64(39600), 5, 0, "teleconsultation", "cpts", "é", 2027, 4, 30, 0b1111111, false)
	f.Add(int64(-62135596800), int64(-1), -5, -5, "", "", "\xff", -1, 13, 0, -1, true)
	f.Fuzz(func(t *testing.T, start, seconds int64, minutes, seats int, modality, audience, note string, year, month, day, weekdays int, skip bool) {
		h := open(t)
		d := agenda.Draft{Location: "loc-lieusaint", Start: time.Unix(start, 0), End: time.Unix(start, 0).Add(time.Duration(seconds) * time.Second),
			SlotMinutes: minutes, Seats: seats, Modality: agenda.Modality(modality), Audience: agenda.Audience(audience), Note: note}
		if year != 0 {
			d.Repeat = &agenda.Repeat{Until: civil.Date{Year: year, Month: time.Month(month), Day: day}, SkipHolidays: skip}
			for n := range 8 {
				if weekdays>>n&1 == 1 {
					d.Repeat.Weekdays = append(d.Repeat.Weekdays, n+1)
				}
			}
		}

		o, records, err := h.Publish(t.Context(), martin(), d, "")

		if err != nil {
			if reason := fault.Reason(err); reason != "agenda.invalid" || len(fault.Of(err).Fields) == 0 {
				t.Fatalf("refused with %q %v", reason, err)
			}
			return
		}
		if len(records) > agenda.MaxSlots*agenda.HorizonDays || (o.Repeat == nil && len(records) == 0) {
			t.Fatalf("%d slots", len(records))
		}
		for i, r := range records {
			s := r.Slot
			if !s.End.After(s.Start) || s.Seats < 1 || s.Seats > agenda.MaxSeats || i > 0 && s.Start.Before(records[i-1].Slot.End) {
				t.Fatalf("slot %d: %+v", i, s)
			}
		}
	})
}

// FuzzDaysOut gives pauses and skips whatever days a request may hold: they are
// refused with a reason, or their end leaves the agenda as it was.
func FuzzDaysOut(f *testing.F) {
	f.Add(2026, 11, 26, 2026, 12, 3, 2026, 11, 30)
	f.Add(2026, 12, 25, 2026, 12, 25, 2026, 12, 25)
	f.Add(-1, 13, 0, 9999, 12, 31, 0, 0, 0)
	f.Add(2026, 11, 23, 2027, 12, 28, 2027, 1, 18)
	f.Fuzz(func(t *testing.T, y1, m1, d1, y2, m2, d2, y3, m3, d3 int) {
		h := open(t)
		o, _ := h.publish(t, afternoon(weekly("2027-01-31", 1, 4)))
		before := h.offered("")
		date := func(y, m, d int) civil.Date { return civil.Date{Year: y, Month: time.Month(m), Day: d} }

		_, _, err := h.Skip(t.Context(), martin(), o.ID, date(y3, m3, d3))
		if err != nil && (fault.Reason(err) != "agenda.invalid" || len(fault.Of(err).Fields) != 1) {
			t.Fatalf("skip refused with %v", err)
		}
		p, _, err := h.Pause(t.Context(), martin(), "", date(y1, m1, d1), date(y2, m2, d2))
		if err != nil && (fault.Reason(err) != "agenda.invalid" || len(fault.Of(err).Fields) == 0) {
			t.Fatalf("pause refused with %v", err)
		}
		if err == nil {
			h.endPause(t, p.ID)
		}
		if _, err := h.Unskip(t.Context(), martin(), o.ID, date(y3, m3, d3)); err != nil {
			t.Fatalf("unskip: %v", err)
		}
		if got := h.offered(""); !slices.Equal(got, before) {
			t.Fatalf("offered %v, before %v", got, before)
		}
	})
}
