package web

import (
	"context"
	"net/netip"

	"github.com/alexedwards/scs/v2"
	"github.com/gin-gonic/gin"

	"github.com/relais-snp/relais/internal/web/api"
)

// signInHandlers begins and ends sessions.
type signInHandlers struct {
	accounts    Accounts
	territories Territories
	sessions    *scs.SessionManager
	gate        *gate
	ended       func(token string) // told of each session that is signed out
	clock       clock
	simulated   bool
}

// SignIn gives the session a new token, so that one known before is worth nothing afterwards.
func (h signInHandlers) SignIn(ctx context.Context, r api.SignInRequestObject) (api.SignInResponseObject, error) {
	source := sourceOf(ctx)
	ctx, _ = caller(ctx)
	if err := h.gate.pass(source, h.clock()); err != nil {
		return nil, err
	}
	actor, err := h.accounts.SignIn(ctx, r.Body.Email, r.Body.Password, source)
	if err != nil {
		return nil, err
	}
	h.gate.forgive(source, h.clock())
	if err := h.sessions.RenewToken(ctx); err != nil {
		return nil, errUnavailable.Because(err)
	}
	h.sessions.Put(ctx, sessionAccount, actor.ID)
	h.sessions.Put(ctx, sessionStart, h.clock().UnixMicro())
	return api.SignIn204Response{}, nil
}

// sourceOf is the address the request comes from, believed only as far as proxies are trusted.
func sourceOf(ctx context.Context) netip.Addr {
	c, ok := ctx.(*gin.Context)
	if !ok {
		return netip.Addr{}
	}
	source, _ := netip.ParseAddr(c.ClientIP())
	return source
}

func (h signInHandlers) SignOut(ctx context.Context, _ api.SignOutRequestObject) (api.SignOutResponseObject, error) {
	ctx, _ = caller(ctx)
	token := h.sessions.Token(ctx)
	if err := h.sessions.Destroy(ctx); err != nil {
		return nil, errUnavailable.Because(err)
	}
	if token != "" {
		h.ended(token)
	}
	return api.SignOut204Response{}, nil
}

func (h signInHandlers) GetMe(ctx context.Context, _ api.GetMeRequestObject) (api.GetMeResponseObject, error) {
	_, actor := caller(ctx)
	me := api.GetMe200JSONResponse{
		Id: actor.ID, Name: actor.Name, Practitioner: optional(actor.Practitioner),
		Roles: []api.Role{}, Territories: []api.TerritoryName{}, Simulated: h.simulated,
	}
	for _, role := range actor.Roles {
		me.Roles = append(me.Roles, api.Role(role))
	}
	for _, t := range known(h.territories, actor) {
		me.Territories = append(me.Territories, api.TerritoryName{Id: t.ID, Name: t.Name})
	}
	return me, nil
}
