package attribution

import (
	"io"
	"strconv"

	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/sheet"
)

var monthColumns = []sheet.Column[FollowMonth]{
	{Header: "Mois", Cell: monthCell},
	{Header: "Rang", Cell: tierCell},
	{Header: "Demandes reçues", Cell: func(m FollowMonth) string { return strconv.Itoa(m.Received) }},
	{Header: "Patients rattachés", Cell: func(m FollowMonth) string { return strconv.Itoa(m.Attached) }},
	{Header: "Demandes closes sans rattachement", Cell: func(m FollowMonth) string { return strconv.Itoa(m.Closed) }},
	{Header: "Délai médian (jours)", Cell: func(m FollowMonth) string { return sheet.Number(m.MedianDays, 1) }},
}

// WriteCSV writes the months as sheet.Write does: a line for all and for each
// tier, then the same for the whole period.
func (f FollowUp) WriteCSV(w io.Writer) error {
	lines := make([]FollowMonth, 0, len(f.Months)+len(f.Tiers))
	lines = append(lines, f.Months...)
	for _, t := range f.Tiers {
		lines = append(lines, FollowMonth{Tier: t.Tier, Received: t.Received, Attached: t.Attached, Closed: t.Closed, MedianDays: t.MedianDays})
	}
	return sheet.Write(w, monthColumns, lines)
}

// monthCell is "2026-11", or that the line is of the whole period.
func monthCell(m FollowMonth) string {
	if m.Month == (civil.Date{}) {
		return "Total"
	}
	return m.Month.String()[:len("2026-11")]
}

func tierCell(m FollowMonth) string {
	if m.Tier == 0 {
		return "Tous"
	}
	return strconv.Itoa(m.Tier)
}
