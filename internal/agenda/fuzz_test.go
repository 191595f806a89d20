package agenda_test

import (
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
