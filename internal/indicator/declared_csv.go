package indicator

import (
	"io"
	"strconv"

	"github.com/relais-snp/relais/internal/sheet"
)

// DeclaredReport is the declared figures of a territory, in their order.
type DeclaredReport struct{ Figures []Declared }

var declaredColumns = []sheet.Column[Declared]{
	{Header: "Jour", Cell: func(d Declared) string { return d.On.String() }},
	{Header: "Chiffre", Cell: func(d Declared) string { return d.Kind.French() }},
	{Header: "Patients", Cell: func(d Declared) string { return strconv.Itoa(d.Count) }},
	{Header: "Population", Cell: func(d Declared) string {
		if d.Base == 0 {
			return ""
		}
		return strconv.Itoa(d.Base)
	}},
	{Header: "Part", Cell: func(d Declared) string { return sheet.Number(d.Share(), 4) }},
	{Header: "Source", Cell: func(d Declared) string { return sheet.Text(d.Source) }},
}

// WriteCSV writes the figures as Report.WriteCSV does, without a total: they are
// of different days and patients.
func (r DeclaredReport) WriteCSV(w io.Writer) error {
	return sheet.Write(w, declaredColumns, r.Figures)
}

// French says what the figure counts.
func (k FigureKind) French() string {
	switch k {
	case WithoutMT:
		return "Patients de 17 ans et plus sans médecin traitant"
	case ALDWithoutMT:
		return "Patients en ALD sans médecin traitant"
	case Aged70WithoutMT:
		return "Patients de 70 ans et plus sans médecin traitant"
	case C2SWithoutMT:
		return "Patients avec la C2S sans médecin traitant"
	}
	return ""
}
