package demo

import (
	"context"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"github.com/relais-snp/relais/configs"
	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/funding"
	"github.com/relais-snp/relais/internal/indicator"
	"github.com/relais-snp/relais/internal/store"
)

// treasury is a demo of which the contract and its money alone were lived.
type treasury struct {
	*town
	books    *funding.Service
	missions *indicator.Missions
	ledger   *ledger
	schedule funding.Schedule
}

// ContractYear tells when a year of the contract is.
func (v *treasury) ContractYear(ctx context.Context, territory string, n int) (first, last civil.Date, ok bool, err error) {
	c, ok, err := store.Funding{DB: v.db}.Contract(ctx, territory)
	if !ok || err != nil {
		return first, last, ok, err
	}
	return v.schedule.Anniversary(c.Signed, n-1), v.schedule.Anniversary(c.Signed, n).AddDays(-1), true, nil
}

// Missions are those of the schedule.
func (v *treasury) Missions(context.Context, string) (codes []string, _ error) {
	for _, m := range v.schedule.Missions {
		codes = append(codes, m.Code)
	}
	return codes, nil
}

func (v *treasury) shipped(name string, into any) {
	v.Helper()
	text, err := configs.Funding.ReadFile("funding/" + name)
	v.must(err)
	v.must(yaml.Unmarshal(text, into))
}

// kept is a treasury at a moment of Paris.
func kept(t *testing.T, at string) *treasury {
	v := &treasury{town: arrived(t, at)}
	var (
		chart   funding.Chart
		schemes funding.Schemes
		caps    funding.Caps
	)
	v.shipped("aci-2019.yaml", &v.schedule)
	v.shipped("chart-associations-2020.yaml", &chart)
	v.shipped("schemes.yaml", &schemes)
	v.shipped("caps.yaml", &caps)
	w := &v.season.World
	v.missions = &indicator.Missions{Store: store.Indicators{DB: v.db}, Reports: w.Figures.(*indicator.Service), Contract: v, Territories: v, Now: w.Now, NewID: newID}
	schedules := []funding.Schedule{v.schedule}
	v.books = &funding.Service{
		Store: store.Funding{DB: v.db}, Territories: v, Charts: funding.Charts{chart}, Schedules: schedules, Schemes: schemes,
		Guards: funding.Guards{Earmarked: funding.Earmarked(schedules), Cap: caps.Of}, People: w.Directory.(store.Directory),
		Lands: func() []string { return []string{Territory} }, Estimate: v.missions.Estimate, Now: w.Now, NewID: newID,
	}
	w.Books, w.Missions, w.ChainAudit = v.books, v.missions, v.db.ChainAudit
	now := w.Now()
	var err error
	v.ledger, err = v.season.sign(t.Context(), now)
	v.must(err)
	v.must(v.ledger.keepBooks(t.Context()))
	v.season.clock.Set(now)
	return v
}

func TestTheBooksHaveSomethingToShowOnAnyDay(t *testing.T) {
	for _, at := range []string{
		"2027-01-01 00:10", "2028-02-29 12:00", "2026-12-31 23:55", "2029-08-07 09:00", "2027-03-28 03:30", "2026-06-15 10:00",
	} {
		t.Run(at, func(t *testing.T) {
			v := kept(t, at)
			v.paymentsStandInEveryWay()
			v.booksAreWhole()
			v.yearsAreClosed()
			v.indicatorsAreProven()
		})
	}
}

// paymentsStandInEveryWay looks at the timeline of the contract.
func (v *treasury) paymentsStandInEveryWay() {
	v.Helper()
	dues, deadlines, err := v.books.Calendar(v.Context(), v.ledger.treasurer, Territory)
	v.must(err)
	states := map[string]funding.DueState{}
	for _, d := range dues {
		states[d.Code+" "+string(d.Kind)+" "+string(rune('0'+d.Year))] = d.State
		if d.Code == "crise" && d.Amount.Known {
			v.Errorf("the crisis mission has an amount: %+v", d)
		}
	}
	for of, want := range map[string]funding.DueState{
		"fonctionnement whole 1": funding.DueCame, "acces variable 1": funding.DueCame, "snp_orientation part 2": funding.DueCame,
		"parcours advance 2": funding.DuePartly, "prevention advance 2": funding.DueWaiting,
		"snp_compensation part 2": funding.DueUnknown, "crise advance 1": funding.DueUnknown, "acces variable 2": funding.DueLater,
	} {
		if states[of] != want {
			v.Errorf("%s is %s, want %s", of, states[of], want)
		}
	}
	deployed := map[string]bool{}
	for _, s := range v.ledger.contract.Starts {
		deployed[s.Mission] = !s.Deployed.IsZero()
	}
	soon, met := 0, 0
	for _, d := range deadlines {
		switch {
		case !d.Full:
		case deployed[d.Mission]:
			met++
		case d.By.After(v.ledger.today) && d.By.Before(v.ledger.today.AddDays(31)):
			soon++
		}
	}
	if soon == 0 || met == 0 {
		v.Errorf("%d deadlines are near, %d missions deployed: %v", soon, met, deadlines)
	}
}

// booksAreWhole follows the chain, and looks at envelopes and the budget.
func (v *treasury) booksAreWhole() {
	v.Helper()
	entries, err := funding.Walk(v.Context(), store.Funding{DB: v.db}, Territory)
	v.must(err)
	if entries < 120 {
		v.Errorf("%d entries", entries)
	}
	envelopes, err := v.books.Envelopes(v.Context(), v.ledger.treasurer, Territory)
	v.must(err)
	for _, e := range envelopes {
		if e.Earmarked && (e.Spent <= 0 || e.Spent >= e.Received) {
			v.Errorf("%s: %s of %s spent", e.Code, e.Spent, e.Received)
		}
	}
	var reversed bool
	all, err := v.books.Entries(v.Context(), v.ledger.treasurer, funding.EntryQuery{Territory: Territory, Limit: 500})
	v.must(err)
	for _, e := range all {
		reversed = reversed || e.Reverses != ""
		if e.On.After(v.ledger.today) || e.At.After(v.ledger.now) {
			v.Errorf("entry %d of %v lies ahead", e.Number, e.On)
		}
	}
	if !reversed {
		v.Error("nothing was taken back")
	}
	lines, _, err := v.books.Budget(v.Context(), v.ledger.treasurer, Territory, v.ledger.today.Year)
	v.must(err)
	var operating funding.Cents
	for _, l := range lines {
		if l.Budget == funding.Fonctionnement {
			operating += l.Planned
		}
	}
	if len(lines) != len(planned) || operating != 75_000_00 {
		v.Errorf("%d lines, %s to run on, want that of Sénart", len(lines), operating)
	}
}

// yearsAreClosed looks at the fiscal years: what they asked for at their end is written.
func (v *treasury) yearsAreClosed() {
	v.Helper()
	years, err := v.books.FiscalYears(v.Context(), v.ledger.treasurer, Territory)
	v.must(err)
	if len(years) < 2 {
		v.Errorf("%d fiscal years", len(years))
	}
	for _, y := range years {
		if y.ClosedAt.IsZero() != (y.Year == v.ledger.today.Year) {
			v.Errorf("%d closed at %v", y.Year, y.ClosedAt)
		}
		if y.Year == v.ledger.today.Year {
			continue
		}
		asked, err := v.books.YearEnd(v.Context(), v.ledger.treasurer, Territory, y.Year)
		v.must(err)
		kinds := map[funding.YearEndKind]int{}
		for _, one := range asked {
			kinds[one.Kind]++
			if one.Written == "" {
				v.Errorf("%s is not written", one.Key)
			}
		}
		if kinds[funding.Deferred] == 0 || kinds[funding.Deferred] != kinds[funding.DeferredBack] || kinds[funding.Opening] != 1 {
			v.Errorf("the end of %d: %v", y.Year, kinds)
		}
	}
}

// indicatorsAreProven looks at what the dialogue is held on.
func (v *treasury) indicatorsAreProven() {
	v.Helper()
	all, err := v.missions.Objectives(v.Context(), v.ledger.coordinator, Territory)
	v.must(err)
	proven := 0
	for _, p := range all {
		if p.Frozen[0] == nil || p.Frozen[1] != nil {
			v.Errorf("%s is frozen in %v", p.Code, p.Frozen)
		}
		if m := p.Measured[0]; m != nil && m.Figure != nil {
			v.Errorf("%s was measured before Relais came: %s", p.Code, *m.Figure)
		}
		for _, seen := range p.Observations {
			proven += len(seen.Evidence)
		}
	}
	if len(all) != len(aims) || proven < 12 {
		v.Errorf("%d objectives, %d proofs", len(all), proven)
	}
	frozen, err := v.missions.Year(v.Context(), v.ledger.coordinator, Territory, 1)
	v.must(err)
	if entries := frozen.State["audit.entries"]; entries == "0" || !strings.HasPrefix(frozen.State["audit.chain"], entries+":") {
		v.Errorf("the frozen year stands on %v", frozen.State)
	}
	shares, err := v.missions.Estimate(v.Context(), Territory, 1)
	v.must(err)
	for _, mission := range []string{"acces", "parcours", "prevention"} {
		if share := shares[mission]; share == nil || share.Sign() <= 0 {
			v.Errorf("%s earns nothing: %v", mission, share)
		}
	}
	files, err := v.missions.EvidenceOf(v.Context(), v.ledger.coordinator, Territory)
	v.must(err)
	types := map[indicator.EvidenceType]int{}
	for _, f := range files {
		types[f.Type]++
	}
	if types[indicator.PDF] == 0 || types[indicator.CSV] < 10 {
		v.Errorf("files: %v", types)
	}
}

func TestTheCoordinatorCostsWhatTheBudgetSays(t *testing.T) {
	v := kept(t, "2026-12-31 23:00")
	totals, err := v.books.Totals(t.Context(), v.ledger.treasurer, Territory, 2026)
	v.must(err)
	var paid funding.Cents
	for _, total := range totals {
		if total.Account == "6411" || total.Account == "645" {
			paid += total.Debit - total.Credit
		}
	}
	if paid != 58_248_00 {
		t.Errorf("a year of coordination costs %s, want 58248.00", paid)
	}
}
