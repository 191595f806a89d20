package xlsx

import (
	"bytes"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/funding"
)

// senart is the budget of a CPTS with its coordinator, and one line that means ill.
func senart() funding.Figures {
	day := civil.MustDate("2026-01-15")
	return funding.Figures{
		Territory: "CPTS de Sénart", Year: funding.FiscalYear{Year: 2026}, Outside: 1,
		Lines: []funding.BudgetLine{
			{Budget: funding.Fonctionnement, Label: "Coordinatrice", Account: "641", Planned: 5_824_800, Committed: 10, Spent: 2_912_333},
			{Budget: funding.Fonctionnement, Label: `=HYPERLINK("https://relais.example","clic")`, Account: "613", Planned: 1_675_200},
			{Budget: funding.Operationnel, Label: "Affiches", Account: "623", Mission: "prevention", Planned: 48_000, Spent: 50_001},
		},
		Envelopes: []funding.Envelope{
			{Code: "fonctionnement", Label: "Fonctionnement", Yearly: funding.Amount{Cents: 7_500_000, Known: true}, Received: 7_500_000, Spent: 2_912_333},
			{Code: "prevention", Label: "Prévention", Earmarked: true, Received: 30},
		},
		Dues: []funding.Due{
			{Payment: funding.Payment{On: day, Code: "fonctionnement", Year: 1, Kind: funding.Whole, Amount: funding.Amount{Cents: 7_500_000, Known: true}}, State: funding.DueCame, Received: 7_500_000},
			{Payment: funding.Payment{On: day.AddDays(181), Code: "crise", Year: 1, Kind: funding.Advance}, State: funding.DueUnknown},
		},
		Labels: map[string]string{"prevention": "Prévention", "fonctionnement": "Fonctionnement"},
	}
}

// written is a file read back.
func written(t testing.TB, f funding.Figures) *excelize.File {
	t.Helper()
	var bytes bytes.Buffer
	if err := Write(&bytes, f); err != nil {
		t.Fatal(err)
	}
	file, err := excelize.OpenReader(&bytes)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = file.Close() })
	return file
}

func cell(t testing.TB, f *excelize.File, sheet, at string) (raw, formula string) {
	t.Helper()
	raw, err := f.GetCellValue(sheet, at, excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	formula, err = f.GetCellFormula(sheet, at)
	if err != nil {
		t.Fatal(err)
	}
	return raw, formula
}

func TestTheBudgetIsReadBack(t *testing.T) {
	f := written(t, senart())
	if diff := cmp.Diff([]string{"Budget fonctionnement", "Budget opérationnel", "Hors budget", "Enveloppes", "Paiements attendus"}, f.GetSheetList()); diff != "" {
		t.Error(diff)
	}
	for _, want := range [][4]string{
		{sheetOperating, "A1", "CPTS de Sénart – Budget fonctionnement – exercice 2026", ""},
		{sheetOperating, "E4", "58248", ""}, {sheetOperating, "F4", "0.1", ""}, {sheetOperating, "G4", "29123.33", ""},
		{sheetOperating, "H4", "29124.57", "E4-F4-G4"},
		{sheetOperating, "A5", `=HYPERLINK("https://relais.example","clic")`, ""}, {sheetOperating, "B5", "613", ""},
		{sheetOperating, "E6", "75000", "SUM(E4:E5)"}, {sheetOperating, "H6", "45876.57", "SUM(H4:H5)"},
		{sheetOperating, "G3", "Dépensé", ""}, {sheetOperating, "A8", "", ""}, {sheetMissions, "A7", "", ""},
		{sheetOutside, "B4", "0.01", ""}, {sheetOutside, "A5", "", ""}, {sheetOutside, "A1", "CPTS de Sénart – dépenses hors budget – exercice 2026", ""},
		{sheetEnvelopes, "A1", "CPTS de Sénart – enveloppes du contrat, tous exercices", ""},
		{sheetPayments, "A1", "CPTS de Sénart – paiements du contrat, tous exercices", ""},
		{sheetMissions, "C4", "Prévention", ""}, {sheetMissions, "H4", "-20.01", "E4-F4-G4"},
		{sheetEnvelopes, "D5", "", ""}, {sheetEnvelopes, "C5", "oui", ""}, {sheetEnvelopes, "E6", "75000.3", "SUM(E4:E5)"},
		{sheetPayments, "A4", "46037", ""}, {sheetPayments, "E5", "", ""}, {sheetPayments, "G5", "montant inconnu", ""}, {sheetPayments, "E6", "75000", "SUM(E4:E5)"},
	} {
		if raw, formula := cell(t, f, want[0], want[1]); raw != want[2] || formula != want[3] {
			t.Errorf("%s %s: %q %q", want[0], want[1], raw, formula)
		}
	}
	kind, err := f.GetCellType(sheetOperating, "A5")
	if err != nil || kind != excelize.CellTypeInlineString {
		t.Errorf("the label is a %v, %v", kind, err)
	}
	shown, err := f.GetCellValue(sheetOperating, "E4")
	if err != nil || shown != "58,248.00 €" { // in the English of the library
		t.Errorf("shown as %q, %v", shown, err)
	}
	if calculated, err := f.CalcCellValue(sheetOperating, "H6", excelize.Options{RawCellValue: true}); err != nil || !strings.HasPrefix(calculated, "45876.57") {
		t.Errorf("calculated: %q %v", calculated, err)
	}
}

func TestAnEmptyYearHasItsSheets(t *testing.T) {
	f := written(t, funding.Figures{})
	if raw, formula := cell(t, f, sheetOperating, "A4"); raw != "Total" || formula != "" {
		t.Errorf("%q %q", raw, formula)
	}
}

// Whatever the cents, what stands in the file are their digits.
func TestEveryCentIsThere(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		amount := funding.Cents(rapid.Int64Range(-mostCents+1, mostCents-1).Draw(rt, "amount"))
		var file bytes.Buffer
		if err := Write(&file, funding.Figures{Lines: []funding.BudgetLine{{Budget: funding.Fonctionnement, Planned: amount}}}); err != nil {
			rt.Fatal(err)
		}
		f, err := excelize.OpenReader(&file)
		if err != nil {
			rt.Fatal(err)
		}
		defer func() { _ = f.Close() }()
		raw, _ := cell(t, f, sheetOperating, "E4")
		if whole, decimals, _ := strings.Cut(raw, "."); whole+"."+(decimals + "00")[:2] != amount.String() {
			rt.Fatalf("%s is %q", amount, raw)
		}
	})
	if err := Write(io.Discard, funding.Figures{Lines: []funding.BudgetLine{{Budget: funding.Fonctionnement, Planned: mostCents}}}); !errors.Is(err, errTooLarge) {
		t.Errorf("more digits than are shown pass: %v", err)
	}
}

// reading is what another program reads: words as words, formulas with a value.
const reading = `
import sys, openpyxl
path = sys.argv[1]
formulas, values = openpyxl.load_workbook(path), openpyxl.load_workbook(path, data_only=True)
name = "Budget fonctionnement"
print(formulas.sheetnames)
print(values[name]["E6"].value, formulas[name]["E6"].value, values[name]["A5"].value, values[name]["A5"].data_type, values[name]["E4"].number_format)
print(values["Paiements attendus"]["A4"].value)
`

func TestAnotherProgramReadsIt(t *testing.T) {
	t.Setenv("PYTHONIOENCODING", "utf-8")
	path := filepath.Join(t.TempDir(), "budget.xlsx")
	var file bytes.Buffer
	if err := Write(&file, senart()); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, file.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.CommandContext(t.Context(), "/usr/bin/python3", "-c", reading, path).CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	want := "['Budget fonctionnement', 'Budget opérationnel', 'Hors budget', 'Enveloppes', 'Paiements attendus']\n" +
		"75000 =SUM(E4:E5) =HYPERLINK(\"https://relais.example\",\"clic\") s #,##0.00\\ \"€\"\n2026-01-15 00:00:00\n"
	if diff := cmp.Diff(want, string(out)); diff != "" {
		t.Error(diff)
	}
}
