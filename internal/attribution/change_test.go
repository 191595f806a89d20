package attribution_test

import (
	"slices"
	"testing"

	"github.com/relais-snp/relais/internal/attribution"
	"github.com/relais-snp/relais/internal/civil"
)

func TestAChangeCompletesARequestAndMovesItsTier(t *testing.T) {
	w := newWorld(t)
	r := w.received(pharmacist)
	criteria, err := attribution.SetOf(attribution.ALD)
	w.must(err)

	after, err := w.Change(t.Context(), nurse, r.ID, attribution.Draft{Criteria: &criteria, HomeVisits: new(true),
		Synthesis: new(" Vit seule. "), Origin: new(attribution.FromDAC), KnownTo: new(iris.Practitioner)})
	w.must(err)

	kept := w.kept(r.ID)
	if after.Tier != 1 || kept.Tier != 1 || !kept.HomeVisits || kept.Synthesis != "Vit seule." || kept.Origin != attribution.FromDAC {
		t.Errorf("kept %+v", kept)
	}
	if kept.Patient.Family != "Fictive" || kept.By != pharmacist.ID || kept.Consent != r.Consent {
		t.Errorf("lost %+v", kept)
	}
	want := []attribution.EventKind{attribution.EventReceived, attribution.EventChanged, attribution.EventTierChanged}
	if got := w.history(r.ID); !slices.Equal(got, want) {
		t.Errorf("history %v", got)
	}
	events, err := w.Events(t.Context(), nurse, r.ID)
	w.must(err)
	if e := events[2]; e.Detail != "1" || e.Actor != "system" {
		t.Errorf("tier moved by %s to %s", e.Actor, e.Detail)
	}
}

func TestAnEmptyTextAndAZeroDayTakeAValueAway(t *testing.T) {
	w := newWorld(t)
	r := w.received(nurse, with(attribution.MTGone), func(d *attribution.Draft) {
		d.MTGoneSince, d.KnownTo, d.Medication = new(civil.MustDate("2025-06-30")), new(iris.Practitioner), new("Insuline")
	})
	r, err := w.Change(t.Context(), nurse, r.ID, attribution.Draft{MTGoneSince: new(civil.Date{}), KnownTo: new(""), Medication: new("")})
	w.must(err)
	if !r.MTGoneSince.IsZero() || r.KnownTo != "" || r.Medication != "" {
		t.Errorf("kept %+v", r)
	}
}

func TestADoctorWhoIsNotGoneHasNoDayOfLeaving(t *testing.T) {
	w := newWorld(t)
	r := w.received(nurse, with(attribution.MTGone), func(d *attribution.Draft) { d.MTGoneSince = new(civil.MustDate("2025-06-30")) })
	r, err := w.Change(t.Context(), nurse, r.ID, attribution.Draft{Criteria: new(attribution.Set(0))})
	w.must(err)
	if !r.MTGoneSince.IsZero() {
		t.Errorf("gone since %s", r.MTGoneSince)
	}
}

func TestAChangeThatChangesNothingLeavesNoTrace(t *testing.T) {
	w := newWorld(t)
	r := w.received(nurse)
	audits := len(w.audits())
	_, err := w.Change(t.Context(), nurse, r.ID, draft())
	w.must(err)
	if len(w.history(r.ID)) != 1 || len(w.audits()) != audits || w.kept(r.ID).Revision != 1 {
		t.Errorf("history %v, audited %v", w.history(r.ID), w.audits()[audits:])
	}
}

func TestWhatChangesAreRefused(t *testing.T) {
	w := newWorld(t)
	r := w.received(nurse, func(d *attribution.Draft) { d.Synthesis = new("Suivie par une équipe.") })
	for name, d := range map[string]attribution.Draft{
		"a synthesis that names":    {Synthesis: new("Lou vit seule.")},
		"a name of the synthesis":   {Patient: &attribution.Patient{Family: "Équipe", BirthDate: civil.MustDate("1960-05-17")}},
		"another year than the day": {BirthYear: new(1961)},
		"no day of report":          {Since: new(civil.Date{})},
		"no consent":                {Consent: &attribution.Consent{}},
		"a stranger":                {KnownTo: new(vera.Practitioner)},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := w.Change(t.Context(), nurse, r.ID, d)
			w.refused(err, "attribution.invalid")
		})
	}
	if kept := w.kept(r.ID); kept.Revision != 1 {
		t.Errorf("kept %+v", kept)
	}
}

func TestWhatEndedIsNotChanged(t *testing.T) {
	w := newWorld(t)
	change := attribution.Draft{HomeVisits: new(true)}
	for _, state := range []attribution.State{attribution.Attached, attribution.Closed} {
		_, err := w.Change(t.Context(), nurse, w.in(state).ID, change)
		w.refused(err, "attribution.state")
	}
	erased := w.received(nurse)
	w.step(erased.ID, attribution.Step{Kind: attribution.EventErased})
	_, err := w.Change(t.Context(), nurse, erased.ID, change)
	w.refused(err, "attribution.erased")
}

func TestTwoNursesDoNotWriteOverEachOther(t *testing.T) {
	w := newWorld(t)
	r := w.received(nurse)
	first, err := w.Change(t.Context(), nurse, r.ID, attribution.Draft{Revision: r.Revision, Synthesis: new("Vit seule.")})
	w.must(err)
	if kept := w.kept(r.ID); first.Revision != kept.Revision || kept.Revision != r.Revision+1 {
		t.Fatalf("revision %d, kept %d, was %d", first.Revision, kept.Revision, r.Revision)
	}
	before := w.history(r.ID)

	_, err = w.Change(t.Context(), nurse, r.ID, attribution.Draft{Revision: r.Revision, Synthesis: new("Vit en couple.")})
	w.refused(err, "attribution.changed")
	_, err = w.Step(t.Context(), nurse, r.ID, attribution.Step{Kind: attribution.EventQualified, Revision: r.Revision})
	w.refused(err, "attribution.changed")
	if kept := w.kept(r.ID); kept.Synthesis != "Vit seule." || kept.State != attribution.Received || kept.Revision != first.Revision || len(w.history(r.ID)) != len(before) {
		t.Errorf("written all the same: %+v", kept)
	}

	qualified := w.step(r.ID, attribution.Step{Kind: attribution.EventQualified, Revision: first.Revision})
	if kept := w.kept(r.ID); qualified.Revision != kept.Revision {
		t.Errorf("revision %d, kept %d", qualified.Revision, kept.Revision)
	}
	_, err = w.Change(t.Context(), nurse, r.ID, attribution.Draft{HomeVisits: new(true)}) // who says no revision writes
	w.must(err)
}
