package attribution_test

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/attribution"
	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/directory"
	"github.com/relais-snp/relais/internal/fault"
	"github.com/relais-snp/relais/internal/territory"
)

// Two neighbouring territories; most tests stay in the first.
const (
	senart = "cpts-senart"
	valley = "cpts-vallee"
)

// Communes of the first territory, and one of the second.
const (
	cesson   territory.INSEE = "77067"
	lieusant territory.INSEE = "77251"
	savigny  territory.INSEE = "77445"
	melun    territory.INSEE = "77288"
)

// The people of the tests. Iris and Paul are GPs of the first territory, with
// accounts; Vera is a GP of the second.
var (
	nurse       = person("nina", account.TriageNurse, senart)
	otherNurse  = person("nora", account.TriageNurse, valley)
	coordinator = person("cora", account.Coordinator, senart)
	regulator   = person("rosa", account.Regulator, senart)
	pharmacist  = person("phil", account.Professional, senart)
	iris        = doctor("iris", senart)
	paul        = doctor("paul", senart)
	vera        = doctor("vera", valley)
)

func person(name string, role account.Role, in string) account.Actor {
	return account.Actor{ID: "account-" + name, Name: name + " Démo", Roles: []account.Role{role}, Territories: []string{in}}
}

func doctor(name, in string) account.Actor {
	a := person(name, account.GP, in)
	a.Practitioner = "gp-" + name
	return a
}

// world is attribution with a record in memory, a clock that stands, and GPs
// with one cabinet each.
type world struct {
	testing.TB
	*attribution.Service
	record *record
	now    time.Time
	told   *told
	mu     sync.Mutex
	ids    int
}

func newWorld(t testing.TB) *world {
	w := &world{TB: t, record: newRecord(), told: &told{}, now: time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)}
	w.record.cases["case-1"], w.record.cases["case-2"], w.record.cases["case-valley"] = senart, senart, valley
	w.record.cases["case-with-mt"] = senart
	lands := atlas{}
	for id, communes := range map[string][]string{senart: {"77067", "77251", "77445"}, valley: {"77288"}} {
		land, err := territory.New(id, id, "Europe/Paris", communes)
		w.must(err)
		lands[id] = land
	}
	r := rule("2024-01-01")
	r.KnownMetres = 10_000
	w.Service = &attribution.Service{
		Store: w.record, People: people{}, Territories: lands, Notifier: w.told, Rules: attribution.Rules{Attribution: []attribution.Rule{r}},
		Lands: func() []string { return []string{senart, valley} }, Now: func() time.Time { return w.now },
		NewID: w.id, Draw: func() uint64 { return 42 },
	}
	return w
}

// id gives ids in order, as UUIDv7 are.
func (w *world) id() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.ids++
	return fmt.Sprintf("id-%06d", w.ids)
}

func (w *world) must(err error) {
	w.Helper()
	if err != nil {
		w.Fatalf("%v (because %v)", err, fault.Of(err).Unwrap())
	}
}

// refused checks that something was refused for a reason.
func (w *world) refused(err error, reason string) {
	w.Helper()
	if fault.Reason(err) != reason {
		w.Errorf("%v, want %s", err, reason)
	}
}

// today is the civil day of the world's clock.
func (w *world) today() civil.Date { return civil.DateOf(w.now, time.UTC) }

// audits lists what was audited, as "action target".
func (w *world) audits() (list []string) {
	for _, e := range w.record.committed().audited {
		list = append(list, e.Action+" "+e.Target)
	}
	return list
}

// history lists the kinds of a request's events.
func (w *world) history(request string) (kinds []attribution.EventKind) {
	events, err := w.record.Events(w.Context(), request)
	w.must(err)
	for _, e := range events {
		kinds = append(kinds, e.Kind)
	}
	return kinds
}

// atlas is the territories of a test.
type atlas map[string]territory.Territory

func (l atlas) Territory(id string) (territory.Territory, error) {
	t, ok := l[id]
	if !ok {
		return t, fault.New(fault.NotFound, "territory.unknown", "Ce territoire n’existe pas.")
	}
	return t, nil
}

// people is the GPs of a test: Iris in Cesson, Paul in Lieusaint, Vera in Melun.
type people struct{}

func (people) Practitioners(_ context.Context, in string) ([]directory.Practitioner, error) {
	all := []directory.Practitioner{
		{ID: iris.Practitioner, Family: "Orme", Given: "Iris", Profession: directory.Physician, Territories: []string{senart}, Locations: []string{"place-cesson"}},
		{ID: paul.Practitioner, Family: "Saule", Given: "Paul", Profession: directory.Physician, Territories: []string{senart}, Locations: []string{"place-lieusaint"}},
		{ID: "pharmacist-phil", Family: "Tilleul", Given: "Phil", Profession: directory.Pharmacist, Territories: []string{senart}},
		{ID: vera.Practitioner, Family: "Frêne", Given: "Vera", Profession: directory.Physician, Territories: []string{valley}, Locations: []string{"place-melun"}},
	}
	return slices.DeleteFunc(all, func(p directory.Practitioner) bool { return !p.In(in) }), nil
}

func (people) Locations(_ context.Context, in string) ([]directory.Location, error) {
	if in == valley {
		return []directory.Location{{ID: "place-melun", Name: "Cabinet Frêne", Commune: melun}}, nil
	}
	return []directory.Location{
		{ID: "place-cesson", Name: "Cabinet Orme", Commune: cesson}, {ID: "place-lieusaint", Name: "Cabinet Saule", Commune: lieusant},
	}, nil
}

// told gathers the notices.
type told struct {
	mu      sync.Mutex
	notices []attribution.Notice
}

func (n *told) NotifyAttribution(_ context.Context, notice attribution.Notice) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.notices = append(n.notices, notice)
}

// took returns the notices since the last call.
func (n *told) took() []attribution.Notice {
	n.mu.Lock()
	defer n.mu.Unlock()
	taken := n.notices
	n.notices = nil
	return taken
}

var (
	_ attribution.Store = (*record)(nil)
	_ attribution.Tx    = (*pages)(nil)
)
