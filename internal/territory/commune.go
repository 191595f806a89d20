package territory

import "strings"

// INSEE is the code of a commune in the code officiel géographique: five characters, "77445" or "2A004". It is
// not a postal code.
type INSEE string

// Precision says where the point of a commune comes from.
type Precision uint8

const (
	// Unlocated communes have no point; their distance to any other is unknown.
	Unlocated Precision = iota
	// Approximate communes borrow the point of a commune with the same postal code.
	Approximate
	// Exact communes have the point of their own main settlement.
	Exact
)

// String names the precision as the API does: "none", "approximate", "exact".
func (p Precision) String() string {
	return [...]string{"none", "approximate", "exact"}[p]
}

// Commune is one of the communes of France, or an arrondissement of Paris, Lyon or Marseille.
type Commune struct {
	INSEE       INSEE
	Name        string
	PostalCodes []string // shared with the table: not to be changed
	Population  int      // inhabitants; 0 where none are counted
	Lat, Lon    float64  // degrees, WGS 84; meaningless when Unlocated
	Located     Precision
	PartOf      INSEE // of an arrondissement: its commune; empty for a commune
}

// Departement returns the code of the commune's département or overseas territory: "77", "2A", "974".
func (c Commune) Departement() string {
	code := string(c.INSEE)
	switch {
	case len(code) != 5:
		return ""
	case strings.HasPrefix(code, "97"), strings.HasPrefix(code, "98"):
		return code[:3]
	}
	return code[:2]
}
