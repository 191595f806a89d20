package attribution_test

import (
	"fmt"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/attribution"
	"github.com/relais-snp/relais/internal/civil"
)

// draft is a correct report of the first territory: Lou Fictive of Cesson, born
// in 1960, without criteria. Each change makes it another one.
func draft(changes ...func(*attribution.Draft)) attribution.Draft {
	d := attribution.Draft{
		Territory: senart,
		Origin:    new(attribution.FromProfessional),
		Patient:   &attribution.Patient{Family: "Fictive", Given: "Lou", BirthDate: civil.MustDate("1960-05-17"), Phone: "06 39 98 12 34", Address: "1 rue du Lac"},
		Consent:   &attribution.Consent{On: civil.MustDate("2026-11-20"), Collector: "Phil Tilleul"},
		Commune:   new(cesson),
	}
	for _, change := range changes {
		change(&d)
	}
	return d
}

// of says who the patient is.
func of(family, given, birth string) func(*attribution.Draft) {
	return func(d *attribution.Draft) {
		d.Patient = &attribution.Patient{Family: family, Given: given}
		if birth != "" {
			d.Patient.BirthDate = civil.MustDate(birth)
		}
	}
}

// with gives criteria.
func with(criteria ...attribution.Criterion) func(*attribution.Draft) {
	return func(d *attribution.Draft) {
		set, err := attribution.SetOf(criteria...)
		if err != nil {
			panic(err)
		}
		d.Criteria = &set
	}
}

// received is a request that somebody reported.
func (w *world) received(by account.Actor, changes ...func(*attribution.Draft)) attribution.Request {
	w.Helper()
	r, err := w.Report(w.Context(), by, draft(changes...), "")
	w.must(err)
	return r
}

// in is a request that went as far as a state, by the doors where there are any:
// offers are put into the record as a GP's answers would leave them.
func (w *world) in(state attribution.State, changes ...func(*attribution.Draft)) attribution.Request {
	w.Helper()
	r := w.received(pharmacist, changes...)
	for _, to := range map[attribution.State][]attribution.State{
		attribution.Qualified: {attribution.Qualified},
		attribution.Proposed:  {attribution.Qualified, attribution.Proposed},
		attribution.Waiting:   {attribution.Qualified, attribution.Proposed, attribution.Waiting},
		attribution.Accepted:  {attribution.Qualified, attribution.Proposed, attribution.Accepted},
		attribution.Attached:  {attribution.Qualified, attribution.Proposed, attribution.Accepted, attribution.Attached},
		attribution.Closed:    {attribution.Closed},
	}[state] {
		switch to {
		case attribution.Proposed:
			w.propose(r.ID, iris.Practitioner)
		case attribution.Accepted:
			w.accept(r.ID)
		default:
			w.step(r.ID, stepTo(to))
		}
	}
	return w.kept(r.ID)
}

// stepTo is a step that leads to a state.
func stepTo(state attribution.State) attribution.Step {
	switch state {
	case attribution.Qualified:
		return attribution.Step{Kind: attribution.EventQualified}
	case attribution.Waiting:
		return attribution.Step{Kind: attribution.EventPatientDeclined}
	case attribution.Attached:
		return attribution.Step{Kind: attribution.EventAttached, On: civil.MustDate("2026-11-23")}
	case attribution.Closed:
		return attribution.Step{Kind: attribution.EventClosed, Reason: attribution.Unreachable}
	}
	panic(fmt.Sprint("no step leads to ", state))
}

func (w *world) step(id string, step attribution.Step) attribution.Request {
	w.Helper()
	r, err := w.Step(w.Context(), nurse, id, step)
	w.must(err)
	return r
}

// kept is a request as the record holds it.
func (w *world) kept(id string) attribution.Request {
	w.Helper()
	r, err := w.record.Request(w.Context(), id)
	w.must(err)
	return r
}
