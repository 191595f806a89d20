package configs_test

import (
	"io/fs"
	"strings"
	"testing"
	_ "time/tzdata"

	"go.yaml.in/yaml/v3"

	"github.com/relais-snp/relais/configs"
	"github.com/relais-snp/relais/internal/attribution"
	"github.com/relais-snp/relais/internal/territory"
)

func shipped(t *testing.T) map[string]territory.Territory {
	t.Helper()
	files, err := fs.Glob(configs.Territories, "territories/*.yaml")
	if err != nil {
		t.Fatal(err)
	}
	territories := map[string]territory.Territory{}
	for _, file := range files {
		text, err := configs.Territories.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		decoder := yaml.NewDecoder(strings.NewReader(string(text)))
		decoder.KnownFields(true)
		var spec territory.Spec
		if err := decoder.Decode(&spec); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		got, err := spec.Territory()
		if err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		if file != "territories/"+got.ID+".yaml" {
			t.Errorf("%s describes %s", file, got.ID)
		}
		territories[got.ID] = got
	}
	return territories
}

func TestShippedTerritories(t *testing.T) {
	got := shipped(t)
	for id, want := range map[string]struct {
		name     string
		communes int
		taille   territory.Taille
	}{
		"cpts-senart":             {"CPTS Sénart", 7, 3},
		"cpts-loire-vendee-ocean": {"CPTS Loire Vendée Océan", 27, 3},
		"cpts-littoral-vendeen":   {"CPTS Littoral Vendéen", 35, 3},
	} {
		have := got[id]
		if have.Name != want.name || len(have.Communes) != want.communes || have.Taille != want.taille {
			t.Errorf("%s: %q, %d communes, %d inhabitants, taille %d",
				id, have.Name, len(have.Communes), have.Population, have.Taille)
		}
	}
}

func TestNoCommuneBelongsToTwoShippedTerritories(t *testing.T) {
	owner := map[territory.INSEE]string{}
	for id, one := range shipped(t) {
		for _, code := range one.Communes {
			if other, taken := owner[code]; taken {
				t.Errorf("%s belongs to %s and %s", code, id, other)
			}
			owner[code] = id
		}
	}
}

func TestShippedRulesOfAttributionAreValid(t *testing.T) {
	decoder := yaml.NewDecoder(strings.NewReader(string(configs.Attribution)))
	decoder.KnownFields(true)
	var rules attribution.Rules
	if err := decoder.Decode(&rules); err != nil {
		t.Fatal(err)
	}
	if err := rules.Validate(); err != nil {
		t.Error(err)
	}
}
