package directory

import (
	"strings"

	"github.com/relais-snp/relais/internal/territory"
)

// findCommune resolves what a file says of a commune: an INSEE code or a name, a postal code, or both. It
// returns invalid "directory.required" (nothing), "directory.commune_unknown", "directory.commune_ambiguous"
// (several of that name or postal code) or "directory.commune_elsewhere" (another département than the postal code).
func findCommune(commune, postalCode string) (territory.Commune, error) {
	table := territory.Communes()
	if commune == "" && postalCode == "" {
		return territory.Commune{}, errRequired
	}
	if c, ok := table.ByINSEE(territory.INSEE(strings.ToUpper(commune))); ok {
		return c, nil
	}
	found := table.ByName(commune, postalCode)
	if commune == "" {
		found = table.ByPostalCode(postalCode)
	}
	switch {
	case len(found) == 0:
		return territory.Commune{}, errCommune
	case len(found) > 1:
		return territory.Commune{}, errAmbiguous
	case postalCode != "" && !near(found[0], postalCode):
		return territory.Commune{}, errElsewhere
	}
	return found[0], nil
}

// near reports whether a postal code may serve a commune: one of its own, or one of its département, as CEDEX
// codes are.
func near(c territory.Commune, postalCode string) bool {
	for _, own := range c.PostalCodes {
		if own == postalCode || own[:2] == postalCode[:2] {
			return true
		}
	}
	return len(c.PostalCodes) == 0
}
