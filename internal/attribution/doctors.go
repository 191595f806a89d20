package attribution

import (
	"context"

	"github.com/relais-snp/relais/internal/directory"
	"github.com/relais-snp/relais/internal/territory"
)

// doctors returns the physicians of a territory, by id, and where they receive:
// the commune of their first location that has one, else the zero Commune.
// Nobody else can be a médecin traitant.
func (s *Service) doctors(ctx context.Context, land string) (map[string]territory.Commune, error) {
	people, err := s.People.Practitioners(ctx, land)
	if err != nil {
		return nil, err
	}
	places, err := s.People.Locations(ctx, land)
	if err != nil {
		return nil, err
	}
	lies := map[string]territory.INSEE{}
	for _, l := range places {
		lies[l.ID] = l.Commune
	}
	receive := map[string]territory.Commune{}
	for _, p := range people {
		if p.Profession == directory.Physician && p.In(land) {
			receive[p.ID] = firstOf(p, lies)
		}
	}
	return receive, nil
}

func firstOf(p directory.Practitioner, lies map[string]territory.INSEE) territory.Commune {
	for _, l := range p.Locations {
		if c := communeOf(lies[l]); c.INSEE != "" {
			return c
		}
	}
	return territory.Commune{}
}

// communeOf returns the commune of a code, the zero Commune when nobody knows it.
func communeOf(code territory.INSEE) territory.Commune {
	c, _ := territory.Communes().ByINSEE(code)
	return c
}
