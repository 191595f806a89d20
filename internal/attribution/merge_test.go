package attribution_test

import (
	"slices"
	"testing"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/attribution"
	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/fault"
)

func TestARequestTakesOverWhatAnotherOneKnew(t *testing.T) {
	w := newWorld(t)
	stays := w.received(pharmacist, of("Fictive", "", ""), with(attribution.C2S), func(d *attribution.Draft) {
		d.BirthYear, d.Medication = new(1960), new("Insuline")
	})
	goes := w.received(nurse, with(attribution.ALD, attribution.MTGone), func(d *attribution.Draft) {
		d.Since, d.MTGoneSince, d.HomeVisits = new(civil.MustDate("2026-10-01")), new(civil.MustDate("2026-06-30")), new(true)
		d.Medication, d.ChronicDisease, d.Synthesis = new("Autre"), new("Diabète"), new("Vit seule.")
	})

	after := w.step(goes.ID, attribution.Step{Kind: attribution.EventMerged, Into: stays.ID})

	if after.State != attribution.Closed || after.ClosedReason != attribution.Duplicate || after.MergedInto != stays.ID {
		t.Errorf("merged %+v", after)
	}
	got := w.kept(stays.ID)
	all, err := attribution.SetOf(attribution.ALD, attribution.MTGone, attribution.C2S)
	w.must(err)
	if got.Criteria != all || got.Tier != 1 || !got.HomeVisits || got.Since != goes.Since || got.MTGoneSince != goes.MTGoneSince {
		t.Errorf("stays %+v", got)
	}
	if got.Medication != "Insuline" || got.ChronicDisease != "Diabète" || got.Synthesis != "Vit seule." {
		t.Errorf("texts %q, %q, %q", got.Medication, got.ChronicDisease, got.Synthesis)
	}
	if *got.Patient != *goes.Patient || got.State != attribution.Received {
		t.Errorf("patient %+v, %s", got.Patient, got.State)
	}
	want := []attribution.EventKind{attribution.EventReceived, attribution.EventAbsorbed, attribution.EventTierChanged}
	if got := w.history(stays.ID); !slices.Equal(got, want) {
		t.Errorf("history %v", got)
	}
}

func TestRequestsThatCannotBeMerged(t *testing.T) {
	w := newWorld(t)
	r := w.received(nurse)
	foreign := w.received(otherNurse, func(d *attribution.Draft) { d.Territory, d.Commune = valley, new(melun) })
	for name, into := range map[string]string{
		"itself": r.ID, "of elsewhere": foreign.ID, "of nobody": "id-none", "closed": w.in(attribution.Closed).ID, "attached": w.in(attribution.Attached).ID,
	} {
		t.Run(name, func(t *testing.T) {
			_, err := w.Step(t.Context(), nurse, r.ID, attribution.Step{Kind: attribution.EventMerged, Into: into})
			w.refused(err, "attribution.merge")
		})
	}
	if kept := w.kept(r.ID); kept.State != attribution.Received || kept.Revision != 1 {
		t.Errorf("left %+v", kept)
	}
}

func TestWhoSaidNoToAPatientIsNotAskedAgainAfterMerging(t *testing.T) {
	w := newWorld(t)
	w.takes(iris, 9)
	w.takes(paul, 9)
	first, second, stays := w.sought(), w.sought(), w.sought()
	o, err := w.sends(first.ID, iris)
	w.must(err)
	w.answers(iris, o.ID, decline)
	w.step(first.ID, attribution.Step{Kind: attribution.EventMerged, Into: second.ID})
	_, err = w.sends(second.ID, paul)
	w.must(err)
	w.step(second.ID, attribution.Step{Kind: attribution.EventPatientDeclined})
	w.step(second.ID, attribution.Step{Kind: attribution.EventMerged, Into: stays.ID})

	for _, gp := range []account.Actor{iris, paul} {
		_, err := w.sends(stays.ID, gp)
		w.refused(err, "attribution.refused_before")
	}
	plan, err := w.Compute(t.Context(), nurse, senart)
	w.must(err)
	if len(plan.Plan.Served) != 0 {
		t.Errorf("planned %+v", plan.Plan.Served)
	}

	w.step(second.ID, attribution.Step{Kind: attribution.EventReopened}) // it was somebody else
	_, err = w.sends(stays.ID, iris)
	w.must(err)
}

// A synthesis that named nobody names the patient once the given name is known.
func TestMergingDoesNotMakeASynthesisNameThePatient(t *testing.T) {
	w := newWorld(t)
	stays := w.received(nurse, of("Fictive", "", "1960-05-17"), func(d *attribution.Draft) { d.Synthesis = new("Odile vit seule.") })
	goes := w.received(nurse, of("Fictive", "Odile", "1960-05-17"))

	_, err := w.Step(t.Context(), nurse, goes.ID, attribution.Step{Kind: attribution.EventMerged, Into: stays.ID})

	fields := fault.Of(err).Fields
	if len(fields) != 1 || fields[0].Name != "into" || fields[0].Reason != "attribution.synthesis_names" {
		t.Errorf("%v %v", err, fields)
	}
	if r := w.kept(goes.ID); r.State != attribution.Received {
		t.Errorf("merged all the same: %+v", r)
	}
}

func TestTheMoreUrgentTierThatANurseChoseOutlivesMerging(t *testing.T) {
	for name, test := range map[string]struct {
		chosen int // of the request that goes
		tier   int // of the one that stays, by the rule 2
		reason string
	}{
		"more urgent": {1, 1, "Vit seule."},
		"less urgent": {3, 2, ""},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			stays, goes := w.received(nurse, with(attribution.C2S)), w.received(nurse)
			w.step(goes.ID, attribution.Step{Kind: attribution.EventTierSet, Tier: test.chosen, Note: "Vit seule."})
			w.step(goes.ID, attribution.Step{Kind: attribution.EventMerged, Into: stays.ID})
			if r := w.kept(stays.ID); r.Tier != test.tier || r.TierReason != test.reason || r.TierSet != (test.reason != "") {
				t.Errorf("stays in tier %d because %q", r.Tier, r.TierReason)
			}
		})
	}
}

func TestWhoWasInThePlanStaysThereWhenMerged(t *testing.T) {
	for state, want := range map[attribution.State]attribution.State{
		attribution.Received: attribution.Received, attribution.Qualified: attribution.Qualified, attribution.Waiting: attribution.Qualified,
	} {
		t.Run(string(state), func(t *testing.T) {
			w := newWorld(t)
			goes, stays := w.in(state), w.received(nurse)
			w.step(goes.ID, attribution.Step{Kind: attribution.EventMerged, Into: stays.ID})
			if r := w.kept(stays.ID); r.State != want {
				t.Errorf("stays %s, want %s", r.State, want)
			}
			if noted := slices.Contains(w.history(stays.ID), attribution.EventQualified); noted != (want == attribution.Qualified) {
				t.Errorf("history %v", w.history(stays.ID))
			}
		})
	}
}

func TestWhoReportedAMergedRequestLearnsWhatBecomesOfThePatient(t *testing.T) {
	w := newWorld(t)
	told, middle := w.received(pharmacist), w.received(nurse)
	w.step(told.ID, attribution.Step{Kind: attribution.EventMerged, Into: middle.ID})
	last := w.sought()
	w.step(middle.ID, attribution.Step{Kind: attribution.EventMerged, Into: last.ID})

	seen := func() attribution.Request {
		t.Helper()
		r, err := w.Request(t.Context(), pharmacist, told.ID)
		w.must(err)
		list, err := w.Requests(t.Context(), pharmacist, attribution.RequestQuery{Territory: senart})
		w.must(err)
		if i := slices.IndexFunc(list, func(r attribution.Request) bool { return r.ID == told.ID }); i < 0 || list[i].State != r.State {
			t.Errorf("listed %+v", list)
		}
		if r.ID != told.ID || r.MergedInto != "" || r.Offer != "" || *r.Patient != *told.Patient {
			t.Errorf("tells more than was reported: %+v", r)
		}
		return r
	}
	if r := seen(); r.State != attribution.Qualified || r.ClosedReason != "" || !r.ClosedAt.IsZero() {
		t.Errorf("while it is looked for: %+v", r)
	}
	w.propose(last.ID, iris.Practitioner)
	if r := seen(); r.State != attribution.Proposed || r.Practitioner != "" {
		t.Errorf("while it is proposed: %+v", r)
	}
	w.accept(last.ID)
	w.step(last.ID, stepTo(attribution.Attached))
	if r, kept := seen(), w.kept(last.ID); r.State != attribution.Attached || r.AttachedOn != kept.AttachedOn || r.Practitioner != iris.Practitioner {
		t.Errorf("attached: %+v", r)
	}
	if r, err := w.Request(t.Context(), nurse, told.ID); err != nil || r.ClosedReason != attribution.Duplicate || r.MergedInto != middle.ID {
		t.Errorf("the nurse sees %+v, %v", r, err)
	}
}
