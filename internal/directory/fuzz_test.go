package directory_test

import (
	"bytes"
	"slices"
	"testing"
	"unicode/utf8"

	"github.com/relais-snp/relais/internal/directory"
	"github.com/relais-snp/relais/internal/fault"
)

func FuzzReadPractitioners(f *testing.F) {
	f.Add([]byte(practitionersFile))
	f.Fuzz(func(t *testing.T, file []byte) {
		rows, problems, err := directory.ReadPractitioners(bytes.NewReader(file))
		sound(t, file, problems, err)
		seen := map[directory.RPPS]bool{}
		for _, row := range rows {
			p := row.Practitioner
			if again, err := directory.ParseRPPS(string(p.RPPS)); err != nil || again != p.RPPS || seen[p.RPPS] {
				t.Errorf("line %d: RPPS %q", row.Line, p.RPPS)
			}
			if p.Family == "" || p.Given == "" || !utf8.ValidString(p.Family+p.Given+p.Specialty+p.Title) {
				t.Errorf("line %d: %+v", row.Line, p)
			}
			seen[p.RPPS] = true
		}
	})
}

func FuzzReadLocations(f *testing.F) {
	f.Add([]byte(locationsFile))
	f.Fuzz(func(t *testing.T, file []byte) {
		rows, problems, err := directory.ReadLocations(bytes.NewReader(file))
		sound(t, file, problems, err)
		seen := map[string]bool{}
		for _, row := range rows {
			l := row.Location
			if l.Name == "" || l.Commune == "" || seen[l.Key()] || !utf8.ValidString(l.Name+l.Address) {
				t.Errorf("line %d: %+v", row.Line, l)
			}
			seen[l.Key()] = true
		}
	})
}

// sound checks what holds for any file: problems in order of line, inside the file, with a stable reason; errors
// are faults with a reason of this package.
func sound(t *testing.T, file []byte, problems []directory.LineProblem, err error) {
	t.Helper()
	if err != nil && fault.Of(err).Kind == fault.Internal {
		t.Errorf("error %v", err)
	}
	lines := bytes.Count(file, []byte("\n")) + bytes.Count(file, []byte("\r")) + 1
	for _, p := range problems {
		if p.Line < 1 || p.Line > lines || p.Reason == "" || p.Reason == "internal" || p.Message == "" {
			t.Errorf("problem %+v", p)
		}
	}
	if !slices.IsSortedFunc(problems, func(a, b directory.LineProblem) int { return a.Line - b.Line }) {
		t.Errorf("problems out of order: %v", problems)
	}
}
