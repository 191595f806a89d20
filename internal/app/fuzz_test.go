package app

import (
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"

	"github.com/relais-snp/relais/configs"
	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/config"
)

// FuzzRegulationFile takes an operator's file of dated rules.
func FuzzRegulationFile(f *testing.F) {
	f.Add(configs.Regulation)
	for _, text := range []string{"", "snp: []\n", "snp:\n- from: 2026-02-31\n", "snp:\n- {from: 2026-01-01, weekStart: 8, capPerWeek: -1}\n", "snp: {}\n", "snp:\n- from: ''\n  weekStart: 1\n",
		"snp: &a\n- *a\n", "snp:\n- from: 9999-12-31\n  windowHours: 9223372036854775807\n  weekStart: 1\n", "\xff", "colour: red\n", "--- {}\n--- {}\n"} {
		f.Add([]byte(text))
	}
	path := filepath.Join(f.TempDir(), "regulation.yaml")
	f.Fuzz(func(t *testing.T, text []byte) {
		if err := os.WriteFile(path, text, 0o600); err != nil {
			t.Fatal(err)
		}
		rules, err := readSNPRules(config.Config{RegulationFile: path})
		if err != nil {
			if len(err.Error()) > 1000+8*len(text) {
				t.Errorf("refused in %d letters", len(err.Error()))
			}
			return
		}
		for _, rule := range rules.SNP {
			if got := rules.On(rule.From); got != rule || !rule.From.Valid() || rule.CapPerWeek < 0 || rule.WeekStart < 1 || rule.WeekStart > 7 {
				t.Errorf("accepted %+v; in force that day is %+v", rule, got)
			}
		}
		if rule := rules.On(civil.MustDate("2026-11-23")); rule.WeekStart < 1 || rule.WeekStart > 7 {
			t.Errorf("in force is %+v", rule)
		}
	})
}

// FuzzAttributionFile takes an operator's file of dated rules of finding a médecin traitant.
func FuzzAttributionFile(f *testing.F) {
	f.Add(configs.Attribution)
	for _, text := range []string{"", "attribution: []\n", "attribution:\n- {from: 2026-02-31, tiers: [[ald]], maxKm: .inf}\n", "attribution:\n- {from: \"2026-01-01\", tiers: [[ald], [ald]], maxKm: .nan, offerDays: 1e9}\n",
		"attribution:\n- {from: \"2026-01-01\", tiers: [[]], maxKm: 1, offerDays: 1, keepMonths: 1}\n", "attribution: &a\n- *a\n", "\xff", "colour: red\n", "--- {}\n--- {}\n"} {
		f.Add([]byte(text))
	}
	path := filepath.Join(f.TempDir(), "attribution.yaml")
	f.Fuzz(func(t *testing.T, text []byte) {
		if err := os.WriteFile(path, text, 0o600); err != nil {
			t.Fatal(err)
		}
		rules, err := readAttributionRules(config.Config{AttributionFile: path})
		if err != nil {
			if len(err.Error()) > 1000+64*len(text) {
				t.Errorf("refused in %d letters", len(err.Error()))
			}
			return
		}
		rule := rules.On(civil.MustDate("2026-11-23"))
		if tier, _ := rule.Tier(0); tier != len(rule.Tiers)+1 || !(rule.MaxKm > 0 && rule.MaxKm <= 500) || rule.OfferDays < 1 || rule.KeepMonths < 1 {
			t.Errorf("in force is %+v", rule)
		}
	})
}

// FuzzTerritoryFile takes an operator's file of a territory.
func FuzzTerritoryFile(f *testing.F) {
	for _, text := range []string{"id: cpts-crest\nname: CPTS de Crest\ncommunes: [\"26108\"]\n", "id: x\nname: X\nzone: ../UTC\ncommunes: [01001]\n", "", "[]", "id: [x]\n", "id: x\nid: y\n",
		"id: a\nname: &n [*n]\n", "communes: [\"26108\", \"26108\"]\n", "\xff\xfe", "id: \"a\\n\"\nname: \"\\u0000\"\ncommunes: [\"75056\"]\n"} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		land, err := readTerritory(fstest.MapFS{"t.yaml": {Data: text}}, "t.yaml")
		if err != nil {
			if len(err.Error()) > 1000+64*len(text) {
				t.Errorf("refused in %d letters", len(err.Error()))
			}
			return
		}
		if land.ID == "" || land.Name == "" || land.Zone == nil || len(land.Communes) == 0 || land.Population < 0 {
			t.Errorf("accepted %+v", land)
		}
	})
}
