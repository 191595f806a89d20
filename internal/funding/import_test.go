package funding_test

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/fault"
	"github.com/relais-snp/relais/internal/funding"
	"github.com/relais-snp/relais/internal/sheet"
)

// imports sends a file and fails on a refusal of the whole.
func (o office) imports(t *testing.T, kind funding.ImportKind, dryRun bool, lines ...string) funding.ImportReport {
	t.Helper()
	report, err := o.Import(t.Context(), treasurer, funding.ImportQuery{Territory: senart, Kind: kind, DryRun: dryRun}, strings.NewReader(strings.Join(lines, "\r\n")))
	if err != nil {
		t.Fatal(err, fault.Of(err).Fields)
	}
	return report
}

// ofBank is a bank's file of Sénart.
var ofBank = funding.ImportQuery{Territory: senart, Kind: funding.ImportBank}

// said tells problems as "line column reason".
func said(problems []sheet.Problem) (all []string) {
	for _, p := range problems {
		all = append(all, fmt.Sprintf("%d %s %s", p.Line, p.Column, p.Reason))
	}
	return all
}

// contracted gives Sénart a contract of taille 2, signed on 15 January.
func (o office) contracted(t *testing.T) office {
	t.Helper()
	_, err := o.SetContract(t.Context(), treasurer, funding.Contract{Territory: senart, Schedule: "aci-2019", Signed: civil.MustDate("2026-01-15"), Taille: 2,
		Starts: []funding.Start{{Mission: "acces", On: civil.MustDate("2026-07-15")}}, SIREN: "123456782"})
	if err != nil {
		t.Fatal(err, fault.Of(err).Fields)
	}
	return o
}

const bankHeader = "Date;Libellé;Débit;Crédit;Contrepartie;Enveloppe"

func TestATemplateIsAFileThatImports(t *testing.T) {
	for _, kind := range []funding.ImportKind{funding.ImportBank, funding.ImportInvoices, funding.ImportPayroll, funding.ImportAttendance} {
		o := open(t).contracted(t)
		header, line := funding.ImportTemplate(kind)
		report := o.imports(t, kind, false, strings.Join(header, ";"), strings.Join(line, ";"))
		if report.Created != 1 || len(report.Problems)+len(report.Aside) != 0 {
			t.Errorf("%s: %+v", kind, report)
		}
		if err := o.record.entries[0].Check(chart(t)); err != nil {
			t.Errorf("%s: %v", kind, fault.Of(err).Fields)
		}
	}
}

func TestABankFileBecomesEntriesOnce(t *testing.T) {
	o := open(t).contracted(t)
	file := []string{
		bankHeader,
		`15/01/2026;"VIR CPAM ;  ACI";;60 000,00 €;741;Fonctionnement`,
		"16/01/2026;CARTE SNCF;45,00;0,00;625;",
		"16/01/2026;CARTE SNCF;45,00;0,00;625;",
	}
	tried := o.imports(t, funding.ImportBank, true, file...)
	if len(o.record.entries) != 0 || len(o.record.remembered) != 0 || len(o.record.standings) != 0 {
		t.Fatal("a dry run wrote")
	}
	made := o.imports(t, funding.ImportBank, false, file...)
	if diff := cmp.Diff(tried, made); diff != "" || made.Created != 3 || len(made.Problems) != 0 {
		t.Errorf("%+v %s", made, diff)
	}
	got := o.record.entries[0]
	if got.Journal != "BQ" || got.Label != "VIR CPAM ; ACI" || got.Piece != "Relevé 2026-01" || got.By != treasurer.ID {
		t.Errorf("%+v", got)
	}
	about := funding.Dimensions{Contract: got.Lines[1].Contract, Year: 1, Envelope: "fonctionnement", Budget: funding.Fonctionnement}
	want := []funding.Line{{Account: "512", Debit: 6_000_000}, {Account: "741", Credit: 6_000_000, Dimensions: about}}
	if diff := cmp.Diff(want, got.Lines); diff != "" || about.Contract == "" {
		t.Error(diff)
	}

	// The same again, by a colleague, in other columns and with a third journey that day.
	colleague := treasurer
	colleague.ID = "acc-u"
	other := strings.NewReader("Date,Libellé,Montant,Compte comptable,Enveloppe,Solde\n2026-01-16,CARTE  SNCF,-45.00,625,,1\n" +
		"16-01-2026,CARTE SNCF,\"-45,00\",625,,1\n16.01.2026,CARTE SNCF,−45,625,,1\n15/1/2026,VIR CPAM ; ACI,+60 000,741,fonctionnement,2\n")
	again, err := o.Import(t.Context(), colleague, ofBank, other)
	if err != nil || again.Created != 1 || again.Unchanged != 3 || len(again.Problems) != 0 || !slices.Equal(again.Aside, []string{"Solde"}) {
		t.Errorf("%v %+v", err, again)
	}
	if n, err := funding.Walk(t.Context(), o.record, senart); n != 4 || err != nil {
		t.Errorf("%d entries hold: %v", n, err)
	}
	otherwise := o.imports(t, funding.ImportBank, false, bankHeader, `15/01/2026;"VIR CPAM ; ACI";;60 000,00;742;`)
	if got := said(otherwise.Problems); !slices.Equal(got, []string{"2  funding.imported_otherwise"}) || len(o.record.entries) != 4 {
		t.Errorf("%v", got)
	}
}

func TestAmountsAreNeverGuessed(t *testing.T) {
	o := open(t)
	for written, want := range map[string]funding.Cents{
		"1 234,50": 123_450, "1234,5": 123_450, "1234.50": 123_450, "1\u202f234,50\u00a0€": 123_450, "+12": 1_200, "12,30 EUR": 1_230,
		"1,234.56": 0, "1.234,56": 0, "1 234.56": 0, "1,234": 0, "1.234": 0, "12 34,50": 0, "1e3": 0, "0x10": 0, "NaN": 0, "=1+1": 0, "--5": 0, "5-": 0,
		"99 999 999 999,00": 0, "0,00": 0, "١٢": 0,
	} {
		report := o.imports(t, funding.ImportBank, true, "date;libellé;montant;contrepartie", "15/06/2026;Don;"+written+";756")
		if (report.Created == 1) != (want != 0) || want == 0 && len(report.Problems) != 1 {
			t.Errorf("%q: %+v", written, report)
		}
		if want == 0 {
			continue
		}
		o := open(t)
		o.imports(t, funding.ImportBank, false, "date;libellé;montant;contrepartie", "15/06/2026;Don;"+written+";756")
		if got := o.record.entries[0].Lines[0].Debit; got != want {
			t.Errorf("%q is %s", written, got)
		}
	}
}

func TestALineTellsAllThatIsWrongWithIt(t *testing.T) {
	o := open(t).contracted(t)
	if _, err := o.OpenYear(t.Context(), treasurer, senart, civil.MustDate("2025-01-01"), civil.MustDate("2025-12-31")); err != nil {
		t.Fatal(err)
	}
	if _, err := o.CloseYear(t.Context(), treasurer, senart, civil.MustDate("2025-06-01")); err != nil {
		t.Fatal(err)
	}
	report := o.imports(t, funding.ImportBank, false, bankHeader,
		"31/02/2026;;1,234.56;;;Nulle part",               // 2: everything
		"15/06/2025;Loyer;800,00;;613;",                   // 3: closed
		"15/06/2027;Loyer;800,00;;613;",                   // 4: no year
		"15/06/2026;Loyer;800,00;;999;",                   // 5: no such account
		"15/06/2026;Loyer;800,00;;;",                      // 6: nothing is balanced by itself
		"15/06/2026;Loyer;800,00;800,00;613;",             // 7: both sides
		"15/06/2026;Loyer;;;613;",                         // 8: no side
		"15/06/2026;=HYPERLINK(1);-800,00;;613;",          // 9: a formula, a sign
		"15/06/26;Loyer;800,00;;613;",                     // 10: a year of two digits
		"10/01/2026;Loyer;800,00;;613;fonctionnement",     // 11: before the contract
		"15/06/2026;Loyer;800,00;;613;snp_orientation",    // 12: nothing came for it
		"15/06/2026;Loyer;800,00;;613",                    // 13: a cell is missing
		"15/06/2026;Loyer;800,00;;613;",                   // 14: good
		`15/06/2026;"Loyer;800,00;;613;`,                  // 15: a quote that does not close
		"15/06/2026;"+strings.Repeat("x", 201)+";1;;613;", // 16: too long
	)
	want := []string{
		"2 date funding.day", "2 libellé funding.required", "2 débit funding.amount", "2 compte de contrepartie funding.counterpart", "2 enveloppe funding.envelope",
		"3 date funding.year_closed", "4 date funding.no_year", "5 compte de contrepartie funding.account_unknown", "6 compte de contrepartie funding.counterpart",
		"7  funding.sides", "8  funding.sides", "9 libellé funding.formula", "9 débit funding.amount", "10 date funding.day", "11 date funding.date_outside",
		"12 enveloppe funding.earmarked", "13  funding.column_count", "15  funding.quotes", "16 libellé funding.field_too_long",
	}
	if diff := cmp.Diff(want, said(report.Problems)); diff != "" || report.Created != 1 || len(o.record.entries) != 1 {
		t.Errorf("%d created\n%s", report.Created, diff)
	}
	for _, p := range report.Problems {
		if p.Message == "" || strings.Contains(p.Message, "Loyer") {
			t.Errorf("%+v", p)
		}
	}
}

func TestInvoicesAreOwedAndCreditNotesTakeBack(t *testing.T) {
	o := open(t)
	header := "Date de facture;N° de facture;Fournisseur;Objet;Montant TTC;Compte"
	report := o.imports(t, funding.ImportInvoices, false, header, "12/03/2026;F-1;Imprimerie Fictive;Affiches;480,00;623", "20/03/2026;A-1;Imprimerie Fictive;;-80,00;623",
		"12/03/2026;F-1;Autre Imprimerie;;20,00;626")
	if report.Created != 3 || len(report.Problems) != 0 {
		t.Fatalf("%+v", report)
	}
	owed, back := o.record.entries[0], o.record.entries[1]
	if owed.Journal != "AC" || owed.Piece != "F-1" || owed.Label != "Imprimerie Fictive – Affiches" || owed.Lines[0] != (funding.Line{Account: "401", Credit: 48_000}) ||
		owed.Lines[1] != (funding.Line{Account: "623", Debit: 48_000}) || back.Lines[0] != (funding.Line{Account: "401", Debit: 8_000}) {
		t.Errorf("%+v %+v", owed, back)
	}
	if again := o.imports(t, funding.ImportInvoices, false, header, "12/03/2026;F-1;IMPRIMERIE FICTIVE;Affiches;480,00;623"); again.Unchanged+len(again.Problems) != 1 {
		t.Errorf("%+v", again)
	}
}

func TestAPayslipBalancesOrIsRefused(t *testing.T) {
	o := open(t)
	header := "Date;Poste;Brut;Charges salariales;Net avant impôt;Charges patronales;Budget"
	report := o.imports(t, funding.ImportPayroll, false, header, "31/01/2026;Coordinatrice;3 400,00;748,00;2 652,00;1 454,00;Fonctionnement",
		"31/01/2026;Assistante;2 000,00;440,00;1 559,99;0,00;fonctionnement", "28/02/2026;Stagiaire;0,00;0;0;0;")
	if diff := cmp.Diff([]string{"3  funding.unbalanced", "4 salaire brut funding.amount"}, said(report.Problems)); diff != "" || report.Created != 1 {
		t.Errorf("%+v %s", report, diff)
	}
	about := funding.Dimensions{Budget: funding.Fonctionnement}
	want := []funding.Line{{Account: "6411", Debit: 340_000, Dimensions: about}, {Account: "645", Debit: 145_400, Dimensions: about},
		{Account: "421", Credit: 265_200}, {Account: "431", Credit: 220_200}}
	if diff := cmp.Diff(want, o.record.entries[0].Lines); diff != "" {
		t.Error(diff)
	}
}

func TestWhoWasAtAMeetingIsIndemnifiedOnceAndUnderTheCap(t *testing.T) {
	o := open(t)
	header := "Date;Réunion;Professionnel;Présent;Indemnité"
	file := []string{header, "12/02/2026;RCP;Dr Ada MARTIN;oui;75,00", "12/02/2026;RCP;Martin Ada;x;75,00", "12/02/2026;RCP;Personne Inconnue;oui;75,00",
		"13/02/2026;RCP;Ada Martin;excusé;75,00", "14/02/2026;RCP;Ada Martin;peut-être;75,00", "15/02/2026;RCP;Ada Martin;;999 999,00"}
	tried := o.imports(t, funding.ImportAttendance, true, file...)
	report := o.imports(t, funding.ImportAttendance, false, file...)
	if diff := cmp.Diff(tried, report); diff != "" {
		t.Error(diff)
	}
	want := []string{"3 professionnel funding.duplicate", "4 professionnel funding.person", "6 présent funding.yes_no", "7 professionnel funding.cap"}
	if diff := cmp.Diff(want, said(report.Problems)); diff != "" || report.Created != 1 {
		t.Errorf("%+v %s", report, diff)
	}
	if got := o.record.entries[0].Lines[1]; got.Account != "6226" || got.Debit != 7_500 || got.Person != "doctor" {
		t.Errorf("%+v", got)
	}
	if again := o.imports(t, funding.ImportAttendance, false, file[:2]...); again.Unchanged != 1 {
		t.Errorf("%+v", again)
	}
}

// A dry run sees what the lines before would have changed, over batches.
func TestADryRunTellsWhatTheBooksWouldRefuse(t *testing.T) {
	o := open(t).contracted(t)
	file := []string{bankHeader, "01/06/2026;VIR ACI;;100,00;741;snp_orientation"}
	for range 150 {
		file = append(file, "02/06/2026;Vacation;1,00;;6226;snp_orientation")
	}
	tried := o.imports(t, funding.ImportBank, true, file...)
	made := o.imports(t, funding.ImportBank, false, file...)
	if diff := cmp.Diff(tried, made); diff != "" || made.Created != 101 || len(made.Problems) != 50 || len(o.record.entries) != 101 {
		t.Errorf("%d created, %d problems, %s", made.Created, len(made.Problems), diff)
	}
}

func TestFilesOfTheBooksThatCannotBeRead(t *testing.T) {
	o := open(t)
	good := "date;libellé;montant;contrepartie\n15/06/2026;Don;5,00;756\n"
	for name, test := range map[string]struct {
		file, reason string
		kind         funding.ImportKind
	}{
		"empty":          {"", "funding.file", funding.ImportBank},
		"binary":         {"PK\x03\x04\x00\x00", "funding.file", funding.ImportBank},
		"3 MB":           {good + strings.Repeat("x", 3<<20), "funding.file", funding.ImportBank},
		"too many lines": {good + strings.Repeat("15/06/2026;Don;5,00;756\n", 2000), "funding.file", funding.ImportBank},
		"no columns":     {"a;b\n1;2\n", "funding.file", funding.ImportBank},
		"no amount":      {"date;libellé;débit;contrepartie\n", "funding.file", funding.ImportBank},
		"no such kind":   {good, "funding.kind", "salt"},
	} {
		_, err := o.Import(t.Context(), treasurer, funding.ImportQuery{Territory: senart, Kind: test.kind}, strings.NewReader(test.file))
		if fault.Reason(err) != test.reason || len(o.record.entries) != 0 {
			t.Errorf("%s: %v", name, err)
		}
	}
	windows := []byte("date;libell\xe9;montant;contrepartie\r\n15/06/2026;Cotisation d\x92adh\xe9rent \x80;5,00;756\r\n")
	if report, err := o.Import(t.Context(), treasurer, ofBank, bytes.NewReader(windows)); err != nil || report.Created != 1 ||
		o.record.entries[0].Label != "Cotisation d’adhérent €" {
		t.Errorf("%v %+v", err, report)
	}
}

func TestOnlyTreasurersImport(t *testing.T) {
	o := open(t)
	coordinator := account.Actor{ID: "c", Roles: []account.Role{account.Coordinator}, Territories: []string{senart}}
	for _, a := range []account.Actor{stranger, coordinator} {
		_, err := o.Import(t.Context(), a, ofBank, untouchable{})
		reason(t, err, "account.forbidden")
	}
}

// untouchable is a file that must not be touched.
type untouchable struct{}

func (untouchable) Read([]byte) (int, error) { return 0, errors.New("read") }
