package attribution_test

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/attribution"
	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/fault"
	"github.com/relais-snp/relais/internal/sheet"
)

// seekersFile is a correct file of two requests.
const seekersFile = "Nom;Prénom;Date de naissance;Année de naissance;Téléphone;Adresse;Commune;Code postal;Origine;Signalé par;Reçu le;" +
	"Consentement le;Consentement recueilli par;ALD;Médecin parti depuis;Visite à domicile;Maladie chronique;Traitement;Couleur\n" +
	"Fictive;Lou;17/05/1960;;06 39 98 12 34;1 rue du Lac;Cesson;77240;DAC;Mme Tilleul;02/11/2026;1.11.2026;Mme Tilleul;oui;;x;Diabète;Insuline;vert\n" +
	"Imaginé;Zoé;;1950;;;Lieusaint;77127;;;2026-11-03;2026-11-03;Dr Démo;non;30/06/2026;;;;\n"

func (w *world) imported(file string) attribution.ImportReport {
	w.Helper()
	report, err := w.Import(w.Context(), nurse, senart, strings.NewReader(file), false)
	w.must(err)
	return report
}

func problemWords(problems []sheet.Problem) (list []string) {
	for _, p := range problems {
		list = append(list, fmt.Sprintf("%d %s %s", p.Line, p.Column, p.Reason))
	}
	return list
}

func counted(r attribution.ImportReport) string {
	return fmt.Sprintf("%d created, %d unchanged, %d duplicates, %d problems", r.Created, r.Unchanged, r.Duplicates, len(r.Problems))
}

func TestAFileOfRequestsIsImported(t *testing.T) {
	w := newWorld(t)
	report := w.imported(seekersFile)
	if got := counted(report); got != "2 created, 0 unchanged, 0 duplicates, 0 problems" || !slices.Equal(report.Aside, []string{"Couleur"}) {
		t.Fatalf("%s: %v, aside %q", got, report.Problems, report.Aside)
	}
	list, err := w.Requests(t.Context(), nurse, attribution.RequestQuery{Territory: senart})
	w.must(err)
	lou, zoe := list[0], list[1]
	if *lou.Patient != (attribution.Patient{Family: "Fictive", Given: "Lou", BirthDate: civil.MustDate("1960-05-17"), Phone: "06 39 98 12 34", Address: "1 rue du Lac"}) {
		t.Errorf("patient %+v", lou.Patient)
	}
	if lou.Origin != attribution.FromDAC || lou.Reporter != "Mme Tilleul" || lou.Since != civil.MustDate("2026-11-02") || lou.Commune != cesson ||
		lou.Consent != (attribution.Consent{On: civil.MustDate("2026-11-01"), Collector: "Mme Tilleul"}) || !lou.HomeVisits || lou.Tier != 1 ||
		lou.ChronicDisease != "Diabète" || lou.Medication != "Insuline" || lou.By != nurse.ID {
		t.Errorf("read %+v", lou)
	}
	gone, err := attribution.SetOf(attribution.MTGone)
	w.must(err)
	if zoe.BirthYear != 1950 || zoe.Criteria != gone || zoe.MTGoneSince != civil.MustDate("2026-06-30") || zoe.Tier != 2 || zoe.Origin != attribution.FromProfessional {
		t.Errorf("read %+v", zoe)
	}
}

func TestImportingRequestsAgainChangesNothing(t *testing.T) {
	w := newWorld(t)
	w.imported(seekersFile)
	before := len(w.record.committed().requests)
	if got := counted(w.imported(seekersFile)); got != "0 created, 2 unchanged, 0 duplicates, 0 problems" {
		t.Error(got)
	}
	// Nor when the record has long forgotten the lines, while the requests are open
	clear(w.record.books.answers)
	if got := counted(w.imported(seekersFile)); got != "0 created, 2 unchanged, 0 duplicates, 0 problems" {
		t.Error(got)
	}
	if after := len(w.record.committed().requests); after != before {
		t.Errorf("%d requests, then %d", before, after)
	}
	for key := range w.record.committed().answers {
		if strings.Contains(key, "Fictive") {
			t.Errorf("key %q", key)
		}
	}
}

func TestADryRunKeepsNothing(t *testing.T) {
	w := newWorld(t)
	report, err := w.Import(t.Context(), nurse, senart, strings.NewReader(seekersFile), true)
	w.must(err)
	if b := w.record.committed(); counted(report) != "2 created, 0 unchanged, 0 duplicates, 0 problems" || len(b.requests)+len(b.events)+len(b.answers)+len(b.audited) != 0 {
		t.Errorf("%s, kept %+v", counted(report), b)
	}
}

const shortHeader = "nom;prénom;année de naissance;commune;code postal;reçu le;consentement le;consentement recueilli par;ald;téléphone;origine\n"

func TestALineOfAPatientWhoIsKnownIsKeptAndCounted(t *testing.T) {
	w := newWorld(t)
	w.received(pharmacist)
	report := w.imported(shortHeader +
		"FICTIVE;Lou;1960;Cesson;77240;01/11/2026;01/11/2026;Dr Démo;;;\n" +
		"Imaginé;Zoé;1950;Cesson;77240;01/11/2026;01/11/2026;Dr Démo;;;\n" +
		"Imagine;;1950;Cesson;77240;05/11/2026;01/11/2026;Dr Démo;;;\n")
	if got := counted(report); got != "3 created, 0 unchanged, 2 duplicates, 0 problems" {
		t.Errorf("%s: %v", got, report.Problems)
	}
}

// Two lines of one patient that say different things are both kept, however far
// apart they stand, and a dry run says so.
func TestTwoLinesOfOnePatientAreKeptHoweverFarApart(t *testing.T) {
	var file strings.Builder
	file.WriteString(shortHeader + "Fictive;Lou;1960;Cesson;77240;01/11/2026;01/11/2026;Dr Démo;oui;;\n")
	for i := range 150 {
		fmt.Fprintf(&file, "Imaginé%d;Zoé;1950;Cesson;77240;01/11/2026;01/11/2026;Dr Démo;;;\n", i)
	}
	file.WriteString("Fictive;Lou;1960;Cesson;77240;01/11/2026;01/11/2026;Dr Démo;non;;\n")
	w := newWorld(t)

	dry, err := w.Import(t.Context(), nurse, senart, strings.NewReader(file.String()), true)
	w.must(err)
	done := w.imported(file.String())

	if got := counted(done); got != "152 created, 0 unchanged, 1 duplicates, 0 problems" || got != counted(dry) {
		t.Errorf("%s, and in the dry run %s", got, counted(dry))
	}
}

func TestBadLinesComeBackWithTheirReasonAndGoodOnesAreKept(t *testing.T) {
	for name, test := range map[string]struct {
		line string
		want []string
	}{
		"no name":           {";Lou;1960;Cesson;77240;;01/11/2026;Dr Démo;;;", []string{"2 nom attribution.required"}},
		"nowhere":           {"A;Lou;1960;;;;01/11/2026;Dr Démo;;;", []string{"2 commune attribution.required"}},
		"no such commune":   {"A;Lou;1960;Atlantide;;;01/11/2026;Dr Démo;;;", []string{"2 commune attribution.commune_unknown"}},
		"no birth":          {"A;Lou;;Cesson;77240;;01/11/2026;Dr Démo;;;", []string{"2 année de naissance attribution.birth_missing"}},
		"a short year":      {"A;Lou;60;Cesson;77240;;01/11/2026;Dr Démo;;;", []string{"2 année de naissance attribution.birth"}},
		"a year to come":    {"A;Lou;2060;Cesson;77240;;01/11/2026;Dr Démo;;;", []string{"2 année de naissance attribution.birth"}},
		"no consent":        {"A;Lou;1960;Cesson;77240;;;Dr Démo;;;", []string{"2 consentement le attribution.consent_missing"}},
		"nobody asked":      {"A;Lou;1960;Cesson;77240;;01/11/2026;;;;", []string{"2 consentement recueilli par attribution.required"}},
		"consent to come":   {"A;Lou;1960;Cesson;77240;;01/12/2026;Dr Démo;;;", []string{"2 consentement le attribution.day_future"}},
		"no such day":       {"A;Lou;1960;Cesson;77240;30/02/2026;01/11/2026;Dr Démo;;;", []string{"2 reçu le attribution.day"}},
		"neither yes nor":   {"A;Lou;1960;Cesson;77240;;01/11/2026;Dr Démo;peut-être;;", []string{"2 ald attribution.yes_no"}},
		"a short telephone": {"A;Lou;1960;Cesson;77240;;01/11/2026;Dr Démo;;12;", []string{"2 téléphone attribution.phone"}},
		"from nowhere":      {"A;Lou;1960;Cesson;77240;;01/11/2026;Dr Démo;;;voisin", []string{"2 origine attribution.origin"}},
		"cells missing":     {"A;Lou;1960", []string{"2  attribution.column_count"}},
		"quotes":            {`A;"Lou;1960;Cesson;77240;;01/11/2026;Dr Démo;;;`, []string{"2  attribution.quotes"}},
		"all that is wrong": {";Lou;60;Atlantide;;32/01/2026;01/12/2026;;peut-être;12;voisin", []string{
			"2 ald attribution.yes_no", "2 année de naissance attribution.birth", "2 commune attribution.commune_unknown",
			"2 consentement le attribution.day_future", "2 consentement recueilli par attribution.required", "2 nom attribution.required",
			"2 origine attribution.origin", "2 reçu le attribution.day", "2 téléphone attribution.phone",
		}},
		"no place, for two reasons": {"A;Lou;2060;Cesson;77;;01/11/2026;Dr Démo;;;", []string{
			"2 année de naissance attribution.birth", "2 code postal attribution.postal_code",
		}},
		"twice": {"A;Lou;1960;Cesson;77240;;01/11/2026;Dr Démo;;;\nA;Lou;1960;Cesson;77240;;01/11/2026;Dr Démo;;;",
			[]string{"3  attribution.duplicate"}},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			report := w.imported(shortHeader + test.line + "\nBon;Zoé;1950;Cesson;77240;;01/11/2026;Dr Démo;;;\n")
			if got := slices.Sorted(slices.Values(problemWords(report.Problems))); !slices.Equal(got, test.want) {
				t.Errorf("%q, want %q", got, test.want)
			}
			kept, err := w.Search(t.Context(), nurse, senart, "Bon")
			w.must(err)
			if len(kept) != 1 || report.Created != len(w.record.committed().requests) {
				t.Errorf("%s, kept %v", counted(report), kept)
			}
		})
	}
}

// Caisses and hospitals write what they know of a birth into one column.
func TestABirthIsADateOrAYear(t *testing.T) {
	const header = "nom;date de naissance;année de naissance;commune;code postal;consentement le;consentement recueilli par\n"
	for name, test := range map[string]struct {
		cells string // date and year
		year  int
		date  civil.Date
		wrong []string
	}{
		"a date":                 {cells: "17/05/1960;", year: 1960, date: civil.MustDate("1960-05-17")},
		"a year":                 {cells: ";1960", year: 1960},
		"a year for a date":      {cells: "1960;", year: 1960},
		"both, as one":           {cells: "17/05/1960;1960", year: 1960, date: civil.MustDate("1960-05-17")},
		"the year twice":         {cells: "1960;1960", year: 1960},
		"a date of another year": {cells: "17/05/1960;1961", wrong: []string{"2 année de naissance attribution.birth"}},
		"two years":              {cells: "1960;1961", wrong: []string{"2 année de naissance attribution.birth"}},
		"a year of two digits":   {cells: "60;", wrong: []string{"2 date de naissance attribution.birth"}},
		"no such day":            {cells: "30/02/1960;", wrong: []string{"2 date de naissance attribution.birth"}},
		"a year to come":         {cells: "2060;", wrong: []string{"2 année de naissance attribution.birth"}},
		"nothing":                {cells: ";", wrong: []string{"2 année de naissance attribution.birth_missing"}},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			report := w.imported(header + "Fictive;" + test.cells + ";Cesson;77240;01/11/2026;Dr Démo\n")
			if got := problemWords(report.Problems); !slices.Equal(got, test.wrong) {
				t.Errorf("%q, want %q", got, test.wrong)
			}
			kept, err := w.Search(t.Context(), nurse, senart, "Fictive")
			w.must(err)
			if len(test.wrong) > 0 {
				return
			}
			if len(kept) != 1 || kept[0].BirthYear != test.year || kept[0].Patient.BirthDate != test.date {
				t.Errorf("kept %+v", kept)
			}
		})
	}
}

func TestProblemsOfAnImportNeverQuoteTheFile(t *testing.T) {
	w := newWorld(t)
	line := strings.Repeat("SECRET;", 10) + "SECRET\n"
	report := w.imported(shortHeader + line + line + strings.ReplaceAll(line, "SECRET;SECRET;SECRET", "SECRET;SECRET;1960"))
	if len(report.Problems) == 0 {
		t.Fatal("no problem")
	}
	for _, p := range report.Problems {
		if strings.Contains(p.Message+p.Column, "SECRET") || p.Message == "" {
			t.Errorf("problem %+v", p)
		}
	}
}

func TestFilesOfRequestsThatCannotBeRead(t *testing.T) {
	for name, test := range map[string]struct {
		text string
		kind fault.Kind
	}{
		"empty":          {"", fault.Invalid},
		"no text":        {"\xff\xfen\x00o\x00m\x00", fault.Invalid},
		"no consent":     {"nom;prénom\nA;B\n", fault.Invalid},
		"a slip":         {strings.Replace(shortHeader, "origine", "orgine", 1), fault.Invalid},
		"too large":      {shortHeader + strings.Repeat(strings.Repeat("x", 1000)+"\n", 1100), fault.TooLarge},
		"too many lines": {shortHeader + strings.Repeat("\n", 2001), fault.TooLarge},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			_, err := w.Import(t.Context(), nurse, senart, strings.NewReader(test.text), false)
			if w.refused(err, "attribution.file"); fault.Of(err).Kind != test.kind {
				t.Errorf("%v of kind %d", err, fault.Of(err).Kind)
			}
		})
	}
}

func TestOnlyNursesImport(t *testing.T) {
	w := newWorld(t)
	for _, a := range []account.Actor{pharmacist, coordinator, regulator, iris, otherNurse} {
		_, err := w.Import(t.Context(), a, senart, strings.NewReader(seekersFile), true)
		w.refused(err, "account.forbidden")
	}
}

func TestALargeFileIsImportedInBatches(t *testing.T) {
	var file strings.Builder
	file.WriteString(shortHeader)
	for i := range 450 {
		fmt.Fprintf(&file, "Fictif%d;Lou;1960;Cesson;77240;01/11/2026;01/11/2026;Dr Démo;x;;\n", i)
	}
	w := newWorld(t)
	if got := counted(w.imported(file.String())); got != "450 created, 0 unchanged, 0 duplicates, 0 problems" {
		t.Error(got)
	}
}

func TestManyProblemsAreToldOnceALine(t *testing.T) {
	w := newWorld(t)
	report := w.imported(shortHeader + strings.Repeat(";Lou;60;Atlantide;;32/01/2026;;;peut-être;12;voisin\n", 1500))
	if len(report.Problems) != 1500 || report.Problems[1499].Line != 1501 {
		t.Errorf("%d problems", len(report.Problems))
	}
}

func FuzzImport(f *testing.F) {
	f.Add([]byte(seekersFile))
	f.Add([]byte(shortHeader + "A;Lou;1960;Cesson;77240;;01/11/2026;Dr Démo;;;\n"))
	f.Add([]byte(strings.ReplaceAll(shortHeader, ";", ",") + "\"A\nB\",Lou,1960,77067,,31.12.2025,2026-11-01,x,1,0199001234,DAC\n"))
	f.Add([]byte("nom;consentement le;consentement recueilli par\n\"\n;;\n"))
	f.Fuzz(func(t *testing.T, file []byte) {
		w := newWorld(t)
		report, err := w.Import(t.Context(), nurse, senart, bytes.NewReader(file), false)
		if err != nil {
			if fault.Of(err).Kind == fault.Internal {
				t.Errorf("error %v", err)
			}
			return
		}
		if got := len(w.record.committed().requests); got != report.Created {
			t.Errorf("%d created, %d kept", report.Created, got)
		}
		for _, p := range report.Problems {
			if p.Line < 1 || !strings.HasPrefix(p.Reason, "attribution.") || p.Message == "" {
				t.Errorf("problem %+v", p)
			}
		}
		again, err := w.Import(t.Context(), nurse, senart, bytes.NewReader(file), false)
		if err != nil || again.Created != 0 || again.Unchanged != report.Created+report.Unchanged {
			t.Errorf("again: %s after %s, %v", counted(again), counted(report), err)
		}
	})
}
