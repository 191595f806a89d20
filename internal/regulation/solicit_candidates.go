package regulation

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/territory"
)

// Candidate is a GP who may be asked, and why they stand where they stand.
type Candidate struct {
	Practitioner string
	DistanceKm   float64 // à vol d'oiseau, from the caller's commune to the nearest of theirs
	Approximate  bool    // a commune's point was borrowed from a neighbour
	Unknown      bool    // no distance is known
	OwnMT        bool    // the patient's own médecin traitant
}

// Candidates lists who may be asked for the case: those who accept now, the
// patient's own médecin traitant first, then the nearest; at most 50.
func (s *Service) Candidates(ctx context.Context, a account.Actor, caseID string) ([]Candidate, error) {
	c, err := s.Store.Case(ctx, caseID)
	if err != nil {
		return nil, err
	}
	if err := allowSolicit(a, c); err != nil {
		return nil, err
	}
	willing, err := s.Store.Accepting(ctx, c.Territory, s.Now())
	if err != nil {
		return nil, err
	}
	nearest := Nearest(willing, c)
	return nearest[:min(maxCandidates, len(nearest))], nil
}

// allowSolicit authorises asking for a case; a foreign one is not even named.
func allowSolicit(a account.Actor, c Case) error {
	if !a.In(c.Territory) {
		return ErrCaseUnknown
	}
	return account.Allow(a, account.Solicit, account.Target{Territory: c.Territory})
}

// Nearest orders those who accept for a caller: the patient's own médecin
// traitant first, then by distance, those without known distance last; ties by
// id.
func Nearest(willing []Willing, c Case) []Candidate {
	own := c.ownMT()
	from, located := territory.Communes().ByINSEE(territory.INSEE(c.Commune))
	all := make([]Candidate, 0, len(willing))
	for _, w := range willing {
		one := Candidate{Practitioner: w.Practitioner, Unknown: true, OwnMT: own != "" && w.RPPS == own}
		if located {
			one.nearTo(from, w.Communes)
		}
		all = append(all, one)
	}
	slices.SortFunc(all, func(a, b Candidate) int {
		return cmp.Or(-compareBool(a.OwnMT, b.OwnMT), compareBool(a.Unknown, b.Unknown),
			cmp.Compare(a.DistanceKm, b.DistanceKm), strings.Compare(a.Practitioner, b.Practitioner))
	})
	return all
}

// nearTo takes the distance to the nearest commune that has one.
func (c *Candidate) nearTo(from territory.Commune, communes []territory.INSEE) {
	for _, code := range communes {
		place, known := territory.Communes().ByINSEE(code)
		if !known {
			continue
		}
		d := territory.Between(from, place)
		if !d.Unknown && (c.Unknown || d.Km < c.DistanceKm) {
			c.DistanceKm, c.Approximate, c.Unknown = d.Km, d.Approximate, false
		}
	}
}
