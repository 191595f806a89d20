package indicator

import (
	"encoding/csv"
	"io"
	"strconv"
	"strings"
)

// columns are the French headers of a report's CSV and what stands under them.
var columns = []struct {
	header string
	cell   func(Row) string
}{
	{"Clé", func(r Row) string { return text(r.Key) }},
	{"Libellé", func(r Row) string { return text(r.Label) }},
	{"Places offertes", func(r Row) string { return strconv.Itoa(r.Offered) }},
	{"Places prises", func(r Row) string { return strconv.Itoa(r.Taken) }},
	{"Taux de remplissage", func(r Row) string { return number(r.Fill, 4) }},
	{"Places non prises", func(r Row) string { return strconv.Itoa(r.Lapsed) }},
	{"Places retirées", func(r Row) string { return strconv.Itoa(r.Withdrawn) }},
	{"Retenues sans suite", func(r Row) string { return strconv.Itoa(r.HeldThenLost) }},
	{"Annulées par le patient", func(r Row) string { return strconv.Itoa(r.CancelledByPatient) }},
	{"Annulées par le régulateur", func(r Row) string { return strconv.Itoa(r.CancelledByRegulator) }},
	{"Annulées par le médecin", func(r Row) string { return strconv.Itoa(r.CancelledByPractitioner) }},
	{"Venus", func(r Row) string { return strconv.Itoa(r.Honoured) }},
	{"Pas venus", func(r Row) string { return strconv.Itoa(r.NoShow) }},
	{"Avec médecin traitant", func(r Row) string { return strconv.Itoa(r.WithMT) }},
	{"Sans médecin traitant", func(r Row) string { return strconv.Itoa(r.WithoutMT) }},
	{"Médecin traitant inconnu", func(r Row) string { return strconv.Itoa(r.UnknownMT) }},
	{"Délai médian (minutes)", func(r Row) string { return number(r.MedianDelayMinutes, 1) }},
	{"Part sous 24 h", func(r Row) string { return number(r.Within24h, 4) }},
	{"Appels sans solution", func(r Row) string { return strconv.Itoa(r.CasesWithoutSolution) }},
	{"Médecins participants", func(r Row) string { return strconv.Itoa(r.Practitioners) }},
	{"Heures ouvertes", func(r Row) string { return number(&r.HoursOpened, 2) }},
	{"Actes SNP", func(r Row) string { return strconv.Itoa(r.SNPActs) }},
	{"Patients en sus", func(r Row) string { return strconv.Itoa(r.Extra) }},
}

// WriteCSV writes a report as RFC 4180: UTF-8 without BOM, commas, CRLF, a
// header line, the rows, then the total. Shares lie between 0 and 1 with a
// decimal point; a value that does not exist is an empty cell. A simulated
// report says so in the label of its total.
func WriteCSV(w io.Writer, r Report) error {
	out := csv.NewWriter(w)
	out.UseCRLF = true
	headers := make([]string, len(columns))
	for i, c := range columns {
		headers[i] = c.header
	}
	lines := [][]string{headers}
	for _, row := range r.Rows {
		lines = append(lines, cells(row))
	}
	total := r.Total
	if r.Simulated {
		total.Label += " (données simulées)"
	}
	return out.WriteAll(append(lines, cells(total)))
}

func cells(row Row) []string {
	line := make([]string, len(columns))
	for i, c := range columns {
		line[i] = c.cell(row)
	}
	return line
}

// text keeps spreadsheets from reading a cell as a formula: one that begins
// like a formula gets an apostrophe in front, as OWASP advises.
func text(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r\n", rune(s[0])) {
		return "'" + s
	}
	return s
}

// number formats with a bounded number of decimals, and none that say nothing.
func number(v *float64, decimals int) string {
	if v == nil {
		return ""
	}
	s := strconv.FormatFloat(*v, 'f', decimals, 64)
	return strings.TrimSuffix(strings.TrimRight(s, "0"), ".")
}
