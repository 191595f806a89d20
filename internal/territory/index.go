package territory

import (
	"slices"
	"strings"
)

// index finds communes by the beginning of a word of their name or of a postal code. Numbers are positions in
// the table.
type index struct {
	names  []string           // folded, each with a leading space so that " x" finds a word that begins with x
	byName map[string][]int32 // whole folded names
	keys   []string           // words and postal codes, sorted
	places [][]int32          // the communes of each key, parallel to keys
}

func newIndex(communes []Commune) *index {
	x := &index{names: make([]string, len(communes)), byName: make(map[string][]int32, len(communes))}
	postings := make(map[string][]int32, len(communes))
	for i, c := range communes {
		name := placeKey(c.Name)
		x.names[i] = " " + name
		x.byName[name] = append(x.byName[name], int32(i))
		for word := range strings.FieldsSeq(name) {
			postings[word] = append(postings[word], int32(i))
		}
		for _, code := range c.PostalCodes {
			postings[code] = append(postings[code], int32(i))
		}
	}
	x.keys = make([]string, 0, len(postings))
	for key := range postings {
		x.keys = append(x.keys, key)
	}
	slices.Sort(x.keys)
	x.places = make([][]int32, len(x.keys))
	for i, key := range x.keys {
		x.places[i] = postings[key]
	}
	return x
}

// beginning returns the bounds of the keys that begin with prefix.
func (x *index) beginning(prefix string) (from, to int) {
	from, _ = slices.BinarySearch(x.keys, prefix)
	to, _ = slices.BinarySearch(x.keys, prefix+"\xff")
	return from, to
}

// reach returns how many entries stand under the keys that begin with prefix: the cost of walking them.
func (x *index) reach(prefix string) int {
	n := 0
	from, to := x.beginning(prefix)
	for _, places := range x.places[from:to] {
		n += len(places)
	}
	return n
}
