package indicator

import (
	"encoding/csv"
	"io"
	"slices"
	"strconv"
	"strings"
)

// column is a French header and what stands under it.
type column[R any] struct {
	header string
	cell   func(R) string
}

var fillColumns = []column[Row]{
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

// WriteCSV writes the report as every sheet here is written: RFC 4180, UTF-8
// without BOM, commas, CRLF, a header line, the rows, then the total. Shares lie
// between 0 and 1 with a decimal point; a value that does not exist is an empty
// cell. A simulated report says so in the label of its total.
func (r Report) WriteCSV(w io.Writer) error {
	total := r.Total
	total.Label = totalLabel(total.Label, r.Simulated)
	return writeSheet(w, fillColumns, append(slices.Clone(r.Rows), total))
}

func writeSheet[R any](w io.Writer, columns []column[R], rows []R) error {
	out := csv.NewWriter(w)
	out.UseCRLF = true
	line := make([]string, len(columns))
	for i, c := range columns {
		line[i] = c.header
	}
	if err := out.Write(line); err != nil {
		return err
	}
	for _, row := range rows {
		for i, c := range columns {
			line[i] = c.cell(row)
		}
		if err := out.Write(line); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

func totalLabel(label string, simulated bool) string {
	if simulated {
		return label + " (données simulées)"
	}
	return label
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
