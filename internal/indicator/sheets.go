package indicator

import (
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/sheet"
)

var callColumns = []sheet.Column[CallRow]{
	{Header: "Clé", Cell: func(r CallRow) string { return sheet.Text(r.Key) }},
	{Header: "Libellé", Cell: func(r CallRow) string { return sheet.Text(r.Label) }},
	{Header: "Appels", Cell: func(r CallRow) string { return strconv.Itoa(r.Calls) }},
	{Header: "Rendez-vous", Cell: func(r CallRow) string { return strconv.Itoa(r.Booked) }},
	{Header: "Vers le médecin traitant", Cell: func(r CallRow) string { return strconv.Itoa(r.ToMT) }},
	{Header: "Conseil", Cell: func(r CallRow) string { return strconv.Itoa(r.Advice) }},
	{Header: "Vers le 15", Cell: func(r CallRow) string { return strconv.Itoa(r.To15) }},
	{Header: "Vers les urgences", Cell: func(r CallRow) string { return strconv.Itoa(r.ToEmergency) }},
	{Header: "Sans solution", Cell: func(r CallRow) string { return strconv.Itoa(r.NoSolution) }},
	{Header: "Abandonnés", Cell: func(r CallRow) string { return strconv.Itoa(r.Abandoned) }},
	{Header: "En cours", Cell: func(r CallRow) string { return strconv.Itoa(r.Open) }},
	{Header: "Première proposition, médiane (secondes)", Cell: func(r CallRow) string { return sheet.Number(r.ProposalSeconds, 1) }},
	{Header: "Première retenue, médiane (secondes)", Cell: func(r CallRow) string { return sheet.Number(r.HoldSeconds, 1) }},
	{Header: "Rendez-vous pris, médiane (secondes)", Cell: func(r CallRow) string { return sheet.Number(r.BookSeconds, 1) }},
	{Header: "Touches, médiane", Cell: func(r CallRow) string { return sheet.Number(r.Keys, 1) }},
	{Header: "Places perdues pour 100 appels", Cell: func(r CallRow) string { return sheet.Number(r.ConflictsPer100, 1) }},
}

// WriteCSV writes the sheet as Report.WriteCSV does.
func (r CallReport) WriteCSV(w io.Writer) error {
	total := r.Total
	total.Label = totalLabel(total.Label, r.Simulated)
	return sheet.Write(w, callColumns, append(slices.Clone(r.Rows), total))
}

// unmetLine is a row of the sheet, or its total.
type unmetLine struct {
	row UnmetRow
	why string
}

var unmetColumns = []sheet.Column[unmetLine]{
	{Header: "Code INSEE", Cell: func(l unmetLine) string { return sheet.Text(l.row.Commune) }},
	{Header: "Commune", Cell: func(l unmetLine) string { return sheet.Text(l.row.Name) }},
	{Header: "Raison", Cell: func(l unmetLine) string { return l.why }},
	{Header: "Appels sans solution", Cell: func(l unmetLine) string { return strconv.Itoa(l.row.Cases) }},
}

// WriteCSV writes the sheet as Report.WriteCSV does.
func (r UnmetReport) WriteCSV(w io.Writer) error {
	var lines []unmetLine
	for _, row := range r.Rows {
		lines = append(lines, unmetLine{row, whyFrench(row.WhyKind)})
	}
	total := unmetLine{row: UnmetRow{Name: totalLabel("Total", r.Simulated), Cases: r.Total}}
	return sheet.Write(w, unmetColumns, append(lines, total))
}

// WriteCSV writes the sheet as Report.WriteCSV does. Each line says of which
// territory it is and when it was drawn up, so that a line cut out of the sheet
// still proves something.
func (r WeekReport) WriteCSV(w io.Writer) error {
	made := civil.DateOf(r.MadeAt, r.Query.Zone).String() + " " + civil.ClockOf(r.MadeAt, r.Query.Zone).String()
	days := func(row WeekRow, day civil.Date) string {
		if row.First.IsZero() {
			return ""
		}
		return day.String()
	}
	count := func(pick func(WeekRow) int) func(WeekRow) string {
		return func(row WeekRow) string { return strconv.Itoa(pick(row)) }
	}
	columns := []sheet.Column[WeekRow]{
		{Header: "Territoire", Cell: func(WeekRow) string { return sheet.Text(r.Name) }},
		{Header: "Médecin", Cell: func(row WeekRow) string { return sheet.Text(row.Name) }},
		{Header: "RPPS", Cell: func(row WeekRow) string { return sheet.Text(string(row.RPPS)) }},
		{Header: "Semaine", Cell: func(row WeekRow) string { return row.Week }},
		{Header: "Premier jour", Cell: func(row WeekRow) string { return days(row, row.First) }},
		{Header: "Dernier jour", Cell: func(row WeekRow) string { return days(row, row.First.AddDays(6)) }},
		{Header: "Heures ouvertes", Cell: func(row WeekRow) string { return sheet.Number(&row.HoursOpened, 2) }},
		{Header: "Places offertes", Cell: count(func(row WeekRow) int { return row.Offered })},
		{Header: "Places prises", Cell: count(func(row WeekRow) int { return row.Taken })},
		{Header: "Actes SNP", Cell: count(func(row WeekRow) int { return row.SNPActs })},
		{Header: "Plafond d’actes SNP", Cell: func(row WeekRow) string {
			if row.First.IsZero() {
				return ""
			}
			return strconv.Itoa(row.Cap)
		}},
		{Header: "Patients en sus", Cell: count(func(row WeekRow) int { return row.Extra })},
		{Header: "Du", Cell: func(WeekRow) string { return r.Query.From.String() }},
		{Header: "Au", Cell: func(WeekRow) string { return r.Query.To.String() }},
		{Header: "Établi le", Cell: func(WeekRow) string { return made }},
	}
	return sheet.Write(w, columns, append(slices.Clone(r.Rows), r.total()))
}

// coverLine is a half-day of the sheet, or its total.
type coverLine struct {
	day, label, part, holiday string
	CoverPart
	practitioners, missing int
}

var coverColumns = []sheet.Column[coverLine]{
	{Header: "Jour", Cell: func(l coverLine) string { return l.day }},
	{Header: "Libellé", Cell: func(l coverLine) string { return sheet.Text(l.label) }},
	{Header: "Demi-journée", Cell: func(l coverLine) string { return l.part }},
	{Header: "Férié", Cell: func(l coverLine) string { return l.holiday }},
	{Header: "Médecins souhaités", Cell: func(l coverLine) string { return strconv.Itoa(l.Wanted) }},
	{Header: "Médecins présents", Cell: func(l coverLine) string { return strconv.Itoa(l.practitioners) }},
	{Header: "Médecins manquants", Cell: func(l coverLine) string { return strconv.Itoa(l.missing) }},
	{Header: "Places", Cell: func(l coverLine) string { return strconv.Itoa(l.Seats) }},
	{Header: "Places libres", Cell: func(l coverLine) string { return strconv.Itoa(l.Free) }},
	{Header: "Noms", Cell: func(l coverLine) string { return sheet.Text(l.names()) }},
}

func (l coverLine) names() string {
	var names []string
	for _, p := range l.Practitioners {
		names = append(names, p.Name)
	}
	return strings.Join(names, " ; ")
}

// WriteCSV writes the sheet as Report.WriteCSV does, a line a half-day.
func (r CoverReport) WriteCSV(w io.Writer) error {
	var lines []coverLine
	total := coverLine{label: totalLabel("Total", r.Simulated)}
	for _, day := range r.Days {
		for _, part := range day.Parts {
			l := coverLine{day: day.Day.String(), label: day.Label, part: part.Part.French(), CoverPart: part,
				practitioners: len(part.Practitioners), missing: max(0, part.Wanted-len(part.Practitioners))}
			if part.Holiday {
				l.holiday = "oui"
			}
			lines = append(lines, l)
			total.Wanted += l.Wanted
			total.practitioners += l.practitioners
			total.missing += l.missing
			total.Seats += l.Seats
			total.Free += l.Free
		}
	}
	return sheet.Write(w, coverColumns, append(lines, total))
}
