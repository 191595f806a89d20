package funding_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/fault"
	"github.com/relais-snp/relais/internal/funding"
)

// What a bank exports names no account: the treasurer does, or nothing is written.
func TestABanksOwnExportGoesWhereTheTreasurerSays(t *testing.T) {
	o := open(t)
	file := []string{"Date;Libellé;Débit;Crédit", "15/06/2026;VIR CPAM;;100,00", "16/06/2026;CARTE SNCF;45,00;"}
	want := []string{"2 compte de contrepartie funding.counterpart", "3 compte de contrepartie funding.counterpart"}
	report := o.imports(t, funding.ImportBank, false, file...)
	if diff := cmp.Diff(want, said(report.Problems)); diff != "" || report.Created != 0 || !strings.Contains(report.Problems[0].Message, "471") {
		t.Errorf("%+v %s", report, diff)
	}

	chosen := ofBank
	chosen.Counterpart = "471"
	text := strings.Join(file, "\n")
	report, err := o.Import(t.Context(), treasurer, chosen, strings.NewReader(text))
	if err != nil || report.Created != 2 || len(report.Problems) != 0 {
		t.Fatalf("%v %+v", err, report)
	}
	if lines := []funding.Line{{Account: "512", Debit: 10_000}, {Account: "471", Credit: 10_000}}; !slices.Equal(o.record.entries[0].Lines, lines) {
		t.Errorf("%+v", o.record.entries[0].Lines)
	}
	named := "Date;Libellé;Débit;Crédit;Contrepartie\n17/06/2026;Loyer;800,00;;613\n18/06/2026;Inconnu;1,00;;\n"
	if _, err := o.Import(t.Context(), treasurer, chosen, strings.NewReader(named)); err != nil || o.record.entries[2].Lines[1].Account != "613" || o.record.entries[3].Lines[1].Account != "471" {
		t.Errorf("%v %+v", err, o.record.entries[2:])
	}
	for _, same := range []string{"Date;Libellé;Montant;Contrepartie\n20/06/2026;Autre;1,00;512\n", "Date;Libellé;Montant;Compte de banque\n20/06/2026;Autre;1,00;471\n"} {
		report, err = o.Import(t.Context(), treasurer, chosen, strings.NewReader(same))
		if got := said(report.Problems); err != nil || !slices.Equal(got, []string{"2 compte de contrepartie funding.account_class"}) {
			t.Errorf("%v %v", err, got)
		}
	}
	chosen.Counterpart = "999"
	report, err = o.Import(t.Context(), treasurer, chosen, strings.NewReader("Date;Libellé;Débit;Crédit\n19/06/2026;Autre;1,00;\n"))
	if got := said(report.Problems); err != nil || !slices.Equal(got, []string{"2 compte de contrepartie funding.account_unknown"}) {
		t.Errorf("%v %v", err, got)
	}
}

func TestAnInvoiceIsItsSupplierAndItsNumber(t *testing.T) {
	o := open(t)
	const header = "Date;Numéro de facture;Fournisseur;Montant;Compte de charge"
	file := []string{header, "12/03/2026;F-1;Imprimerie Fictive;480,00;623", "12/03/2026;F-1;Imprimerie Fictive;480,00;623",
		"12/03/2026;F-1;IMPRIMERIE FICTIVE;490,00;623", "13/03/2026;F-1;Imprimerie Fictive;480,00;623", "13/03/2026;F-1;Autre Imprimerie;480,00;623"}
	tried := o.imports(t, funding.ImportInvoices, true, file...)
	made := o.imports(t, funding.ImportInvoices, false, file...)
	want := []string{"4 numéro de facture funding.invoice_known", "5 numéro de facture funding.invoice_known"}
	if diff := cmp.Diff(want, said(made.Problems)); diff != "" || made.Created != 2 || made.Unchanged != 1 || len(o.record.entries) != 2 {
		t.Errorf("%+v %s", made, diff)
	}
	if diff := cmp.Diff(tried, made); diff != "" {
		t.Error(diff)
	}
	again := o.imports(t, funding.ImportInvoices, false, header, "12/03/2026;F-1;Imprimerie Fictive;480,00;623", "12/03/2026;f-1;Imprimerie Fictive;481,00;623")
	if got := said(again.Problems); again.Unchanged != 1 || !slices.Equal(got, []string{"3 numéro de facture funding.invoice_known"}) {
		t.Errorf("%+v", again)
	}
}

func TestInvoicesAndIndemnitiesAreCharges(t *testing.T) {
	for number, fits := range map[string]bool{"623": true, "6411": true, "2183": true, "512": false, "401": false, "741": false, "471": false} {
		o := open(t)
		report := o.imports(t, funding.ImportInvoices, false, "Date;Numéro de facture;Fournisseur;Montant;Compte de charge", "12/03/2026;F-1;Imprimerie;480,00;"+number)
		if got := said(report.Problems); (report.Created == 1) != fits || !fits && !slices.Equal(got, []string{"2 compte de charge funding.account_class"}) {
			t.Errorf("invoice on %s: %+v", number, report)
		}
		report = o.imports(t, funding.ImportAttendance, false, "Date;Réunion;Professionnel;Montant;Compte de charge", "12/03/2026;RCP;Ada Martin;75,00;"+number)
		if charge := number[0] == '6'; (report.Created == 1) != charge {
			t.Errorf("indemnity on %s: %+v", number, report)
		}
	}
}

func TestAPieceIsOfTheTimeOfItsEntry(t *testing.T) {
	o := open(t)
	for pieceOn, fits := range map[string]bool{"2026-06-15": true, "2027-06-15": true, "2027-06-16": false, "2016-06-15": true, "2016-06-14": false, "9999-01-01": false} {
		d := draft(100, "512", "741")
		d.PieceOn = civil.MustDate(pieceOn)
		_, err := o.Post(t.Context(), treasurer, d, o.NewID())
		if got := fmt.Sprint(fault.Of(err).Fields); (err == nil) != fits || !fits && !strings.HasPrefix(got, "[{pieceOn funding.piece_on ") {
			t.Errorf("%s: %v %s", pieceOn, err, got)
		}
	}
}
