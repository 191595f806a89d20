package indicator

import (
	"fmt"
	"math/big"
	"slices"
	"unicode/utf8"

	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/fault"
)

// Years is for how many years a contract has targets.
const Years = 5

// Objective is an indicator of the mission contract: where one started, what one
// wants in each year, and what it weighs.
type Objective struct {
	ID        string        `json:"id"`
	Territory string        `json:"territory"`
	Code      string        `json:"code"` // its own in the territory: "mt-17"
	Label     string        `json:"label"`
	Mission   string        `json:"mission"` // code in the funding schedule
	Unit      Unit          `json:"unit"`
	Direction Direction     `json:"direction"`
	Baseline  Figure        `json:"baseline"`
	BaseOn    civil.Date    `json:"baseOn"`
	Source    string        `json:"source"` // of the baseline
	Targets   [Years]Target `json:"targets"`
	// Weight is what it counts in the variable part, beside the others of its
	// mission; 0 for one that is only followed.
	Weight int64 `json:"weight"`
	// Series names what of the record answers it, "" for values entered by hand.
	Series  Series `json:"series"`
	Comment string `json:"comment"`
}

// Unit is what is counted, and how finely.
type Unit string

// The units.
const (
	Count   Unit = "count"   // whole
	Percent Unit = "percent" // to a tenth
)

// Direction says which way is better.
type Direction string

// The directions.
const (
	Down Direction = "down"
	Up   Direction = "up"
)

// Figure is a value in thousandths of its unit: 74.7 % is 74700.
type Figure int64

// TargetKind says what a target is measured from.
type TargetKind string

// The kinds.
const (
	NoTarget   TargetKind = ""
	Absolute   TargetKind = "absolute"
	OfBaseline TargetKind = "of_baseline" // per cent more or less than the baseline
	OfPrevious TargetKind = "of_previous" // per cent more or less than the year before's target
)

// Target is what one wants in a year: a figure, or a change in thousandths of a
// per cent (−10 % is −10000).
type Target struct {
	Kind  TargetKind `json:"kind"`
	Value Figure     `json:"value"`
}

// Series names a computed value.
type Series string

// What the record answers.
const (
	ByHand         Series = ""
	SeriesFill     Series = "snp.fill"          // share of offered places that were taken
	SeriesOffered  Series = "snp.offered"       // places offered
	SeriesUsing    Series = "snp.practitioners" // professionals who published
	SeriesUnsolved Series = "snp.no_solution"   // calls without solution
	SeriesAttached Series = "mt.attached"       // patients attached to a médecin traitant
	SeriesReported Series = "mt.received"       // requests received
	SeriesMTDelay  Series = "mt.median_days"    // from report to attachment
	SeriesSNPActs  Series = "snp.acts"          // acts that earn a majoration
)

// AllSeries lists what the record answers, in a fixed order.
func AllSeries() []Series {
	return []Series{SeriesFill, SeriesOffered, SeriesUsing, SeriesUnsolved, SeriesSNPActs, SeriesAttached, SeriesReported, SeriesMTDelay}
}

// Unit is what the series counts in.
func (s Series) Unit() Unit {
	if s == SeriesFill {
		return Percent
	}
	return Count
}

// Path returns the targets as absolute figures, rounded once to the unit, halves
// away from zero; a year without a target has none. A change from year to year is
// compounded exactly, over years without a target from the last one before.
func (o Objective) Path() [Years]*Figure {
	var path [Years]*Figure
	previous := ratio(o.Baseline)
	for i, t := range o.Targets {
		var exact *big.Rat
		switch t.Kind {
		case Absolute:
			exact = ratio(t.Value)
		case OfBaseline:
			exact = changed(ratio(o.Baseline), t.Value)
		case OfPrevious:
			exact = changed(previous, t.Value)
		default:
			continue
		}
		previous = exact
		figure := o.Unit.round(exact)
		path[i] = &figure
	}
	return path
}

func ratio(f Figure) *big.Rat { return big.NewRat(int64(f), 1) }

// changed is a figure more or less by thousandths of a per cent.
func changed(from *big.Rat, by Figure) *big.Rat {
	factor := new(big.Rat).Add(big.NewRat(1, 1), big.NewRat(int64(by), 100_000))
	return factor.Mul(factor, from)
}

// round brings thousandths to what the unit shows.
func (u Unit) round(exact *big.Rat) Figure {
	step := int64(1000)
	if u == Percent {
		step = 100
	}
	scaled := new(big.Rat).Quo(exact, big.NewRat(step, 1))
	// round(x) = floor(|x| + 1/2), with its sign.
	n := new(big.Int).Abs(scaled.Num())
	n.Lsh(n, 1).Add(n, scaled.Denom())
	n.Quo(n, new(big.Int).Lsh(scaled.Denom(), 1))
	if scaled.Sign() < 0 {
		n.Neg(n)
	}
	return Figure(n.Int64() * step) // validated: figures are bounded
}

// Achieved is how much of a year's way from the baseline to the target was gone,
// from 0 to 1, exactly; nil for a year without a target. A target that is the
// baseline itself is reached when nothing got worse.
func (o Objective) Achieved(year int, observed Figure) *big.Rat {
	target := o.Path()[year-1]
	if target == nil {
		return nil
	}
	way := int64(o.Baseline - *target)
	if way == 0 {
		worse := observed > *target
		if o.Direction == Up {
			worse = observed < *target
		}
		if worse {
			return new(big.Rat)
		}
		return big.NewRat(1, 1)
	}
	gone := big.NewRat(int64(o.Baseline-observed), way)
	switch {
	case gone.Sign() < 0:
		return new(big.Rat)
	case gone.Cmp(big.NewRat(1, 1)) > 0:
		return big.NewRat(1, 1)
	}
	return gone
}

// maxFigure bounds figures: a thousand million.
const maxFigure Figure = 1_000_000_000_000

// Check returns an Invalid fault "indicator.objective" that names every broken rule.
func (o Objective) Check() error {
	var fields []fault.Field
	wrong := func(name, message string) {
		fields = append(fields, fault.Field{Name: name, Reason: "indicator.objective", Message: message})
	}
	if len(o.Code) < 2 || len(o.Code) > 40 {
		wrong("code", "Un indicateur a un code de 2 à 40 caractères.")
	}
	if n := utf8.RuneCountInString(o.Label); n < 3 || n > 200 {
		wrong("label", "Un indicateur a un libellé.")
	}
	if len(o.Mission) < 2 || len(o.Mission) > 60 {
		wrong("mission", "Un indicateur appartient à une mission du contrat.")
	}
	if o.Unit != Count && o.Unit != Percent {
		wrong("unit", "L’unité est un nombre ou un pourcentage.")
	}
	if o.Series != ByHand && !slices.Contains(AllSeries(), o.Series) {
		wrong("series", "Relais ne mesure pas cet indicateur.")
	}
	if o.Series != ByHand && o.Unit != o.Series.Unit() {
		wrong("unit", "Ce que Relais mesure ici n’a pas cette unité.")
	}
	if o.Direction != Up && o.Direction != Down {
		wrong("direction", "Dites s’il doit monter ou descendre.")
	}
	if o.Baseline < 0 || o.Baseline > maxFigure || o.Unit == Percent && o.Baseline > 100_000 {
		wrong("baseline", "La valeur de départ est hors de son domaine.")
	}
	if !o.BaseOn.Valid() || o.Source == "" || len(o.Source) > 600 {
		wrong("baseOn", "La valeur de départ a une date et une source.")
	}
	if len(o.Comment) > 4000 {
		wrong("comment", "Un commentaire compte 4 000 caractères au plus.")
	}
	if o.Weight < 0 || o.Weight > 1000 {
		wrong("weight", "Un poids va de 0 à 1000.")
	}
	for i, t := range o.Targets {
		if !t.sound() || o.Unit == Percent && t.Kind == Absolute && t.Value > 100_000 {
			wrong(fmt.Sprintf("targets[%d]", i), "Une cible est un nombre, ou une évolution de −100 % à +1000 %.")
		}
	}
	return fault.Fields("indicator.objective", "Cet indicateur est incorrect.", fields...)
}

func (t Target) sound() bool {
	switch t.Kind {
	case NoTarget:
		return t.Value == 0
	case Absolute:
		return t.Value >= 0 && t.Value <= maxFigure
	case OfBaseline, OfPrevious:
		return t.Value >= -100_000 && t.Value <= 1_000_000
	}
	return false
}

// Share is what a year's observed figures earn of the variable part of a mission,
// from 0 to 1, exactly: the weighted mean of what was achieved. An objective
// without an observed figure achieved nothing; one without a target or a weight
// that year does not count. It is an estimate: the decision of the yearly dialogue
// stands above it.
func Share(year int, objectives []Objective, observed map[string]Figure) *big.Rat {
	sum, weights := new(big.Rat), int64(0)
	for _, o := range objectives {
		figure, seen := observed[o.ID]
		achieved := o.Achieved(year, figure)
		if achieved == nil || o.Weight == 0 {
			continue
		}
		weights += o.Weight
		if seen {
			sum.Add(sum, achieved.Mul(achieved, big.NewRat(o.Weight, 1)))
		}
	}
	if weights == 0 {
		return new(big.Rat)
	}
	return sum.Quo(sum, big.NewRat(weights, 1))
}
