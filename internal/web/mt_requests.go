package web

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/attribution"
	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/territory"
	"github.com/relais-snp/relais/internal/web/api"
)

// mtRequestHandlers follows patients without médecin traitant from report to attachment.
type mtRequestHandlers struct {
	requests Requests
	names    names
	days     calendar
}

func (h mtRequestHandlers) CreateMTRequest(ctx context.Context, r api.CreateMTRequestRequestObject) (api.CreateMTRequestResponseObject, error) {
	ctx, actor := caller(ctx)
	made, err := h.requests.Report(ctx, actor, reportFrom(*r.Body), r.Params.IdempotencyKey)
	if err != nil {
		return nil, err
	}
	out, err := h.one(ctx, actor, made)
	return api.CreateMTRequest201JSONResponse(out), err
}

func (h mtRequestHandlers) ListMTRequests(ctx context.Context, r api.ListMTRequestsRequestObject) (api.ListMTRequestsResponseObject, error) {
	ctx, actor := caller(ctx)
	after, err := requestKeyOf(r.Params.Cursor)
	if err != nil {
		return nil, err
	}
	q := attribution.RequestQuery{
		Territory: r.Params.Territory, Tier: value(r.Params.Tier), Commune: territory.INSEE(value(r.Params.Commune)), After: after, Limit: limitOf(r.Params.Limit),
	}
	for _, state := range r.Params.State {
		q.States = append(q.States, attribution.State(state))
	}
	if !account.Can(actor, account.ReadRequests, account.Target{Territory: q.Territory}) {
		q.By = actor.ID // those who do not see all may still see what they reported
	}
	found, err := h.requests.Requests(ctx, actor, q)
	if err != nil {
		return nil, err
	}
	list := api.ListMTRequests200JSONResponse{}
	list.Items, err = h.all(ctx, actor, found)
	if len(found) == q.Limit {
		list.Next = requestCursor(found[q.Limit-1])
	}
	return list, err
}

// requestKeyOf reads the cursor of the worklist: tier, day and draw, then the id.
func requestKeyOf(cursor *string) (k attribution.Key, err error) {
	if cursor == nil {
		return k, nil
	}
	sort, id, err := splitCursor(*cursor)
	if err != nil {
		return k, err
	}
	parts := strings.Split(sort, ".")
	if len(parts) != 3 || id == "" {
		return k, errCursor
	}
	tier, err1 := strconv.ParseUint(parts[0], 10, 8)
	since, err2 := civil.ParseDate(parts[1])
	draw, err3 := strconv.ParseUint(parts[2], 36, 53)
	if err1 != nil || err2 != nil || err3 != nil || since.Year < firstYear || since.Year > lastYear {
		return k, errCursor
	}
	return attribution.Key{Tier: int(tier), Since: since, Draw: draw, ID: id}, nil
}

func requestCursor(r attribution.Request) *string {
	return joinCursor(fmt.Sprintf("%d.%s.%s", r.Tier, r.Since, strconv.FormatUint(r.Draw, 36)), r.ID)
}

func (h mtRequestHandlers) SearchMTRequests(ctx context.Context, r api.SearchMTRequestsRequestObject) (api.SearchMTRequestsResponseObject, error) {
	ctx, actor := caller(ctx)
	found, err := h.requests.Search(ctx, actor, r.Body.Territory, r.Body.Family)
	if err != nil {
		return nil, err
	}
	items, err := h.all(ctx, actor, found)
	return api.SearchMTRequests200JSONResponse{Items: items}, err
}

func (h mtRequestHandlers) GetMTRequest(ctx context.Context, r api.GetMTRequestRequestObject) (api.GetMTRequestResponseObject, error) {
	ctx, actor := caller(ctx)
	found, err := h.requests.Request(ctx, actor, r.Id)
	if err != nil {
		return nil, err
	}
	out, err := h.one(ctx, actor, found)
	return api.GetMTRequest200JSONResponse(out), err
}

func (h mtRequestHandlers) UpdateMTRequest(ctx context.Context, r api.UpdateMTRequestRequestObject) (api.UpdateMTRequestResponseObject, error) {
	ctx, actor := caller(ctx)
	change, err := changeFrom(*r.Body)
	if err != nil {
		return nil, err
	}
	changed, err := h.requests.Change(ctx, actor, r.Id, change)
	if err != nil {
		return nil, err
	}
	out, err := h.one(ctx, actor, changed)
	return api.UpdateMTRequest200JSONResponse(out), err
}

func (h mtRequestHandlers) one(ctx context.Context, a account.Actor, r attribution.Request) (api.MTRequest, error) {
	out, err := h.all(ctx, a, []attribution.Request{r})
	if err != nil {
		return api.MTRequest{}, err
	}
	return out[0], nil
}

// all puts the requests of one territory into the words of the contract.
func (h mtRequestHandlers) all(ctx context.Context, a account.Actor, found []attribution.Request) ([]api.MTRequest, error) {
	out := make([]api.MTRequest, 0, len(found))
	if len(found) == 0 {
		return out, nil
	}
	now, err := h.days.now(found[0].Territory)
	if err != nil {
		return nil, err
	}
	names, err := h.names.of(ctx, collect(found, func(r attribution.Request) string { return r.By }))
	if err != nil {
		return nil, err
	}
	for _, r := range found {
		out = append(out, requestOf(r, now, names[r.By], r.By == a.ID))
	}
	return out, nil
}
