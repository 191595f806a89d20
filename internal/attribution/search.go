package attribution

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/territory"
)

// maxFound is how many requests a search tells, and maxWords how many words of
// one are split into family and given name.
const (
	maxFound = 100
	maxWords = 8
)

// Search lists a territory's requests whose patient has a name, up to accents,
// case, hyphens and spaces: a family name, or family and given name in either
// order. Open ones come first, the longest waiting before, then those that ended,
// the latest first; nurses only, at most 100. Nobody finds who was erased.
func (s *Service) Search(ctx context.Context, a account.Actor, land, name string) ([]Request, error) {
	if err := account.Allow(a, account.HandleRequests, account.Target{Territory: land}); err != nil {
		return nil, err
	}
	if _, err := s.Territories.Territory(land); err != nil {
		return nil, err
	}
	if oneWord(name) == "" {
		return nil, invalid(append(brokenText("family", name, maxName),
			broken("family", "attribution.family_missing", "Indiquez le nom à chercher.")))
	}
	if err := invalid(brokenText("family", name, maxName)); err != nil {
		return nil, err
	}
	givens := readings(name)
	families := make([]string, 0, len(givens))
	for family := range givens {
		families = append(families, family)
	}
	slices.Sort(families)
	list, err := s.Store.RequestsEverNamed(ctx, land, families)
	if err != nil {
		return nil, err
	}
	list = slices.DeleteFunc(list, func(r Request) bool { return !called(r.Patient, givens) })
	slices.SortFunc(list, sooner)
	return s.views(ctx, a, list[:min(maxFound, len(list))]...)
}

// readings are the ways of reading what was typed as a name: the given names that
// go with each family name, "" for any. Names are in one word.
func readings(name string) map[string][]string {
	words := strings.Fields(territory.Fold(name))
	ways := map[string][]string{strings.Join(words, ""): {""}}
	if len(words) > maxWords {
		return ways
	}
	for i := 1; i < len(words); i++ {
		start, end := strings.Join(words[:i], ""), strings.Join(words[i:], "")
		ways[start] = append(ways[start], end)
		ways[end] = append(ways[end], start)
	}
	return ways
}

// called reports whether a patient's given name is one that goes with the family
// name, or begins with it; one who has none may be anybody of the family.
func called(p *Patient, givens map[string][]string) bool {
	if p == nil {
		return false
	}
	return slices.ContainsFunc(givens[oneWord(p.Family)], func(given string) bool {
		return p.Given == "" || strings.HasPrefix(oneWord(p.Given), given)
	})
}

// sooner is the order of what a search found.
func sooner(a, b Request) int {
	switch {
	case a.State.Ended() && b.State.Ended():
		return cmp.Or(b.endedOn().Compare(a.endedOn()), cmp.Compare(a.ID, b.ID))
	case a.State.Ended():
		return 1
	case b.State.Ended():
		return -1
	}
	return cmp.Or(a.Since.Compare(b.Since), cmp.Compare(a.ID, b.ID))
}
