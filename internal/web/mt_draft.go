package web

import (
	openapi_types "github.com/oapi-codegen/runtime/types"

	"github.com/relais-snp/relais/internal/attribution"
	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/fault"
	"github.com/relais-snp/relais/internal/territory"
	"github.com/relais-snp/relais/internal/web/api"
)

// reportFrom reads a report.
func reportFrom(n api.NewMTRequest) attribution.Draft {
	return attribution.Draft{
		Territory: n.Territory, Case: value(n.Case), Origin: new(attribution.Origin(n.Origin)), Since: dayFrom(n.Since),
		Patient: seekerFrom(n.Patient), BirthYear: n.BirthYear, Reporter: n.Reporter, Consent: consentFrom(n.Consent),
		Commune: new(territory.INSEE(n.Commune)), Criteria: criteriaFrom(n.Criteria), HomeVisits: n.HomeVisits, MTGoneSince: dayFrom(n.MtGoneSince),
		KnownTo: n.KnownTo, ChronicDisease: n.ChronicDisease, Medication: n.Medication, Synthesis: n.Synthesis,
	}
}

// changeFrom reads a change: what is left out stays, an empty text takes a value away.
func changeFrom(c api.MTRequestChange) (attribution.Draft, error) {
	d := attribution.Draft{
		Revision: value(c.Revision), Origin: (*attribution.Origin)(c.Origin), Since: dayFrom(c.Since), BirthYear: c.BirthYear, Reporter: c.Reporter,
		Commune: (*territory.INSEE)(c.Commune), Criteria: criteriaFrom(c.Criteria), HomeVisits: c.HomeVisits, KnownTo: c.KnownTo,
		ChronicDisease: c.ChronicDisease, Medication: c.Medication, Synthesis: c.Synthesis,
	}
	if c.Patient != nil {
		d.Patient = seekerFrom(*c.Patient)
	}
	if c.Consent != nil {
		d.Consent = consentFrom(*c.Consent)
	}
	if c.MtGoneSince == nil {
		return d, nil
	}
	d.MTGoneSince = new(civil.Date)
	if *c.MtGoneSince == "" {
		return d, nil
	}
	day, err := civil.ParseDate(*c.MtGoneSince)
	if err != nil || day.Year < firstYear || day.Year > lastYear {
		return d, fault.Fields("request.invalid", invalidMessage, field([]string{"mtGoneSince"}, "request.format"))
	}
	d.MTGoneSince = &day
	return d, nil
}

func seekerFrom(p api.MTPatient) *attribution.Patient {
	out := &attribution.Patient{Family: p.Family, Given: value(p.Given), Phone: value(p.Phone), Address: value(p.Address)}
	if p.BirthDate != nil {
		out.BirthDate = dateFrom(*p.BirthDate)
	}
	return out
}

func consentFrom(c api.MTConsent) *attribution.Consent {
	return &attribution.Consent{On: dateFrom(c.On), Collector: c.Collector}
}

// criteriaFrom is nil when nothing is said of criteria; that there are none is an empty list.
func criteriaFrom[C ~string](given []C) *attribution.Set {
	if given == nil {
		return nil
	}
	set := criteriaSet(given)
	return &set
}

// criteriaSet reads criteria that the contract has checked.
func criteriaSet[C ~string](given []C) attribution.Set {
	criteria := make([]attribution.Criterion, 0, len(given))
	for _, c := range given {
		criteria = append(criteria, attribution.Criterion(c))
	}
	set, _ := attribution.SetOf(criteria...)
	return set
}

func dayFrom(d *openapi_types.Date) *civil.Date {
	if d == nil {
		return nil
	}
	day := dateFrom(*d)
	return &day
}
