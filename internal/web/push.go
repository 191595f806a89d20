package web

import (
	"context"

	"github.com/relais-snp/relais/internal/notice"
	"github.com/relais-snp/relais/internal/web/api"
)

// pushHandlers is the devices that ring for the caller.
type pushHandlers struct{ devices Devices }

func (h pushHandlers) GetPushKey(context.Context, api.GetPushKeyRequestObject) (api.GetPushKeyResponseObject, error) {
	return api.GetPushKey200JSONResponse{Key: h.devices.Key()}, nil
}

func (h pushHandlers) CreateSubscription(ctx context.Context, r api.CreateSubscriptionRequestObject) (api.CreateSubscriptionResponseObject, error) {
	ctx, actor := caller(ctx)
	device, err := h.devices.Subscribe(ctx, actor, notice.Subscription{
		Endpoint: r.Body.Endpoint, P256dh: r.Body.Keys.P256dh, Auth: r.Body.Keys.Auth, Device: value(r.Body.Device),
	})
	if err != nil {
		return nil, err
	}
	return api.CreateSubscription201JSONResponse(wireDevice(device)), nil
}

func (h pushHandlers) ListSubscriptions(ctx context.Context, _ api.ListSubscriptionsRequestObject) (api.ListSubscriptionsResponseObject, error) {
	ctx, actor := caller(ctx)
	devices, err := h.devices.List(ctx, actor)
	if err != nil {
		return nil, err
	}
	list := api.ListSubscriptions200JSONResponse{Items: []api.Subscription{}}
	for _, d := range devices {
		list.Items = append(list.Items, wireDevice(d))
	}
	return list, nil
}

// wireDevice leaves the address and the keys out: who knows them can write to the device.
func wireDevice(d notice.Device) api.Subscription {
	return api.Subscription{Id: d.ID, Device: d.Name, CreatedAt: d.CreatedAt, LastSentAt: optionalTime(d.LastSentAt)}
}

func (h pushHandlers) DeleteSubscription(ctx context.Context, r api.DeleteSubscriptionRequestObject) (api.DeleteSubscriptionResponseObject, error) {
	ctx, actor := caller(ctx)
	return api.DeleteSubscription204Response{}, h.devices.Forget(ctx, actor, r.Id)
}

func (h pushHandlers) SendTrial(ctx context.Context, _ api.SendTrialRequestObject) (api.SendTrialResponseObject, error) {
	ctx, actor := caller(ctx)
	trial, err := h.devices.Try(ctx, actor)
	return api.SendTrial200JSONResponse{Sent: trial.Sent, Gone: trial.Gone, Failed: trial.Failed}, err
}
