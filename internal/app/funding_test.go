package app

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/relais-snp/relais/configs"
	"github.com/relais-snp/relais/internal/config"
)

func TestFundingRulesAreThoseShippedAndTheOperators(t *testing.T) {
	shipped, err := readFundingRules(config.Config{})
	if err != nil || len(shipped.Schedules) == 0 || len(shipped.Schemes.Schemes) < 2 || len(shipped.Charts) == 0 || len(shipped.Caps.Caps) == 0 {
		t.Fatalf("%+v, %v", shipped, err)
	}
	own := folderOf(t, map[string]string{
		"caps.yaml":       "caps:\n  - {year: 2026, amount: \"50000\", source: test}\n",
		"chart-2027.yaml": "code: own\nsource: test\nfromYear: 2027\naccounts:\n  - {number: \"512\", class: actif, name: Banque}\njournals:\n  - {code: BQ, name: Banque}\n",
	})

	got, err := readFundingRules(config.Config{FundingDir: own})

	if err != nil || len(got.Caps.Caps) != 1 || len(got.Charts) != len(shipped.Charts)+1 || got.Charts[len(got.Charts)-1].Code != "own" ||
		len(got.Schedules) != len(shipped.Schedules) {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestWrongFundingFilesAreNamedWithTheirCells(t *testing.T) {
	for name, test := range map[string]struct{ file, text, says string }{
		"no amount":          {"caps.yaml", "caps:\n  - {year: 2026, amount: \"1,5\", source: test}\n", "caps.yaml"},
		"an unknown name":    {"schemes.yaml", "schemes:\n  - {code: x, colour: red}\n", "schemes.yaml"},
		"an empty contract":  {"aci-2030.yaml", "code: aci-2030\n", "aci-2030.yaml"},
		"a contract twice":   {"copy.yaml", shippedFunding(t, "aci-2019.yaml"), "the contract aci-2019"},
		"a chart twice":      {"chart-copy.yaml", shippedFunding(t, "chart-associations-2020.yaml"), "from 2020 on"},
		"an unknown account": {"chart-x.yaml", "code: x\nsource: test\nfromYear: 2027\naccounts:\n  - {number: \"512\", class: actif, name: Banque}\njournals:\n  - {code: BQ, name: Banque}\nreceipts: {bank: \"513\"}\n", "receipts"},
	} {
		t.Run(name, func(t *testing.T) {
			cfg := config.Config{FundingDir: folderOf(t, map[string]string{test.file: test.text})}
			if _, err := readFundingRules(cfg); err == nil || !strings.Contains(err.Error(), test.says) {
				t.Errorf("got %v", err)
			}
			if said, err := lookAtRules(cfg); err == nil || !strings.Contains(said, "funding of ") {
				t.Errorf("looked at: %s, %v", said, err)
			}
		})
	}
	if _, err := readFundingRules(config.Config{FundingDir: filepath.Join(t.TempDir(), "none")}); err == nil || !strings.Contains(err.Error(), "funding_dir") {
		t.Errorf("got %v", err)
	}
}

func shippedFunding(t *testing.T, name string) string {
	t.Helper()
	text, err := configs.Funding.ReadFile("funding/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
