package web

import (
	openapi_types "github.com/oapi-codegen/runtime/types"

	"github.com/relais-snp/relais/internal/attribution"
	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/territory"
	"github.com/relais-snp/relais/internal/web/api"
)

// requestOf is a request as its reader may see it: what the use case took away is left out. by is the name of who entered it.
func requestOf(r attribution.Request, now present, by string, mine bool) api.MTRequest {
	out := api.MTRequest{
		Id: r.ID, Revision: r.Revision, Territory: r.Territory, Origin: api.MTOrigin(r.Origin), By: optional(by), Mine: optional(mine), Case: optional(r.Case),
		ReceivedAt: r.ReceivedAt, Since: dateOf(r.Since), WaitingDays: waitingDays(r, now),
		Reporter: optional(r.Reporter), Commune: string(r.Commune), CommuneName: optional(nameOfCommune(r.Commune)),
		Criteria: criteriaOf(r.CriteriaOn(now.today).List()), HomeVisits: r.HomeVisits,
		MtGoneSince: optionalDay(r.MTGoneSince), KnownTo: optional(r.KnownTo), ChronicDisease: optional(r.ChronicDisease),
		Medication: optional(r.Medication), Synthesis: optional(r.Synthesis), State: api.MTState(r.State), Tier: r.Tier,
		Because: criteriaOf(r.Because), TierSet: r.TierSet, TierReason: optional(r.TierReason), Offer: optional(r.Offer),
		Practitioner: optional(r.Practitioner), AcceptedAt: optionalTime(r.AcceptedAt), AppointmentOn: optionalDay(r.AppointmentOn),
		AttachedOn: optionalDay(r.AttachedOn), ClosedAt: optionalTime(r.ClosedAt), ClosedReason: optional(api.MTClosedReason(r.ClosedReason)),
		MergedInto: optional(r.MergedInto), Erased: optional(!r.ErasedAt.IsZero()), Duplicates: r.Duplicates,
		BirthYear: optional(r.BirthYear), Age: ageOf(r, now),
	}
	if r.Patient != nil {
		out.Patient = seekerOf(*r.Patient)
	}
	if r.Consent.Collector != "" {
		out.Consent = &api.MTConsent{On: dateOf(r.Consent.On), Collector: r.Consent.Collector}
	}
	return out
}

// summaryOf is a request without identity.
func summaryOf(r attribution.Request, now present) api.MTSummary {
	return api.MTSummary{
		Request: r.ID, State: api.MTState(r.State), Tier: r.Tier, Because: criteriaOf(r.Because), Criteria: criteriaOf(r.CriteriaOn(now.today).List()),
		Age: ageOf(r, now), Commune: string(r.Commune), CommuneName: optional(nameOfCommune(r.Commune)),
		HomeVisits: r.HomeVisits, Since: dateOf(r.Since), WaitingDays: waitingDays(r, now),
	}
}

// plannedOf is a request of a plan, with the GP who has its offer now: perhaps not the one whom the plan
// proposed. An offer's own summary leaves that out, since one GP need not know of another.
func plannedOf(r attribution.Request, now present) api.MTSummary {
	out := summaryOf(r, now)
	out.Practitioner = optional(r.Practitioner)
	return out
}

// nameOfCommune names a commune of France, be it of the territory or not; "" for one that is not known.
func nameOfCommune(code territory.INSEE) string {
	commune, _ := territory.Communes().ByINSEE(code)
	return commune.Name
}

// waitingDays counts from the day a report reached the CPTS to attachment, closing or today.
func waitingDays(r attribution.Request, now present) int {
	end := now.today
	switch {
	case r.State == attribution.Attached && !r.AttachedOn.IsZero():
		end = r.AttachedOn
	case r.State == attribution.Closed && !r.ClosedAt.IsZero():
		end = civil.DateOf(r.ClosedAt, now.zone)
	}
	return max(0, end.DaysSince(r.Since))
}

// ageOf is nil for who may not know it, and when it was erased.
func ageOf(r attribution.Request, now present) *int {
	age := r.AgeOn(now.today)
	if age < 0 {
		return nil
	}
	return &age
}

func seekerOf(p attribution.Patient) *api.MTPatient {
	return &api.MTPatient{
		Family: p.Family, Given: optional(p.Given), BirthDate: optionalDay(p.BirthDate), Phone: optional(p.Phone), Address: optional(p.Address),
	}
}

func criteriaOf(list []attribution.Criterion) []api.MTCriterion {
	out := make([]api.MTCriterion, 0, len(list))
	for _, c := range list {
		out = append(out, api.MTCriterion(c))
	}
	return out
}

// optionalDay is nil for no day, so that it is left out of JSON.
func optionalDay(d civil.Date) *openapi_types.Date {
	if d.IsZero() {
		return nil
	}
	day := dateOf(d)
	return &day
}
