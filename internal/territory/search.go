package territory

import (
	"cmp"
	"slices"
	"strings"
)

const (
	maxResults = 50
	maxQuery   = 100 // bytes; no commune's name is half as long
	maxTerms   = 8
)

// Search finds communes for a typeahead. Every word of q must begin a word of the name, or a postal code;
// case, accents and hyphens do not count, and "st" also means "saint". At most limit communes (50 at most,
// 10 when limit is not positive) come in this order: preferred ones (those of the territory), whole
// names, names that begin with q, others; within each, the most populated first.
//
// An empty q gives the preferred communes.
func (t *Table) Search(q string, limit int, preferred []INSEE) []Commune {
	if limit <= 0 {
		limit = 10
	}
	found := shortlist{limit: min(limit, maxResults)}
	search := query{index: t.index(), table: t.communes, preferred: preferred}
	search.parse(q)
	if len(search.terms) == 0 {
		for _, code := range preferred {
			if c, ok := t.ByINSEE(code); ok {
				found.add(candidate{c, 0})
			}
		}
		return found.communes()
	}
	search.run(&found)
	return found.communes()
}

// query is one search: its terms, each with the prefixes it may stand for.
type query struct {
	*index
	table     []Commune
	preferred []INSEE
	terms     [][]string
	whole     string
}

func (s *query) parse(q string) {
	if len(q) > maxQuery {
		q = q[:maxQuery]
	}
	words := strings.Fields(Fold(q))
	for _, word := range words[:min(len(words), maxTerms)] {
		s.terms = append(s.terms, spellings(word))
	}
	s.whole = placeKey(q)
}

func spellings(word string) []string {
	switch word {
	case "st":
		return []string{"st", "saint"}
	case "ste":
		return []string{"ste", "sainte"}
	}
	return []string{word}
}

// run walks the communes of the term with the fewest and keeps those where every term is found.
func (s *query) run(found *shortlist) {
	narrowest := slices.MinFunc(s.terms, func(a, b []string) int {
		return cmp.Compare(s.cost(a), s.cost(b))
	})
	seen := make([]bool, len(s.table))
	for _, prefix := range narrowest {
		from, to := s.beginning(prefix)
		for _, places := range s.places[from:to] {
			for _, i := range places {
				if !seen[i] && s.matches(i) {
					found.add(candidate{s.table[i], s.class(i)})
				}
				seen[i] = true
			}
		}
	}
}

func (s *query) cost(term []string) int {
	n := 0
	for _, prefix := range term {
		n += s.reach(prefix)
	}
	return n
}

func (s *query) matches(i int32) bool {
	for _, term := range s.terms {
		if !slices.ContainsFunc(term, func(prefix string) bool { return s.begins(i, prefix) }) {
			return false
		}
	}
	return true
}

func (s *query) begins(i int32, prefix string) bool {
	if prefix[0] <= '9' && slices.ContainsFunc(s.table[i].PostalCodes, func(code string) bool {
		return strings.HasPrefix(code, prefix)
	}) {
		return true
	}
	// Names have a leading space, so that a word begins after each space.
	return strings.Contains(s.names[i], " "+prefix)
}

// class orders matches before population does.
func (s *query) class(i int32) int {
	name := s.names[i][1:]
	switch {
	case slices.Contains(s.preferred, s.table[i].INSEE):
		return 0
	case name == s.whole:
		return 1
	case strings.HasPrefix(name, s.whole):
		return 2
	}
	return 3
}

type candidate struct {
	Commune
	class int
}

// shortlist keeps the first limit candidates in order.
type shortlist struct {
	limit int
	best  []candidate
}

func (l *shortlist) add(c candidate) {
	if len(l.best) == l.limit && better(c, l.best[l.limit-1]) >= 0 {
		return
	}
	at, _ := slices.BinarySearchFunc(l.best, c, better)
	l.best = slices.Insert(l.best, at, c)
	l.best = l.best[:min(len(l.best), l.limit)]
}

func (l *shortlist) communes() []Commune {
	communes := make([]Commune, len(l.best))
	for i, c := range l.best {
		communes[i] = c.Commune
	}
	return communes
}

func better(a, b candidate) int {
	return cmp.Or(
		cmp.Compare(a.class, b.class),
		cmp.Compare(b.Population, a.Population),
		cmp.Compare(a.INSEE, b.INSEE),
	)
}
