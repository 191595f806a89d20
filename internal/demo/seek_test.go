package demo

import (
	"context"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"go.yaml.in/yaml/v3"

	"github.com/relais-snp/relais/configs"
	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/attribution"
	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/fault"
	"github.com/relais-snp/relais/internal/indicator"
	"github.com/relais-snp/relais/internal/regulation"
	"github.com/relais-snp/relais/internal/store"
	"github.com/relais-snp/relais/internal/store/storetest"
	"github.com/relais-snp/relais/internal/territory"
)

// town is a demo of which the search alone was lived, up to a moment.
type town struct {
	*testing.T
	db     *store.DB
	search *attribution.Service
	season *season
}

// Territory finds the demo's.
func (v *town) Territory(id string) (territory.Territory, error) {
	if id != Territory {
		return territory.Territory{}, fault.New(fault.NotFound, "territory.unknown", "Ce territoire n’existe pas.")
	}
	return territory.New(Territory, "CPTS Sénart", "Europe/Paris", []string{"77445", "77067", "77122", "77296", "77495", "77326", "77251"})
}

// NotifyAttribution tells nobody.
func (v *town) NotifyAttribution(context.Context, attribution.Notice) {}

// quick hashes nothing: nobody signs in here.
type quick struct{ account.Hasher }

func (quick) Hash(context.Context, string) (string, error) { return "hash", nil }

func (v *town) must(err error) {
	v.Helper()
	if err != nil {
		v.Fatalf("%v (because %v) %+v", err, fault.Of(err).Unwrap(), fault.Of(err).Fields)
	}
}

func newID() string { return uuid.Must(uuid.NewV7()).String() }

// lived is a town at a moment of Paris, in which the search was lived.
func lived(t *testing.T, at string) *town {
	v := arrived(t, at)
	now := v.season.Now()
	v.must(v.season.seek(t.Context(), now))
	v.must(v.season.declareFigures(t.Context(), now))
	v.season.clock.Set(now)
	return v
}

// arrived is a town at a moment of Paris, with people and nothing that they did.
func arrived(t *testing.T, at string) *town {
	v := &town{T: t, db: storetest.SQLite(t)}
	land, err := v.Territory(Territory)
	v.must(err)
	now, err := time.ParseInLocation("2006-01-02 15:04", at, land.Zone)
	v.must(err)
	clock := &Clock{}
	clock.Set(now)
	people := store.Directory{DB: v.db}
	var rules attribution.Rules
	v.must(yaml.Unmarshal(configs.Attribution, &rules))
	v.search = &attribution.Service{Store: store.Attribution{DB: v.db}, People: people, Territories: v, Notifier: v, Rules: rules,
		Lands: func() []string { return []string{Territory} }, Now: clock.Now, NewID: newID, Draw: func() uint64 { return 7 }}
	w := World{
		Territory: land, Directory: people, Accounts: account.NewService(store.Accounts{DB: v.db}, quick{}, clock.Now, newID),
		Regulation:  &regulation.Service{Store: store.Regulation{DB: v.db}, Territories: v, People: people, Rules: regulation.DefaultRules(), Now: clock.Now, NewID: newID, NewSecret: newID},
		Attribution: v.search, Figures: indicator.NewService(store.Indicators{DB: v.db}, people, v, indicator.Rules{}, clock.Now, newID),
		Now: clock.Now, NewID: newID,
	}
	cast, err := NewCast(land, newID)
	v.must(err)
	v.must(people.InTx(t.Context(), cast.save))
	team, err := addAccounts(t.Context(), w, cast, "corbeau-lilas-42")
	v.must(err)
	v.season = &season{World: w, cast: cast, clock: clock, dice: dice(1), staff: team, regulator: team.one(account.Regulator), today: civil.DateOf(now, land.Zone)}
	return v
}

func (v *town) requests(states ...attribution.State) []attribution.Request {
	v.Helper()
	list, err := v.search.Requests(v.Context(), v.season.staff.one(account.TriageNurse), attribution.RequestQuery{Territory: Territory, States: states, Limit: 200})
	v.must(err)
	return list
}

func TestTheSearchHasSomethingInEveryStateOnAnyDay(t *testing.T) {
	for _, at := range []string{
		"2026-10-01 00:10", "2027-04-02 23:55", "2028-02-29 12:00", "2027-03-28 03:30", "2027-04-15 09:00",
	} {
		t.Run(at, func(t *testing.T) {
			v := lived(t, at)
			want := map[attribution.State]int{attribution.Received: 4, attribution.Qualified: 8, attribution.Proposed: 6, attribution.Waiting: 3, attribution.Accepted: 3}
			for state, n := range want {
				if got := len(v.requests(state)); got != n {
					t.Errorf("%d %s, want %d", got, state, n)
				}
			}
			v.hasTheMixOfSenart()
			v.gpHasSomethingToDo()
		})
	}
}

// hasTheMixOfSenart counts every request there is, those merged into others too.
func (v *town) hasTheMixOfSenart() {
	v.Helper()
	all, ald, tiers := v.requests(), 0, map[int]int{}
	for _, r := range all {
		tiers[r.Tier]++
		if slices.Contains(r.Criteria.List(), attribution.ALD) {
			ald++
		}
	}
	if len(all) != 120 || ald != 14 {
		v.Errorf("%d requests, %d of them in ALD, want 120 and 14", len(all), ald)
	}
	if want := map[int]int{1: 41, 2: 47, 3: 32}; !maps.Equal(tiers, want) {
		v.Errorf("by tier %v, want %v", tiers, want)
	}
}

// gpHasSomethingToDo looks at what the first GP finds: offers to answer, and a
// patient accepted whose appointment is still to come.
func (v *town) gpHasSomethingToDo() {
	v.Helper()
	gp := v.season.staff.gps[v.season.cast.Practitioners[0].ID]
	offers, err := v.search.Offers(v.Context(), gp, attribution.OfferQuery{Territory: Territory, Practitioner: gp.Practitioner, Limit: 100})
	v.must(err)
	pending, taken := 0, 0
	for _, o := range offers {
		switch {
		case o.Offer.StandsAt(v.season.Now()) == attribution.Pending && o.Request.Synthesis != "":
			pending++
		case o.Request.State == attribution.Accepted && o.Request.AppointmentOn.IsZero() && o.Request.Patient != nil:
			taken++
		}
	}
	if pending != 2 || taken != 1 {
		v.Errorf("%d offers to answer, %d patients without appointment", pending, taken)
	}
}

func TestWhatTheSearchShows(t *testing.T) {
	v := lived(t, "2026-11-22 10:00")
	for name, look := range map[string]func(){
		"something for the nurse to decide": v.nurseHasSomethingToDecide, "delays that fall": v.delaysFall, "nobody who could exist": v.nobodyCouldExist,
	} {
		t.Run(name, func(t *testing.T) { v.T = t; look() })
	}
}

func (v *town) nurseHasSomethingToDecide() {
	nurse := v.season.staff.one(account.TriageNurse)
	plan, err := v.search.LastPlan(v.Context(), nurse, Territory)
	v.must(err)
	if len(plan.Plan.Served) < 6 || len(plan.Plan.Unserved) == 0 || plan.Seekers != 11 {
		v.Errorf("%d served and %d not, of %d", len(plan.Plan.Served), len(plan.Plan.Unserved), plan.Seekers)
	}
	twins, calls := 0, 0
	for _, r := range v.requests(attribution.Received) {
		whole, err := v.search.Request(v.Context(), nurse, r.ID)
		v.must(err)
		twins += len(whole.Duplicates)
		if r.Origin == attribution.FromRegulation && r.Case != "" {
			calls++
		}
	}
	if twins != 1 || calls != 1 {
		v.Errorf("%d twins, %d from a call", twins, calls)
	}
	declared, err := v.search.Capacities(v.Context(), nurse, Territory)
	v.must(err)
	quarter, confirm := attribution.Quarter{Year: 2026, Number: 4}, 0
	for _, d := range declared {
		if d.Quarter != quarter {
			confirm++
		}
	}
	if len(declared) != Size-len(silent) || confirm != len(late) {
		v.Errorf("%d declared, %d to confirm", len(declared), confirm)
	}
}

func (v *town) delaysFall() {
	first := civil.MustDate("2026-06-01") // the first whole month
	f := v.followUp(first.AddDays(-1).MonthStart())
	for tier := 1; tier < len(f.Tiers)-1; tier++ {
		if *f.Tiers[tier].MedianDays >= *f.Tiers[tier+1].MedianDays {
			v.Errorf("tier %d waits as long as the next", tier)
		}
	}
	medians := map[int][]float64{}
	for _, m := range f.Months {
		if m.MedianDays != nil && !m.Month.Before(first) {
			medians[m.Tier] = append(medians[m.Tier], *m.MedianDays)
		}
	}
	for _, tier := range []int{0, 1, 2} {
		if list := medians[tier]; len(list) != seekMonths+1 || list[len(list)-1] > list[0]*0.6 {
			v.Errorf("tier %d goes by month %v", tier, list)
		}
	}
	for _, d := range f.Declines {
		if d.Count == 0 {
			v.Errorf("nobody declined because %s", d.Of)
		}
	}
}

// followUp is what the coordinator sees from a day to today.
func (v *town) followUp(from civil.Date) attribution.FollowUp {
	v.Helper()
	f, err := v.search.FollowUp(v.Context(), v.season.staff.one(account.Coordinator), Territory, from, v.season.today)
	v.must(err)
	return f
}

func (v *town) nobodyCouldExist() {
	for _, r := range v.requests() {
		if !strings.HasPrefix(r.Patient.Phone, "06 39 98 ") && !strings.HasPrefix(r.Patient.Phone, "063998") {
			v.Errorf("%s is not a number kept for fiction", r.Patient.Phone)
		}
	}
}
