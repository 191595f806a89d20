package sheet_test

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/relais-snp/relais/internal/fault"
	"github.com/relais-snp/relais/internal/sheet"
)

// guests is a small format: a name, and where they live.
var guests = sheet.Format{Room: "guests", MaxBytes: 1 << 20, MaxLines: 1500, Fields: []sheet.Field{
	sheet.Needs("nom", "nom", "name"), sheet.Takes("amis", "amis"),
	sheet.Takes(sheet.ColumnCommune, "commune"), sheet.Takes(sheet.ColumnPostalCode, "code postal"),
}}

func read(file string) (names, problems []string, err error) {
	f, err := guests.Read(strings.NewReader(file))
	if err != nil {
		return nil, nil, err
	}
	for _, p := range f.Each(func(l *sheet.Line) { names = append(names, l.Required("nom", 10)) }) {
		problems = append(problems, fmt.Sprintf("%d %s %s", p.Line, p.Column, p.Reason))
	}
	return names, problems, nil
}

func TestEachRoomHasItsOwnReasonsAndBounds(t *testing.T) {
	names, problems, err := read("Name;amis\nAda;\nUne dame au long nom;\n;x\n\"Zoé;\n")
	want := []string{"3 nom guests.field_too_long", "4 nom guests.required", "5  guests.quotes"}
	if err != nil || !slices.Equal(problems, want) || !slices.Equal(names, []string{"Ada", "", ""}) {
		t.Errorf("read %q with %q, %v", names, problems, err)
	}
	for file, reason := range map[string]string{
		"":                                    "guests.file_empty",
		"a\x00":                               "guests.file_encoding",
		"amis\nx\n":                           "guests.columns_missing",
		"nom;nom\n":                           "guests.columns_duplicate",
		"nom;comune\n":                        "guests.columns_unknown",
		"nom" + strings.Repeat("\n", 1502):    "guests.file_too_long",
		"nom" + strings.Repeat(";x", 200):     "guests.columns_many",
		strings.Repeat("x,", 200) + "nom,nom": "guests.columns_many",
		"nom\n" + strings.Repeat("x", 1<<20):  "guests.file_too_large",
	} {
		if _, _, err := read(file); fault.Reason(err) != reason {
			t.Errorf("%v, want %s", err, reason)
		}
	}
	if _, _, err := read("nom\n" + strings.Repeat("x\n", 1500)); err != nil {
		t.Errorf("as many lines as it takes, and the header: %v", err)
	}
	if _, _, err := read("nom" + strings.Repeat("\n", 1502)); !strings.Contains(err.Error(), "1 500 lignes") {
		t.Errorf("says %v", err)
	}
}

func TestACellTakesAsManyCharactersAsItsColumnWhateverTheirBytes(t *testing.T) {
	f, err := guests.Read(strings.NewReader("nom\n" + strings.Repeat("é", 1000) + "\n" + strings.Repeat("é", 1001) + "\n"))
	if err != nil {
		t.Fatal(err)
	}
	var taken []int
	problems := f.Each(func(l *sheet.Line) { taken = append(taken, len([]rune(l.Text("nom", 1000)))) })
	if !slices.Equal(taken, []int{1000, 0}) || len(problems) != 1 || problems[0].Reason != "guests.field_too_long" {
		t.Errorf("took %v with %v", taken, problems)
	}
}

func TestAHeaderIsBounded(t *testing.T) {
	wide := func(others int) string { return "nom" + strings.Repeat(";autre chose", others) + "\n" }
	f, err := guests.Read(strings.NewReader(wide(199)))
	if err != nil || len(f.Aside) != 199 {
		t.Fatalf("%+v, %v", f, err)
	}
	if _, err := guests.Read(strings.NewReader("nom" + strings.Repeat(";", 1023) + "\n")); err != nil {
		t.Errorf("refused what a spreadsheet leaves: %v", err)
	}
	if _, err := guests.Read(strings.NewReader(wide(200))); fault.Of(err).Kind != fault.Invalid {
		t.Errorf("took 201 columns: %v", err)
	}
}

func TestAFileSaysWhichColumnsItHas(t *testing.T) {
	f, err := guests.Read(strings.NewReader("nom,couleur\n"))
	if err != nil {
		t.Fatal(err)
	}
	if !f.Has("nom") || f.Has("amis") || !slices.Equal(f.Aside, []string{"couleur"}) {
		t.Errorf("file %+v", f)
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte("nom;amis;commune;code postal\nAda;Zoé|Lou;Cesson;77240\n"))
	f.Add([]byte("nom\t\"amis\nx\"\r\n\xe9;;"))
	f.Fuzz(func(t *testing.T, file []byte) {
		read, err := guests.Read(bytes.NewReader(file))
		if err != nil {
			if !strings.HasPrefix(fault.Reason(err), "guests.") {
				t.Errorf("error %v", err)
			}
			return
		}
		last := 0
		for _, p := range read.Each(func(l *sheet.Line) {
			l.List("amis")
			l.Commune()
		}) {
			if p.Line < last || !strings.HasPrefix(p.Reason, "guests.") || p.Message == "" {
				t.Errorf("problem %+v", p)
			}
			last = p.Line
		}
	})
}
