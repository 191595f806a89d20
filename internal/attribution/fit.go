package attribution

import (
	"math"
	"slices"

	"github.com/relais-snp/relais/internal/territory"
)

// fit tells whether a GP can take a seeker, capacity left aside, and how far
// they are from each other. A distance that nobody knows is no hurdle: it counts
// as the furthest there may be.
func (l Limits) fit(s Seeker, c *Capacity, d territory.Distance) (Hurdle, int) {
	metres := int(math.Round(d.Km * 1000))
	if d.Unknown {
		metres = int(math.Round(l.MaxKm * 1000))
	}
	switch {
	case slices.Contains(s.NotBy, c.Practitioner):
		return Refused, metres
	case c.Paused:
		return Paused, metres
	case c.Criteria != 0 && !c.Criteria.Meets(s.Criteria):
		return WrongCriteria, metres
	case len(c.Communes) > 0 && !s.livesIn(c.Communes):
		return WrongCommune, metres
	case s.HomeVisits && !c.HomeVisits:
		return NoHomeVisits, metres
	case len(c.Communes) == 0 && !d.Unknown && d.Km > l.MaxKm:
		return TooFar, metres
	}
	return NoHurdle, metres
}

// livesIn reports whether the seeker's commune is among these, or the one that
// their arrondissement is part of.
func (s Seeker) livesIn(communes []territory.INSEE) bool {
	return slices.Contains(communes, s.Commune.INSEE) || s.Commune.PartOf != "" && slices.Contains(communes, s.Commune.PartOf)
}

// apartBy is how far apart two communes are; not known when one of them is not.
func apartBy(a, b territory.Commune) territory.Distance {
	if a.INSEE == "" || b.INSEE == "" {
		return territory.Distance{Unknown: true}
	}
	return territory.Between(a, b)
}

// choice is a GP whom a seeker could go to.
type choice struct {
	gp   int32
	cost int32 // metres, plus what a GP who does not know the patient is behind
}

// ground is how far the GPs are from where seekers live. Many live in one
// commune, and many receive in one, so each pair of communes is measured once.
type ground struct {
	sites []territory.Commune // where GPs receive, each once
	at    []int               // by GP, its site
	rows  map[territory.INSEE][]territory.Distance
}

func groundOf(gps []Capacity) *ground {
	g := &ground{at: make([]int, len(gps)), rows: map[territory.INSEE][]territory.Distance{}}
	number := map[territory.INSEE]int{}
	for j, c := range gps {
		n, known := number[c.Commune.INSEE]
		if !known {
			n = len(g.sites)
			number[c.Commune.INSEE] = n
			g.sites = append(g.sites, c.Commune)
		}
		g.at[j] = n
	}
	return g
}

// from returns the distances of a commune to every site.
func (g *ground) from(home territory.Commune) []territory.Distance {
	row, ok := g.rows[home.INSEE]
	if ok {
		return row
	}
	row = make([]territory.Distance, len(g.sites))
	for n, site := range g.sites {
		row[n] = apartBy(home, site)
	}
	g.rows[home.INSEE] = row
	return row
}
