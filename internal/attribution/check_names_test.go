package attribution_test

import (
	"testing"

	"github.com/relais-snp/relais/internal/attribution"
	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/fault"
)

// odile lives where and was born when the tests say.
func odile(address, birth, synthesis string) func(*attribution.Draft) {
	return func(d *attribution.Draft) {
		d.Patient = &attribution.Patient{Family: "Fictive", Given: "Odile", Address: address}
		if birth == "" {
			d.BirthYear = new(1944)
		} else {
			d.Patient.BirthDate = civil.MustDate(birth)
		}
		d.Synthesis = &synthesis
	}
}

func TestASynthesisHoldsNeitherBirthDateNorAddress(t *testing.T) {
	const lake = "1 rue du Lac, 77240 Cesson"
	for name, test := range map[string]struct {
		address, birth, synthesis string
		refused                   bool
	}{
		"slashes":                  {"", "1944-04-04", "Née le 04/04/1944.", true},
		"dots":                     {"", "1944-04-04", "Née le 4.4.1944, vit seule.", true},
		"hyphens":                  {"", "1944-04-05", "DDN 1944-04-05", true},
		"in words":                 {"", "1944-04-04", "Née le 4 AVRIL 1944", true},
		"the first of a month":     {"", "1944-08-01", "du 1er août 1944", true},
		"a short month":            {"", "1944-02-11", "11 fév. 1944", true},
		"a short year":             {"", "1944-04-05", "Née le 05/04/44", true},
		"in one word":              {"", "1944-04-05", "ddn 05041944", true},
		"another day":              {"", "1944-04-05", "Opérée le 04/04/2024, née en 1944.", false},
		"the age and the month":    {"", "1944-04-05", "82 ans en avril, née en 1944.", false},
		"no birth date":            {"", "", "Opérée le 4 avril 1944.", false},
		"the whole address":        {lake, "", "Habite 1, rue du lac 77240 CESSON", true},
		"the street":               {lake, "", "Habite 1 rue du Lac, sans ascenseur", true},
		"a shortened street":       {"12 avenue des Lilas 77240 Cesson", "", "au 12, av. des Lilas", true},
		"a street bis":             {"12 bis avenue des Lilas", "", "au 12 avenue des Lilas", true},
		"behind a door":            {"3e étage, 12 bd Vert", "", "12 boulevard Vert, code 12", true},
		"with the commune":         {"12 rue du Lac Cesson", "", "12 rue du Lac", true},
		"without number":           {"Lieu-dit Les Ormes, Cesson", "", "Lieu dit les Ormes", true},
		"another number":           {lake, "", "La pharmacie du 21 rue du Lac", false},
		"a floor":                  {"3e étage, 12 bd Vert", "", "Au 3e étage sans ascenseur.", false},
		"the commune alone":        {"Cesson", "", "Suivie à l’hôpital de Cesson.", false},
		"an address of few letter": {"Lac", "", "Au bord du lac.", false},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			_, err := w.Report(t.Context(), nurse, draft(odile(test.address, test.birth, test.synthesis)), "")
			if !test.refused {
				w.must(err)
				return
			}
			w.refused(err, "attribution.invalid")
			if f := fault.Of(err).Fields; len(f) != 1 || f[0].Name != "synthesis" || f[0].Reason != "attribution.synthesis_names" {
				t.Errorf("fields %+v", f)
			}
		})
	}
}

func TestAPatientIsNotChangedIntoTheOneASynthesisDescribes(t *testing.T) {
	for name, p := range map[string]attribution.Patient{
		"born that day": {Family: "Fictive", BirthDate: civil.MustDate("1944-04-05")},
		"living there":  {Family: "Fictive", BirthDate: civil.MustDate("1944-04-06"), Address: "1 rue du Lac"},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			const told = "Née le 5 avril 1944, habite 1 rue du Lac."
			r := w.received(nurse, odile("", "", told))
			_, err := w.Change(t.Context(), nurse, r.ID, attribution.Draft{Patient: &p})
			w.refused(err, "attribution.invalid")

			knows := w.received(nurse, of(p.Family, "", p.BirthDate.String()), func(d *attribution.Draft) { d.Patient.Address = p.Address })
			_, err = w.Step(t.Context(), nurse, knows.ID, attribution.Step{Kind: attribution.EventMerged, Into: r.ID})
			if f := fault.Of(err).Fields; len(f) != 1 || f[0].Name != "into" || f[0].Reason != "attribution.synthesis_names" {
				t.Errorf("merged: %v %+v", err, f)
			}
		})
	}
}
