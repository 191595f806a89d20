package attribution_test

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/attribution"
)

func TestWhatEachReaderSeesOfARequest(t *testing.T) {
	identity := []string{"Fictive", "Collector", "Medicine", "Disease", "Reporter"}
	for name, test := range map[string]struct {
		by     account.Actor
		state  attribution.State
		sees   []string
		reason string
	}{
		"a nurse":               {nurse, attribution.Received, append([]string{"Synthesis", "Reason"}, identity...), ""},
		"who reported":          {pharmacist, attribution.Received, identity, ""},
		"a coordinator":         {coordinator, attribution.Accepted, nil, ""},
		"a GP before accepting": {iris, attribution.Proposed, nil, "account.forbidden"},
		"the GP who accepted":   {iris, attribution.Accepted, append([]string{"Synthesis"}, identity...), ""},
		"the GP, attached":      {iris, attribution.Attached, append([]string{"Synthesis"}, identity...), ""},
		"another GP":            {paul, attribution.Accepted, nil, "account.forbidden"},
		"a regulator":           {regulator, attribution.Received, nil, "account.forbidden"},
		"a nurse of elsewhere":  {otherNurse, attribution.Received, nil, "attribution.request_unknown"},
		"a GP of elsewhere":     {vera, attribution.Received, nil, "attribution.request_unknown"},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			r := w.in(test.state, func(d *attribution.Draft) {
				d.Reporter, d.Consent.Collector, d.Medication, d.ChronicDisease = new("Reporter"), "Collector", new("Medicine"), new("Disease")
			})
			w.explain(r.ID)
			audits := len(w.audits())

			got, err := w.Request(t.Context(), test.by, r.ID)

			w.refused(err, test.reason)
			if seen := shown(t, got); !slices.Equal(seen, slices.Sorted(slices.Values(test.sees))) {
				t.Errorf("sees %v, want %v", seen, test.sees)
			}
			if (got.BirthYear != 0) != (len(test.sees) > 0) {
				t.Errorf("born %d", got.BirthYear)
			}
			var want []string
			if len(test.sees) > 0 {
				want = []string{"mt.patient.read mt_request:" + r.ID}
			}
			if seen := w.audits()[audits:]; !slices.Equal(seen, want) {
				t.Errorf("audited %v", seen)
			}
		})
	}
}

func TestACoordinatorAndTheStatisticsKeepThatAPatientIsAged70(t *testing.T) {
	w := newWorld(t)
	r := w.received(nurse, of("Fictive", "Ada", "1950-05-05"))
	aged, err := attribution.SetOf(attribution.Aged70)
	w.must(err)

	got, err := w.Request(t.Context(), coordinator, r.ID)
	w.must(err)
	if got.BirthYear != 0 || !got.Criteria.Meets(aged) {
		t.Errorf("a coordinator sees %v of somebody born in %d", got.Criteria.List(), got.BirthYear)
	}

	w.step(r.ID, attribution.Step{Kind: attribution.EventErased})
	if kept := w.kept(r.ID); kept.BirthYear != 0 || !kept.Criteria.Meets(aged) {
		t.Errorf("erased, %v of somebody born in %d is left", kept.Criteria.List(), kept.BirthYear)
	}
}

// explain gives a request a synthesis and a reason for its tier, in any state.
func (w *world) explain(id string) {
	r := w.record.books.requests[id]
	r.Synthesis, r.TierReason, r.TierSet = "Synthesis", "Reason", true
	w.record.books.requests[id] = r
}

// shown lists which secrets a request shows.
func shown(t *testing.T, r attribution.Request) (secrets []string) {
	t.Helper()
	text, err := json.Marshal([]any{r.Patient, r.Reporter, r.Consent.Collector, r.Medication, r.ChronicDisease, r.Synthesis, r.TierReason})
	if err != nil {
		t.Fatal(err)
	}
	for _, secret := range []string{"Collector", "Disease", "Fictive", "Medicine", "Reason", "Reporter", "Synthesis"} {
		if strings.Contains(string(text), secret) {
			secrets = append(secrets, secret)
		}
	}
	return secrets
}

func TestEachReaderListsWhatIsTheirs(t *testing.T) {
	w := newWorld(t)
	mine := w.received(pharmacist, with(attribution.ALD))
	theirs := w.received(iris)
	w.received(otherNurse, func(d *attribution.Draft) { d.Territory, d.Commune = valley, new(melun) })
	for name, test := range map[string]struct {
		by       account.Actor
		want     []string
		identity bool
	}{
		"a nurse":        {nurse, []string{mine.ID, theirs.ID}, true},
		"a coordinator":  {coordinator, []string{mine.ID, theirs.ID}, false},
		"a professional": {pharmacist, []string{mine.ID}, true},
		"a GP":           {iris, []string{theirs.ID}, true},
		"a regulator":    {regulator, nil, true},
	} {
		t.Run(name, func(t *testing.T) {
			audits := len(w.audits())
			list, err := w.Requests(t.Context(), test.by, attribution.RequestQuery{Territory: senart})
			w.must(err)
			var ids []string
			for _, r := range list {
				ids = append(ids, r.ID)
				if (r.Patient != nil) != test.identity || r.Duplicates != nil {
					t.Errorf("listed %+v", r)
				}
			}
			if !slices.Equal(ids, test.want) {
				t.Errorf("listed %v, want %v", ids, test.want)
			}
			if got := len(w.audits()) - audits; test.identity && got != len(test.want) || !test.identity && got != 0 {
				t.Errorf("%d readings audited", got)
			}
		})
	}
	_, err := w.Requests(t.Context(), otherNurse, attribution.RequestQuery{Territory: senart})
	w.refused(err, "account.forbidden")
	_, err = w.Requests(t.Context(), person("ada", account.Admin, senart), attribution.RequestQuery{Territory: senart})
	w.refused(err, "account.forbidden")
}

func TestAProfessionalCannotListTheReportsOfAnother(t *testing.T) {
	w := newWorld(t)
	w.received(iris)
	list, err := w.Requests(t.Context(), pharmacist, attribution.RequestQuery{Territory: senart, By: iris.ID})
	w.must(err)
	if len(list) != 0 {
		t.Errorf("listed %v", list)
	}
}

func TestNursesSearchByFamilyName(t *testing.T) {
	w := newWorld(t)
	r := w.received(pharmacist, of("Le Goff-Démo", "Anne", "1960-05-17"))
	w.received(pharmacist)
	for _, family := range []string{"le goff demo", "LEGOFF DEMO", "Le Goff-Démo"} {
		list, err := w.Search(t.Context(), nurse, senart, family)
		w.must(err)
		if len(list) != 1 || list[0].ID != r.ID {
			t.Errorf("%s: found %v", family, list)
		}
	}
	_, err := w.Search(t.Context(), nurse, senart, " ")
	w.refused(err, "attribution.invalid")
	_, err = w.Search(t.Context(), coordinator, senart, "Fictive")
	w.refused(err, "account.forbidden")
	if audits := w.audits(); audits[len(audits)-1] != "mt.patient.read mt_request:"+r.ID {
		t.Errorf("audited %v", audits)
	}
}

func TestNotesAreForNurses(t *testing.T) {
	w := newWorld(t)
	r := w.received(pharmacist)
	w.step(r.ID, attribution.Step{Kind: attribution.EventNoted, Note: "Rappelée."})
	for name, test := range map[string]struct {
		by     account.Actor
		note   string
		reason string
	}{
		"a nurse": {nurse, "Rappelée.", ""}, "a coordinator": {coordinator, "", ""}, "who reported": {pharmacist, "", ""},
		"another": {paul, "", "account.forbidden"}, "of elsewhere": {otherNurse, "", "attribution.request_unknown"},
	} {
		t.Run(name, func(t *testing.T) {
			audits := len(w.audits())
			events, err := w.Events(t.Context(), test.by, r.ID)
			w.refused(err, test.reason)
			if err == nil && (len(events) != 2 || events[1].Note != test.note) {
				t.Errorf("events %+v", events)
			}
			if got := len(w.audits()) - audits; (got == 1) != (test.note != "") {
				t.Errorf("%d readings audited", got)
			}
		})
	}
}

func TestWhatAGPSaidToAnOfferIsForNursesAndThatGP(t *testing.T) {
	w := newWorld(t)
	w.takes(iris, 1)
	w.takes(paul, 1)
	r := w.in(attribution.Qualified)
	no, err := w.sends(r.ID, iris)
	w.must(err)
	w.answers(iris, no.ID, attribution.Answer{Kind: attribution.Decline, Reason: attribution.DeclineRelation, Note: "Nous sommes fâchés."})
	yes, err := w.sends(r.ID, paul)
	w.must(err)
	w.answers(paul, yes.ID, accept)
	for name, test := range map[string]struct {
		by   account.Actor
		told []string // of the refusal: GP, reason, author
	}{
		"a nurse":             {nurse, []string{iris.Practitioner, "relation", iris.ID}},
		"who reported":        {pharmacist, []string{"", "", ""}},
		"a coordinator":       {coordinator, []string{"", "", ""}},
		"the GP who accepted": {paul, []string{"", "", ""}},
	} {
		t.Run(name, func(t *testing.T) {
			events, err := w.Events(t.Context(), test.by, r.ID)
			w.must(err)
			for _, e := range events {
				switch e.Kind {
				case attribution.EventDeclined:
					if told := []string{e.Practitioner, e.Detail, e.Actor}; !slices.Equal(told, test.told) {
						t.Errorf("told %q", told)
					}
				case attribution.EventAccepted:
					if e.Practitioner != paul.Practitioner {
						t.Errorf("accepted by %q", e.Practitioner)
					}
				}
			}
		})
	}
}

func TestALongHistoryIsReadFromItsEnd(t *testing.T) {
	w := newWorld(t)
	r := w.received(nurse)
	w.write(func(ctx context.Context, tx attribution.Tx) error {
		for range 1000 {
			if err := tx.AddEvent(ctx, attribution.Event{ID: w.id(), Request: r.ID, Kind: attribution.EventChanged}); err != nil {
				return err
			}
		}
		return nil
	})
	events, err := w.Events(t.Context(), nurse, r.ID)
	w.must(err)
	if len(events) != 1000 || events[0].Kind != attribution.EventChanged {
		t.Errorf("%d events, the first %s", len(events), events[0].Kind)
	}
}

func TestNursesSearchByNamesInEitherOrder(t *testing.T) {
	w := newWorld(t)
	ended := w.in(attribution.Closed, of("Hématite", "Basile", "1960-05-17"))
	open := w.received(nurse, of("Hématite", "Basile", "1961-05-17"))
	other := w.received(nurse, of("HEMATITE", "Zoé", "1962-05-17"))
	gone := w.received(nurse, of("Hématite", "Basile", "1963-05-17"))
	w.step(gone.ID, attribution.Step{Kind: attribution.EventErased})
	long := w.received(nurse, of("de la Roche-Claire", "Jean-Marc", "1964-05-17"))
	for typed, want := range map[string][]string{
		"HÉMATITE basile": {open.ID, ended.ID}, "basile hematite": {open.ID, ended.ID}, "hématite": {open.ID, other.ID, ended.ID},
		"Hematite Z": {other.ID}, "basile": {}, "jean marc de la roche claire": {long.ID}, "DE LA ROCHE CLAIRE": {long.ID}, "Roche": {},
	} {
		found, err := w.Search(t.Context(), nurse, senart, typed)
		w.must(err)
		got := []string{}
		for _, r := range found {
			got = append(got, r.ID)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%q finds %v, want %v", typed, got, want)
		}
	}
}
