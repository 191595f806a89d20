package web

import (
	"context"

	"github.com/relais-snp/relais/internal/agenda"
	"github.com/relais-snp/relais/internal/web/api"
)

// feedHandlers makes and revokes private calendar addresses.
type feedHandlers struct {
	feeds  Feeds
	origin string // where links lead
}

func (h feedHandlers) ListFeeds(ctx context.Context, _ api.ListFeedsRequestObject) (api.ListFeedsResponseObject, error) {
	ctx, actor := caller(ctx)
	feeds, err := h.feeds.List(ctx, actor)
	if err != nil {
		return nil, err
	}
	list := api.ListFeeds200JSONResponse{Items: []api.Feed{}}
	for _, f := range feeds {
		list.Items = append(list.Items, api.Feed{
			Id: f.ID, Kind: api.FeedKind(f.Kind), Target: optional(f.Target), CreatedAt: f.CreatedAt, Revoked: optional(f.Revoked()),
		})
	}
	return list, nil
}

func (h feedHandlers) CreateFeed(ctx context.Context, r api.CreateFeedRequestObject) (api.CreateFeedResponseObject, error) {
	ctx, actor := caller(ctx)
	feed, token, err := h.feeds.Create(ctx, actor, agenda.FeedKind(r.Body.Kind), value(r.Body.Id))
	if err != nil {
		return nil, err
	}
	return api.CreateFeed201JSONResponse{Id: feed.ID, Kind: api.FeedKind(feed.Kind), Url: h.origin + apiPrefix + "/feeds/" + token + ".ics"}, nil
}

func (h feedHandlers) DeleteFeed(ctx context.Context, r api.DeleteFeedRequestObject) (api.DeleteFeedResponseObject, error) {
	ctx, actor := caller(ctx)
	return api.DeleteFeed204Response{}, h.feeds.Revoke(ctx, actor, r.Id)
}
