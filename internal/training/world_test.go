package training_test

import (
	"context"
	"log/slog"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/agenda"
	"github.com/relais-snp/relais/internal/fault"
	"github.com/relais-snp/relais/internal/live"
	"github.com/relais-snp/relais/internal/live/memory"
	"github.com/relais-snp/relais/internal/regulation"
	"github.com/relais-snp/relais/internal/store"
	"github.com/relais-snp/relais/internal/store/storetest"
	"github.com/relais-snp/relais/internal/territory"
	"github.com/relais-snp/relais/internal/training"
)

// monday is the clock of every world when it opens: a Monday, 8:00 in Paris.
var monday = time.Date(2026, 11, 23, 7, 0, 0, 0, time.UTC)

// world is a school over the real use cases, on SQLite and a clock that stands still.
type world struct {
	t      *testing.T
	now    time.Time
	db     *store.DB
	engine *memory.Engine
	lands  map[string]territory.Territory
	school *training.School
	desk   training.Desk
	told   []regulation.Notice
}

func open(t *testing.T) *world {
	w := &world{t: t, now: monday, db: storetest.SQLite(t), lands: map[string]territory.Territory{}}
	clock := func() time.Time { return w.now }
	w.engine = memory.New(clock)
	relay := live.NewRelay(w.engine, store.Live{DB: w.db}, clock, slog.New(slog.DiscardHandler))
	service := &regulation.Service{
		Store: store.Regulation{DB: w.db}, Present: w.engine, Boards: live.NewMirrors(w.engine, clock), Deliverer: relay, Notifier: w,
		Territories: w, People: store.Directory{DB: w.db}, Rules: regulation.DefaultRules(), Now: clock, NewID: newID, NewSecret: newID,
	}
	w.school = training.NewSchool(training.House{Lands: w, Directory: store.Directory{DB: w.db},
		Openings: agenda.NewService(store.Agenda{DB: w.db}, w.engine, relay, w, clock, newID), Regulation: service},
		clock, newID, func() string { return strings.ReplaceAll(uuid.NewString(), "-", "")[:16] })
	w.desk = training.Desk{Service: service, School: w.school}
	return w
}

func newID() string { return uuid.Must(uuid.NewV7()).String() }

func (w *world) Notify(_ context.Context, n regulation.Notice) { w.told = append(w.told, n) }

func (w *world) Territory(id string) (territory.Territory, error) {
	if t, ok := w.lands[id]; ok {
		return t, nil
	}
	return territory.Territory{}, fault.New(fault.NotFound, "territory.unknown", "")
}

func (w *world) Add(ctx context.Context, t territory.Territory) error {
	epoch, err := w.engine.Begin(ctx, t.ID, w.now, 0)
	if err == nil {
		_, err = w.engine.Ready(ctx, t.ID, epoch)
	}
	w.lands[t.ID] = t
	return err
}

func (w *world) Drop(_ context.Context, id string) error { delete(w.lands, id); return nil }

// trainee is somebody who trains.
type trainee struct {
	*world
	account.Actor
}

func (w *world) trainee(address string) trainee {
	w.t.Helper()
	a, err := w.school.Start(w.t.Context(), netip.MustParseAddr(address))
	if err != nil {
		w.t.Fatal(err)
	}
	return trainee{w, a}
}

func (p trainee) view() training.View {
	p.t.Helper()
	v, err := p.school.View(p.t.Context(), p.Actor)
	if err != nil {
		p.t.Fatal(err)
	}
	return v
}

func (p trainee) begin(task int) training.View {
	p.t.Helper()
	v, err := p.school.Begin(p.t.Context(), p.Actor, task)
	if err != nil {
		p.t.Fatal(err)
	}
	return v
}

// call opens a case for a caller from a commune and returns it with the best slots.
func (p trainee) call(commune string, mt ...regulation.MT) (string, []regulation.Ranked) {
	p.t.Helper()
	draft := regulation.CaseDraft{Territory: p.Territories[0], Commune: &commune}
	if len(mt) > 0 {
		draft.MT = &mt[0]
	}
	c, err := p.desk.OpenCase(p.t.Context(), p.Actor, draft)
	if err != nil {
		p.t.Fatal(err)
	}
	return c.ID, p.best(c.ID)
}

func (p trainee) best(kase string) []regulation.Ranked {
	p.t.Helper()
	b, err := p.desk.Slots(p.t.Context(), p.Actor, regulation.BoardQuery{Territory: p.Territories[0], Case: kase, FreeOnly: true})
	if err != nil {
		p.t.Fatal(err)
	}
	return b.Items
}

func (p trainee) hold(slot, kase string) (regulation.Hold, error) {
	return p.desk.Hold(p.t.Context(), p.Actor, slot, kase)
}

func (p trainee) book(h regulation.Hold, family string) regulation.Booking {
	p.t.Helper()
	b, err := p.desk.Book(p.t.Context(), p.Actor, regulation.BookRequest{Hold: h.Token, Key: newID(), Case: h.Case, Acknowledge: []string{regulation.AckSamePatient},
		Patient: regulation.Patient{Family: family, MT: regulation.MT{Status: regulation.MTNone}}})
	if err != nil {
		p.t.Fatal(err)
	}
	return b
}

func (p trainee) end(kase string, o regulation.Outcome) {
	p.t.Helper()
	end := regulation.Closing{Outcome: o}
	if o == regulation.NoSolution {
		end.WhyKind = regulation.WhyHomeVisit
	}
	if _, err := p.desk.CloseCase(p.t.Context(), p.Actor, kase, end); err != nil {
		p.t.Fatal(err)
	}
}
