package indicator

import (
	"context"
	"maps"
	"math"
	"math/big"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/civil"
)

// measures is what the record answers by contract year, 1 at 0.
type measures [Years]*answers

// answers is a period with a figure for each series that was asked for.
type answers struct {
	from, to civil.Date
	figures  map[Series]*big.Rat // in thousandths, exactly; nil when there is nothing to tell
}

// of is the answer to an objective in a year, rounded to its unit.
func (m measures) of(o Objective, year int) *Measure {
	told := m[year-1]
	if told == nil || o.Series == ByHand {
		return nil
	}
	answer := &Measure{From: told.from, To: told.to}
	if exact := told.figures[o.Series]; exact != nil {
		figure := o.Unit.round(exact)
		answer.Figure = &figure
	}
	return answer
}

// measures asks the record about all series of the objectives in the years that
// began. A year that runs is measured until today.
func (m *Missions) measures(ctx context.Context, a account.Actor, territory string, objectives []Objective, years []int) (measures, error) {
	var all measures
	asked := map[Series]bool{}
	for _, o := range objectives {
		asked[o.Series] = true
	}
	delete(asked, ByHand)
	if len(asked) == 0 {
		return all, nil
	}
	today, err := m.today(territory)
	if err != nil {
		return all, err
	}
	for _, year := range years {
		first, last, ok, err := m.Contract.ContractYear(ctx, territory, year)
		if err != nil {
			return all, err
		}
		if !ok || first.After(today) {
			continue
		}
		if last.After(today) {
			last = today
		}
		if all[year-1], err = m.ask(ctx, a, territory, first, last, asked); err != nil {
			return all, err
		}
	}
	return all, nil
}

func (m *Missions) ask(ctx context.Context, a account.Actor, territory string, from, to civil.Date, asked map[Series]bool) (*answers, error) {
	told := &answers{from: from, to: to, figures: map[Series]*big.Rat{}}
	if asked[SeriesFill] || asked[SeriesOffered] || asked[SeriesUsing] || asked[SeriesUnsolved] || asked[SeriesSNPActs] {
		r, err := m.Reports.Fill(ctx, a, territory, from, to, ByMonth)
		if err != nil {
			return nil, err
		}
		told.tellSlots(r.Total)
	}
	if m.Flow != nil && (asked[SeriesAttached] || asked[SeriesReported] || asked[SeriesMTDelay]) {
		received, attached, days, err := m.Flow.Flow(ctx, a, territory, from, to)
		if err != nil {
			return nil, err
		}
		told.tellFlow(received, attached, days)
	}
	return told, m.forget(ctx, territory, told)
}

// forget drops the figures of nought of a period that the record holds nothing of:
// the service was not there to count.
func (m *Missions) forget(ctx context.Context, territory string, told *answers) error {
	t, err := m.Territories.Territory(territory)
	if err != nil {
		return err
	}
	period := civil.Days(told.from, told.to.DaysSince(told.from)+1, t.Zone)
	held, err := m.Store.Holds(ctx, territory, period.Start.UTC(), period.End.UTC())
	if err != nil || held {
		return err
	}
	maps.DeleteFunc(told.figures, func(_ Series, figure *big.Rat) bool { return figure.Sign() == 0 })
	return nil
}

func (a *answers) tellSlots(total Row) {
	a.figures[SeriesOffered], a.figures[SeriesUsing] = whole(total.Offered), whole(total.Practitioners)
	a.figures[SeriesUnsolved], a.figures[SeriesSNPActs] = whole(total.CasesWithoutSolution), whole(total.SNPActs)
	if total.Offered > 0 { // the seats say it exactly, Fill only nearly
		a.figures[SeriesFill] = big.NewRat(int64(total.Taken)*100_000, int64(total.Offered))
	}
}

func (a *answers) tellFlow(received, attached int, days *float64) {
	a.figures[SeriesReported], a.figures[SeriesAttached] = whole(received), whole(attached)
	if days != nil { // told to one decimal
		a.figures[SeriesMTDelay] = big.NewRat(int64(math.Round(*days*10))*100, 1)
	}
}

func whole(n int) *big.Rat { return big.NewRat(int64(n)*1000, 1) }
