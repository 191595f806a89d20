package web

import (
	"context"
	"slices"
	"strings"

	"github.com/relais-snp/relais/internal/directory"
	"github.com/relais-snp/relais/internal/territory"
	"github.com/relais-snp/relais/internal/web/api"
)

// practitionerHandlers tells who publishes, and where.
type practitionerHandlers struct {
	territories Territories
	people      People
}

func (h practitionerHandlers) ListPractitioners(ctx context.Context, r api.ListPractitionersRequestObject) (api.ListPractitionersResponseObject, error) {
	ctx, actor := caller(ctx)
	if _, err := readable(h.territories, actor, r.Params.Territory); err != nil {
		return nil, err
	}
	people, err := h.people.Practitioners(ctx, r.Params.Territory)
	if err != nil {
		return nil, err
	}
	places, err := h.people.Locations(ctx, r.Params.Territory)
	if err != nil {
		return nil, err
	}
	people, next, err := pageByID(slices.Clone(people), r.Params.Cursor, limitOf(r.Params.Limit), byName)
	if err != nil {
		return nil, err
	}
	list := api.ListPractitioners200JSONResponse{Items: []api.Practitioner{}, Next: next}
	for _, p := range people {
		list.Items = append(list.Items, practitionerOf(p, places))
	}
	return list, nil
}

func byName(p directory.Practitioner) (sort, id string) {
	return strings.ToLower(p.Family + " " + p.Given), p.ID
}

func practitionerOf(p directory.Practitioner, places []directory.Location) api.Practitioner {
	out := api.Practitioner{
		Id: p.ID, Name: p.Name(),
		Family: optional(p.Family), Given: optional(p.Given), Rpps: optional(string(p.RPPS)), Locations: []api.Location{},
	}
	for _, place := range places {
		if slices.Contains(p.Locations, place.ID) {
			out.Locations = append(out.Locations, locationOf(place))
		}
	}
	return out
}

func locationOf(l directory.Location) api.Location {
	commune, _ := territory.Communes().ByINSEE(l.Commune)
	lat, lon := pointOf(commune)
	return api.Location{
		Id: l.ID, Name: l.Name, Commune: string(l.Commune), CommuneName: commune.Name,
		Address: optional(strings.TrimSpace(l.Address)), Phone: optional(string(l.Phone)), Finess: optional(string(l.FINESS)),
		Lat: lat, Lon: lon, Approximate: commune.Located == territory.Approximate,
	}
}
