package web

import (
	"context"

	"github.com/relais-snp/relais/internal/notice"
	"github.com/relais-snp/relais/internal/web/api"
)

// noticeHandlers is what the caller was told, and how they want to be.
type noticeHandlers struct{ inbox Inbox }

func (h noticeHandlers) ListNotices(ctx context.Context, r api.ListNoticesRequestObject) (api.ListNoticesResponseObject, error) {
	ctx, actor := caller(ctx)
	after, err := keyOf(r.Params.Cursor)
	if err != nil {
		return nil, err
	}
	told, next, err := h.inbox.List(ctx, actor, value(r.Params.Unseen), after, limitOf(r.Params.Limit))
	if err != nil {
		return nil, err
	}
	list := api.ListNotices200JSONResponse{Items: []api.Notice{}, Next: cursorOf(next)}
	for _, n := range told {
		list.Items = append(list.Items, wireNotice(n))
	}
	return list, nil
}

func wireNotice(n notice.Notice) api.Notice {
	return api.Notice{
		Id: n.ID, Kind: api.NoticeKind(n.Kind), At: n.At, Territory: optional(n.Territory), Slot: optional(n.Slot), Booking: optional(n.Booking),
		Case: optional(n.Case), Solicitation: optional(n.Solicitation), Offer: optional(n.Offer), Request: optional(n.Request), SeenAt: optionalTime(n.SeenAt),
	}
}

func (h noticeHandlers) SeeNotices(ctx context.Context, r api.SeeNoticesRequestObject) (api.SeeNoticesResponseObject, error) {
	ctx, actor := caller(ctx)
	return api.SeeNotices204Response{}, h.inbox.See(ctx, actor, r.Body.Ids)
}

func (h noticeHandlers) GetAlerts(ctx context.Context, _ api.GetAlertsRequestObject) (api.GetAlertsResponseObject, error) {
	ctx, actor := caller(ctx)
	alerts, err := h.inbox.Alerts(ctx, actor)
	return api.GetAlerts200JSONResponse(wireAlerts(alerts)), err
}

func (h noticeHandlers) SetAlerts(ctx context.Context, r api.SetAlertsRequestObject) (api.SetAlertsResponseObject, error) {
	ctx, actor := caller(ctx)
	alerts, err := h.inbox.SetAlerts(ctx, actor, r.Body.Mail)
	return api.SetAlerts200JSONResponse(wireAlerts(alerts)), err
}

func wireAlerts(a notice.Alerts) api.Alerts {
	return api.Alerts{Mail: a.Mail, MailPossible: &a.MailPossible}
}
