package agenda_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/agenda"
	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/directory"
	"github.com/relais-snp/relais/internal/fault"
	"github.com/relais-snp/relais/internal/store"
	"github.com/relais-snp/relais/internal/store/storetest"
)

// onRecord opens a house whose record is a real database, and returns Dr
// Martin, imported into it.
func onRecord(t testing.TB, db *store.DB) (*house, account.Actor, string) {
	t.Helper()
	var mu sync.Mutex
	next := counter()
	newID := func() string {
		mu.Lock()
		defer mu.Unlock()
		return next()
	}
	h := &house{present: &present{away: true}, delivered: &delivered{}, now: at("2026-11-23 09:00")}
	rpps, err := directory.RPPSWithKey("9990000001")
	must(t, err)
	people := store.Directory{DB: db}
	im := directory.Importer{Store: people, NewID: newID, By: "system", Now: time.Now, KnowsTerritory: func(string) bool { return true }, Territories: []string{"cpts-senart"}}
	report, err := im.Locations(t.Context(), strings.NewReader("nom,commune,code postal\nMaison de santé,Lieusaint,77127\n"))
	must(t, err)
	more, err := im.Practitioners(t.Context(), strings.NewReader("rpps,nom,prenom,lieu,commune,code postal\n"+string(rpps)+",Martin,Ada,Maison de santé,Lieusaint,77127\n"))
	must(t, err)
	known, err := people.Practitioners(t.Context(), "cpts-senart")
	must(t, err)
	if len(known) != 1 || len(known[0].Locations) != 1 {
		t.Fatalf("imported %+v, %v %v", known, report.Problems, more.Problems)
	}
	actor := martin()
	actor.Practitioner = known[0].ID
	h.Service = agenda.NewService(store.Agenda{DB: db}, h.present, h.delivered, places(t), func() time.Time { return h.now }, newID)
	return h, actor, known[0].Locations[0]
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatalf("%v (because %v)", err, fault.Of(err).Unwrap())
	}
}

func TestTheLifeOfAnOpeningOnTheRecord(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h, actor, location := onRecord(t, db)
		draft := afternoon(weekly("2027-03-31", 1), func(d *agenda.Draft) { d.Location = location })

		o, records, err := h.Publish(t.Context(), actor, draft, "key-0001")
		must(t, err)
		again, same, err := h.Publish(t.Context(), actor, draft, "key-0001")
		must(t, err)
		if again.ID != o.ID || len(records) != 32 || len(same) != 32 {
			t.Fatalf("published %s and %s, %d and %d slots", o.ID, again.ID, len(records), len(same))
		}
		_, _, err = h.Publish(t.Context(), actor, draft, "key-0002")
		wantReason(t, err, "agenda.overlap")

		h.now = h.now.AddDate(0, 0, 7)
		added, err := h.Materialise(t.Context())
		if must(t, err); added != 4 {
			t.Errorf("a week later: %d slots more", added)
		}
		note, tuesdays, until := "Interphone B", []int{2}, civil.MustDate("2026-12-15")
		changed, ahead, err := h.Change(t.Context(), actor, o.ID, agenda.Change{Note: &note, Weekdays: tuesdays, Until: &until})
		must(t, err)
		if live := standing(ahead); len(live) != 12 || changed.Note != note {
			t.Errorf("after the change: %v", clocks(live))
		}
		gone, err := h.Withdraw(t.Context(), actor, standing(ahead)[0].Slot.ID)
		if must(t, err); !gone.Slot.Withdrawn() {
			t.Error("not withdrawn")
		}
		back, err := h.Restore(t.Context(), actor, gone.Slot.ID)
		if must(t, err); back.Slot.Withdrawn() {
			t.Error("not restored")
		}
		stopped, err := h.Stop(t.Context(), actor, o.ID, at("2026-12-08 00:00"))
		if must(t, err); stopped.StoppedFrom != civil.MustDate("2026-12-08") {
			t.Errorf("stopped from %s", stopped.StoppedFrom)
		}
		listed, err := h.Openings(t.Context(), actor, "", h.now, h.now.AddDate(0, 1, 0))
		if must(t, err); len(listed) != 1 || listed[0].Note != note || listed[0].Repeat == nil || listed[0].Repeat.Until != until {
			t.Errorf("listed %+v", listed)
		}
	})
}

func TestANewAudienceReachesTheSlotsOfTheRecord(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h, actor, location := onRecord(t, db)
		o, _, err := h.Publish(t.Context(), actor, afternoon(func(d *agenda.Draft) { d.Location = location }), "key-0001")
		must(t, err)
		audience, modality := agenda.ForCPTS, agenda.Visite

		_, _, err = h.Change(t.Context(), actor, o.ID, agenda.Change{Audience: &audience, Modality: &modality})
		must(t, err)

		kept, err := store.Agenda{DB: db}.SlotsOf(t.Context(), o.ID)
		must(t, err)
		if len(kept) == 0 {
			t.Fatal("no slots")
		}
		for _, r := range kept {
			if r.Slot.Audience != audience || r.Slot.Modality != modality {
				t.Errorf("%s: %s, %s", r.Slot.Start, r.Slot.Audience, r.Slot.Modality)
			}
		}
	})
}

func standing(records []agenda.Record) (live []agenda.Record) {
	for _, r := range records {
		if !r.Slot.Withdrawn() {
			live = append(live, r)
		}
	}
	return live
}

func TestPublicationsOfOneGPNeverOverlap(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h, actor, location := onRecord(t, db)
		const tries = 8
		results := make([]error, tries)
		var done sync.WaitGroup
		for i := range tries {
			done.Go(func() {
				start := at("2026-11-23 14:00").Add(time.Duration(i) * 5 * time.Minute)
				d := afternoon(func(d *agenda.Draft) { d.Location, d.Start, d.End = location, start, start.Add(time.Hour) })
				_, _, results[i] = h.Publish(context.WithoutCancel(t.Context()), actor, d, fmt.Sprint("key-000", i))
			})
		}
		done.Wait()

		published := 0
		for _, err := range results {
			if err == nil {
				published++
			} else if fault.Reason(err) != "agenda.overlap" {
				t.Errorf("%v (because %v)", err, fault.Of(err).Unwrap())
			}
		}
		if published != 1 {
			t.Errorf("%d overlapping openings were published", published)
		}
	})
}
