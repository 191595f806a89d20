package directory_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/relais-snp/relais/internal/directory"
	"github.com/relais-snp/relais/internal/fault"
	"github.com/relais-snp/relais/internal/territory"
)

// practitionersFile is a correct file of two lines.
const practitionersFile = "rpps;nom;prénom;profession;téléphone;territoire;finess\n" +
	"10000000017;Fictive;Ada;Médecin;01 99 00 12 34;cpts-senart;770000016\n" +
	"10000000025;Imaginé;Zoé;Infirmière;;cpts-senart;\n"

func words(problems []directory.LineProblem) []string {
	var list []string
	for _, p := range problems {
		list = append(list, fmt.Sprintf("%d %s %s", p.Line, p.Column, p.Reason))
	}
	return list
}

func readPractitioners(t *testing.T, text string) ([]directory.PractitionerRow, []string) {
	t.Helper()
	rows, problems, err := directory.ReadPractitioners(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return rows, words(problems)
}

func TestPractitionersAreReadWhateverTheFileLooksLike(t *testing.T) {
	windows1252 := strings.NewReplacer("é", "\xe9", "è", "\xe8", "É", "\xc9").Replace(practitionersFile)
	tests := map[string]string{
		"semicolons":          practitionersFile,
		"commas":              strings.ReplaceAll(practitionersFile, ";", ","),
		"tabs":                strings.ReplaceAll(practitionersFile, ";", "\t"),
		"byte order mark":     "\ufeff" + practitionersFile,
		"Windows-1252":        windows1252,
		"Windows line ends":   strings.ReplaceAll(practitionersFile, "\n", "\r\n"),
		"old Mac line ends":   strings.ReplaceAll(practitionersFile, "\n", "\r"),
		"no last line end":    strings.TrimSuffix(practitionersFile, "\n"),
		"blank lines":         "\n;;;;;\n" + strings.ReplaceAll(practitionersFile, "\n", "\n\n"),
		"everything quoted":   `"` + strings.NewReplacer(";", `";"`, "\n", "\"\n\"").Replace(strings.TrimSuffix(practitionersFile, "\n")) + `"`,
		"cells too many":      strings.ReplaceAll(practitionersFile, "\n", ";;\n"),
		"capital headers":     strings.Replace(practitionersFile, "rpps;nom;prénom", "N° RPPS;NOM;PRENOM", 1),
		"English headers":     strings.Replace(practitionersFile, "rpps;nom;prénom;profession;téléphone", "RPPS number;Family name;Given name;Profession;Phone", 1),
		"annuaire headers":    strings.Replace(practitionersFile, "rpps;nom;prénom;profession;téléphone;territoire;finess", "Identifiant PP;Nom d'exercice;Prénom d'exercice;Libellé profession;Téléphone (coord. structure);CPTS;Numéro FINESS site", 1),
		"blanks around cells": strings.ReplaceAll(practitionersFile, ";", " ; "),
	}
	for name, text := range tests {
		t.Run(name, func(t *testing.T) {
			rows, problems := readPractitioners(t, text)
			if len(rows) != 2 || len(problems) != 0 {
				t.Fatalf("%d rows, problems %q", len(rows), problems)
			}
			ada, zoe := rows[0], rows[1]
			if p := ada.Practitioner; p.RPPS != "10000000017" || p.Family != "Fictive" || p.Given != "Ada" ||
				p.Profession != directory.Physician || p.Phone != "+33199001234" ||
				!slices.Equal(ada.Locations, []string{"finess:770000016"}) {
				t.Errorf("first: %+v", ada)
			}
			if p := zoe.Practitioner; p.Family != "Imaginé" || p.Given != "Zoé" || p.Profession != directory.Nurse || p.Phone != "" {
				t.Errorf("second: %+v", zoe)
			}
		})
	}
}

func TestColumnsComeInAnyOrder(t *testing.T) {
	rows, problems := readPractitioners(t, "Prénom,couleur,Nom,CPTS,RPPS\nAda,vert,Fictive,cpts-senart|cpts-autre,10000000017\n")
	if len(problems) != 0 || len(rows) != 1 {
		t.Fatalf("rows %v, problems %q", rows, problems)
	}
	p := rows[0].Practitioner
	if p.Given != "Ada" || p.Family != "Fictive" || !slices.Equal(p.Territories, []string{"cpts-senart", "cpts-autre"}) {
		t.Errorf("read %+v", p)
	}
}

func TestEveryBadPractitionerLineIsReportedAndEveryGoodOneKept(t *testing.T) {
	const header = "rpps;nom;prénom;profession;téléphone;finess;lieu;commune;note\n"
	tests := []struct {
		name, line string
		want       []string
	}{
		{"wrong key", "10000000018;A;B;;;;;;", []string{"2 rpps directory.rpps_key"}},
		{"everything wrong", "x;;;devin;12;7;;;", []string{
			"2 nom directory.required", "2 prénom directory.required", "2 profession directory.profession_unknown",
			"2 téléphone directory.phone", "2 rpps directory.rpps_digits", "2 finess directory.finess_form",
		}},
		{"no RPPS", ";A;B;;;;;;", []string{"2 rpps directory.required"}},
		{"too few cells", "10000000033;A;B", []string{"2  directory.column_count"}},
		{"too many cells", "10000000033;A;B;;;;;;;x", []string{"2  directory.column_count"}},
		{"stray quote", `10000000033;A "la vive" B;B;;;;;;`, []string{"2  directory.quotes"}},
		{"quote that never closes", `10000000033;"A;B;;;;;;`, []string{"2  directory.quotes"}},
		{"text after a closing quote", `10000000033;"A"x;B;;;;;;`, []string{"2  directory.quotes"}},
		{"cell of 2 KB", "10000000033;" + strings.Repeat("A", 2048) + ";B;;;;;;", []string{"2 nom directory.field_too_long"}},
		{"long name", "10000000033;" + strings.Repeat("É", 101) + ";B;;;;;;", []string{"2 nom directory.field_too_long"}},
		{"control character", "10000000033;A\x07;B;;;;;;", []string{"2 nom directory.control_character"}},
		{"a place nowhere", "10000000033;A;B;;;;Cabinet du Lac;Zzz;", []string{"2 commune directory.commune_unknown"}},
		{"a place without commune", "10000000033;A;B;;;;Cabinet du Lac;;", []string{"2 commune directory.required"}},
		{"twice", "10000000033;A;B;;;;;;\n10000000033;A;C;;;;;;", []string{"3 rpps directory.duplicate"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			rows, problems := readPractitioners(t, header+tt.line+"\n10000000017;Fictive;Ada;;;;;;\n")
			if !slices.Equal(problems, tt.want) {
				t.Errorf("problems %q, want %q", problems, tt.want)
			}
			if len(rows) == 0 || rows[len(rows)-1].Practitioner.Family != "Fictive" {
				t.Errorf("the good line was lost: %+v", rows)
			}
		})
	}
}

func TestMessagesNeverQuoteTheFile(t *testing.T) {
	secret := "SECRET"
	_, problems, err := directory.ReadPractitioners(strings.NewReader(
		"rpps;nom;prénom;téléphone;profession\n" + strings.Repeat(secret+";"+secret+";"+secret+"\x07;"+secret+";"+secret+"\n", 3)))
	if err != nil || len(problems) == 0 {
		t.Fatalf("problems %v, %v", problems, err)
	}
	for _, p := range problems {
		if strings.Contains(p.Message, secret) || p.Message == "" {
			t.Errorf("message %q", p.Message)
		}
	}
}

func TestCellsOverSeveralLinesAreOneRecord(t *testing.T) {
	rows, problems := readPractitioners(t, "rpps;nom;prénom\n10000000017;\"Fic\ntive\";Ada\n10000000018;B;B\n")
	if len(rows) != 1 || rows[0].Practitioner.Family != "Fic tive" || rows[0].Line != 2 {
		t.Errorf("rows %+v", rows)
	}
	if want := []string{"4 rpps directory.rpps_key"}; !slices.Equal(problems, want) {
		t.Errorf("problems %q, want %q", problems, want)
	}
}

func TestFilesThatCannotBeRead(t *testing.T) {
	tests := []struct{ name, text, reason string }{
		{"empty", "", "directory.file_empty"},
		{"blank", "\n \n;;\n", "directory.file_empty"},
		{"UTF-16", "\xff\xfer\x00p\x00p\x00s\x00", "directory.file_encoding"},
		{"no RPPS column", "nom;prénom\nA;B\n", "directory.columns_missing"},
		{"no header", "10000000017;Fictive;Ada\n", "directory.columns_missing"},
		{"too large", "rpps;nom;prénom\n" + strings.Repeat(strings.Repeat("x", 1000)+"\n", 10_500), "directory.file_too_large"},
		{"too many lines", "rpps;nom;prénom\n" + strings.Repeat("\n", 100_001), "directory.file_too_long"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			rows, problems, err := directory.ReadPractitioners(strings.NewReader(tt.text))
			if fault.Reason(err) != tt.reason || rows != nil || problems != nil {
				t.Errorf("reason %q, want %q; %d rows", fault.Reason(err), tt.reason, len(rows))
			}
		})
	}
}

func TestMissingColumnsAreAllNamed(t *testing.T) {
	_, _, err := directory.ReadPractitioners(strings.NewReader("couleur\nvert\n"))
	var names []string
	for _, f := range fault.Of(err).Fields {
		names = append(names, f.Name)
	}
	if want := []string{"rpps", "nom", "prénom"}; !slices.Equal(names, want) {
		t.Errorf("missing columns %q, want %q", names, want)
	}
}

func TestLocations(t *testing.T) {
	const header = "FINESS;Raison sociale;Adresse;Code postal;Ville;Code INSEE;Tél.\n"
	tests := []struct {
		name, line string
		want       directory.Location
	}{
		{
			"with everything", "770000016;MSP du Lac;1 rue du Lac;77240;Cesson;77067;01 99 00 12 34",
			directory.Location{
				FINESS: "770000016", Name: "MSP du Lac", Address: "1 rue du Lac", PostalCode: "77240", Commune: "77067", Phone: "+33199001234",
			},
		},
		{"commune by name", ";Cabinet;;77127;LIEUSAINT;;", place("Cabinet", "77127", "77251")},
		{"CEDEX", ";Cabinet;;77547;Savigny le Temple CEDEX;;", place("Cabinet", "77547", "77445")},
		{"commune by INSEE code in its column", ";Cabinet;;;;77445;", place("Cabinet", "77176", "77445")},
		{"commune by INSEE code instead of a name", ";Cabinet;;;77445;;", place("Cabinet", "77176", "77445")},
		{"commune by postal code alone", ";Cabinet;;77380;;;", place("Cabinet", "77380", "77122")},
		{"a zero lost to a spreadsheet", ";Cabinet;;1400;L'Abergement-Clémenciat;;", place("Cabinet", "01400", "01001")},
		{"Corsica", ";Cabinet;;20000;Ajaccio;;", place("Cabinet", "20000", "2A004")},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			rows, problems, err := directory.ReadLocations(strings.NewReader(header + tt.line + "\n"))
			if err != nil || len(problems) != 0 || len(rows) != 1 {
				t.Fatalf("rows %+v, problems %v, %v", rows, problems, err)
			}
			if rows[0].Location != tt.want || rows[0].Line != 2 {
				t.Errorf("read %+v, want %+v", rows[0].Location, tt.want)
			}
		})
	}
}

func place(name, postalCode string, commune territory.INSEE) directory.Location {
	return directory.Location{Name: name, PostalCode: postalCode, Commune: commune}
}

func TestBadLocationLines(t *testing.T) {
	const header = "finess;nom;code postal;commune;téléphone\n"
	tests := []struct {
		name, line string
		want       []string
	}{
		{"no name", ";;77240;Cesson;", []string{"2 nom directory.required"}},
		{"nowhere", ";Cabinet;;;", []string{"2 commune directory.required"}},
		{"no such commune", ";Cabinet;;Atlantide;", []string{"2 commune directory.commune_unknown"}},
		{"two of that name", ";Cabinet;;Lieusaint;", []string{"2 commune directory.commune_ambiguous"}},
		{"two of that postal code", ";Cabinet;77240;;", []string{"2 commune directory.commune_ambiguous"}},
		{"name here, postal code elsewhere", ";Cabinet;35510;Combs-la-Ville;", []string{"2 commune directory.commune_elsewhere"}},
		{"postal code of letters", ";Cabinet;77A40;Cesson;", []string{"2 code postal directory.postal_code"}},
		{"wrong FINESS key", "770000017;Cabinet;77240;Cesson;", []string{"2 finess directory.finess_key"}},
		{"same number twice", "770000016;A;77240;Cesson;\n770000016;B;77240;Cesson;", []string{"3  directory.duplicate"}},
		{"same name twice", ";Cabinet du Lac;77240;Cesson;\n;CABINET DU-LAC;77240;cesson;", []string{"3  directory.duplicate"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			rows, problems, err := directory.ReadLocations(strings.NewReader(header + tt.line + "\n;Bon;77380;;\n"))
			if err != nil || !slices.Equal(words(problems), tt.want) {
				t.Errorf("problems %q, %v; want %q", words(problems), err, tt.want)
			}
			if len(rows) == 0 || rows[len(rows)-1].Location.Name != "Bon" {
				t.Errorf("the good line was lost: %+v", rows)
			}
		})
	}
}
