package web

import (
	"cmp"
	"context"
	"slices"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/territory"
	"github.com/relais-snp/relais/internal/web/api"
)

// territoryHandlers tells of territories and communes.
type territoryHandlers struct {
	territories Territories
}

// known are the actor's territories that exist, by name: an account may outlive a territory.
func known(all Territories, a account.Actor) []territory.Territory {
	var found []territory.Territory
	for _, id := range a.Territories {
		if t, err := all.Territory(id); err == nil {
			found = append(found, t)
		}
	}
	slices.SortFunc(found, func(a, b territory.Territory) int { return cmp.Compare(a.Name, b.Name) })
	return found
}

func (h territoryHandlers) ListTerritories(ctx context.Context, _ api.ListTerritoriesRequestObject) (api.ListTerritoriesResponseObject, error) {
	_, actor := caller(ctx)
	if err := account.Allow(actor, account.ReadTerritory, account.Target{}); err != nil {
		return nil, err
	}
	list := api.ListTerritories200JSONResponse{Items: []api.Territory{}}
	for _, t := range known(h.territories, actor) {
		list.Items = append(list.Items, territoryOf(t))
	}
	return list, nil
}

func (h territoryHandlers) GetTerritory(ctx context.Context, r api.GetTerritoryRequestObject) (api.GetTerritoryResponseObject, error) {
	_, actor := caller(ctx)
	t, err := readable(h.territories, actor, r.Id)
	if err != nil {
		return nil, err
	}
	return api.GetTerritory200JSONResponse(territoryOf(t)), nil
}

// readable is a territory the actor may look at.
func readable(all Territories, a account.Actor, id string) (territory.Territory, error) {
	if err := account.Allow(a, account.ReadTerritory, account.Target{Territory: id}); err != nil {
		return territory.Territory{}, err
	}
	return all.Territory(id)
}

// ListCommunes finds communes as they are typed; those of the territory come first.
func (h territoryHandlers) ListCommunes(ctx context.Context, r api.ListCommunesRequestObject) (api.ListCommunesResponseObject, error) {
	_, actor := caller(ctx)
	if err := account.Allow(actor, account.ReadTerritory, account.Target{}); err != nil {
		return nil, err
	}
	var preferred []territory.INSEE
	for _, t := range known(h.territories, actor) {
		if r.Params.Territory == nil || *r.Params.Territory == t.ID {
			preferred = append(preferred, t.Communes...)
		}
	}
	limit := 12
	if r.Params.Limit != nil {
		limit = *r.Params.Limit
	}
	list := api.ListCommunes200JSONResponse{Items: []api.Commune{}}
	for _, c := range territory.Communes().Search(r.Params.Q, limit, preferred) {
		list.Items = append(list.Items, communeOf(c))
	}
	return list, nil
}

func territoryOf(t territory.Territory) api.Territory {
	out := api.Territory{
		Id: t.ID, Name: t.Name, Population: t.Population, Taille: int(t.Taille), Zone: t.Zone.String(), Communes: []api.Commune{},
	}
	for _, code := range t.Communes {
		if c, ok := territory.Communes().ByINSEE(code); ok {
			out.Communes = append(out.Communes, communeOf(c))
		}
	}
	return out
}

func communeOf(c territory.Commune) api.Commune {
	lat, lon := pointOf(c)
	return api.Commune{
		Insee: string(c.INSEE), Name: c.Name, PostalCodes: append([]string{}, c.PostalCodes...), Population: c.Population,
		Lat: lat, Lon: lon, Approximate: c.Located == territory.Approximate,
	}
}

// pointOf is where a commune lies, nil when nobody knows.
func pointOf(c territory.Commune) (lat, lon *float64) {
	if c.Located == territory.Unlocated {
		return nil, nil
	}
	return &c.Lat, &c.Lon
}
