package attribution

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
	"strings"

	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/territory"
)

// inputs is everything a plan is computed from, so that equal hashes stand for
// equal plans: communes with their points, since a newer table may move them.
type inputs struct {
	Day     civil.Date
	Rule    Rule
	Seekers []Seeker
	GPs     []Capacity
}

// hash is the SHA-256 of the inputs in one canonical order, in hex.
func (in inputs) hash() string {
	in.Seekers, in.GPs = slices.Clone(in.Seekers), slices.Clone(in.GPs)
	for i, s := range in.Seekers {
		in.Seekers[i].NotBy = slices.Sorted(slices.Values(s.NotBy))
		in.Seekers[i].Commune = point(s.Commune)
	}
	for i, c := range in.GPs {
		in.GPs[i].Communes = slices.Sorted(slices.Values(c.Communes))
		in.GPs[i].Commune = point(c.Commune)
	}
	slices.SortFunc(in.Seekers, func(a, b Seeker) int { return strings.Compare(a.ID, b.ID) })
	slices.SortFunc(in.GPs, func(a, b Capacity) int { return strings.Compare(a.Practitioner, b.Practitioner) })
	sum := sha256.New()
	_ = json.NewEncoder(sum).Encode(in) // plain fields into a hash: cannot fail
	return hex.EncodeToString(sum.Sum(nil))
}

// point is what of a commune distances and wishes depend on.
func point(c territory.Commune) territory.Commune {
	return territory.Commune{INSEE: c.INSEE, Lat: c.Lat, Lon: c.Lon, Located: c.Located, PartOf: c.PartOf}
}
