package attribution_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/attribution"
	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/fault"
)

// steps are one correct step of each kind; merging needs the other request.
func steps(into string) []attribution.Step {
	day := civil.MustDate("2026-11-23")
	return []attribution.Step{
		{Kind: attribution.EventQualified},
		{Kind: attribution.EventTierSet, Tier: 1, Note: "Vit seule."},
		{Kind: attribution.EventNoted, Note: "Rappelée."},
		{Kind: attribution.EventPatientDeclined},
		{Kind: attribution.EventAppointment, On: day},
		{Kind: attribution.EventAttached, On: day},
		{Kind: attribution.EventClosed, Reason: attribution.Moved},
		{Kind: attribution.EventReopened},
		{Kind: attribution.EventMerged, Into: into},
		{Kind: attribution.EventErased},
	}
}

// After a step, in the order of Steps: the state, "" where it is refused.
var outcomes = map[attribution.State][10]attribution.State{
	attribution.Received: {attribution.Qualified, attribution.Received, attribution.Received, "", "", "",
		attribution.Closed, "", attribution.Closed, attribution.Closed},
	attribution.Qualified: {"", attribution.Qualified, attribution.Qualified, "", "", "",
		attribution.Closed, "", attribution.Closed, attribution.Closed},
	attribution.Proposed: {"", attribution.Proposed, attribution.Proposed, attribution.Waiting, "", "",
		attribution.Closed, "", attribution.Closed, attribution.Closed},
	attribution.Waiting: {"", attribution.Waiting, attribution.Waiting, "", "", "",
		attribution.Closed, "", attribution.Closed, attribution.Closed},
	attribution.Accepted: {"", attribution.Accepted, attribution.Accepted, attribution.Waiting, attribution.Accepted, attribution.Attached,
		attribution.Closed, "", attribution.Closed, attribution.Closed},
	attribution.Attached: {"", "", attribution.Attached, "", "", "",
		"", attribution.Accepted, "", attribution.Attached},
	attribution.Closed: {"", "", attribution.Closed, "", "", "",
		"", attribution.Waiting, "", attribution.Closed},
}

func TestEveryStepFromEveryState(t *testing.T) {
	if got := len(steps("")); got != len(attribution.Steps()) {
		t.Fatalf("%d steps, want %d", got, len(attribution.Steps()))
	}
	for state, ends := range outcomes {
		for i, kind := range attribution.Steps() {
			t.Run(fmt.Sprintf("%s/%s", state, kind), func(t *testing.T) {
				w := newWorld(t)
				other := w.received(nurse, of("Fictive", "Lou", "1960-05-17"))
				r := w.in(state)
				before, audits := w.history(r.ID), len(w.audits())

				after, err := w.Step(t.Context(), nurse, r.ID, steps(other.ID)[i])

				if ends[i] == "" {
					w.refused(err, "attribution.state")
					if kept := w.kept(r.ID); kept.State != state || kept.Revision != r.Revision || len(w.history(r.ID)) != len(before) {
						t.Errorf("left %+v", kept)
					}
					return
				}
				w.must(err)
				if after.State != ends[i] || w.kept(r.ID).State != ends[i] {
					t.Errorf("now %s, want %s", after.State, ends[i])
				}
				if got := w.history(r.ID); !slices.Equal(got, append(before, kind)) {
					t.Errorf("history %v", got)
				}
				if len(w.audits()) != audits+1 {
					t.Errorf("audited %v", w.audits()[audits:])
				}
			})
		}
	}
}

func TestNobodyButANurseOfTheTerritoryTakesSteps(t *testing.T) {
	w := newWorld(t)
	r := w.received(pharmacist)
	for reason, actors := range map[string][]account.Actor{
		"account.forbidden":           {pharmacist, regulator, coordinator, iris},
		"attribution.request_unknown": {otherNurse, vera},
	} {
		for _, a := range actors {
			_, err := w.Step(t.Context(), a, r.ID, attribution.Step{Kind: attribution.EventQualified})
			w.refused(err, reason)
			_, err = w.Change(t.Context(), a, r.ID, attribution.Draft{HomeVisits: new(true)})
			w.refused(err, reason)
		}
	}
}

func TestWhatAStepMustSay(t *testing.T) {
	day := civil.MustDate
	for name, test := range map[string]struct {
		step attribution.Step
		want string
	}{
		"no such step":            {attribution.Step{Kind: attribution.EventOffered}, "kind attribution.step"},
		"a tier without reason":   {attribution.Step{Kind: attribution.EventTierSet, Tier: 1}, "note attribution.note_missing"},
		"no such tier":            {attribution.Step{Kind: attribution.EventTierSet, Tier: 4, Note: "!"}, "tier attribution.tier"},
		"an empty note":           {attribution.Step{Kind: attribution.EventNoted, Note: " "}, "note attribution.note_missing"},
		"no day":                  {attribution.Step{Kind: attribution.EventAttached}, "on attribution.day_missing"},
		"attached tomorrow":       {attribution.Step{Kind: attribution.EventAttached, On: day("2026-11-24")}, "on attribution.day_future"},
		"attached before all":     {attribution.Step{Kind: attribution.EventAttached, On: day("2026-11-22")}, "on attribution.day"},
		"an appointment too far":  {attribution.Step{Kind: attribution.EventAppointment, On: day("2027-11-25")}, "on attribution.day_future"},
		"no reason":               {attribution.Step{Kind: attribution.EventClosed}, "reason attribution.reason"},
		"a reason that comes":     {attribution.Step{Kind: attribution.EventClosed, Reason: attribution.Duplicate}, "reason attribution.reason"},
		"another reason, unsaid":  {attribution.Step{Kind: attribution.EventClosed, Reason: attribution.OtherReason}, "note attribution.note_missing"},
		"merged into nothing":     {attribution.Step{Kind: attribution.EventMerged}, "into attribution.into_missing"},
		"a note that steers":      {attribution.Step{Kind: attribution.EventNoted, Note: "a\x1bb"}, "note attribution.control_character"},
		"an appointment, no day":  {attribution.Step{Kind: attribution.EventAppointment}, "on attribution.day_missing"},
		"a reopening in no words": {attribution.Step{Kind: attribution.EventKind("")}, "kind attribution.step"},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			r := w.in(attribution.Accepted)
			_, err := w.Step(t.Context(), nurse, r.ID, test.step)
			fields := fault.Of(err).Fields
			if len(fields) != 1 || fields[0].Name+" "+fields[0].Reason != test.want {
				t.Errorf("%v %v, want %s", err, fields, test.want)
			}
		})
	}
}

func TestAnAppointmentMayBeAhead(t *testing.T) {
	w := newWorld(t)
	r := w.in(attribution.Accepted)
	r = w.step(r.ID, attribution.Step{Kind: attribution.EventAppointment, On: w.today().AddDays(30)})
	if r.AppointmentOn != w.today().AddDays(30) {
		t.Errorf("on %s", r.AppointmentOn)
	}
}

func TestATierThatANurseSetStaysUntilGivenBack(t *testing.T) {
	w := newWorld(t)
	r := w.received(nurse, with(attribution.C2S))
	r = w.step(r.ID, attribution.Step{Kind: attribution.EventTierSet, Tier: 1, Note: "Vit seule."})
	if r.Tier != 1 || !r.TierSet || r.TierReason != "Vit seule." || len(r.Because) != 0 {
		t.Errorf("set %+v", r)
	}
	r, err := w.Change(t.Context(), nurse, r.ID, draft(with()))
	w.must(err)
	if r.Tier != 1 || !r.TierSet {
		t.Errorf("changed to tier %d", r.Tier)
	}
	r = w.step(r.ID, attribution.Step{Kind: attribution.EventTierSet})
	if r.Tier != 3 || r.TierSet || r.TierReason != "" {
		t.Errorf("given back %+v", r)
	}
}

func TestTheEndOfARequestEndsItsOfferAndTellsTheGP(t *testing.T) {
	for state, want := range map[attribution.State]attribution.OfferState{
		attribution.Proposed: attribution.OfferWithdrawn, attribution.Accepted: attribution.OfferEnded,
	} {
		for _, kind := range []attribution.EventKind{attribution.EventPatientDeclined, attribution.EventClosed, attribution.EventMerged, attribution.EventErased} {
			t.Run(fmt.Sprintf("%s/%s", state, kind), func(t *testing.T) {
				w := newWorld(t)
				other := w.received(nurse)
				r := w.in(state)
				w.told.took()

				after := w.step(r.ID, steps(other.ID)[slices.Index(attribution.Steps(), kind)])

				o, err := w.record.Offer(t.Context(), r.Offer)
				w.must(err)
				if o.State != want || o.AnsweredAt.IsZero() {
					t.Errorf("the offer is %s, answered %s", o.State, o.AnsweredAt)
				}
				if after.Offer != "" || after.Practitioner != "" || !after.AcceptedAt.IsZero() {
					t.Errorf("left %+v", after)
				}
				notice := attribution.Notice{Territory: senart, Practitioner: iris.Practitioner, Kind: attribution.NoticeOfferWithdrawn, Request: r.ID, Offer: r.Offer}
				if got := w.told.took(); !slices.Equal(got, []attribution.Notice{notice}) {
					t.Errorf("told %+v", got)
				}
			})
		}
	}
}

func TestAnOfferThatExpiredUnsweptIsNotCalledWithdrawn(t *testing.T) {
	w := newWorld(t)
	r := w.in(attribution.Proposed)
	w.now = w.now.Add(15 * 24 * time.Hour)
	w.step(r.ID, stepTo(attribution.Closed))
	o, err := w.record.Offer(t.Context(), r.Offer)
	w.must(err)
	if o.State != attribution.OfferExpired || len(w.told.took()) != 0 {
		t.Errorf("the offer is %s", o.State)
	}
}

func TestAGPWhomThePatientDeclinedIsNotAskedAgain(t *testing.T) {
	w := newWorld(t)
	r := w.in(attribution.Accepted)
	w.step(r.ID, stepTo(attribution.Waiting))
	ground, err := w.record.Ground(t.Context(), senart, attribution.Moment{Now: w.now})
	w.must(err)
	if got := ground.NotBy[r.ID]; !slices.Equal(got, []string{iris.Practitioner}) {
		t.Errorf("not by %v", got)
	}
}

func TestReopeningTakesTheEndBack(t *testing.T) {
	w := newWorld(t)
	closed := w.in(attribution.Closed)
	r := w.step(closed.ID, attribution.Step{Kind: attribution.EventReopened})
	if r.State != attribution.Waiting || !r.ClosedAt.IsZero() || r.ClosedReason != "" {
		t.Errorf("reopened %+v", r)
	}
	attached := w.in(attribution.Attached)
	r = w.step(attached.ID, attribution.Step{Kind: attribution.EventReopened})
	if r.State != attribution.Accepted || !r.AttachedOn.IsZero() || r.Offer != attached.Offer || r.AcceptedAt.IsZero() {
		t.Errorf("reopened %+v", r)
	}
}
