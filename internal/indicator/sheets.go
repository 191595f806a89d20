package indicator

import (
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/relais-snp/relais/internal/civil"
)

var callColumns = []column[CallRow]{
	{"Clé", func(r CallRow) string { return text(r.Key) }},
	{"Libellé", func(r CallRow) string { return text(r.Label) }},
	{"Appels", func(r CallRow) string { return strconv.Itoa(r.Calls) }},
	{"Rendez-vous", func(r CallRow) string { return strconv.Itoa(r.Booked) }},
	{"Vers le médecin traitant", func(r CallRow) string { return strconv.Itoa(r.ToMT) }},
	{"Conseil", func(r CallRow) string { return strconv.Itoa(r.Advice) }},
	{"Vers le 15", func(r CallRow) string { return strconv.Itoa(r.To15) }},
	{"Vers les urgences", func(r CallRow) string { return strconv.Itoa(r.ToEmergency) }},
	{"Sans solution", func(r CallRow) string { return strconv.Itoa(r.NoSolution) }},
	{"Abandonnés", func(r CallRow) string { return strconv.Itoa(r.Abandoned) }},
	{"En cours", func(r CallRow) string { return strconv.Itoa(r.Open) }},
	{"Première proposition, médiane (secondes)", func(r CallRow) string { return number(r.ProposalSeconds, 1) }},
	{"Première retenue, médiane (secondes)", func(r CallRow) string { return number(r.HoldSeconds, 1) }},
	{"Rendez-vous pris, médiane (secondes)", func(r CallRow) string { return number(r.BookSeconds, 1) }},
	{"Touches, médiane", func(r CallRow) string { return number(r.Keys, 1) }},
	{"Places perdues pour 100 appels", func(r CallRow) string { return number(r.ConflictsPer100, 1) }},
}

// WriteCSV writes the sheet as Report.WriteCSV does.
func (r CallReport) WriteCSV(w io.Writer) error {
	total := r.Total
	total.Label = totalLabel(total.Label, r.Simulated)
	return writeSheet(w, callColumns, append(slices.Clone(r.Rows), total))
}

// unmetLine is a row of the sheet, or its total.
type unmetLine struct {
	row UnmetRow
	why string
}

var unmetColumns = []column[unmetLine]{
	{"Code INSEE", func(l unmetLine) string { return text(l.row.Commune) }},
	{"Commune", func(l unmetLine) string { return text(l.row.Name) }},
	{"Raison", func(l unmetLine) string { return l.why }},
	{"Appels sans solution", func(l unmetLine) string { return strconv.Itoa(l.row.Cases) }},
}

// WriteCSV writes the sheet as Report.WriteCSV does.
func (r UnmetReport) WriteCSV(w io.Writer) error {
	var lines []unmetLine
	for _, row := range r.Rows {
		lines = append(lines, unmetLine{row, whyFrench(row.WhyKind)})
	}
	total := unmetLine{row: UnmetRow{Name: totalLabel("Total", r.Simulated), Cases: r.Total}}
	return writeSheet(w, unmetColumns, append(lines, total))
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
	columns := []column[WeekRow]{
		{"Territoire", func(WeekRow) string { return text(r.Name) }},
		{"Médecin", func(row WeekRow) string { return text(row.Name) }},
		{"RPPS", func(row WeekRow) string { return text(string(row.RPPS)) }},
		{"Semaine", func(row WeekRow) string { return row.Week }},
		{"Premier jour", func(row WeekRow) string { return days(row, row.First) }},
		{"Dernier jour", func(row WeekRow) string { return days(row, row.First.AddDays(6)) }},
		{"Heures ouvertes", func(row WeekRow) string { return number(&row.HoursOpened, 2) }},
		{"Places offertes", count(func(row WeekRow) int { return row.Offered })},
		{"Places prises", count(func(row WeekRow) int { return row.Taken })},
		{"Actes SNP", count(func(row WeekRow) int { return row.SNPActs })},
		{"Plafond d’actes SNP", func(row WeekRow) string {
			if row.First.IsZero() {
				return ""
			}
			return strconv.Itoa(row.Cap)
		}},
		{"Patients en sus", count(func(row WeekRow) int { return row.Extra })},
		{"Du", func(WeekRow) string { return r.Query.From.String() }},
		{"Au", func(WeekRow) string { return r.Query.To.String() }},
		{"Établi le", func(WeekRow) string { return made }},
	}
	return writeSheet(w, columns, append(slices.Clone(r.Rows), r.total()))
}

// coverLine is a half-day of the sheet, or its total.
type coverLine struct {
	day, label, part, holiday string
	CoverPart
	practitioners, missing int
}

var coverColumns = []column[coverLine]{
	{"Jour", func(l coverLine) string { return l.day }},
	{"Libellé", func(l coverLine) string { return text(l.label) }},
	{"Demi-journée", func(l coverLine) string { return l.part }},
	{"Férié", func(l coverLine) string { return l.holiday }},
	{"Médecins souhaités", func(l coverLine) string { return strconv.Itoa(l.Wanted) }},
	{"Médecins présents", func(l coverLine) string { return strconv.Itoa(l.practitioners) }},
	{"Médecins manquants", func(l coverLine) string { return strconv.Itoa(l.missing) }},
	{"Places", func(l coverLine) string { return strconv.Itoa(l.Seats) }},
	{"Places libres", func(l coverLine) string { return strconv.Itoa(l.Free) }},
	{"Noms", func(l coverLine) string { return text(l.names()) }},
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
	return writeSheet(w, coverColumns, append(lines, total))
}
