package funding

import (
	"context"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/fault"
)

// Figures are a fiscal year's budget beside what became of it, as a spreadsheet
// shows them.
type Figures struct {
	Territory string // name
	Year      FiscalYear
	Lines     []BudgetLine // of both budgets
	Outside   Cents        // spent outside every line
	// Envelopes and Dues are of the territory's contract; none when there is none.
	Envelopes []Envelope
	Dues      []Due
	// Labels names what is paid, by code in the schedule.
	Labels map[string]string
}

func (s *Service) figures(ctx context.Context, a account.Actor, year FiscalYear) (Figures, error) {
	land, err := s.Territories.Territory(year.Territory)
	if err != nil {
		return Figures{}, err
	}
	f := Figures{Territory: land.Name, Year: year, Labels: map[string]string{}}
	if f.Lines, f.Outside, err = s.Budget(ctx, a, year.Territory, year.Year); err != nil {
		return Figures{}, err
	}
	if f.Envelopes, err = s.Envelopes(ctx, a, year.Territory); uncontracted(err) {
		return f, nil
	} else if err != nil {
		return Figures{}, err
	}
	for _, e := range f.Envelopes {
		f.Labels[e.Code] = e.Label
	}
	f.Dues, _, err = s.Calendar(ctx, a, year.Territory)
	return f, err
}

// uncontracted reports whether there is no contract to show anything of.
func uncontracted(err error) bool {
	reason := fault.Reason(err)
	return err != nil && (reason == ErrNoContract.Reason || reason == ErrScheduleUnknown.Reason)
}
