package agenda_test

import (
	"maps"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/relais-snp/relais/internal/agenda"
	"github.com/relais-snp/relais/internal/civil"
)

// wish is what a GP wants of a recurrence from 10:00 to 12:00 on some weekdays,
// holidays left out: the rule that the agenda is held against.
type wish struct {
	weekdays []int
	until    civil.Date
	skipped  map[civil.Date]bool
	byHand   map[string]bool // clocks withdrawn for good
	pauses   map[string][2]civil.Date
}

func (w wish) offers(day civil.Date) bool {
	if w.skipped[day] || !slices.Contains(w.weekdays, day.Weekday()) || civil.IsHoliday(day, civil.National) || day.After(w.until) {
		return false
	}
	for _, p := range w.pauses {
		if !day.Before(p[0]) && !day.After(p[1]) {
			return false
		}
	}
	return true
}

// clocks lists what is to be offered after now, up to the day excluded.
func (w wish) clocks(now time.Time, to civil.Date) (all []string) {
	for day := civil.DateOf(now, paris); day.Before(to); day = day.AddDays(1) {
		for _, minute := range []int{0, 30, 60, 90} {
			start := time.Date(day.Year, day.Month, day.Day, 10, minute, 0, 0, paris)
			if clock := start.Format("01-02 15:04"); w.offers(day) && start.After(now) && !w.byHand[clock] {
				all = append(all, clock)
			}
		}
	}
	return all
}

// Whatever a GP leaves out, pauses, withdraws and takes back, over holidays, the
// change to summer time and the nightly materialisation, what is offered is what
// they wish, and nothing else.
func TestWhatIsOfferedIsWhatIsWished(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		h := open(t)
		h.now = at("2027-03-15 09:00")
		w := wish{weekdays: []int{1, 2, 4, 7}, until: civil.MustDate("2027-08-31"),
			skipped: map[civil.Date]bool{}, byHand: map[string]bool{}, pauses: map[string][2]civil.Date{}}
		d := afternoon(from("2027-03-15 10:00", "2027-03-15 12:00"), weekly(w.until.String(), w.weekdays...))
		d.Repeat.SkipHolidays = true
		o, _ := h.publish(t, d)
		day := func(label string) civil.Date {
			return civil.DateOf(h.now, paris).AddDays(rapid.IntRange(0, 90).Draw(r, label))
		}
		r.Repeat(map[string]func(*rapid.T){
			"skip": func(*rapid.T) {
				if day := day("day"); w.offers(day) {
					h.skip(t, o.ID, day.String())
					w.skipped[day] = true
				}
			},
			"unskip": func(r *rapid.T) {
				for _, day := range slices.SortedFunc(maps.Keys(w.skipped), civil.Date.Compare) {
					if rapid.Bool().Draw(r, "back") {
						h.unskip(t, o.ID, day.String())
						delete(w.skipped, day)
					}
				}
			},
			"pause": func(r *rapid.T) {
				first := day("first")
				last := first.AddDays(rapid.IntRange(0, 30).Draw(r, "days"))
				if p, _, err := h.Pause(t.Context(), martin(), "", first, last); err == nil {
					w.pauses[p.ID] = [2]civil.Date{first, last}
				}
			},
			"end": func(r *rapid.T) {
				for _, id := range slices.Sorted(maps.Keys(w.pauses)) {
					if rapid.Bool().Draw(r, "end") {
						h.endPause(t, id)
						delete(w.pauses, id)
					}
				}
			},
			"withdraw": func(r *rapid.T) {
				ahead := h.record.slotsWhere(func(s agenda.Record) bool { return s.Slot.Start.After(h.now) })
				if len(ahead) == 0 {
					return
				}
				slot := ahead[rapid.IntRange(0, len(ahead)-1).Draw(r, "slot")].Slot
				_, err := h.Withdraw(t.Context(), martin(), slot.ID)
				must(t, err)
				w.byHand[slot.Start.In(paris).Format("01-02 15:04")] = true
			},
			"night": func(r *rapid.T) {
				h.now = h.now.Add(time.Duration(rapid.IntRange(1, 60).Draw(r, "hours")) * time.Hour)
				_, err := h.Materialise(t.Context())
				must(t, err)
			},
			"": func(r *rapid.T) {
				want, got := w.clocks(h.now, h.record.openings[o.ID].MaterialisedTo), h.offered("")
				if !slices.Equal(got, want) {
					r.Fatalf("offered %v\nwished %v", got, want)
				}
			},
		})
	})
}
