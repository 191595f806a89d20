package attribution_test

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/relais-snp/relais/internal/attribution"
)

// sealed tells everything that a record seals.
func sealed(d *attribution.Draft) {
	d.Reporter, d.Consent.Collector = new("SECRET"), "SECRET"
	d.Patient.Address, d.ChronicDisease, d.Medication, d.Synthesis = "1 rue SECRET", new("SECRET"), new("SECRET"), new("SECRET")
}

func TestAWithdrawnConsentErasesThePatientForGood(t *testing.T) {
	w := newWorld(t)
	r := w.received(nurse, sealed, with(attribution.ALD))
	w.step(r.ID, attribution.Step{Kind: attribution.EventTierSet, Tier: 2, Note: "SECRET"})
	w.step(r.ID, attribution.Step{Kind: attribution.EventNoted, Note: "SECRET"})

	after := w.step(r.ID, attribution.Step{Kind: attribution.EventErased, Note: "SECRET"})

	if after.State != attribution.Closed || after.ClosedReason != attribution.Withdrawn || after.Patient != nil {
		t.Errorf("erased %+v", after)
	}
	kept := w.kept(r.ID)
	if kept.ErasedAt.IsZero() || kept.BirthYear != 0 || kept.AgeOn(w.today()) != -1 {
		t.Errorf("kept %+v", kept)
	}
	if kept.Commune != cesson || kept.Tier != 2 || kept.Criteria != r.Criteria || kept.Since != r.Since || kept.Consent.On != r.Consent.On {
		t.Errorf("lost too much: %+v", kept)
	}
	everything, err := json.Marshal([]any{w.record.committed().requests, w.record.committed().events, w.record.committed().offers})
	w.must(err)
	for _, secret := range []string{"SECRET", "Fictive", "39 98"} {
		if strings.Contains(string(everything), secret) {
			t.Errorf("%s is still there", secret)
		}
	}
	for _, step := range steps("id-none") {
		if step.Kind == attribution.EventMerged {
			continue
		}
		_, err := w.Step(t.Context(), nurse, r.ID, step)
		w.refused(err, "attribution.erased")
	}
}

func TestErasureReachesTheRequestsMergedIntoOne(t *testing.T) {
	w := newWorld(t)
	first, second, third, apart := w.received(nurse), w.received(nurse), w.received(nurse), w.received(nurse)
	w.step(first.ID, attribution.Step{Kind: attribution.EventMerged, Into: second.ID})
	w.step(second.ID, attribution.Step{Kind: attribution.EventMerged, Into: third.ID})
	w.step(apart.ID, attribution.Step{Kind: attribution.EventMerged, Into: third.ID})
	w.step(apart.ID, attribution.Step{Kind: attribution.EventReopened}) // it was somebody else

	w.step(third.ID, attribution.Step{Kind: attribution.EventErased})

	for _, id := range []string{first.ID, second.ID, third.ID} {
		if r := w.kept(id); r.ErasedAt.IsZero() || r.Patient != nil {
			t.Errorf("%s keeps %+v", id, r.Patient)
		}
	}
	if r := w.kept(apart.ID); !r.ErasedAt.IsZero() || r.State != attribution.Waiting {
		t.Errorf("apart is %+v", r)
	}
}

func TestErasureReachesTheRequestThatOneWasMergedInto(t *testing.T) {
	w := newWorld(t)
	w.takes(iris, 1)
	first, second, stays, apart := w.received(nurse), w.received(nurse), w.in(attribution.Qualified), w.received(nurse)
	w.step(first.ID, attribution.Step{Kind: attribution.EventMerged, Into: stays.ID})
	w.step(second.ID, attribution.Step{Kind: attribution.EventMerged, Into: stays.ID})
	w.step(apart.ID, attribution.Step{Kind: attribution.EventMerged, Into: stays.ID})
	w.step(apart.ID, attribution.Step{Kind: attribution.EventReopened}) // it was somebody else
	o, err := w.sends(stays.ID, iris)
	w.must(err)
	w.told.took()

	w.step(first.ID, attribution.Step{Kind: attribution.EventErased})

	for _, id := range []string{first.ID, second.ID, stays.ID} {
		if r := w.kept(id); r.ErasedAt.IsZero() || r.Patient != nil || r.State != attribution.Closed {
			t.Errorf("%s keeps %+v", id, r)
		}
	}
	if r := w.kept(apart.ID); !r.ErasedAt.IsZero() {
		t.Errorf("apart is %+v", r)
	}
	if got := w.record.committed().offers[o.ID].State; got != attribution.OfferWithdrawn {
		t.Errorf("the offer is %s", got)
	}
	if got := w.notices(); !slices.Equal(got, []string{"mt_offer_withdrawn to gp-iris"}) {
		t.Errorf("told %v", got)
	}
}

// slow is a record before whose next transaction something else happens.
type slow struct {
	*record

	first func()
}

func (s *slow) InTx(ctx context.Context, fn func(context.Context, attribution.Tx) error) error {
	if first := s.first; first != nil {
		s.first = nil
		first()
	}
	return s.record.InTx(ctx, fn)
}

func TestErasureReachesWhatIsMergedMeanwhile(t *testing.T) {
	w := newWorld(t)
	stays, goes, apart, theirs := w.received(nurse), w.received(nurse), w.received(nurse), w.received(nurse)
	w.step(apart.ID, attribution.Step{Kind: attribution.EventMerged, Into: stays.ID})
	w.step(apart.ID, attribution.Step{Kind: attribution.EventReopened}) // it was somebody else
	w.Store = &slow{record: w.record, first: func() {
		w.step(goes.ID, attribution.Step{Kind: attribution.EventMerged, Into: stays.ID})
		w.step(theirs.ID, attribution.Step{Kind: attribution.EventMerged, Into: apart.ID})
	}}

	w.step(stays.ID, attribution.Step{Kind: attribution.EventErased})

	for _, id := range []string{stays.ID, goes.ID} {
		if r := w.kept(id); r.ErasedAt.IsZero() || r.Patient != nil {
			t.Errorf("%s keeps %+v", id, r.Patient)
		}
	}
	for _, id := range []string{apart.ID, theirs.ID} {
		if r := w.kept(id); !r.ErasedAt.IsZero() {
			t.Errorf("%s is erased", id)
		}
	}
}

func TestAnErasedRequestLeadsNeitherToItsCallNorToWhoKnewThePatient(t *testing.T) {
	w := newWorld(t)
	r := w.received(nurse, func(d *attribution.Draft) {
		d.Origin, d.Case, d.KnownTo = new(attribution.FromRegulation), "case-1", new(iris.Practitioner)
	})
	after := w.step(r.ID, attribution.Step{Kind: attribution.EventErased})
	if kept := w.kept(r.ID); kept.Case != "" || kept.KnownTo != "" || after.Case != "" {
		t.Errorf("kept %+v", kept)
	}
}

func TestWhoTurns70AfterTheEndIsNotCountedAsAged(t *testing.T) {
	w := newWorld(t)
	young := w.in(attribution.Attached, of("Fictive", "Ada", "1957-05-05")) // 69 in the year of the attachment
	old := w.in(attribution.Attached, of("Fictive", "Ida", "1956-05-05"))
	aged, err := attribution.SetOf(attribution.Aged70)
	w.must(err)

	w.now = w.now.AddDate(3, 0, 0)
	w.must(w.ForgetOld(t.Context()))

	if r := w.kept(young.ID); r.ErasedAt.IsZero() || r.Criteria.Meets(aged) {
		t.Errorf("young %+v", r)
	}
	if r := w.kept(old.ID); r.ErasedAt.IsZero() || !r.Criteria.Meets(aged) {
		t.Errorf("old %+v", r)
	}
}

func TestIdentitiesAreForgottenSomeMonthsAfterTheEnd(t *testing.T) {
	w := newWorld(t)
	open, proposed := w.received(nurse), w.in(attribution.Proposed)
	var ended []string
	for range 120 { // more than a batch
		ended = append(ended, w.in(attribution.Closed).ID)
	}
	attached := w.in(attribution.Attached)

	w.now = w.now.AddDate(0, 24, 0)
	recent := w.received(nurse)
	w.step(recent.ID, stepTo(attribution.Closed))
	w.must(w.ForgetOld(t.Context()))
	if r := w.kept(ended[0]); !r.ErasedAt.IsZero() {
		t.Error("forgotten on the day itself")
	}

	w.now = w.now.AddDate(0, 0, 2)
	audits := len(w.audits())
	w.must(w.ForgetOld(t.Context()))

	for _, id := range append(slices.Clone(ended), attached.ID) {
		if r := w.kept(id); r.ErasedAt.IsZero() || r.Patient != nil {
			t.Fatalf("%s is not forgotten", id)
		}
	}
	if r := w.kept(ended[0]); r.ClosedReason != attribution.Unreachable {
		t.Errorf("closed for %s", r.ClosedReason)
	}
	if r := w.kept(attached.ID); r.State != attribution.Attached || r.Offer == "" {
		t.Errorf("attached is %+v", r)
	}
	for _, id := range []string{open.ID, proposed.ID, recent.ID} {
		if r := w.kept(id); !r.ErasedAt.IsZero() {
			t.Errorf("%s is forgotten", id)
		}
	}
	if got := w.audits()[audits:]; len(got) != 121 || got[0] != fmt.Sprint("mt.erased mt_request:", ended[0]) {
		t.Errorf("audited %d", len(got))
	}
}
