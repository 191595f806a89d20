package web

import (
	"cmp"
	"strconv"

	"github.com/relais-snp/relais/internal/fault"
	"github.com/relais-snp/relais/internal/indicator"
	"github.com/relais-snp/relais/internal/web/api"
)

// figures reads the figures of a request and names those that are none.
type figures struct{ broken []fault.Field }

func (f *figures) read(name, text string) indicator.Figure {
	figure, err := indicator.ParseFigure(text)
	if err != nil {
		f.broken = append(f.broken, field([]string{name}, "request.format"))
	}
	return figure
}

func (f *figures) err() error { return fault.Fields("request.invalid", invalidMessage, f.broken...) }

func objectiveFrom(b api.NewObjective) (indicator.Objective, error) {
	var read figures
	o := indicator.Objective{
		Territory: b.Territory, Code: b.Code, Label: b.Label, Mission: b.Mission, Unit: indicator.Unit(b.Unit),
		Direction: indicator.Direction(b.Direction), Baseline: read.read("baseline", b.Baseline), BaseOn: dateFrom(b.BaseOn), Source: b.Source,
		Weight: int64(value(b.Weight)), Series: indicator.Series(value(b.Series)), Comment: value(b.Comment),
	}
	for i := range o.Targets {
		o.Targets[i] = read.target(i, b.Targets[i]) // the contract wants five
	}
	return o, read.err()
}

func (f *figures) target(i int, t api.ObjectiveTarget) indicator.Target {
	name := []string{"targets", strconv.Itoa(i), "value"}
	kind := indicator.TargetKind(t.Kind)
	if t.Kind == api.ObjectiveTargetKindNone {
		kind = indicator.NoTarget
	}
	switch {
	case kind == indicator.NoTarget && t.Value != nil:
		f.broken = append(f.broken, field(name, "request.exclusive"))
	case kind != indicator.NoTarget && t.Value == nil:
		f.broken = append(f.broken, field(name, "request.required"))
	case t.Value != nil:
		return indicator.Target{Kind: kind, Value: f.read("targets."+name[1]+".value", *t.Value)}
	}
	return indicator.Target{Kind: kind}
}

func observationFrom(b api.NewObservation) (indicator.Observation, error) {
	var read figures
	o := indicator.Observation{
		Year: b.Year, On: dateFrom(b.On), Source: b.Source, Evidence: b.Evidence, Comment: value(b.Comment), Computed: value(b.Computed),
	}
	switch {
	case o.Computed && b.Figure != nil:
		read.broken = append(read.broken, field([]string{"figure"}, "request.exclusive"))
	case !o.Computed && b.Figure == nil:
		read.broken = append(read.broken, field([]string{"figure"}, "request.required"))
	case b.Figure != nil:
		o.Figure = read.read("figure", *b.Figure)
	}
	return o, read.err()
}

// surroundings is what an objective is told with.
type surroundings struct {
	years [indicator.Years]*indicator.Period
	files map[string]indicator.Evidence // by hash
	names map[string]string             // by account
}

func (s surroundings) objective(p indicator.Progress) api.Objective {
	o := api.Objective{
		Id: p.ID, Code: p.Code, Label: p.Label, Mission: p.Mission, Unit: api.ObjectiveUnit(p.Unit), Direction: api.ObjectiveDirection(p.Direction),
		Baseline: p.Baseline.String(), BaseOn: dateOf(p.BaseOn), Source: p.Source, Weight: int(p.Weight),
		Series: optional(api.ObjectiveSeries(p.Series)), Comment: optional(p.Comment),
		Targets: each(p.Targets[:], targetOf), Years: make([]api.ObjectiveYear, 0, indicator.Years),
	}
	for year := 1; year <= indicator.Years; year++ {
		o.Years = append(o.Years, s.year(p, year))
	}
	return o
}

func targetOf(t indicator.Target) api.ObjectiveTarget {
	if t.Kind == indicator.NoTarget {
		return api.ObjectiveTarget{Kind: api.ObjectiveTargetKindNone}
	}
	return api.ObjectiveTarget{Kind: api.ObjectiveTargetKind(t.Kind), Value: figureText(&t.Value)}
}

func (s surroundings) year(p indicator.Progress, year int) api.ObjectiveYear {
	at := year - 1
	out := api.ObjectiveYear{
		Year: year, Target: figureText(p.Path[at]), Counts: figureText(p.Counts[at]), Achieved: figureText(p.Achieved[at]),
		Frozen: optional(p.Frozen[at] != nil),
	}
	if period := cmp.Or(p.Frozen[at], s.years[at]); period != nil {
		out.From, out.To = optionalDay(period.From), optionalDay(period.To)
	}
	if m := p.Measured[at]; m != nil {
		out.Measured, out.MeasuredTo = figureText(m.Figure), optionalDay(m.To)
	}
	for _, o := range p.Observations {
		if o.Year == year {
			seen := s.observation(o)
			out.Observation = &seen
		}
	}
	return out
}

func (s surroundings) observation(o indicator.Observation) api.Observation {
	out := api.Observation{
		On: dateOf(o.On), Figure: o.Figure.String(), Source: o.Source, Computed: o.Computed, Comment: optional(o.Comment),
		By: optional(s.names[o.By]), At: o.At,
	}
	for _, hash := range o.Evidence {
		if file, known := s.files[hash]; known {
			out.Evidence = append(out.Evidence, evidenceOf(file, s.names[file.By]))
		}
	}
	return out
}

func figureText(f *indicator.Figure) *string {
	if f == nil {
		return nil
	}
	text := f.String()
	return &text
}
