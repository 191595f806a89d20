package indicator_test

import (
	"encoding/json"
	"math/big"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/fault"
	"github.com/relais-snp/relais/internal/indicator"
)

func same(*indicator.Objective) {}

func computed(series indicator.Series) func(*indicator.Objective) {
	return func(o *indicator.Objective) {
		o.Series, o.Unit, o.Code, o.Baseline = series, series.Unit(), string(series), 50_000
		o.Targets = percents(indicator.OfBaseline, -10)
	}
}

func refused(t *testing.T, err error, reason string) {
	t.Helper()
	if got := fault.Reason(err); got != reason {
		t.Errorf("reason %q, want %q (%v)", got, reason, err)
	}
}

// told reads figures as pages do, "-" for none.
func told(figures [indicator.Years]*indicator.Figure) string {
	var all []string
	for _, f := range figures {
		if f == nil {
			all = append(all, "-")
			continue
		}
		all = append(all, f.String())
	}
	return strings.Join(all, " ")
}

func TestTheWholeTableOfBocageBressuirais(t *testing.T) {
	text, err := os.ReadFile("testdata/bocage-bressuirais.json")
	if err != nil {
		t.Fatal(err)
	}
	var table []indicator.Objective
	if err := json.Unmarshal(text, &table); err != nil {
		t.Fatal(err)
	}
	c, actor := newCabinet(), holder(account.Coordinator)
	actor.Territories = []string{"cpts-bocage"}
	for _, o := range table {
		if _, err := c.missions().AddObjective(t.Context(), actor, o); err != nil {
			t.Fatal(o.Code, err, fault.Of(err))
		}
	}
	all, err := c.missions().Objectives(t.Context(), actor, "cpts-bocage")
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for _, p := range all {
		got[p.Code] = p.Baseline.String() + ": " + told(p.Path)
	}
	want := map[string]string{
		"mt-17":                "5280: 5000 4500 4000 3500 2500",
		"mt-c2s":               "631: 568 568 505 505 505",
		"asalee":               "1635: 1717 1803 1893 1987 2087",
		"vaccin-ror":           "74.7: - - - - -",
		"vaccin-grippe":        "50.3: - - - - -",
		"depistage-colorectal": "34.3: - - - - -",
		"reunions":             "0: 12 12 12 12 12",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestTheLatestFigureOfAYearCounts(t *testing.T) {
	c := newCabinet()
	id := c.aims(t, same)
	for n, figure := range []indicator.Figure{5200, 5140} {
		if _, err := c.missions().Observe(t.Context(), coordinator(), id, byHand(1, figure), string(rune('a'+n))); err != nil {
			t.Fatal(err)
		}
	}
	all, err := c.missions().Objectives(t.Context(), holder(account.Observer), senart)
	if err != nil {
		t.Fatal(err)
	}
	if p := all[0]; told(p.Counts) != "5140 - - - -" || *p.Achieved[0] != 500 || len(p.Observations) != 1 || len(c.observations) != 2 {
		t.Errorf("%+v", p)
	}
}

func TestTheRecordAnswersEverySeries(t *testing.T) {
	days := 12.5
	for series, want := range map[indicator.Series]string{
		indicator.SeriesFill: "66.7", indicator.SeriesOffered: "300", indicator.SeriesUsing: "25", indicator.SeriesUnsolved: "9",
		indicator.SeriesSNPActs: "31", indicator.SeriesReported: "120", indicator.SeriesAttached: "80", indicator.SeriesMTDelay: "13",
	} {
		c := newCabinet()
		c.total = indicator.Row{Offered: 300, Taken: 200, Practitioners: 25, CasesWithoutSolution: 9, SNPActs: 31}
		c.received, c.attached, c.days = 120, 80, &days
		c.aims(t, computed(series))
		c.periods = nil

		all, err := c.missions().Objectives(t.Context(), coordinator(), senart)
		if err != nil {
			t.Fatal(err)
		}
		if got := told(all[0].Counts); got != want+" "+want+" - - -" {
			t.Errorf("%s: %s, not %s", series, got, want)
		}
		// The second year of the contract runs until today.
		if diff := cmp.Diff([]string{"2025-01-15 2026-01-14", "2026-01-15 2026-11-22"}, c.periods); diff != "" {
			t.Errorf("%s: %s", series, diff)
		}
		if m := all[0].Measured[1]; m.From != civil.MustDate("2026-01-15") || m.To != civil.MustDate("2026-11-22") {
			t.Errorf("%s: %+v", series, m)
		}
	}
}

func TestNothingIsToldWhereNothingWasMeasured(t *testing.T) {
	for _, series := range []indicator.Series{indicator.SeriesFill, indicator.SeriesMTDelay} {
		c := newCabinet()
		id := c.aims(t, computed(series))
		_, err := c.missions().Observe(t.Context(), coordinator(), id, indicator.Observation{Year: 1, Computed: true}, "k")
		refused(t, err, "indicator.no_answer")
	}
	for _, series := range indicator.AllSeries() { // the service was not there
		c := newCabinet()
		c.silent = true
		c.aims(t, computed(series))
		all, err := c.missions().Objectives(t.Context(), coordinator(), senart)
		if got := told(all[0].Counts); err != nil || got != "- - - - -" || all[0].Measured[0] == nil {
			t.Errorf("%s: %s %+v %v", series, got, all[0].Measured[0], err)
		}
	}
	c := newCabinet()
	id, m := c.aims(t, computed(indicator.SeriesAttached)), c.missions()
	m.Flow = nil // where nobody searches for a médecin traitant
	_, err := m.Observe(t.Context(), coordinator(), id, indicator.Observation{Year: 1, Computed: true}, "k")
	refused(t, err, "indicator.no_answer")
	_, err = c.missions().Observe(t.Context(), coordinator(), c.aims(t, same), indicator.Observation{Year: 1, Computed: true}, "l")
	refused(t, err, "indicator.no_answer")
}

func TestAComputedObservationComesFromTheRecord(t *testing.T) {
	c := newCabinet()
	c.total = indicator.Row{Offered: 300, Taken: 200}
	id := c.aims(t, computed(indicator.SeriesFill))
	p, err := c.missions().Observe(t.Context(), coordinator(), id, indicator.Observation{Year: 2, Figure: 99_000, Source: "deviné", Computed: true}, "k")
	if err != nil {
		t.Fatal(err)
	}
	seen := p.Observations[0]
	if seen.Figure != 66_700 || seen.Source != "Relais, du 15/01/2026 au 22/11/2026" || seen.On != civil.MustDate("2026-11-22") {
		t.Errorf("%+v", seen)
	}
	// The record goes on, and what counts goes with it
	c.total.Taken = 300
	all, err := c.missions().Objectives(t.Context(), coordinator(), senart)
	if err != nil || told(all[0].Counts) != "100 100 - - -" {
		t.Errorf("%s, %v", told(all[0].Counts), err)
	}
	// until somebody knows better.
	if p, err = c.missions().Observe(t.Context(), coordinator(), id, byHand(2, 70), "l"); err != nil || told(p.Counts) != "100 70 - - -" {
		t.Errorf("%s, %v", told(p.Counts), err)
	}
}

func TestBadObservationsAreRefused(t *testing.T) {
	for name, test := range map[string]struct {
		change func(*indicator.Observation)
		reason string
		field  string
	}{
		"no such year":     {func(o *indicator.Observation) { o.Year = 6 }, "indicator.invalid", "year"},
		"year ahead":       {func(o *indicator.Observation) { o.Year = 3 }, "indicator.year_ahead", ""},
		"day ahead":        {func(o *indicator.Observation) { o.On = civil.MustDate("2026-11-23") }, "indicator.invalid", "on"},
		"before the year":  {func(o *indicator.Observation) { o.On = civil.MustDate("2026-01-14") }, "indicator.invalid", "on"},
		"no day":           {func(o *indicator.Observation) { o.On = civil.Date{} }, "indicator.invalid", "on"},
		"less than none":   {func(o *indicator.Observation) { o.Figure = -1 }, "indicator.invalid", "figure"},
		"half a person":    {func(o *indicator.Observation) { o.Figure = 4_500 }, "indicator.invalid", "figure"},
		"no source":        {func(o *indicator.Observation) { o.Source = " " }, "indicator.invalid", "source"},
		"unknown evidence": {func(o *indicator.Observation) { o.Evidence = []string{"none"} }, "indicator.evidence_unknown", ""},
	} {
		t.Run(name, func(t *testing.T) {
			c := newCabinet()
			id, o := c.aims(t, same), byHand(2, 5000)
			test.change(&o)
			_, err := c.missions().Observe(t.Context(), coordinator(), id, o, "k")
			refused(t, err, test.reason)
			if fields := fault.Of(err).Fields; test.field != "" && (len(fields) != 1 || fields[0].Name != test.field) {
				t.Errorf("fields %+v", fields)
			}
			if len(c.observations) > 0 {
				t.Error("something was kept")
			}
		})
	}
}

func TestARepetitionObservesOnce(t *testing.T) {
	c := newCabinet()
	id := c.aims(t, same)
	for range 2 {
		if p, err := c.missions().Observe(t.Context(), coordinator(), id, byHand(1, 5000), "k"); err != nil || len(p.Observations) != 1 {
			t.Errorf("%+v, %v", p, err)
		}
	}
	if _, err := c.missions().Observe(t.Context(), coordinator(), id, byHand(1, 4999), "k"); err == nil || len(c.observations) != 1 {
		t.Errorf("%d observations, %v", len(c.observations), err)
	}
}

func TestAFrozenYearStaysAsItWas(t *testing.T) {
	c := newCabinet()
	c.total = indicator.Row{Offered: 300, Taken: 200}
	fill, mt := c.aims(t, computed(indicator.SeriesFill)), c.aims(t, same)
	if _, err := c.missions().Observe(t.Context(), coordinator(), mt, byHand(1, 5140), "k"); err != nil {
		t.Fatal(err)
	}
	y, err := c.missions().Freeze(t.Context(), coordinator(), senart, 1)
	if err != nil {
		t.Fatal(err)
	}
	if y.From != civil.MustDate("2025-01-15") || y.To != civil.MustDate("2026-01-14") || y.State["to"] != "2026-01-14T23:00:00Z" || y.By != "acc-c" {
		t.Errorf("%+v", y)
	}
	// When the record and the aims change
	c.total.Taken = 0
	other := c.objectives[mt]
	other.Targets[0].Value = 1_000
	if _, err := c.missions().SetObjective(t.Context(), coordinator(), other); err != nil {
		t.Fatal(err)
	}
	// Then the year is told as it was
	all, err := c.missions().Objectives(t.Context(), coordinator(), senart)
	if err != nil {
		t.Fatal(err)
	}
	if told(all[0].Counts) != "5140 - - - -" || *all[0].Achieved[0] != 500 || told(all[0].Path) != "5000 4500 4000 3500 2500" {
		t.Errorf("%+v", all[0])
	}
	if told(all[1].Counts) != "66.7 0 - - -" || all[1].Frozen[0] == nil || all[1].Frozen[1] != nil {
		t.Errorf("%s %v", told(all[1].Counts), all[1].Frozen)
	}
	again, err := c.missions().Year(t.Context(), holder(account.Treasurer), senart, 1)
	if diff := cmp.Diff(y, again); err != nil || diff != "" {
		t.Error(err, diff)
	}
	// and nothing is observed of it any more
	_, err = c.missions().Observe(t.Context(), coordinator(), mt, byHand(1, 5000), "l")
	refused(t, err, "indicator.frozen")
	_, err = c.missions().Observe(t.Context(), coordinator(), fill, indicator.Observation{Year: 1, Computed: true}, "m")
	refused(t, err, "indicator.frozen")
	_, err = c.missions().Freeze(t.Context(), coordinator(), senart, 1)
	refused(t, err, "indicator.frozen")
}

func TestAFrozenYearTellsTheYearsBeforeItAsTheyWereFrozen(t *testing.T) {
	c := newCabinet()
	c.total = indicator.Row{Offered: 300, Taken: 200}
	c.aims(t, computed(indicator.SeriesFill))
	for year := 1; year <= 2; year++ {
		if _, err := c.missions().Freeze(t.Context(), coordinator(), senart, year); err != nil {
			t.Fatal(err)
		}
		c.total.Taken = 100 // the record changes between the two
	}
	y, err := c.missions().Year(t.Context(), coordinator(), senart, 2)
	if err != nil || told(y.Progress[0].Counts) != "66.7 33.3 - - -" || y.Progress[0].Frozen[0] == nil || y.Progress[0].Frozen[1] == nil {
		t.Errorf("%s %v %v", told(y.Progress[0].Counts), y.Progress[0].Frozen, err)
	}
}

func TestAFrozenYearTellsTheYearsBeforeItThatWereNotFrozen(t *testing.T) {
	c := newCabinet()
	c.total = indicator.Row{Offered: 300, Taken: 200}
	c.aims(t, computed(indicator.SeriesFill))
	if _, err := c.missions().Freeze(t.Context(), coordinator(), senart, 2); err != nil {
		t.Fatal(err)
	}
	y, err := c.missions().Year(t.Context(), coordinator(), senart, 2)
	if err != nil || told(y.Progress[0].Counts) != "66.7 66.7 - - -" || y.Progress[0].Frozen[0] != nil {
		t.Errorf("%s %v", told(y.Progress[0].Counts), err)
	}
}

func TestAFrozenYearKeepsItsDatesAndIsMeasuredNoMore(t *testing.T) {
	c := newCabinet()
	c.total = indicator.Row{Offered: 300, Taken: 200}
	c.aims(t, computed(indicator.SeriesFill))
	if _, err := c.missions().Freeze(t.Context(), coordinator(), senart, 1); err != nil {
		t.Fatal(err)
	}
	c.signed, c.periods = civil.MustDate("2025-03-01"), nil // the signature was entered wrong
	all, err := c.missions().Objectives(t.Context(), coordinator(), senart)
	if err != nil {
		t.Fatal(err)
	}
	then := indicator.Period{From: civil.MustDate("2025-01-15"), To: civil.MustDate("2026-01-14")}
	if p := all[0]; p.Frozen[0] == nil || *p.Frozen[0] != then || p.Measured[0].From != then.From || told(p.Counts) != "66.7 66.7 - - -" {
		t.Errorf("%+v %s", p.Frozen[0], told(p.Counts))
	}
	if diff := cmp.Diff([]string{"2026-03-01 2026-11-22"}, c.periods); diff != "" {
		t.Error(diff)
	}
}

// On 22 November 2026 at 20:00 in Paris it is the 23rd in Nouméa, where the slots of that day are told already.
func TestAYearRunsUntilTheDayThatTheTerritoryHas(t *testing.T) {
	for zone, today := range map[string]string{"Pacific/Noumea": "2026-11-23", "America/Martinique": "2026-11-22"} {
		c := newCabinet()
		c.zone = zone
		id := c.aims(t, computed(indicator.SeriesOffered))
		all, err := c.missions().Objectives(t.Context(), coordinator(), senart)
		if err != nil || all[0].Measured[1].To != civil.MustDate(today) {
			t.Errorf("%s: %+v, %v", zone, all[0].Measured[1], err)
		}
		o := byHand(2, 70)
		o.On = civil.MustDate("2026-11-23")
		if _, err := c.missions().Observe(t.Context(), coordinator(), id, o, "k"); (err == nil) != (today == "2026-11-23") {
			t.Errorf("%s: observed tomorrow: %v", zone, err)
		}
	}
}

func TestAYearIsFrozenOnceItBegan(t *testing.T) {
	c := newCabinet()
	for year, reason := range map[int]string{0: "indicator.invalid", 6: "indicator.invalid", 3: "indicator.year_ahead"} {
		_, err := c.missions().Freeze(t.Context(), coordinator(), senart, year)
		refused(t, err, reason)
	}
	_, err := c.missions().Year(t.Context(), coordinator(), senart, 2)
	refused(t, err, "indicator.not_frozen")
	c.unsigned = true
	_, err = c.missions().Freeze(t.Context(), coordinator(), senart, 1)
	refused(t, err, "indicator.no_contract")
}

func TestSharesAreTheFiguresOfAYearByMission(t *testing.T) {
	c := newCabinet()
	half := c.aims(t, same)
	c.aims(t, func(o *indicator.Objective) { o.Code, o.Weight = "unseen", 1 })
	c.aims(t, func(o *indicator.Objective) { o.Code, o.Mission = "ror", "prevention" })
	c.aims(t, func(o *indicator.Objective) { o.Code, o.Mission, o.Weight = "grippe", "crise", 0 })
	if _, err := c.missions().Observe(t.Context(), coordinator(), half, byHand(1, 5140), "k"); err != nil {
		t.Fatal(err)
	}
	want := map[string]string{"acces": "1/4"} // (½ + 0)/2; of prevention nothing is known
	for _, when := range []string{"as the year runs", "once it is frozen"} {
		got, err := c.missions().Estimate(t.Context(), senart, 1)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, texts(got)); diff != "" {
			t.Errorf("%s: %s", when, diff)
		}
		if _, err := c.missions().Freeze(t.Context(), coordinator(), senart, 1); when == "as the year runs" && err != nil {
			t.Fatal(err)
		}
		weightless := c.objectives[half]
		weightless.Weight = 0 // the frozen year had another weight
		c.objectives[half] = weightless
	}
	if _, err := c.missions().Estimate(t.Context(), senart, 0); fault.Reason(err) != "indicator.invalid" {
		t.Error(err)
	}
}

func texts(shares map[string]*big.Rat) map[string]string {
	all := map[string]string{}
	for mission, share := range shares {
		all[mission] = share.RatString()
	}
	return all
}

func TestAnObjectiveIsChangedInItsPlace(t *testing.T) {
	c := newCabinet()
	id, other := c.aims(t, same), c.aims(t, func(o *indicator.Objective) { o.Code = "c2s" })
	changed := c.objectives[id]
	changed.Territory = "cpts-other"
	_, err := c.missions().SetObjective(t.Context(), coordinator(), changed)
	refused(t, err, "indicator.objective_unknown")
	changed.Territory, changed.Label = senart, "  Patients sans médecin  "
	p, err := c.missions().SetObjective(t.Context(), coordinator(), changed)
	if err != nil || p.Territory != senart || p.Label != "Patients sans médecin" {
		t.Errorf("%+v, %v", p, err)
	}
	taken := c.objectives[other]
	taken.Code = "mt"
	_, err = c.missions().SetObjective(t.Context(), coordinator(), taken)
	refused(t, err, "indicator.code_taken")
	if _, err := c.missions().Observe(t.Context(), coordinator(), id, byHand(1, 50), "k"); err != nil {
		t.Fatal(err)
	}
	percent := objective("mt", 50, indicator.Down, percents(indicator.Absolute, 40))
	percent.ID, percent.Unit = id, indicator.Percent
	_, err = c.missions().SetObjective(t.Context(), coordinator(), percent)
	refused(t, err, "indicator.unit_observed")
	percent.ID = "none"
	_, err = c.missions().SetObjective(t.Context(), coordinator(), percent)
	refused(t, err, "indicator.objective_unknown")
}

func TestAnObjectiveKeepsItsMissionOfAnEarlierContract(t *testing.T) {
	c := newCabinet()
	o := c.objectives[c.aims(t, same)]
	o.Mission = "prévention-2015"
	c.objectives[o.ID] = o
	o.Label = "Un autre libellé"
	if p, err := c.missions().SetObjective(t.Context(), coordinator(), o); err != nil || p.Label != o.Label {
		t.Errorf("%+v, %v", p, err)
	}
	o.Mission = "sommeil"
	_, err := c.missions().SetObjective(t.Context(), coordinator(), o)
	refused(t, err, "indicator.objective")
}

func TestBadObjectivesAreRefused(t *testing.T) {
	for field, change := range map[string]func(*indicator.Objective){
		"code":      func(o *indicator.Objective) { o.Code = " x " },
		"mission":   func(o *indicator.Objective) { o.Mission = "" },
		"series":    func(o *indicator.Objective) { o.Series = "moon.phase" },
		"unit":      func(o *indicator.Objective) { o.Series = indicator.SeriesFill },
		"baseline":  func(o *indicator.Objective) { o.Baseline = -1 },
		"baseline ": func(o *indicator.Objective) { o.Baseline = 4_500 }, // people are counted whole
		"targets.4": func(o *indicator.Objective) {
			o.Targets = percents(indicator.Absolute, 1, 2, 3, 4, 5)
			o.Targets[4].Value = 4_500
		},
		"mission ":  func(o *indicator.Objective) { o.Mission = "sommeil" }, // of no schedule
		"targets.0": func(o *indicator.Objective) { o.Targets[0].Value = -1 },
		"targets.1": func(o *indicator.Objective) {
			o.Unit, o.Baseline, o.Targets = indicator.Percent, 50_000, percents(indicator.Absolute, 100, 101)
		},
		"targets.2": func(o *indicator.Objective) { // 60, 90, then 135 %
			o.Unit, o.Baseline, o.Targets = indicator.Percent, 40_000, percents(indicator.OfPrevious, 50, 50, 50)
		},
	} {
		o := objective("mt", 5280, indicator.Down, percents(indicator.Absolute, 5000))
		o.Territory = senart
		change(&o)
		_, err := newCabinet().missions().AddObjective(t.Context(), coordinator(), o)
		refused(t, err, "indicator.objective")
		if fields := fault.Of(err).Fields; len(fields) == 0 || fields[0].Name != strings.TrimSpace(field) {
			t.Errorf("%s: %+v", field, fields)
		}
	}
}

func TestWhoMayDoWhatWithMissions(t *testing.T) {
	c := newCabinet()
	id := c.aims(t, same)
	kept, err := c.missions().AddEvidence(t.Context(), coordinator(), senart, "a.csv", []byte("a;b"))
	if err != nil {
		t.Fatal(err)
	}
	elsewhere := coordinator()
	elsewhere.Territories = []string{"cpts-other"}
	for _, test := range []struct {
		actor                  account.Actor
		read, file, add, write bool
		observe                string
	}{
		{coordinator(), true, true, true, true, ""},
		{holder(account.Treasurer), true, true, true, false, "account.forbidden"},
		{holder(account.Observer), true, true, false, false, "account.forbidden"},
		{holder(account.Admin), true, false, false, false, "account.forbidden"},
		{holder(account.GP), false, false, false, false, "account.forbidden"},
		{elsewhere, false, false, false, false, "indicator.objective_unknown"},
	} {
		m, ctx := c.missions(), t.Context()
		allowed := func(what string, want bool, err error) {
			if got := fault.Reason(err) != "account.forbidden"; got != want {
				t.Errorf("%s %v: %s: %v", test.actor.Roles, test.actor.Territories, what, err)
			}
		}
		_, err := m.Objectives(ctx, test.actor, senart)
		allowed("objectives", test.read, err)
		_, err = m.Year(ctx, test.actor, senart, 2)
		allowed("year", test.read, err)
		_, _, err = m.ReadEvidence(ctx, test.actor, senart, kept.Hash)
		allowed("file", test.file, err)
		_, err = m.EvidenceOf(ctx, test.actor, senart)
		allowed("files", test.file, err)
		_, err = m.AddEvidence(ctx, test.actor, senart, "a.csv", []byte("a;b"))
		allowed("add a file", test.add, err)
		_, err = m.AddObjective(ctx, test.actor, c.objectives[id])
		allowed("add", test.write, err)
		_, err = m.Freeze(ctx, test.actor, senart, 1)
		allowed("freeze", test.write, err)
		_, err = m.Observe(ctx, test.actor, id, byHand(2, 5000), "key")
		refused(t, err, test.observe)
		_, err = m.SetObjective(ctx, test.actor, c.objectives[id])
		refused(t, err, test.observe)
	}
}

func TestSheetOfObjectives(t *testing.T) {
	c := newCabinet()
	id := c.aims(t, func(o *indicator.Objective) { o.Comment = "=1+1" })
	p, err := c.missions().Observe(t.Context(), coordinator(), id, byHand(1, 5140), "k")
	if err != nil {
		t.Fatal(err)
	}
	want := "Code,Indicateur,Mission,Unité,Sens,Départ,Date du départ,Source du départ,Poids,Cible N+1,Observé N+1,Atteint N+1," +
		"Cible N+2,Observé N+2,Atteint N+2,Cible N+3,Observé N+3,Atteint N+3,Cible N+4,Observé N+4,Atteint N+4,Cible N+5,Observé N+5,Atteint N+5,Commentaire\r\n" +
		"mt,Indicateur mt,acces,nombre,à la baisse,5280,2020-01-01,Contrat,1,5000,5140,0.5,4500,,,4000,,,3500,,,2500,,,'=1+1\r\n"
	if diff := cmp.Diff(want, sheet(t, indicator.MissionReport{Progress: []indicator.Progress{p}})); diff != "" {
		t.Error(diff)
	}
}
