package web_test

import (
	"bytes"
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/uuid"
	"github.com/prometheus/client_golang/prometheus"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/agenda"
	"github.com/relais-snp/relais/internal/attribution"
	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/directory"
	"github.com/relais-snp/relais/internal/fault"
	"github.com/relais-snp/relais/internal/funding"
	"github.com/relais-snp/relais/internal/ical"
	"github.com/relais-snp/relais/internal/indicator"
	"github.com/relais-snp/relais/internal/live"
	"github.com/relais-snp/relais/internal/live/memory"
	"github.com/relais-snp/relais/internal/regulation"
	"github.com/relais-snp/relais/internal/store"
	"github.com/relais-snp/relais/internal/store/storetest"
	"github.com/relais-snp/relais/internal/territory"
	"github.com/relais-snp/relais/internal/web"
)

const (
	senart   = "cpts-senart"
	coast    = "cpts-cote"
	password = "un-mot-de-passe-fictif"
)

// monday is the clock of every house when it opens: a Monday, 8:00 in Paris.
var monday = time.Date(2026, 11, 23, 7, 0, 0, 0, time.UTC)

// house is the whole service behind its HTTP face: SQLite in a folder, the engine in memory, a clock that stands still.
type house struct {
	t       testing.TB
	db      *store.DB
	engine  *memory.Engine
	relay   *live.Relay
	server  *web.Server
	url     string
	log     *safeBuffer
	metrics *prometheus.Registry
	bells   bells

	attribution *attribution.Service
	books       *funding.Service
	missions    *indicator.Missions

	mu    sync.Mutex
	now   time.Time
	drawn uint64

	doctor, doctor2, stranger directory.Practitioner
}

func (h *house) clock() time.Time {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.now
}

func (h *house) pass(d time.Duration) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.now = h.now.Add(d)
}

// draw gives equals the order in which they came.
func (h *house) draw() uint64 {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.drawn++
	return h.drawn
}

func newID() string { return uuid.Must(uuid.NewV7()).String() }

func openHouse(t testing.TB, change ...func(*web.Config)) *house {
	t.Helper()
	h := &house{t: t, db: storetest.SQLite(t), log: &safeBuffer{}, now: monday, metrics: prometheus.NewRegistry(), bells: newBells()}
	log := slog.New(slog.NewTextHandler(h.log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	atlas := twoLands(t)
	h.engine = memory.New(h.clock)
	hub := live.NewHub(h.engine, h.clock)
	t.Cleanup(hub.Close)
	h.relay = live.NewRelay(h.engine, store.Live{DB: h.db}, h.clock, log)
	h.seed()
	keeper := live.NewKeeper(h.engine, store.Live{DB: h.db}, atlas.ids, h.clock, log)
	if err := keeper.Keep(t.Context()); err != nil {
		t.Fatal(err)
	}
	door := httptest.NewUnstartedServer(nil)
	cfg := h.wire(atlas, hub, log)
	cfg.Address = "http://" + door.Listener.Addr().String()
	for _, c := range change {
		c(&cfg)
	}
	server, err := web.New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	h.server = server
	door.Config.Handler = server
	door.Start()
	h.url = door.URL
	t.Cleanup(func() { server.Close(); door.Close() })
	return h
}

func (h *house) wire(atlas lands, hub *live.Hub, log *slog.Logger) web.Config {
	people, bell := store.Directory{DB: h.db}, h.desk(hub, log)
	desk := &regulation.Service{
		Store: store.Regulation{DB: h.db}, Present: h.engine, Boards: live.NewMirrors(h.engine, h.clock), Deliverer: h.relay, Notifier: bell, Territories: atlas, People: people,
		Rules: regulation.DefaultRules(), Now: h.clock, NewID: newID, NewSecret: newID,
	}
	h.attribution = &attribution.Service{
		Store: store.Attribution{DB: h.db}, People: people, Territories: atlas, Notifier: bell, Rules: attributionRules, Lands: atlas.ids,
		Now: h.clock, NewID: newID, Draw: h.draw,
	}
	feeds := agenda.NewFeeds(store.Feeds{DB: h.db}, atlas, h.clock, newID)
	figures := indicator.NewService(store.Indicators{DB: h.db}, people, atlas, indicatorRules, h.clock, newID)
	cfg := web.Config{
		Log: log, Metrics: h.metrics, Now: h.clock, Sessions: store.Sessions{DB: h.db}, Ready: h.db.Ping, Lively: h.engine.Ping,
		Pages: fstest.MapFS{
			"index.html":         {Data: []byte("<!doctype html><title>Relais</title>")},
			"console.html":       {Data: []byte("<!doctype html><title>Console</title>")},
			"assets/app-abc1.js": {Data: bytes.Repeat([]byte("export const a = 1;\n"), 100)},
		},
		Accounts:    account.NewService(store.Accounts{DB: h.db}, quickHasher{}, h.clock, newID),
		Territories: atlas, People: people,
		Openings: agenda.NewService(store.Agenda{DB: h.db}, h.engine, h.relay, atlas, h.clock, newID),
		Board:    desk, Holds: desk, Cases: desk, Bookings: desk, Solicitations: desk,
		Fill: figures, Indicators: figures, Declared: figures,
		Feeds: feeds, Calendars: ical.NewDesk(feeds, ical.NewMemory(1<<20), &url.URL{Scheme: "https", Host: "relais.example"}), Live: hub,
		Inbox: h.inbox(), Devices: h.devices(),
		Requests: h.attribution, Matching: h.attribution, Offers: h.attribution, FollowUps: h.attribution,
	}
	h.fund(&cfg, atlas, figures)
	return cfg
}

// indicatorRules want one GP each morning from Monday to Friday.
var indicatorRules = indicator.Rules{
	SNP:   []indicator.SNPRule{{From: civil.MustDate("2022-04-01"), CapPerWeek: 20, WeekStart: 1, WindowHours: 48}},
	Cover: []indicator.CoverRule{{From: civil.MustDate("2026-01-01"), Wanted: []indicator.Wanted{{Weekdays: []int{1, 2, 3, 4, 5}, Parts: []indicator.Part{indicator.Morning}, GPs: 1}}}},
}

// attributionRules put ALD first, and let an offer wait for two weeks.
var attributionRules = attribution.Rules{Attribution: []attribution.Rule{{
	From: civil.MustDate("2024-01-01"), Tiers: [][]attribution.Criterion{{attribution.ALD}, {attribution.Aged70}},
	MaxKm: 30, KnownMetres: 10_000, OfferDays: 14, KeepMonths: 24,
}}}

// seed fills the directory and makes one account a role, the password being the same for all.
func (h *house) seed() {
	places := []directory.Location{
		{ID: newID(), Name: "Cabinet du Parc", Commune: "77445", PostalCode: "77176", Phone: "+33199000001"},
		{ID: newID(), Name: "Cabinet de la Gare", Commune: "77067", PostalCode: "77240"},
		{ID: newID(), Name: "Cabinet du Port", Commune: "85194", PostalCode: "85100"},
	}
	h.doctor = physician("10000000015", "Fictif", "Ada", senart, places[0].ID)
	h.doctor2 = physician("10000000023", "Imaginaire", "Bruno", senart, places[1].ID)
	h.stranger = physician("10000000031", "Ailleurs", "Chloé", coast, places[2].ID)
	err := store.Directory{DB: h.db}.InTx(h.t.Context(), func(ctx context.Context, tx directory.Tx) error {
		for _, l := range places {
			if err := tx.SaveLocation(ctx, l); err != nil {
				return err
			}
		}
		for _, p := range []directory.Practitioner{h.doctor, h.doctor2, h.stranger} {
			if err := tx.SavePractitioner(ctx, p); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		h.t.Fatal(err)
	}
	for _, role := range account.Roles() {
		who := account.NewPerson{Name: "Personne " + string(role), Roles: []account.Role{role}, Territories: []string{senart}}
		if role == account.GP {
			who.Practitioner = h.doctor.ID
		}
		h.person(string(role), who)
	}
	h.person("regulator2", account.NewPerson{Name: "Seconde Régulatrice", Roles: []account.Role{account.Regulator}, Territories: []string{senart}})
	h.person("gp2", account.NewPerson{Name: "Dr Imaginaire", Roles: []account.Role{account.GP}, Territories: []string{senart}, Practitioner: h.doctor2.ID})
	h.person("foreign", account.NewPerson{Name: "Régulateur d’ailleurs", Roles: []account.Role{account.Regulator}, Territories: []string{coast}})
	h.person("foreign_nurse", account.NewPerson{Name: "Infirmière d’ailleurs", Roles: []account.Role{account.TriageNurse}, Territories: []string{coast}})
}

func physician(rpps directory.RPPS, family, given, in, at string) directory.Practitioner {
	return directory.Practitioner{
		ID: newID(), RPPS: rpps, Family: family, Given: given, Profession: directory.Physician,
		Territories: []string{in}, Locations: []string{at},
	}
}

func (h *house) person(name string, p account.NewPerson) {
	p.Email, p.Password = name+"@relais.example", password
	if _, err := account.NewService(store.Accounts{DB: h.db}, quickHasher{}, h.clock, newID).Add(h.t.Context(), "system", p); err != nil {
		h.t.Fatal(err)
	}
}

// lands is the territories of a house.
type lands map[string]territory.Territory

func twoLands(t testing.TB) lands {
	t.Helper()
	atlas := lands{}
	for _, spec := range []territory.Spec{
		{ID: senart, Name: "CPTS Sénart", Communes: []string{"77445", "77067", "77122", "77296", "77495", "77326", "77251"}},
		{ID: coast, Name: "CPTS de la Côte", Communes: []string{"85194"}},
	} {
		land, err := spec.Territory()
		if err != nil {
			t.Fatal(err)
		}
		atlas[land.ID] = land
	}
	return atlas
}

func (a lands) ids() []string { return []string{senart, coast} }

func (a lands) Territory(id string) (territory.Territory, error) {
	if land, ok := a[id]; ok {
		return land, nil
	}
	return territory.Territory{}, fault.New(fault.NotFound, "territory.unknown", "Ce territoire n’existe pas.")
}

// quickHasher stands for argon2id, whose slowness is not the matter here.
type quickHasher struct{}

func (quickHasher) Hash(_ context.Context, password string) (string, error) {
	return "quick:" + password, nil
}
func (quickHasher) Matches(_ context.Context, password, hash string) (bool, error) {
	return hash == "quick:"+password, nil
}
func (quickHasher) Decoy() string { return "decoy" }

// safeBuffer is a log that many goroutines write.
type safeBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *safeBuffer) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}

func (s *safeBuffer) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}

var _ http.Handler = (*web.Server)(nil)
