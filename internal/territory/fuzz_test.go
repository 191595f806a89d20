package territory_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/relais-snp/relais/internal/fault"
	"github.com/relais-snp/relais/internal/territory"
)

// FuzzSearch takes what somebody types to find a commune.
func FuzzSearch(f *testing.F) {
	for _, q := range []string{"", "st ger", "L’Île-d’Yeu", "771", "a", "saint saint saint saint saint saint saint saint saint", "œ", "\xff\xfe", strings.Repeat("é", 200)} {
		f.Add(q, 10)
	}
	f.Add("x", -1)
	f.Add("m", 1<<30)
	table := territory.Communes()
	preferred := []territory.INSEE{"77445", "77067", "99999"}
	f.Fuzz(func(t *testing.T, q string, limit int) {
		found := table.Search(q, limit, preferred)
		bound := 10
		if limit > 0 {
			bound = min(limit, 50)
		}
		if len(found) > bound {
			t.Errorf("%d communes of %d asked for", len(found), limit)
		}
		seen := map[territory.INSEE]bool{}
		for _, c := range found {
			if known, ok := table.ByINSEE(c.INSEE); !ok || known.Name != c.Name || seen[c.INSEE] {
				t.Errorf("%q finds %+v", q, c)
			}
			seen[c.INSEE] = true
		}
		if again := table.Search(territory.Fold(q), limit, preferred); len(q) <= 100 && len(again) != len(found) {
			t.Errorf("%q finds %d, folded %d", q, len(found), len(again))
		}
	})
}

// FuzzPlace takes the commune and postal code of an imported address.
func FuzzPlace(f *testing.F) {
	f.Add("ST GERMAIN CEDEX 2", "77000")
	f.Add("Paris 12e", "75012")
	f.Add("", "")
	f.Add("cedex", "\xff")
	table := territory.Communes()
	f.Fuzz(func(t *testing.T, name, code string) {
		named := table.ByName(name, code)
		for _, c := range named {
			if !slices.ContainsFunc(table.ByName(c.Name, ""), func(other territory.Commune) bool { return other.INSEE == c.INSEE }) {
				t.Errorf("%q finds %s, which its own name %q does not", name, c.INSEE, c.Name)
			}
		}
		for _, c := range table.ByPostalCode(code) {
			if !slices.Contains(c.PostalCodes, code) || c.PartOf != "" {
				t.Errorf("%q finds %+v", code, c)
			}
		}
	})
}

// FuzzTerritory takes the values of a territory's file.
func FuzzTerritory(f *testing.F) {
	f.Add("cpts-senart", "CPTS Sénart", "", "77445 77067")
	f.Add("cpts--x", "", "Nowhere/Else", "00000 77445 77445")
	f.Add("", "\xff", "../UTC", "")
	f.Add("paris", "Paris", "Europe/Paris", "75056 75112")
	f.Fuzz(func(t *testing.T, id, name, zone, codes string) {
		land, err := territory.New(id, name, zone, strings.Fields(codes))
		if err != nil {
			if refusal := fault.Of(err); refusal.Reason != "territory.invalid" || len(refusal.Fields) == 0 {
				t.Errorf("refused with %v", err)
			}
			return
		}
		if land.Zone == nil || land.ID != id || !slices.IsSorted(land.Communes) || len(land.Communes) == 0 {
			t.Errorf("made %+v", land)
		}
		for _, code := range land.Communes {
			if !land.Has(code) {
				t.Errorf("it does not hold its own %s", code)
			}
		}
	})
}
