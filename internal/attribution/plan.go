package attribution

import (
	"cmp"
	"maps"
	"slices"
)

// Plan is who could take whom: a proposal that a nurse looks through.
type Plan struct {
	Served   []Proposal // in order of priority
	Unserved []Unserved // in order of priority
}

// Proposal is one GP for one seeker, and why.
type Proposal struct {
	Seeker       string
	Tier         int
	Practitioner string
	Metres       int  // à vol d'oiseau
	Unlocated    bool // the distance is not known: Metres is the furthest allowed
	Known        bool // the GP already knows the patient
	// NearerFull counts GPs who fit and are nearer, whose places go to others of
	// the plan.
	NearerFull int
}

// Unserved is a seeker whom nobody can take now, and why: how many GPs meet
// each hurdle.
type Unserved struct {
	Seeker  string
	Tier    int
	Hurdles []Count // the most frequent first
}

// Count is how many GPs meet a hurdle.
type Count struct {
	Hurdle Hurdle
	GPs    int
}

// Match proposes a GP to as many seekers as the order of priority allows, with
// the least distance. It changes nothing of what it is given, and answers the
// same for the same input, whatever its order.
func Match(seekers []Seeker, gps []Capacity, l Limits) Plan {
	seekers, gps = slices.Clone(seekers), slices.Clone(gps)
	slices.SortFunc(seekers, Seeker.before)
	slices.SortFunc(gps, func(a, b Capacity) int { return cmp.Compare(a.Practitioner, b.Practitioner) })
	where := groundOf(gps)
	all := where.kinds(seekers, gps, l)
	placed := served(all, gps)
	var chosen []Seeker
	for i, yes := range placed {
		if yes {
			chosen = append(chosen, seekers[i])
		}
	}
	var p Plan
	some := all.only(placed)
	for i, gp := range assign(some, gps) {
		p.Served = append(p.Served, where.propose(chosen[i], &gps[gp], some.choices[some.of[i]], gp, l))
	}
	why := map[int32][]Count{}
	for i, yes := range placed {
		if yes {
			continue
		}
		kind := all.of[i]
		if why[kind] == nil {
			why[kind] = where.hurdles(seekers[i], gps, l)
		}
		p.Unserved = append(p.Unserved, Unserved{Seeker: seekers[i].ID, Tier: seekers[i].Tier, Hurdles: slices.Clone(why[kind])})
	}
	return p
}

func (g *ground) propose(s Seeker, c *Capacity, options []choice, gp int32, l Limits) Proposal {
	d := g.from(s.Commune)[g.at[gp]]
	_, metres := l.fit(s, c, d)
	p := Proposal{Seeker: s.ID, Tier: s.Tier, Practitioner: c.Practitioner, Metres: metres, Unlocated: d.Unknown, Known: s.KnownTo == c.Practitioner}
	at := slices.IndexFunc(options, func(o choice) bool { return o.gp == gp })
	for _, o := range options[:at] {
		if o.cost < options[at].cost {
			p.NearerFull++
		}
	}
	return p
}

// hurdles counts what keeps each GP from taking a seeker who is not served. One
// who fits is full: otherwise the seeker would be served.
func (g *ground) hurdles(s Seeker, gps []Capacity, l Limits) []Count {
	counts := map[Hurdle]int{}
	row := g.from(s.Commune)
	for j := range gps {
		hurdle, _ := l.fit(s, &gps[j], row[g.at[j]])
		if hurdle == NoHurdle {
			hurdle = Full
		}
		counts[hurdle]++
	}
	var list []Count
	for _, h := range slices.Sorted(maps.Keys(counts)) {
		list = append(list, Count{h, counts[h]})
	}
	slices.SortStableFunc(list, func(a, b Count) int { return b.GPs - a.GPs })
	return list
}
