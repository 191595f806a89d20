package indicator

import (
	"io"
	"slices"
	"strconv"

	"github.com/relais-snp/relais/internal/sheet"
)

var fillColumns = []sheet.Column[Row]{
	{Header: "Clé", Cell: func(r Row) string { return sheet.Text(r.Key) }},
	{Header: "Libellé", Cell: func(r Row) string { return sheet.Text(r.Label) }},
	{Header: "Places offertes", Cell: func(r Row) string { return strconv.Itoa(r.Offered) }},
	{Header: "Places prises", Cell: func(r Row) string { return strconv.Itoa(r.Taken) }},
	{Header: "Taux de remplissage", Cell: func(r Row) string { return sheet.Number(r.Fill, 4) }},
	{Header: "Places non prises", Cell: func(r Row) string { return strconv.Itoa(r.Lapsed) }},
	{Header: "Places retirées", Cell: func(r Row) string { return strconv.Itoa(r.Withdrawn) }},
	{Header: "Retenues sans suite", Cell: func(r Row) string { return strconv.Itoa(r.HeldThenLost) }},
	{Header: "Annulées par le patient", Cell: func(r Row) string { return strconv.Itoa(r.CancelledByPatient) }},
	{Header: "Annulées par le régulateur", Cell: func(r Row) string { return strconv.Itoa(r.CancelledByRegulator) }},
	{Header: "Annulées par le médecin", Cell: func(r Row) string { return strconv.Itoa(r.CancelledByPractitioner) }},
	{Header: "Venus", Cell: func(r Row) string { return strconv.Itoa(r.Honoured) }},
	{Header: "Pas venus", Cell: func(r Row) string { return strconv.Itoa(r.NoShow) }},
	{Header: "Avec médecin traitant", Cell: func(r Row) string { return strconv.Itoa(r.WithMT) }},
	{Header: "Sans médecin traitant", Cell: func(r Row) string { return strconv.Itoa(r.WithoutMT) }},
	{Header: "Médecin traitant inconnu", Cell: func(r Row) string { return strconv.Itoa(r.UnknownMT) }},
	{Header: "Délai médian (minutes)", Cell: func(r Row) string { return sheet.Number(r.MedianDelayMinutes, 1) }},
	{Header: "Part sous 24 h", Cell: func(r Row) string { return sheet.Number(r.Within24h, 4) }},
	{Header: "Appels sans solution", Cell: func(r Row) string { return strconv.Itoa(r.CasesWithoutSolution) }},
	{Header: "Médecins participants", Cell: func(r Row) string { return strconv.Itoa(r.Practitioners) }},
	{Header: "Heures ouvertes", Cell: func(r Row) string { return sheet.Number(&r.HoursOpened, 2) }},
	{Header: "Actes SNP", Cell: func(r Row) string { return strconv.Itoa(r.SNPActs) }},
	{Header: "Patients en sus", Cell: func(r Row) string { return strconv.Itoa(r.Extra) }},
}

// WriteCSV writes the report as every sheet here is written: RFC 4180, UTF-8
// without BOM, commas, CRLF, a header line, the rows, then the total. Shares lie
// between 0 and 1 with a decimal point; a value that does not exist is an empty
// cell. A simulated report says so in the label of its total.
func (r Report) WriteCSV(w io.Writer) error {
	total := r.Total
	total.Label = totalLabel(total.Label, r.Simulated)
	return sheet.Write(w, fillColumns, append(slices.Clone(r.Rows), total))
}

func totalLabel(label string, simulated bool) string {
	if simulated {
		return label + " (données simulées)"
	}
	return label
}
