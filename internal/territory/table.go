package territory

import (
	"bytes"
	"cmp"
	"compress/gzip"
	_ "embed"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"sync"
)

//go:embed communes.tsv.gz
var packed []byte

// Table is the communes of France, in order of INSEE code.
type Table struct {
	communes []Commune
	index    func() *index
}

// Communes returns the one table of the program. The first call decodes it (some tens of milliseconds).
var Communes = sync.OnceValue(func() *Table {
	communes, err := decode(packed)
	if err != nil {
		// The table is part of the binary and read by every test: damaged, it is a fault of the build.
		panic(fmt.Sprintf("territory: embedded commune table: %v", err))
	}
	t := &Table{communes: communes}
	t.index = sync.OnceValue(func() *index { return newIndex(communes) })
	return t
})

// ByINSEE returns the commune or arrondissement of a code, and false when there is none.
func (t *Table) ByINSEE(code INSEE) (Commune, bool) {
	i, ok := slices.BinarySearchFunc(t.communes, code, func(c Commune, code INSEE) int {
		return cmp.Compare(c.INSEE, code)
	})
	if !ok {
		return Commune{}, false
	}
	return t.communes[i], true
}

// All iterates over the communes in order of INSEE code, then arrondissements among them (PartOf is set).
func (t *Table) All() func(yield func(Commune) bool) { return slices.Values(t.communes) }

// ByName returns the communes of that name, in any case, with or without accents, hyphens and "Saint" spelt
// out, and without "CEDEX". A postal code narrows them down when one of them has it; it may be empty.
func (t *Table) ByName(name, postalCode string) []Commune {
	var found []Commune
	for _, i := range t.index().byName[placeKey(name)] {
		found = append(found, t.communes[i])
	}
	there := slices.DeleteFunc(slices.Clone(found), func(c Commune) bool {
		return !slices.Contains(c.PostalCodes, postalCode)
	})
	if len(there) > 0 {
		return there
	}
	return found
}

// ByPostalCode returns the communes that have a postal code, in order of INSEE code; arrondissements stand for
// their commune.
func (t *Table) ByPostalCode(code string) []Commune {
	x := t.index()
	at, ok := slices.BinarySearch(x.keys, code)
	if !ok {
		return nil
	}
	var found []Commune
	for _, i := range x.places[at] {
		if c := t.communes[i]; c.PartOf == "" && slices.Contains(c.PostalCodes, code) {
			found = append(found, c)
		}
	}
	return found
}

func decode(packed []byte) ([]Commune, error) {
	r, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, err
	}
	raw, err := io.ReadAll(r)
	if err != nil {
		return nil, err
	}
	// One string backs every name and postal code.
	text := string(raw)
	communes := make([]Commune, 0, strings.Count(text, "\n"))
	for line := range strings.Lines(text) {
		c, err := parseRow(strings.TrimSuffix(line, "\n"))
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", len(communes)+1, err)
		}
		communes = append(communes, c)
	}
	return communes, nil
}

// parseRow reads the columns that gen writes.
func parseRow(line string) (Commune, error) {
	var columns [8]string
	for i := range columns {
		columns[i], line, _ = strings.Cut(line, "\t")
	}
	population, err := strconv.Atoi(columns[3])
	if err != nil {
		return Commune{}, err
	}
	c := Commune{
		INSEE: INSEE(columns[0]), Name: columns[1], Population: population, PartOf: INSEE(columns[7]),
	}
	if columns[2] != "" {
		c.PostalCodes = strings.Split(columns[2], ",")
	}
	if columns[6] == "" {
		return c, nil
	}
	c.Located = Approximate
	if columns[6] == "=" {
		c.Located = Exact
	}
	if c.Lat, err = degrees(columns[4]); err != nil {
		return Commune{}, err
	}
	c.Lon, err = degrees(columns[5])
	return c, err
}

func degrees(tenThousandths string) (float64, error) {
	n, err := strconv.Atoi(tenThousandths)
	return float64(n) / 10_000, err
}
