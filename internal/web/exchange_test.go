package web_test

import (
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"io"
	"mime"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/funding"
	"github.com/relais-snp/relais/internal/web"
	"github.com/relais-snp/relais/internal/web/api"
)

// bankFile is the body that imports movements of a bank.
func bankFile(dryRun bool, lines ...string) map[string]any {
	text := "Date;Libellé;Montant;Contrepartie\r\n" + strings.Join(lines, "\r\n")
	return map[string]any{"territory": senart, "kind": "bank", "file": base64.StdEncoding.EncodeToString([]byte(text)), "dryRun": dryRun}
}

func (p *person) imports(body any) api.EntryImportReport {
	p.t.Helper()
	return as[api.EntryImportReport](p.post("/funding/import", body).want(http.StatusOK))
}

// entries counts what the books hold.
func (p *person) entries() int {
	p.t.Helper()
	return len(as[api.EntryList](p.get("/funding/entries?territory=" + senart).want(http.StatusOK)).Items)
}

func TestABankFileIsTriedThenImportedOnce(t *testing.T) {
	treasurer := openHouse(t).keeper()
	lines := []string{"12/03/2026;VIR CPAM ACI;60 000,00;741", "02/03/2026;CARTE SNCF;-45,00;625", "02/03/2026;CARTE SNCF;-45,00;625", "31/02/2026;Salaire Zorglub;1,234.56;"}

	tried := treasurer.imports(bankFile(true, lines...))
	if tried.Created != 3 || len(tried.Problems) != 3 || treasurer.entries() != 0 {
		t.Fatalf("%+v, %d entries", tried, treasurer.entries())
	}
	for _, p := range tried.Problems {
		if p.Line != 5 || p.Column == nil || p.Message == "" || strings.Contains(p.Message, "Zorglub") {
			t.Errorf("%+v", p)
		}
	}
	if made := treasurer.imports(bankFile(false, lines...)); made.Created != 3 || len(made.Problems) != 3 || treasurer.entries() != 3 {
		t.Errorf("%+v, %d entries", made, treasurer.entries())
	}
	if again := treasurer.imports(bankFile(false, lines...)); again.Unchanged != 3 || again.Created != 0 || treasurer.entries() != 3 {
		t.Errorf("%+v, %d entries", again, treasurer.entries())
	}
}

func TestABanksOwnExportNeedsTheTreasurersChoice(t *testing.T) {
	treasurer := openHouse(t).keeper()
	text := "Date;Libellé;Débit;Crédit\r\n12/03/2026;VIR CPAM ACI;;60 000,00\r\n13/03/2026;CARTE SNCF;45,00;\r\n"
	body := map[string]any{"territory": senart, "kind": "bank", "file": base64.StdEncoding.EncodeToString([]byte(text))}

	for _, p := range treasurer.imports(body).Problems {
		if p.Reason != "funding.counterpart" || *p.Column != "compte de contrepartie" {
			t.Errorf("%+v", p)
		}
	}
	body["counterpart"] = "471"
	if made := treasurer.imports(body); made.Created != 2 || len(made.Problems) != 0 || treasurer.entries() != 2 {
		t.Errorf("%+v, %d entries", made, treasurer.entries())
	}
	body["counterpart"] = "banque"
	treasurer.post("/funding/import", body).refused(http.StatusBadRequest, "request.invalid")
}

func TestFilesOfTheBooksAreRefusedWhole(t *testing.T) {
	treasurer := openHouse(t).keeper()
	send := func(file []byte) answer {
		return treasurer.post("/funding/import", map[string]any{"territory": senart, "kind": "invoices", "file": base64.StdEncoding.EncodeToString(file)})
	}
	send([]byte("PK\x03\x04\x00\x00\x00\x00")).refused(http.StatusBadRequest, "funding.file")
	send([]byte("a;b\n1;2\n")).refused(http.StatusBadRequest, "funding.file")
	send(bytes.Repeat([]byte("a"), 1<<20+1)).refused(http.StatusRequestEntityTooLarge, "funding.file")
	send(bytes.Repeat([]byte("a"), 1_050_001)).refused(http.StatusBadRequest, "request.invalid")
	send(bytes.Repeat([]byte("a"), 3<<20)).refused(http.StatusRequestEntityTooLarge, "request.too_large")
	if treasurer.entries() != 0 {
		t.Error("something was written")
	}
}

// exports downloads a file of 2026 and tells its name.
func (p *person) exports(format, query string) (name string, file []byte) {
	p.t.Helper()
	got := p.get("/funding/exports/" + format + "?territory=" + senart + "&year=2026" + query).want(http.StatusOK)
	kind, params, err := mime.ParseMediaType(got.header.Get("Content-Disposition"))
	if err != nil || kind != "attachment" || got.header.Get("Content-Type") != "application/octet-stream" {
		p.t.Errorf("%s is told as %v", format, got.header)
	}
	return params["filename"], got.body
}

// booked gives the books of 2026 money that came and money that went, the later entered first.
func (p *person) booked() *person {
	p.t.Helper()
	report := p.imports(bankFile(false, `12/06/2026;"VIR CPAM ; ACI (2)";60 000,00;741`, "15/02/2026;Salaire – février;-4 854,00;6411", `16/02/2026;"Cœur ""d’avril"" | = : @";-0,01;658`))
	if report.Created != 3 {
		p.t.Fatalf("%+v", report)
	}
	return p
}

func TestForeignProgramsAcceptWhatIsExported(t *testing.T) {
	treasurer := openHouse(t).keeper().booked()
	for _, test := range []struct {
		format, name string
		programs     [][]string
	}{
		{"hledger", "cpts-senart-2026.journal", [][]string{
			{"hledger", "check", "--strict", "ordereddates", "uniqueleafnames", "-f"}, {"ledger", "--args-only", "--pedantic", "bal", "-f"},
		}},
		{"beancount", "cpts-senart-2026.beancount", [][]string{{"bean-check"}}},
	} {
		name, file := treasurer.exports(test.format, "")
		path := filepath.Join(t.TempDir(), filepath.Base(name))
		if err := os.WriteFile(path, file, 0o600); err != nil || name != test.name {
			t.Fatal(name, err)
		}
		for _, program := range test.programs {
			if out, err := exec.CommandContext(t.Context(), program[0], append(program[1:], path)...).CombinedOutput(); err != nil {
				t.Errorf("%v: %v\n%s\n%s", program, err, out, file)
			}
		}
	}
}

func TestTheFECIsExportedInBothEncodings(t *testing.T) {
	treasurer := openHouse(t).keeper().booked()
	name, file := treasurer.exports("fec", "")
	sum, err := funding.ReadFEC(bytes.NewReader(file))
	if err != nil || name != "732829320FEC20261231.txt" || sum.Entries != 3 || sum.Debit != 6_485_401 || sum.Credit != sum.Debit {
		t.Errorf("%s %+v %v", name, sum, err)
	}
	_, other := treasurer.exports("fec", "&encoding=iso-8859-15")
	if !bytes.Contains(other, []byte("Salaire - f\xe9vrier")) || !bytes.Contains(other, []byte("C\xbdur \"d'avril\"")) {
		t.Errorf("%q", other)
	}
	decoded := strings.Map(func(r rune) rune { return r }, string(latin1(other)))
	if again, err := funding.ReadFEC(strings.NewReader(decoded)); err != nil || again != sum {
		t.Errorf("%+v %v", again, err)
	}
}

// latin1 reads each byte as the character of its number.
func latin1(file []byte) (runes []rune) {
	for _, b := range file {
		runes = append(runes, rune(b))
	}
	return runes
}

func TestTheBudgetIsExportedAsASpreadsheet(t *testing.T) {
	treasurer := openHouse(t).keeper().booked()
	treasurer.post("/funding/budget", planned(nil)).want(http.StatusCreated)
	name, file := treasurer.exports("xlsx", "")
	book, err := excelize.OpenReader(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = book.Close() }()
	planned, err := book.GetCellValue("Budget fonctionnement", "E4", excelize.Options{RawCellValue: true})
	if err != nil || planned != "58248" || name != "budget-cpts-senart-2026.xlsx" {
		t.Errorf("%s %q %v", name, planned, err)
	}
	paid, err := book.GetCellValue("Paiements attendus", "E4", excelize.Options{RawCellValue: true})
	if err != nil || paid != "60000" {
		t.Errorf("%q %v", paid, err)
	}
}

func TestWhatCannotBeExportedIsRefusedBeforeTheFirstByte(t *testing.T) {
	h := openHouse(t)
	treasurer := h.signIn("treasurer")
	ask := func(format, query string) answer {
		return treasurer.get("/funding/exports/" + format + "?territory=" + senart + query)
	}
	ask("fec", "&year=2026").refused(http.StatusConflict, "funding.no_year")
	treasurer.post("/funding/years", map[string]any{"territory": senart, "first": "2026-01-01", "last": "2026-12-31"}).want(http.StatusCreated)
	ask("fec", "&year=2026").refused(http.StatusConflict, "funding.siren")
	ask("pdf", "&year=2026").refused(http.StatusBadRequest, "request.invalid")
	ask("hledger", "&year=2026").want(http.StatusOK)
	ask("xlsx", "&year=2026").want(http.StatusOK) // without a contract, its sheets are empty
}

// torn is books whose export fails, after some bytes or none.
type torn struct {
	web.Exchange
	after int
}

func (x torn) Export(context.Context, account.Actor, funding.ExportQuery) (funding.Export, error) {
	return funding.Export{Name: "livre.txt", Write: func(_ context.Context, w io.Writer) error {
		if _, err := w.Write(bytes.Repeat([]byte("x"), x.after)); err != nil {
			return err
		}
		return errors.New("the record is away")
	}}, nil
}

func TestHalfAFileNeverPassesForTheWhole(t *testing.T) {
	for after, whole := range map[int]bool{0: true, 1 << 20: false} {
		h := openHouse(t, func(c *web.Config) { c.Exchange = torn{c.Exchange, after} })
		cookies := h.signIn("treasurer").cookies()
		request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, h.url+"/api/v1/funding/exports/fec?territory="+senart+"&year=2026", nil)
		if err != nil {
			t.Fatal(err)
		}
		request.Header.Set("Cookie", cookies)
		response, err := http.DefaultClient.Do(request)
		if err != nil {
			t.Fatal(err)
		}
		_, err = io.Copy(io.Discard, response.Body)
		_ = response.Body.Close()
		if whole && (err != nil || response.StatusCode != http.StatusInternalServerError) || !whole && err == nil {
			t.Errorf("after %d bytes: %d, %v", after, response.StatusCode, err)
		}
	}
}
