package indicator

import (
	"math/big"

	"github.com/relais-snp/relais/internal/civil"
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
// from 0 to 1, exactly; nil for a year without a target. Where the target is no
// better than the baseline (it holds a decline back) there is no way to measure:
// it is reached or it is not.
func (o Objective) Achieved(year int, observed Figure) *big.Rat {
	return o.achieved(o.Path()[year-1], observed)
}

func (o Objective) achieved(target *Figure, observed Figure) *big.Rat {
	switch {
	case target == nil:
		return nil
	case !o.better(*target, o.Baseline) && o.better(*target, observed):
		return new(big.Rat)
	case !o.better(*target, o.Baseline):
		return big.NewRat(1, 1)
	}
	gone := big.NewRat(int64(o.Baseline-observed), int64(o.Baseline-*target))
	switch {
	case gone.Sign() < 0:
		return new(big.Rat)
	case gone.Cmp(big.NewRat(1, 1)) > 0:
		return big.NewRat(1, 1)
	}
	return gone
}

// better reports whether a figure is better than another, and not as good.
func (o Objective) better(figure, than Figure) bool {
	if o.Direction == Up {
		return figure > than
	}
	return figure < than
}
