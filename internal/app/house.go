package app

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/agenda"
	"github.com/relais-snp/relais/internal/attribution"
	"github.com/relais-snp/relais/internal/config"
	"github.com/relais-snp/relais/internal/funding"
	"github.com/relais-snp/relais/internal/indicator"
	"github.com/relais-snp/relais/internal/live"
	"github.com/relais-snp/relais/internal/notice"
	"github.com/relais-snp/relais/internal/regulation"
	"github.com/relais-snp/relais/internal/store"
	"github.com/relais-snp/relais/internal/territory"
	"github.com/relais-snp/relais/internal/web"
)

// lands is the territories that a house answers for.
type lands interface {
	// Territory returns one, or a NotFound fault "territory.unknown".
	Territory(id string) (territory.Territory, error)
	ids() []string
}

// house is the service, wired: its stores and the use cases that stand on them.
type house struct {
	cfg   config.Config
	log   *slog.Logger
	atlas lands

	db     *store.DB
	engine live.Engine
	hub    *live.Hub
	relay  *live.Relay
	keeper *live.Keeper

	accounts   *account.Service
	openings   *agenda.Service
	regulation *regulation.Service
	indicators *indicator.Service
	feeds      *agenda.Feeds
	// attribution is nil in a house that does not offer it, the training's.
	attribution *attribution.Service
	// books and missions are nil in a house that keeps no money, the training's.
	books    *funding.Service
	missions *indicator.Missions
	money    web.FundingRules

	pusher  notice.Pusher // nil, with mailer, where nothing leaves the house
	mailer  notice.Mailer // nil where no mail is sent
	desk    *notice.Desk
	inbox   notice.Inbox
	devices notice.Devices

	closers []func() error
}

// build opens the record, brings it to this version's schema, and wires the
// service. The engine need not answer.
func build(ctx context.Context, cfg config.Config, log *slog.Logger) (*house, error) {
	known, err := readAtlas(cfg)
	if err != nil {
		return nil, err
	}
	db, keyMade, err := openRecord(ctx, cfg)
	if err != nil {
		return nil, err
	}
	h := &house{cfg: cfg, log: log, atlas: known, db: db, closers: []func() error{db.Close}}
	if keyMade {
		log.Warn("a data key was made: keep a copy of it apart from the backups of the database", "file", cfg.KeyPath())
	}
	if err := db.Migrate(ctx); err != nil {
		return nil, errors.Join(err, h.close())
	}
	if err := h.openEngine(ctx); err != nil {
		return nil, errors.Join(err, h.close())
	}
	snp, err := readSNPRules(cfg)
	if err != nil {
		return nil, errors.Join(err, h.close())
	}
	tiers, err := readAttributionRules(cfg)
	if err != nil {
		return nil, errors.Join(err, h.close())
	}
	money, err := readFundingRules(cfg)
	if err != nil {
		return nil, errors.Join(err, h.close())
	}
	if err := h.openAlerts(ctx); err != nil {
		return nil, errors.Join(err, h.close())
	}
	h.wire(snp)
	h.attribution = h.attribute(tiers, h.desk, now)
	h.fund(money, now)
	return h, nil
}

// wire makes the use cases over the record and the engine.
func (h *house) wire(snp indicator.Rules) {
	h.hub = live.NewHub(h.engine, now)
	h.relay = live.NewRelay(h.engine, store.Live{DB: h.db}, now, h.log)
	h.keeper = live.NewKeeper(h.engine, store.Live{DB: h.db}, h.atlas.ids, now, h.log)
	h.wireAlerts()
	h.accounts = newAccounts(h.db)
	h.openings = agenda.NewService(store.Agenda{DB: h.db}, h.engine, h.relay, h.atlas, now, newID)
	h.regulation = h.regulate(h.engine, live.NewMirrors(h.engine, now), h.relay, h.desk, now)
	h.indicators = indicator.NewService(store.Indicators{DB: h.db}, store.Directory{DB: h.db}, h.atlas, snp, now, newID)
	h.feeds = agenda.NewFeeds(store.Feeds{DB: h.db}, h.atlas, now, newID)
}

// regulate makes regulation over a live engine, or over none.
func (h *house) regulate(present regulation.Present, boards regulation.Boards, deliverer agenda.Deliverer,
	notifier regulation.Notifier, clock func() time.Time,
) *regulation.Service {
	return &regulation.Service{
		Store: store.Regulation{DB: h.db}, Present: present, Boards: boards, Deliverer: deliverer, Notifier: notifier,
		Territories: h.atlas, People: store.Directory{DB: h.db}, Rules: rulesOf(h.cfg),
		Now: clock, NewID: newID, NewSecret: newSecret,
	}
}

// attribute makes attribution, which tells notifier.
func (h *house) attribute(rules attribution.Rules, notifier attribution.Notifier, clock func() time.Time) *attribution.Service {
	return &attribution.Service{
		Store: store.Attribution{DB: h.db}, People: store.Directory{DB: h.db}, Territories: h.atlas, Notifier: notifier, Rules: rules,
		Lands: h.atlas.ids, Now: clock, NewID: newID, Draw: newDraw,
	}
}

// close lets go of the stores, the last opened first.
func (h *house) close() error {
	var errs []error
	for i := len(h.closers) - 1; i >= 0; i-- {
		errs = append(errs, h.closers[i]())
	}
	return errors.Join(errs...)
}
