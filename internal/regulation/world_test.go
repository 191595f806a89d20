package regulation_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/agenda"
	"github.com/relais-snp/relais/internal/directory"
	"github.com/relais-snp/relais/internal/fault"
	"github.com/relais-snp/relais/internal/live"
	"github.com/relais-snp/relais/internal/live/livetest"
	"github.com/relais-snp/relais/internal/live/memory"
	"github.com/relais-snp/relais/internal/regulation"
	"github.com/relais-snp/relais/internal/store"
	"github.com/relais-snp/relais/internal/store/storetest"
	"github.com/relais-snp/relais/internal/territory"
)

// Two neighbouring territories; most tests stay in the first.
const (
	senart = "cpts-senart"
	valley = "cpts-vallee"
)

// world is regulation with real neighbours: a record, an engine in memory, a
// clock that stands, one GP.
type world struct {
	*testing.T
	clock   *livetest.Clock
	db      *store.DB
	engine  live.Engine
	svc     *regulation.Service
	agenda  *agenda.Service
	gp      account.Actor
	place   string
	notices *noticed
	ids     int
	mu      sync.Mutex
}

var (
	rosa = regulator("rosa")
	omar = regulator("omar")
)

func regulator(name string) account.Actor {
	return account.Actor{ID: "account-" + name, Name: strings.ToUpper(name[:1]) + name[1:] + " Démo",
		Roles: []account.Role{account.Regulator}, Territories: []string{senart}}
}

// each runs a test on both databases.
func each(t *testing.T, test func(w *world)) {
	storetest.Each(t, func(t *testing.T, db *store.DB) { test(newWorld(t, db)) })
}

func newWorld(t *testing.T, db *store.DB) *world {
	w := &world{T: t, clock: livetest.NewClock(), db: db, notices: &noticed{}}
	w.engine = memory.New(w.clock.Now)
	atlas := lands{}
	for id, communes := range map[string][]string{senart: {cesson, savigny, lieusant}, valley: {melun}} {
		epoch, err := w.engine.Begin(t.Context(), id, w.clock.Now(), 0)
		w.must(err)
		_, err = w.engine.Ready(t.Context(), id, epoch)
		w.must(err)
		atlas[id], err = territory.New(id, id, "Europe/Paris", communes)
		w.must(err)
	}
	deliver := direct{w.engine}
	w.agenda = agenda.NewService(store.Agenda{DB: db}, w.engine, deliver, atlas, w.clock.Now, w.id)
	w.svc = &regulation.Service{
		Store: store.Regulation{DB: db}, Deliverer: deliver, Notifier: w.notices,
		Territories: atlas, People: store.Directory{DB: db}, Rules: regulation.DefaultRules(),
		Now: w.clock.Now, NewID: w.id, NewSecret: w.id,
	}
	w.engineReturns()
	home := w.addPractice(senart, "Orme", "Cesson", "77240", "9990000001")
	w.gp, w.place = home.gp, home.place
	return w
}

func (w *world) engineLeaves() { w.svc.Present, w.svc.Boards = regulation.Away{}, regulation.Away{} }

func (w *world) engineReturns() {
	w.svc.Present, w.svc.Boards = w.engine, live.NewMirrors(w.engine, w.clock.Now)
}

// practice is a GP who receives at one cabinet.
type practice struct {
	gp    account.Actor
	place string
}

// addPractice brings a GP with a cabinet into a territory's directory.
func (w *world) addPractice(in, family, commune, postalCode, number string) practice {
	w.Helper()
	im := directory.Importer{Store: store.Directory{DB: w.db}, NewID: w.id, By: "system", Now: time.Now,
		KnowsTerritory: func(string) bool { return true }, Territories: []string{in}}
	report, err := im.Locations(w.Context(), strings.NewReader("nom,commune,code postal\nCabinet "+family+","+commune+","+postalCode+"\n"))
	w.must(err)
	more, err := im.Practitioners(w.Context(), strings.NewReader("rpps,nom,prenom,lieu,commune\n"+w.rpps(number)+","+family+",Iris,Cabinet "+family+","+commune+"\n"))
	w.must(err)
	if len(report.Problems)+len(more.Problems) > 0 {
		w.Fatalf("import: %v %v", report.Problems, more.Problems)
	}
	people, err := store.Directory{DB: w.db}.Practitioners(w.Context(), in)
	w.must(err)
	places, err := store.Directory{DB: w.db}.Locations(w.Context(), in)
	w.must(err)
	if len(people) != 1 || len(places) != 1 {
		w.Fatalf("%d practitioners and %d locations", len(people), len(places))
	}
	return practice{place: places[0].ID, gp: account.Actor{ID: "account-gp-" + in, Name: "Dr Iris " + family, Roles: []account.Role{account.GP},
		Territories: []string{in}, Practitioner: people[0].ID}}
}

func (w *world) rpps(number string) string {
	n, err := directory.RPPSWithKey(number)
	w.must(err)
	return string(n)
}

// publish opens a range in an hour: slots of 15 minutes, or one of some seats.
func (w *world) publish(slots, seats int) []string {
	w.Helper()
	return w.publishAt(practice{w.gp, w.place}, time.Hour, slots, seats)
}

// publishAt opens such a range at a practice, after a while.
func (w *world) publishAt(p practice, after time.Duration, slots, seats int) []string {
	w.Helper()
	start := w.clock.Now().Add(after)
	d := agenda.Draft{Location: p.place, Start: start, End: start.Add(time.Duration(max(slots, 1)) * 15 * time.Minute),
		Seats: seats, Modality: agenda.Cabinet, Audience: agenda.ForRegulation}
	if seats == 0 {
		d.SlotMinutes = 15
	}
	_, records, err := w.agenda.Publish(w.Context(), p.gp, d, w.id())
	w.must(err)
	ids := make([]string, len(records))
	for i, r := range records {
		ids[i] = r.Slot.ID
	}
	return ids
}

// request books a slot directly for a patient of that given name.
func (w *world) request(slot, given string) regulation.BookRequest {
	return regulation.BookRequest{Slot: slot, Key: "key-" + w.id(),
		Patient: regulation.Patient{Family: "Fictif-Pinson", Given: given, MT: regulation.MT{Status: regulation.MTNone}}}
}

func (w *world) openCase(a account.Actor) regulation.Case {
	w.Helper()
	commune := cesson
	c, err := w.svc.OpenCase(w.Context(), a, regulation.CaseDraft{Territory: senart, Commune: &commune})
	w.must(err)
	return c
}

func (w *world) hold(a account.Actor, slot, kase string) regulation.Hold {
	w.Helper()
	h, err := w.svc.Hold(w.Context(), a, slot, kase)
	w.must(err)
	return h
}

func (w *world) book(a account.Actor, r regulation.BookRequest) regulation.Booking {
	w.Helper()
	b, err := w.svc.Book(w.Context(), a, r)
	w.must(err)
	return b
}

// state is the slot on everyone's board.
func (w *world) state(slot string) regulation.SlotState {
	w.Helper()
	r, err := w.svc.Store.Record(w.Context(), slot)
	w.must(err)
	s, err := w.engine.Slot(w.Context(), r.Slot.Territory, slot)
	w.must(err)
	return s
}

func (w *world) id() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.ids++
	return fmt.Sprintf("id-%06d", w.ids)
}

func (w *world) must(err error) {
	w.Helper()
	if err != nil {
		w.Fatalf("unexpected: %v (because %v)", err, fault.Of(err).Unwrap())
	}
}

func (w *world) refused(err error, want error) {
	w.Helper()
	if fault.Reason(err) != fault.Reason(want) {
		w.Errorf("got %v (because %v), want %v", err, fault.Of(err).Unwrap(), want)
	}
}

// lands is the territories there are.
type lands map[string]territory.Territory

func (l lands) Territory(id string) (territory.Territory, error) {
	if t, ok := l[id]; ok {
		return t, nil
	}
	return territory.Territory{}, fault.New(fault.NotFound, "territory.unknown", "")
}

// direct delivers to the engine at once.
type direct struct{ engine live.Engine }

func (d direct) Deliver(ctx context.Context, list ...agenda.Announcement) {
	for _, a := range list {
		_ = d.engine.Apply(ctx, a.Record.Slot.Territory, a.Record)
	}
}

// noticed keeps the notices that were sent.
type noticed struct {
	mu   sync.Mutex
	list []regulation.Notice
}

func (n *noticed) Notify(_ context.Context, notice regulation.Notice) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.list = append(n.list, notice)
}

// kinds lists the notices for an account or a practitioner.
func (n *noticed) kinds(who string) (kinds []regulation.NoticeKind) {
	n.mu.Lock()
	defer n.mu.Unlock()
	for _, notice := range n.list {
		if notice.Account == who || notice.Practitioner == who {
			kinds = append(kinds, notice.Kind)
		}
	}
	return kinds
}
