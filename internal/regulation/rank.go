package regulation

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"github.com/relais-snp/relais/internal/agenda"
	"github.com/relais-snp/relais/internal/directory"
	"github.com/relais-snp/relais/internal/territory"
)

// Caller is what ranking knows of who calls.
type Caller struct {
	Commune territory.Commune
	Located bool   // false when the commune is unknown: distance then says nothing
	MTRPPS  string // RPPS of the patient's own médecin traitant, ""
	// Wished is the delay the caller asked for, 0 for none: later slots still
	// stand, after those within it.
	Wished time.Duration
}

// Rank says why a slot stands where it stands.
type Rank struct {
	DelayMinutes int     // from now to the start, never negative
	DistanceKm   float64 // à vol d'oiseau, between communes
	Approximate  bool    // a commune's point was borrowed from a neighbour
	Unknown      bool    // no distance is known
	OwnMT        bool    // the patient's own médecin traitant
}

// Ranked is a slot with its rank; Rank is nil in an unranked list.
type Ranked struct {
	State SlotState
	Rank  *Rank
}

// Ground is where practitioners work, as ranking reads it. It is not changed
// once made, so that many readers share one.
type Ground struct {
	Communes map[string]territory.Commune // by location id
	RPPS     map[string]string            // by practitioner id
	bearer   map[string][]string          // practitioner ids by RPPS
}

// GroundOf prepares a territory's directory for ranking.
func GroundOf(people []directory.Practitioner, places []directory.Location) *Ground {
	g := &Ground{
		Communes: make(map[string]territory.Commune, len(places)),
		RPPS:     make(map[string]string, len(people)), bearer: make(map[string][]string, len(people)),
	}
	for _, p := range people {
		number := string(p.RPPS)
		g.RPPS[p.ID] = number
		g.bearer[number] = append(g.bearer[number], p.ID)
	}
	table := territory.Communes()
	for _, l := range places {
		if c, ok := table.ByINSEE(l.Commune); ok {
			g.Communes[l.ID] = c
		}
	}
	return g
}

// Equal reports whether both rank every slot alike.
func (g *Ground) Equal(other *Ground) bool {
	return maps.Equal(g.RPPS, other.RPPS) &&
		maps.EqualFunc(g.Communes, other.Communes, func(a, b territory.Commune) bool { return a.INSEE == b.INSEE })
}

// bearers lists the practitioners of an RPPS, none for "".
func (g *Ground) bearers(rpps string) []string {
	if rpps == "" {
		return nil
	}
	return g.bearer[rpps]
}

// rankOf places one slot.
func (g *Ground) rankOf(s SlotState, c Caller, now time.Time) Rank {
	r := g.distance(s.Slot, c)
	r.DelayMinutes = delay(s.Slot.Start, now)
	r.OwnMT = c.MTRPPS != "" && g.RPPS[s.Slot.Practitioner] == c.MTRPPS
	return r
}

// distance is the part of a rank that says how far a slot is. A téléconsultation
// is at no distance from anyone.
func (g *Ground) distance(s agenda.Slot, c Caller) (r Rank) {
	if s.Modality == agenda.Teleconsultation {
		return r
	}
	place, known := g.Communes[s.Location]
	if !known || !c.Located {
		r.Unknown = true
		return r
	}
	d := territory.Between(c.Commune, place)
	r.DistanceKm, r.Approximate, r.Unknown = d.Km, d.Approximate, d.Unknown
	return r
}

// delay is in minutes from now to a start, never negative.
func delay(start, now time.Time) int {
	return max(0, int(start.Sub(now).Round(time.Minute)/time.Minute))
}

// score is delay in minutes plus distance weighed in minutes: one number that
// can be read aloud. Slots past the wished delay lose what they exceed again.
func (r Rank) score(c Caller, perKm int) float64 {
	score := float64(r.DelayMinutes) + r.DistanceKm*float64(perKm)
	if wished := c.Wished.Minutes(); c.Wished > 0 && float64(r.DelayMinutes) > wished {
		score += float64(r.DelayMinutes) - wished
	}
	return score
}

// RankSlots orders slots for a caller: those of the own médecin traitant first,
// then by score, slots without known distance last; ties by start and id. It is
// the plain definition; Supply finds the first of them without ranking all.
func RankSlots(slots []SlotState, g *Ground, c Caller, now time.Time, perKm int) []Ranked {
	all := make([]scored, len(slots))
	for i, s := range slots {
		r := g.rankOf(s, c, now)
		all[i] = scored{Ranked{State: s, Rank: &r}, r.score(c, perKm)}
	}
	slices.SortFunc(all, compareScored)
	ranked := make([]Ranked, len(all))
	for i := range all {
		ranked[i] = all[i].Ranked
	}
	return ranked
}

// scored is a ranked slot with its score, reckoned once.
type scored struct {
	Ranked
	score float64
}

func compareScored(a, b scored) int {
	return cmp.Or(
		-compareBool(a.Rank.OwnMT, b.Rank.OwnMT),
		compareBool(a.Rank.Unknown, b.Rank.Unknown),
		cmp.Compare(a.score, b.score),
		byStart(&a.State.Slot, &b.State.Slot),
	)
}

// mergeRanked puts lists of RankSlots for one caller into one. Lists without
// ranks are merged by start.
func mergeRanked(c Caller, perKm int, found []Ranked) {
	slices.SortFunc(found, func(a, b Ranked) int {
		if a.Rank == nil || b.Rank == nil {
			return byStart(&a.State.Slot, &b.State.Slot)
		}
		return compareScored(scored{a, a.Rank.score(c, perKm)}, scored{b, b.Rank.score(c, perKm)})
	})
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}
