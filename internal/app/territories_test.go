package app

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/relais-snp/relais/internal/config"
	"github.com/relais-snp/relais/internal/fault"
)

func folderOf(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestTerritoriesOfTheFolderJoinThoseShipped(t *testing.T) {
	dir := folderOf(t, map[string]string{
		"crest.yaml":  "id: cpts-crest\nname: CPTS de Crest\ncommunes: [\"26108\"]\n",
		"senart.yaml": "id: cpts-senart\nname: CPTS Sénart (réduite)\ncommunes: [\"77445\"]\n",
		"notes.txt":   "not a territory",
	})
	known, err := readAtlas(config.Config{TerritoriesDir: dir, Territories: []string{"cpts-crest", "cpts-senart"}})
	if err != nil {
		t.Fatal(err)
	}
	if got := known.ids(); !slices.Equal(got, []string{"cpts-crest", "cpts-senart"}) {
		t.Errorf("territories %v", got)
	}
	if senart, _ := known.Territory("cpts-senart"); len(senart.Communes) != 1 {
		t.Errorf("the folder does not win: %d communes", len(senart.Communes))
	}
	if _, err := known.Territory("cpts-littoral-vendeen"); fault.Reason(err) != "territory.unknown" {
		t.Errorf("got %v", err)
	}
}

func TestBadTerritoriesAreAllNamed(t *testing.T) {
	dir := folderOf(t, map[string]string{
		"a.yaml": "id: cpts-a\nname: A\ncommunes: [\"99999\"]\n",
		"b.yaml": "id: cpts-b\nname: B\ncommune: [\"26108\"]\n",
	})
	_, err := readAtlas(config.Config{TerritoriesDir: dir})
	if err == nil || !strings.Contains(err.Error(), "a.yaml: ") || !strings.Contains(err.Error(), "b.yaml: ") {
		t.Errorf("got %v", err)
	}
}

func TestAttributionRulesComeFromTheShippedFileOrTheOperators(t *testing.T) {
	shipped, err := readAttributionRules(config.Config{})
	if err != nil || len(shipped.Attribution) == 0 || shipped.Attribution[0].OfferDays != 14 {
		t.Fatalf("%+v, %v", shipped, err)
	}
	dir := folderOf(t, map[string]string{
		"good.yaml": "attribution:\n  - {from: \"2027-01-01\", source: test, tiers: [[ald]], maxKm: 12, knownMetres: 0, offerDays: 7, keepMonths: 6}\n",
		"bad.yaml":  "attribution:\n  - {from: \"2027-01-01\", tiers: [[ald], [ald]], maxKm: 12, offerDays: 7, keepMonths: 0}\n",
	})
	own, err := readAttributionRules(config.Config{AttributionFile: filepath.Join(dir, "good.yaml")})
	if err != nil || own.Attribution[0].MaxKm != 12 {
		t.Errorf("%+v, %v", own, err)
	}
	bad := config.Config{AttributionFile: filepath.Join(dir, "bad.yaml")}
	if _, err := readAttributionRules(bad); err == nil || !strings.Contains(err.Error(), "tiers") || !strings.Contains(err.Error(), "keepMonths") {
		t.Errorf("got %v", err)
	}
	if said, err := lookAtRules(bad); err == nil || !strings.Contains(said, "as shipped") {
		t.Errorf("looked at: %s, %v", said, err)
	}
	if _, err := readAttributionRules(config.Config{AttributionFile: filepath.Join(dir, "none.yaml")}); err == nil || !strings.Contains(err.Error(), "attribution_file") {
		t.Errorf("got %v", err)
	}
}

func TestSNPRulesComeFromTheShippedFileOrTheOperators(t *testing.T) {
	shipped, err := readSNPRules(config.Config{})
	if err != nil || len(shipped.SNP) == 0 || shipped.SNP[0].MajorationCents != 1500 {
		t.Fatalf("%+v, %v", shipped, err)
	}
	dir := folderOf(t, map[string]string{
		"good.yaml": "snp:\n  - {from: \"2027-01-01\", source: test, majorationCents: 1600, capPerWeek: 25, weekStart: 7, windowHours: 48}\n",
		"bad.yaml":  "snp:\n  - {from: \"2027-01-01\", weekStart: 9}\n",
	})
	own, err := readSNPRules(config.Config{RegulationFile: filepath.Join(dir, "good.yaml")})
	if err != nil || own.SNP[0].WeekStart != 7 {
		t.Errorf("%+v, %v", own, err)
	}
	if _, err := readSNPRules(config.Config{RegulationFile: filepath.Join(dir, "bad.yaml")}); err == nil || !strings.Contains(err.Error(), "weekStart") {
		t.Errorf("got %v", err)
	}
}
