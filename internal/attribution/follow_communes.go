package attribution

import (
	"cmp"
	"slices"

	"github.com/relais-snp/relais/internal/territory"
)

// FollowCommunes counts by commune who waits and what GPs can take now. receive is
// where each GP receives; one whose commune nobody knows counts nowhere.
func FollowCommunes(g FollowGround, declared []Declaration, receive map[string]territory.Commune) []FollowCommune {
	rows := map[territory.INSEE]*FollowCommune{}
	at := func(code territory.INSEE) *FollowCommune {
		if rows[code] == nil {
			rows[code] = &FollowCommune{Commune: code, Name: cmp.Or(communeOf(code).Name, string(code))}
		}
		return rows[code]
	}
	for _, code := range g.Territory.Communes {
		at(code)
	}
	for _, r := range g.Requests {
		if !r.State.Ended() && r.State != Accepted {
			at(r.Commune).Waiting++
		}
	}
	quarter := QuarterOf(g.today())
	for _, d := range declared {
		code := receive[d.Practitioner].INSEE
		if d.Quarter != quarter || code == "" {
			continue
		}
		row := at(code)
		row.GPs++
		row.Places += d.Places
		if !d.Paused {
			row.Left += d.LeftIn(quarter)
		}
	}
	list := make([]FollowCommune, 0, len(rows))
	for _, row := range rows {
		list = append(list, *row)
	}
	slices.SortFunc(list, func(a, b FollowCommune) int {
		return cmp.Or(cmp.Compare(territory.Fold(a.Name), territory.Fold(b.Name)), cmp.Compare(a.Commune, b.Commune))
	})
	return list
}
