package attribution

import (
	"cmp"
	"slices"
	"strings"

	"github.com/relais-snp/relais/internal/territory"
)

// kinds sorts seekers by all that a GP can tell of them, order of priority left
// aside: those of one kind have the same choices at the same cost. A territory of
// thousands of seekers has some hundred kinds, so choices are listed, and
// searched through, once for each of them.
type kinds struct {
	of      []int32    // by seeker
	like    []int32    // by kind, the first seeker of it
	choices [][]choice // by kind, the cheapest first
}

// trait is what makes a kind.
type trait struct {
	home       territory.INSEE
	criteria   Set // those that some GP asks for
	homeVisits bool
	knownTo    string
	notBy      string
}

func (g *ground) kinds(seekers []Seeker, gps []Capacity, l Limits) kinds {
	var asked Set
	for _, c := range gps {
		asked |= c.Criteria
	}
	k := kinds{of: make([]int32, len(seekers))}
	number := map[trait]int32{}
	for i, s := range seekers {
		t := trait{s.Commune.INSEE, s.Criteria & asked, s.HomeVisits, s.KnownTo, strings.Join(slices.Sorted(slices.Values(s.NotBy)), "\n")}
		n, known := number[t]
		if !known {
			n = int32(len(k.like))
			number[t] = n
			k.like = append(k.like, int32(i))
			k.choices = append(k.choices, g.choices(s, gps, l))
		}
		k.of[i] = n
	}
	return k
}

// choices lists the GPs whom a seeker could go to, the cheapest first.
func (g *ground) choices(s Seeker, gps []Capacity, l Limits) []choice {
	found := make([]choice, 0, len(gps))
	row := g.from(s.Commune)
	for j := range gps {
		hurdle, metres := l.fit(s, &gps[j], row[g.at[j]])
		if hurdle != NoHurdle || gps[j].Left <= 0 {
			continue
		}
		if s.KnownTo != gps[j].Practitioner {
			metres += l.KnownMetres
		}
		found = append(found, choice{int32(j), int32(metres)})
	}
	slices.SortFunc(found, func(a, b choice) int { return cmp.Or(int(a.cost)-int(b.cost), int(a.gp)-int(b.gp)) })
	return slices.Clip(found)
}

// only keeps some of the seekers.
func (k kinds) only(kept []bool) kinds {
	of := make([]int32, 0, len(k.of))
	for i, yes := range kept {
		if yes {
			of = append(of, k.of[i])
		}
	}
	return kinds{of, k.like, k.choices}
}
