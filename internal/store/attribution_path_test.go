package store_test

import (
	"testing"
	"time"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/attribution"
	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/territory"
)

var ada = account.Actor{ID: "acc-gp", Name: "Ada Fictive", Roles: []account.Role{account.GP}, Territories: []string{senart}, Practitioner: "gp-1"}

// From the report to the attachment and the day on which the identity goes: the
// use cases on the record as they run in use.
func TestAPatientFindsADoctor(t *testing.T) {
	eachDesk(t, func(d desk) {
		ctx := d.Context()
		// Given a patient who was reported and a GP with a place
		draft := attribution.Draft{Territory: senart, Origin: new(attribution.FromPRADO), Commune: new(territory.INSEE("91577")),
			Patient:  &attribution.Patient{Family: "Fictive-Attente", Given: "Léa", BirthDate: civil.MustDate("1948-03-09"), Phone: "01 99 00 00 10"},
			Consent:  &attribution.Consent{On: civil.MustDate("2026-11-20"), Collector: "Mme Exemple"},
			Criteria: new(criteria(attribution.ALD)), ChronicDisease: new("diabète"), Synthesis: new("Suivi régulier, se déplace.")}
		r, err := d.Report(ctx, nurse, draft, "one-report-0001")
		d.must(err)
		again, err := d.Report(ctx, nurse, draft, "one-report-0001")
		if err != nil || again.ID != r.ID {
			d.Errorf("reported again as %s, %v", again.ID, err)
		}
		_, err = d.Step(ctx, nurse, r.ID, attribution.Step{Kind: attribution.EventQualified})
		d.must(err)
		_, err = d.Declare(ctx, ada, attribution.Declaration{Territory: senart, Practitioner: "gp-1", Quarter: quarter, Places: 1})
		d.must(err)
		// When the plan is computed, sent, accepted and followed by an attachment
		plan, err := d.Compute(ctx, nurse, senart)
		d.must(err)
		if len(plan.Plan.Served) != 1 || plan.Plan.Served[0].Practitioner != "gp-1" {
			d.Fatalf("plan %+v", plan.Plan)
		}
		sent, err := d.Send(ctx, nurse, attribution.Sending{Territory: senart, Plan: plan.ID, Lines: []attribution.Line{{Request: r.ID, Practitioner: "gp-1"}}})
		d.must(err)
		d.must(sent[0].Err)
		seen, err := d.Answer(ctx, ada, sent[0].Offer.ID, attribution.Answer{Kind: attribution.Accept, Note: "lundi matin"})
		if err != nil || seen.Request.Patient == nil || seen.Request.Patient.Phone == "" || seen.Request.ChronicDisease != "diabète" {
			d.Errorf("the GP sees %+v, %v", seen, err)
		}
		_, err = d.Step(ctx, nurse, r.ID, attribution.Step{Kind: attribution.EventAttached, On: civil.MustDate("2026-11-23"), Note: "déclaration faite"})
		d.must(err)
		if f, err := d.FollowUp(ctx, nurse, senart, civil.MustDate("2026-10-01"), civil.MustDate("2026-12-31")); err != nil || len(f.Communes) == 0 {
			d.Errorf("follow-up %+v, %v", f, err)
		}
		// Then the identity is kept as long as the rule says, and no longer.
		d.late.Store(int64(noon.AddDate(0, 24, -1).Sub(noon)))
		d.must(d.ForgetOld(ctx))
		if kept, err := d.Attribution.Request(ctx, r.ID); err != nil || kept.Patient == nil {
			d.Errorf("forgotten early: %+v, %v", kept, err)
		}
		d.late.Store(int64(noon.AddDate(0, 24, 0).Add(24 * time.Hour).Sub(noon)))
		d.must(d.ForgetOld(ctx))
		gone, err := d.Attribution.Request(ctx, r.ID)
		if err != nil || gone.Patient != nil || gone.ErasedAt.IsZero() || gone.State != attribution.Attached {
			d.Errorf("after its time: %+v, %v", gone, err)
		}
		facts, err := d.RequestFacts(ctx, senart)
		if err != nil || len(facts) != 1 || facts[0].Criteria != criteria(attribution.ALD, attribution.Aged70) {
			d.Errorf("facts %+v, %v", facts, err)
		}
	})
}
