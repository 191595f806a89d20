package main

import (
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/relais-snp/relais/internal/territory"
)

// land is a territory of neighbouring communes.
type land struct {
	id       string
	communes []territory.Commune
	people   int
}

// divide cuts mainland France into about n lands of neighbours, alike in
// population: the set is halved across its longer side until it is cut enough.
// A city too large for one land is one all the same.
func divide(n int) []land {
	var all []territory.Commune
	split := map[territory.INSEE]bool{} // into arrondissements
	for c := range territory.Communes().All() {
		if c.PartOf != "" {
			split[c.PartOf] = true
		}
	}
	for c := range territory.Communes().All() {
		if c.Located != territory.Unlocated && c.Population > 0 && !split[c.INSEE] && len(c.Departement()) == 2 {
			all = append(all, c)
		}
	}
	var lands []land
	for _, communes := range halve(all, n) {
		lands = append(lands, land{fmt.Sprintf("essai-%03d", len(lands)+1), communes, population(communes)})
	}
	return lands
}

// some takes n lands from all over the country.
func some(lands []land, n int) []land {
	if n >= len(lands) {
		return lands
	}
	taken := make([]land, n)
	for i := range taken {
		taken[i] = lands[i*len(lands)/n]
	}
	return taken
}

func halve(communes []territory.Commune, n int) [][]territory.Commune {
	if n <= 1 || len(communes) == 1 {
		return [][]territory.Commune{communes}
	}
	lat := func(c territory.Commune) float64 { return c.Lat }
	lon := func(c territory.Commune) float64 { return c.Lon * 0.7 } // a degree is shorter at 46° north
	across := lat
	if extent(communes, lon) > extent(communes, lat) {
		across = lon
	}
	slices.SortFunc(communes, func(a, b territory.Commune) int {
		return cmp.Or(cmp.Compare(across(a), across(b)), cmp.Compare(a.INSEE, b.INSEE))
	})
	left := n / 2
	wanted, sum, at := population(communes)*left/n, 0, 0
	for at < len(communes)-1 && (at == 0 || sum < wanted) {
		sum += communes[at].Population
		at++
	}
	return slices.Concat(halve(communes[:at], left), halve(communes[at:], n-left))
}

func extent(communes []territory.Commune, of func(territory.Commune) float64) float64 {
	least, most := of(communes[0]), of(communes[0])
	for _, c := range communes {
		least, most = min(least, of(c)), max(most, of(c))
	}
	return most - least
}

func population(communes []territory.Commune) (sum int) {
	for _, c := range communes {
		sum += c.Population
	}
	return sum
}

// draw picks the commune that a share of the population lives before.
func (l land) draw(share float64) string {
	left := int(share * float64(l.people))
	for _, c := range l.communes {
		if left -= c.Population; left < 0 {
			return string(c.INSEE)
		}
	}
	return string(l.communes[0].INSEE)
}

// write writes the file of each territory into a new folder.
func write(lands []land, folder string) error {
	if err := os.Mkdir(folder, 0o700); err != nil {
		return err
	}
	for _, l := range lands {
		var text strings.Builder
		fmt.Fprintf(&text, "id: %s\nname: CPTS d'essai %s\nzone: Europe/Paris\ncommunes:\n", l.id, l.id)
		for _, c := range l.communes {
			fmt.Fprintf(&text, "  - %q\n", c.INSEE)
		}
		if err := os.WriteFile(filepath.Join(folder, l.id+".yaml"), []byte(text.String()), 0o600); err != nil {
			return err
		}
	}
	return nil
}
