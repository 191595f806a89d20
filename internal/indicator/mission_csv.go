package indicator

import (
	"fmt"
	"io"
	"strconv"

	"github.com/relais-snp/relais/internal/sheet"
)

// MissionReport is a territory's objectives, in their order.
type MissionReport struct{ Progress []Progress }

// WriteCSV writes the objectives as Report.WriteCSV does, without a total. Shares
// achieved lie between 0 and 1.
func (r MissionReport) WriteCSV(w io.Writer) error {
	text := func(header string, of func(Progress) string) sheet.Column[Progress] {
		return sheet.Column[Progress]{Header: header, Cell: func(p Progress) string { return sheet.Text(of(p)) }}
	}
	columns := []sheet.Column[Progress]{
		text("Code", func(p Progress) string { return p.Code }),
		text("Indicateur", func(p Progress) string { return p.Label }),
		text("Mission", func(p Progress) string { return p.Mission }),
		text("Unité", func(p Progress) string { return p.Unit.French() }),
		text("Sens", func(p Progress) string { return p.Direction.French() }),
		text("Départ", func(p Progress) string { return p.Baseline.String() }),
		text("Date du départ", func(p Progress) string { return p.BaseOn.String() }),
		text("Source du départ", func(p Progress) string { return p.Source }),
		text("Poids", func(p Progress) string { return strconv.FormatInt(p.Weight, 10) }),
	}
	for year := range Years {
		n := fmt.Sprintf("N+%d", year+1)
		columns = append(columns,
			text("Cible "+n, func(p Progress) string { return optional(p.Path[year]) }),
			text("Observé "+n, func(p Progress) string { return optional(p.Counts[year]) }),
			text("Atteint "+n, func(p Progress) string { return optional(p.Achieved[year]) }))
	}
	columns = append(columns, text("Commentaire", func(p Progress) string { return p.Comment }))
	return sheet.Write(w, columns, r.Progress)
}

func optional(f *Figure) string {
	if f == nil {
		return ""
	}
	return f.String()
}

// String writes the figure with a point and no decimals that say nothing: "74.7".
func (f Figure) String() string {
	v := float64(f) / 1000 // at most 15 digits: exact enough for three decimals
	return sheet.Number(&v, 3)
}

// French names the unit.
func (u Unit) French() string {
	if u == Percent {
		return "%"
	}
	return "nombre"
}

// French names the direction.
func (d Direction) French() string {
	if d == Down {
		return "à la baisse"
	}
	return "à la hausse"
}
