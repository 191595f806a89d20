package sheet

import (
	"slices"
	"strings"
	"unicode"

	"github.com/relais-snp/relais/internal/fault"
)

// slips refuses a header in which a column was likely lost: one of its words stands there twice
// ("columns_duplicate"), or is not there while something very like it is ("columns_unknown").
// Any other unknown header is left aside, for public extracts have dozens of columns.
func (f Format) slips(header []string, places map[string]int) error {
	var twice, near []fault.Field
	for _, c := range f.Fields {
		switch i, ok := places[c.Name]; {
		case ok && count(header, foldHeader(header[i])) > 1:
			twice = append(twice, fault.Field{Name: c.Name, Reason: f.Room + ".column_duplicate",
				Message: "Cette colonne figure deux fois."})
		case !ok && slices.ContainsFunc(header, c.nearly):
			near = append(near, fault.Field{Name: c.Name, Reason: f.Room + ".column_unknown",
				Message: "Un en-tête ressemble à celui de cette colonne."})
		}
	}
	if len(twice) > 0 {
		return fault.Fields(f.Room+".columns_duplicate", "Des colonnes figurent deux fois dans la première ligne du fichier.", twice...)
	}
	return fault.Fields(f.Room+".columns_unknown",
		"Des en-têtes ressemblent à des colonnes connues sans l’être : corrigez-les.", near...)
}

func count(header []string, folded string) (n int) {
	for _, cell := range header {
		if foldHeader(cell) == folded {
			n++
		}
	}
	return n
}

// nearly reports whether a header is one of the column's words with a slip: one letter in a word of five, two from
// eight on. A header with a number ("téléphone 2") is another column and no slip.
func (c Field) nearly(cell string) bool {
	header := foldHeader(cell)
	if strings.ContainsFunc(header, unicode.IsDigit) {
		return false
	}
	return slices.ContainsFunc(c.Headers, func(word string) bool {
		switch n := len(word); {
		case n < 5:
			return false
		case n < 8:
			return slip(header, word) <= 1
		default:
			return slip(header, word) <= 2
		}
	})
}

// slip counts the letters that were left out, added, mistaken or swapped with their neighbour between two words
// (optimal string alignment), and says 3 as soon as their lengths tell that it is more than 2.
func slip(a, b string) int {
	if max(len(a), len(b))-min(len(a), len(b)) > 2 {
		return 3
	}
	rows := make([][]int, len(a)+1)
	for i := range rows {
		rows[i] = make([]int, len(b)+1)
		rows[i][0] = i
	}
	for j := range rows[0] {
		rows[0][j] = j
	}
	for i := 1; i <= len(a); i++ {
		for j := 1; j <= len(b); j++ {
			mistaken := 1
			if a[i-1] == b[j-1] {
				mistaken = 0
			}
			rows[i][j] = min(rows[i-1][j]+1, rows[i][j-1]+1, rows[i-1][j-1]+mistaken)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				rows[i][j] = min(rows[i][j], rows[i-2][j-2]+1)
			}
		}
	}
	return rows[len(a)][len(b)]
}

// leftAside lists the headers that mean no column, as they stand, without what could steer a terminal and 40
// characters at most each.
func leftAside(header []string, places map[string]int) []string {
	used := make(map[int]bool, len(places))
	for _, i := range places {
		used[i] = true
	}
	var aside []string
	for i, cell := range header {
		cell = strings.Join(strings.FieldsFunc(cell, func(r rune) bool { return unicode.IsSpace(r) || steers(r) }), " ")
		if cell == "" || used[i] {
			continue
		}
		if letters := []rune(cell); len(letters) > 40 {
			cell = string(letters[:40]) + "…"
		}
		aside = append(aside, cell)
	}
	return aside
}
