package app

import (
	"context"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"

	"github.com/relais-snp/relais/frontend"
	"github.com/relais-snp/relais/internal/store"
	"github.com/relais-snp/relais/internal/web"
)

// door is what people and machines knock at. address is where they find it.
func (h *house) door(ctx context.Context, address string) (*web.Server, error) {
	face, err := h.face(ctx, address)
	if err != nil {
		return nil, err
	}
	return web.New(face)
}

// face is what the house shows at its door.
func (h *house) face(ctx context.Context, address string) (web.Config, error) {
	simulated, err := h.db.Simulated(ctx)
	if err != nil {
		return web.Config{}, err
	}
	calendars, err := h.calendars(address)
	if err != nil {
		return web.Config{}, err
	}
	metrics := prometheus.NewRegistry()
	metrics.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	face := web.Config{
		Log: h.log, Metrics: metrics, Now: now, Pages: frontend.FS,
		Sessions: h.sessions(), SessionLife: h.cfg.SessionLife(), LinesPerAccount: h.cfg.LinesPerAccount,
		PublicURL: h.cfg.PublicURL, Address: address, TrustedProxies: h.cfg.TrustedProxies,
		Simulated: simulated, Ready: h.db.Ping, Lively: h.engine.Ping,
		Accounts: h.accounts, Territories: h.atlas, People: store.Directory{DB: h.db},
		Openings: h.openings, Board: h.regulation, Holds: h.regulation, Cases: h.regulation, Bookings: h.regulation,
		Solicitations: h.regulation,
		Fill:          h.indicators, Indicators: h.indicators, Declared: h.indicators, Feeds: h.feeds, Calendars: calendars, Live: h.hub,
		Inbox: h.inbox, Devices: h.devices,
	}
	if h.attribution != nil {
		face.Requests, face.Matching, face.Offers, face.FollowUps = h.attribution, h.attribution, h.attribution, h.attribution
	}
	if h.books != nil {
		face.Contracts, face.Books, face.Exchange, face.Certificates, face.Missions, face.Funding = h.books, h.books, h.books, h.books, h.missions, h.money
	}
	return face, nil
}

func (h *house) sessions() store.Sessions { return store.Sessions{DB: h.db} }
