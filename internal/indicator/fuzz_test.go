package indicator_test

import (
	"bytes"
	"encoding/csv"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/fault"
	"github.com/relais-snp/relais/internal/indicator"
)

// FuzzWriteCSV puts any text where a report shows names: no cell can be read as
// a formula, and the sheet keeps its rows and columns.
func FuzzWriteCSV(f *testing.F) {
	f.Add("1-am", "Lundi matin")
	f.Add("=1+1", "@SUM(A1)")
	f.Add("\t=1", "\r\n-2")
	f.Add(`a"b`, "Cabinet, \"du Parc\"\r\nligne")
	f.Add("\xff", " =cmd")
	f.Fuzz(func(t *testing.T, key, label string) {
		var sheet bytes.Buffer
		report := indicator.Report{Rows: []indicator.Row{{Key: key, Label: label}}, Simulated: true}
		if err := report.WriteCSV(&sheet); err != nil {
			t.Fatal(err)
		}
		lines, err := csv.NewReader(&sheet).ReadAll()
		if err != nil || len(lines) != 3 {
			t.Fatalf("%d lines, %v", len(lines), err)
		}
		for _, cell := range lines[1] {
			if strings.HasPrefix(cell, "=") || strings.HasPrefix(cell, "+") || strings.HasPrefix(cell, "-") || strings.HasPrefix(cell, "@") {
				t.Errorf("%q and %q: the cell %q is a formula", key, label, cell)
			}
		}
	})
}

// FuzzPeriod takes the days and the grouping of a request: refused by field, or
// a report whose rows stay within bounds.
func FuzzPeriod(f *testing.F) {
	f.Add(2026, 11, 23, 2026, 11, 30, "day")
	f.Add(2026, 1, 1, 2027, 2, 4, "week")
	f.Add(1, 1, 1, 9999, 12, 31, "month")
	f.Add(2026, 2, 31, 2026, 13, 1, "")
	f.Add(-5, 0, 0, 1<<30, 1<<30, 1<<30, "halfday")
	f.Add(9999, 12, 31, 9999, 12, 31, "practitioner")
	f.Fuzz(func(t *testing.T, fromYear, fromMonth, fromDay, toYear, toMonth, toDay int, by string) {
		from := civil.Date{Year: fromYear, Month: time.Month(fromMonth), Day: fromDay}
		to := civil.Date{Year: toYear, Month: time.Month(toMonth), Day: toDay}
		report, err := service(&record{}).Fill(t.Context(), coordinator(), "cpts-senart", from, to, indicator.Grouping(by))
		if err != nil {
			if refusal := fault.Of(err); refusal.Reason != "indicator.invalid" || len(refusal.Fields) == 0 {
				t.Errorf("refused with %v", err)
			}
			return
		}
		if len(report.Rows) > indicator.MaxDays || report.From != from || report.To != to {
			t.Errorf("%d rows from %v to %v", len(report.Rows), report.From, report.To)
		}
	})
}

// FuzzSheets puts any text where the other sheets show names: each keeps its
// lines and columns, and no cell can be read as a formula.
func FuzzSheets(f *testing.F) {
	f.Add("Dr Ada Martin", "77445", "lundi")
	f.Add("=1+1", "@SUM", "+2")
	f.Add("a\"b;c,d", "\r\n-1", "\t")
	f.Fuzz(func(t *testing.T, name, commune, label string) {
		q := november(indicator.ByDay)
		for _, report := range []interface{ WriteCSV(io.Writer) error }{
			indicator.WeekReport{Query: q, Name: label, MadeAt: q.Now, Rows: []indicator.WeekRow{{Name: name}}},
			indicator.UnmetReport{Query: q, Rows: []indicator.UnmetRow{{Commune: commune, Name: name}}},
			indicator.CallReport{Query: q, Rows: []indicator.CallRow{{Key: commune, Label: label}}},
			indicator.DeclaredReport{Figures: []indicator.Declared{{Kind: indicator.WithoutMT, Source: label}, {Source: name}}},
			indicator.CoverReport{Query: q, Days: []indicator.CoverDay{{Label: label, Parts: []indicator.CoverPart{{Practitioners: []indicator.CoverPractitioner{{Name: name}}}}}}},
		} {
			var sheet bytes.Buffer
			if err := report.WriteCSV(&sheet); err != nil {
				t.Fatal(err)
			}
			lines, err := csv.NewReader(&sheet).ReadAll()
			if err != nil || len(lines) != 3 {
				t.Fatalf("%T: %d lines, %v", report, len(lines), err)
			}
			for _, cell := range lines[1] {
				if cell != "" && strings.ContainsRune("=+-@", rune(cell[0])) {
					t.Errorf("%T: the cell %q is a formula", report, cell)
				}
			}
		}
	})
}
