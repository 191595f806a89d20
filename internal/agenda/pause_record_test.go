package agenda_test

import (
	"slices"
	"testing"
	"time"

	"github.com/relais-snp/relais/internal/agenda"
	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/store"
	"github.com/relais-snp/relais/internal/store/storetest"
)

func TestDaysLeftOutAndPausesOnTheRecord(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h, actor, location := onRecord(t, db)
		d := afternoon(weekly("2027-01-31", 1, 4))
		d.Location = location
		o, records, err := h.Publish(t.Context(), actor, d, "")
		must(t, err)
		byHand := records[10].Slot // Monday 30 November, 15:00
		_, err = h.Withdraw(t.Context(), actor, byHand.ID)
		must(t, err)

		_, _, err = h.Skip(t.Context(), actor, o.ID, civil.MustDate("2026-11-26"))
		must(t, err)
		o, _, err = h.Skip(t.Context(), actor, o.ID, civil.MustDate("2027-01-28"))
		must(t, err)
		if want := []civil.Date{civil.MustDate("2026-11-26"), civil.MustDate("2027-01-28")}; !slices.Equal(o.Skips, want) {
			t.Errorf("skips %v", o.Skips)
		}
		p, kept, err := h.Pause(t.Context(), actor, "", civil.MustDate("2026-11-26"), civil.MustDate("2026-12-06"))
		must(t, err)
		if p.Withdrawn != 7 || len(kept) != 0 {
			t.Errorf("pause %+v kept %v", p, kept)
		}
		_, _, err = h.Pause(t.Context(), actor, "", civil.MustDate("2026-12-06"), civil.MustDate("2026-12-07"))
		wantReason(t, err, "agenda.pause_overlap")
		listed, err := h.Pauses(t.Context(), actor, "")
		must(t, err)
		if len(listed) != 1 || listed[0].ID != p.ID || listed[0].From != p.From || listed[0].To != p.To || listed[0].Withdrawn != 7 {
			t.Errorf("listed %+v, made %+v", listed, p)
		}

		// The nightly run goes on; a second one, as after a restart, adds nothing.
		h.now = at("2026-12-04 23:00")
		_, err = h.Materialise(t.Context())
		must(t, err)
		if n, err := h.Materialise(t.Context()); n != 0 || err != nil {
			t.Errorf("again: %d, %v", n, err)
		}
		h.now = at("2026-11-25 09:00") // back, to see all of it

		must(t, h.EndPause(t.Context(), actor, p.ID))
		must(t, h.EndPause(t.Context(), actor, p.ID))
		_, err = h.Unskip(t.Context(), actor, o.ID, civil.MustDate("2027-01-28"))
		must(t, err)
		all, err := store.Agenda{DB: db}.SlotsOf(t.Context(), o.ID)
		must(t, err)
		free := map[string]int{}
		for _, r := range all {
			if !r.Slot.Withdrawn() {
				free[r.Slot.Start.In(paris).Format(time.DateOnly)]++
			} else if by := r.Slot.WithdrawnBy; (by == "") != (r.Slot.ID == byHand.ID) || by != "" && by != agenda.BySkip {
				t.Errorf("%s is withdrawn by %q", clocks([]agenda.Record{r}), by)
			}
		}
		for day, want := range map[string]int{"2026-11-26": 0, "2026-11-30": 3, "2026-12-03": 4, "2026-12-07": 4, "2027-01-28": 4} {
			if free[day] != want {
				t.Errorf("%s offers %d of %d", day, free[day], want)
			}
		}
	})
}

// A long pause is one transaction of the one writer: it must be over long
// before anybody who books minds. Twenty slots a day, as far as they are made.
func BenchmarkPauseOfSixtyDays(b *testing.B) {
	for name, open := range map[string]func(testing.TB) *store.DB{"SQLite": storetest.SQLite, "PostgreSQL": storetest.Postgres} {
		b.Run(name, func(b *testing.B) {
			h, actor, location := onRecord(b, open(b))
			d := afternoon(from("2026-11-24 08:00", "2026-11-24 18:00"), weekly("2027-03-31", 1, 2, 3, 4, 5, 6, 7))
			d.Location = location
			_, records, err := h.Publish(b.Context(), actor, d, "")
			must(b, err)
			for b.Loop() {
				p, _, err := h.Pause(b.Context(), actor, "", civil.MustDate("2026-11-24"), civil.MustDate("2027-01-22"))
				must(b, err)
				if p.Withdrawn != len(records) {
					b.Fatalf("%d of %d taken back", p.Withdrawn, len(records))
				}
				b.StopTimer()
				must(b, h.EndPause(b.Context(), actor, p.ID))
				b.StartTimer()
			}
			b.ReportMetric(float64(len(records)), "slots")
		})
	}
}
