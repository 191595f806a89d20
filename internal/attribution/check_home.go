package attribution

import (
	"slices"
	"strings"
	"unicode"

	"github.com/relais-snp/relais/internal/territory"
)

// shortestHome is how many characters of an address tell where somebody lives.
const shortestHome = 6

// streetKinds are the words that a street's name begins with, each by what it is
// shortened to.
var streetKinds = map[string]string{
	"rue": "rue", "r": "rue", "avenue": "avenue", "av": "avenue", "ave": "avenue", "boulevard": "boulevard", "bd": "boulevard", "bld": "boulevard",
	"bvd": "boulevard", "place": "place", "pl": "place", "impasse": "impasse", "imp": "impasse", "allee": "allee", "allees": "allee", "all": "allee",
	"chemin": "chemin", "ch": "chemin", "che": "chemin", "route": "route", "rte": "route", "square": "square", "sq": "square", "cours": "cours",
	"quai": "quai", "passage": "passage", "pass": "passage", "sente": "sente", "sentier": "sentier", "villa": "villa", "residence": "residence",
	"res": "residence", "hameau": "hameau", "lotissement": "lotissement", "lot": "lotissement", "cite": "cite", "mail": "mail",
	"esplanade": "esplanade", "faubourg": "faubourg", "fg": "faubourg", "clos": "clos", "lieu": "lieu", "voie": "voie", "promenade": "promenade",
	"venelle": "venelle", "ruelle": "ruelle", "montee": "montee",
}

// homes lists what of an address tells where somebody lives, each as streetWords
// writes it: the whole line, the line without the commune, and each street, with
// its number if it has one. A commune alone is no home: whoever reads a synthesis
// knows it.
func homes(address, commune string) (list []string) {
	town := streetWords(territory.Fold(commune))
	add := func(home string) {
		if len(home) >= shortestHome && home != town && !slices.Contains(list, home) {
			list = append(list, home)
		}
	}
	whole := streetWords(territory.Fold(address))
	add(whole)
	add(withoutTown(whole, town))
	for part := range strings.FieldsFuncSeq(address, func(r rune) bool { return r == ',' || r == ';' }) {
		add(streetOf(withoutTown(streetWords(territory.Fold(part)), town)))
	}
	return list
}

// withoutTown cuts an address before its postal code, else before the commune it ends with.
func withoutTown(home, town string) string {
	words := strings.Fields(home)
	if i := slices.IndexFunc(words, func(w string) bool { return len(w) == 5 && numeric(w) }); i >= 0 {
		return strings.Join(words[:i], " ")
	}
	if town != "" {
		return strings.TrimSuffix(home, " "+town)
	}
	return home
}

// streetOf is the street that a line names, from its number on; "" for none.
func streetOf(line string) string {
	words := strings.Fields(line)
	i := slices.IndexFunc(words, func(w string) bool { return streetKinds[w] != "" })
	if i < 0 || i+1 == len(words) {
		return ""
	}
	if i > 0 && numeric(words[i-1]) {
		i--
	}
	return strings.Join(words[i:], " ")
}

// streetWords writes a folded text so that addresses compare: streets in full,
// numbers without what follows them (12 bis, 12b).
func streetWords(folded string) string {
	var words []string
	numbered := false
	for word := range strings.FieldsSeq(folded) {
		if numbered && slices.Contains([]string{"bis", "ter", "quater", "a", "b", "c", "d"}, word) {
			continue
		}
		if n := strings.TrimRight(word, "abcd"); n != "" && numeric(n) {
			word = n
		}
		numbered = numeric(word)
		if full, ok := streetKinds[word]; ok {
			word = full
		}
		words = append(words, word)
	}
	return strings.Join(words, " ")
}

func numeric(word string) bool {
	return !strings.ContainsFunc(word, func(r rune) bool { return !unicode.IsDigit(r) })
}
