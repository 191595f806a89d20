package web

import (
	"context"

	"github.com/relais-snp/relais/internal/regulation"
	"github.com/relais-snp/relais/internal/web/api"
)

// holdHandlers keeps seats while a caller is on the line; the live line has the same commands.
type holdHandlers struct {
	holds Holds
}

func (h holdHandlers) CreateHold(ctx context.Context, r api.CreateHoldRequestObject) (api.CreateHoldResponseObject, error) {
	ctx, actor := caller(ctx)
	hold, err := h.holds.Hold(ctx, actor, r.Id, value(value(r.Body).Case))
	return api.CreateHold201JSONResponse(holdOf(hold)), err
}

func (h holdHandlers) ExtendHold(ctx context.Context, r api.ExtendHoldRequestObject) (api.ExtendHoldResponseObject, error) {
	ctx, actor := caller(ctx)
	hold, err := h.holds.Extend(ctx, actor, r.Token)
	return api.ExtendHold200JSONResponse(holdOf(hold)), err
}

func (h holdHandlers) ReleaseHold(ctx context.Context, r api.ReleaseHoldRequestObject) (api.ReleaseHoldResponseObject, error) {
	ctx, actor := caller(ctx)
	return api.ReleaseHold204Response{}, h.holds.Release(ctx, actor, r.Token)
}

func holdOf(h regulation.Hold) api.Hold {
	return api.Hold{Token: h.Token, Slot: h.Slot, ExpiresAt: h.ExpiresAt, Extended: h.Extended}
}
