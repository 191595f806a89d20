package demo

import (
	"context"
	"time"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/attribution"
	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/indicator"
)

// inhabitants is of how many the caisse counts those without médecin traitant.
const inhabitants = 113889

// declareFigures enters what the caisse told at the beginning of the quarter, and
// a year before: in Sénart 15.5% of the inhabitants have no médecin traitant, 1.8
// points of them with an ALD.
func (s *season) declareFigures(ctx context.Context, now time.Time) error {
	latest := attribution.QuarterOf(s.today).First()
	before := civil.Date{Year: latest.Year - 1, Month: latest.Month, Day: 1}
	for _, f := range []indicator.Declared{
		{Kind: indicator.WithoutMT, On: before, Count: 18336, Base: inhabitants},
		{Kind: indicator.ALDWithoutMT, On: before, Count: 2392, Base: inhabitants},
		{Kind: indicator.WithoutMT, On: latest, Count: 17653, Base: inhabitants},
		{Kind: indicator.ALDWithoutMT, On: latest, Count: 2050, Base: inhabitants},
		{Kind: indicator.Aged70WithoutMT, On: latest, Count: 734},
		{Kind: indicator.C2SWithoutMT, On: latest, Count: 1912},
	} {
		f.Territory, f.Source = s.Territory.ID, "Données CPAM (démonstration)"
		s.clock.Set(earlier(s.at(f.On, "14:30"), now))
		if _, err := s.Figures.DeclareFigure(ctx, s.staff.one(account.Coordinator), f); err != nil {
			return err
		}
	}
	return nil
}

func earlier(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}
