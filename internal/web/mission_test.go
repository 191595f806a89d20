package web_test

import (
	"encoding/json"
	"net/http"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/relais-snp/relais/internal/indicator"
	"github.com/relais-snp/relais/internal/web/api"
)

// The table of the contract of Bocage Bressuirais, entered call by call and told with each target in absolute figures.
func TestTheTableOfBocageBressuiraisThroughTheCalls(t *testing.T) {
	h := openHouse(t)
	text, err := os.ReadFile("../indicator/testdata/bocage-bressuirais.json")
	if err != nil {
		t.Fatal(err)
	}
	var table []indicator.Objective
	if err := json.Unmarshal(text, &table); err != nil {
		t.Fatal(err)
	}
	coordinator := h.signIn("coordinator")
	for _, o := range table {
		var targets []map[string]any
		for _, one := range o.Targets {
			target := map[string]any{"kind": "none"}
			if one.Kind != indicator.NoTarget {
				target = map[string]any{"kind": one.Kind, "value": one.Value.String()}
			}
			targets = append(targets, target)
		}
		coordinator.post("/mission/objectives", map[string]any{
			"territory": senart, "code": o.Code, "label": o.Label, "mission": o.Mission, "unit": o.Unit, "direction": o.Direction,
			"baseline": o.Baseline.String(), "baseOn": o.BaseOn, "source": o.Source, "targets": targets, "weight": o.Weight, "comment": o.Comment,
		}).want(http.StatusCreated)
	}

	got := map[string]string{}
	for _, o := range as[api.ObjectiveList](h.signIn("observer").get("/mission/objectives?territory=" + senart).want(http.StatusOK)).Items {
		var path []string
		for _, year := range o.Years {
			path = append(path, orDash(year.Target))
		}
		got[o.Code] = o.Baseline + ": " + strings.Join(path, " ")
	}
	if diff := cmp.Diff(map[string]string{
		"mt-17":                "5280: 5000 4500 4000 3500 2500",
		"mt-c2s":               "631: 568 568 505 505 505",
		"asalee":               "1635: 1717 1803 1893 1987 2087",
		"vaccin-ror":           "74.7: - - - - -",
		"vaccin-grippe":        "50.3: - - - - -",
		"depistage-colorectal": "34.3: - - - - -",
		"reunions":             "0: 12 12 12 12 12",
	}, got); diff != "" {
		t.Error(diff)
	}
	sheet := coordinator.call("GET", "/mission/objectives?territory="+senart, nil, "Accept", "text/csv").want(http.StatusOK)
	if lines := strings.Split(string(sheet.body), "\r\n"); len(lines) != 9 || !strings.Contains(lines[0], "Cible N+5") || !strings.Contains(string(sheet.body), "asalee") {
		t.Errorf("%d lines: %s", len(lines), sheet.body)
	}
}

func orDash(text *string) string {
	if text == nil {
		return "-"
	}
	return *text
}

func TestAFigureIsObservedByHandOrTakenFromTheRecord(t *testing.T) {
	h := openHouse(t)
	h.signs()
	h.published()
	coordinator := h.signIn("coordinator")
	byHand, sheet := h.aims(nil), h.proves("présence mars.csv", someCSV)
	computed := h.aims(map[string]any{"code": "creneaux", "series": "snp.offered", "direction": "up", "baseline": "0"})

	told := as[api.Objective](coordinator.observes(byHand.Id, observed("5140", sheet.Hash), "observe-01").want(http.StatusCreated))
	year := told.Years[0]
	if year.Observation == nil || orDash(year.Counts) != "5140" || orDash(year.Achieved) != "0.5" || year.From.String() != "2026-01-15" || year.To.String() != "2027-01-14" {
		t.Fatalf("%+v", year)
	}
	if o := year.Observation; *o.By != "Personne coordinator" || o.Computed || len(o.Evidence) != 1 || o.Evidence[0].Name != "présence mars.csv" {
		t.Errorf("%+v", o)
	}
	body := map[string]any{"year": 1, "on": "2026-11-20", "computed": true, "source": "Relais"}
	year = as[api.Objective](coordinator.observes(computed.Id, body, "observe-02").want(http.StatusCreated)).Years[0]
	if !year.Observation.Computed || orDash(year.Counts) != "3" || orDash(year.Measured) != "3" || year.Observation.Source != "Relais, du 15/01/2026 au 23/11/2026" {
		t.Errorf("%+v %+v", year, year.Observation)
	}

	// The same request again is the first one; another one under its key is refused.
	coordinator.observes(byHand.Id, observed("5140", sheet.Hash), "observe-01").want(http.StatusCreated)
	coordinator.observes(byHand.Id, observed("5100"), "observe-01").refused(http.StatusConflict, "request.key_reused")
	// An administrator reads figures, and neither files nor their names.
	admin := as[api.ObjectiveList](h.signIn("admin").get("/mission/objectives?territory=" + senart).want(http.StatusOK))
	for _, o := range admin.Items {
		if seen := o.Years[0].Observation; seen != nil && len(seen.Evidence) > 0 {
			t.Errorf("%+v", seen)
		}
	}
}

func TestFiguresThatCannotBe(t *testing.T) {
	h := openHouse(t)
	h.signs()
	coordinator, id := h.signIn("coordinator"), h.aims(nil).Id
	with := func(name string, value any) map[string]any {
		body := observed("5140")
		if body[name] = value; value == nil {
			delete(body, name)
		}
		return body
	}
	both := with("computed", true)
	for name, test := range map[string]struct {
		body                map[string]any
		status              int
		reason, field, rule string
	}{
		"a comma":        {with("figure", "74,7"), 400, "request.invalid", "figure", "request.format"},
		"a number":       {with("figure", 5140), 400, "request.invalid", "figure", "request.type"},
		"below nothing":  {with("figure", "-1"), 400, "indicator.invalid", "figure", "indicator.figure"},
		"no figure":      {with("figure", nil), 400, "request.invalid", "figure", "request.required"},
		"two figures":    {both, 400, "request.invalid", "figure", "request.exclusive"},
		"a sixth year":   {with("year", 6), 400, "request.invalid", "year", "request.maximum"},
		"a year ahead":   {with("year", 2), 409, "indicator.year_ahead", "", ""},
		"before it":      {with("on", "2026-01-14"), 400, "indicator.invalid", "on", "indicator.day_before_year"},
		"tomorrow":       {with("on", "2026-11-24"), 400, "indicator.invalid", "on", "indicator.day_future"},
		"an unkept file": {with("evidence", []string{strings.Repeat("0", 64)}), 404, "indicator.evidence_unknown", "", ""},
	} {
		p := coordinator.observes(id, test.body, "faux-"+strings.ReplaceAll(name, " ", "-")).refused(test.status, test.reason)
		if test.field != "" && (len(p.Fields) != 1 || p.Fields[0].Name != test.field || p.Fields[0].Reason != test.rule) {
			t.Errorf("%s: %+v", name, p.Fields)
		}
	}
	coordinator.observes("unknown", observed("1"), "faux-inconnu").refused(http.StatusNotFound, "indicator.objective_unknown")
	if o := as[api.ObjectiveList](coordinator.get("/mission/objectives?territory=" + senart)).Items[0]; o.Years[0].Observation != nil {
		t.Errorf("something was kept: %+v", o.Years[0].Observation)
	}
}

func TestObjectivesThatCannotBe(t *testing.T) {
	h := openHouse(t)
	coordinator, kept := h.signIn("coordinator"), h.aims(nil)
	targets := func(first map[string]any) map[string]any {
		none := map[string]any{"kind": "none"}
		return map[string]any{"code": "autre", "targets": []map[string]any{first, none, none, none, none}}
	}
	for name, test := range map[string]struct {
		change              map[string]any
		status              int
		reason, field, rule string
	}{
		"a code taken":         {nil, 409, "indicator.code_taken", "", ""},
		"a target unsaid":      {targets(map[string]any{"kind": "absolute"}), 400, "request.invalid", "targets.0.value", "request.required"},
		"none, and a target":   {targets(map[string]any{"kind": "none", "value": "1"}), 400, "request.invalid", "targets.0.value", "request.exclusive"},
		"a target in words":    {targets(map[string]any{"kind": "absolute", "value": "5 000"}), 400, "request.invalid", "targets.0.value", "request.format"},
		"four targets":         {map[string]any{"targets": []map[string]any{{"kind": "none"}}}, 400, "request.invalid", "targets", "request.too_few"},
		"more than a hundred":  {map[string]any{"code": "autre", "unit": "percent"}, 400, "indicator.objective", "baseline", "indicator.objective"},
		"another unit measure": {map[string]any{"code": "autre", "series": "snp.fill"}, 400, "indicator.objective", "unit", "indicator.objective"},
	} {
		p := coordinator.post("/mission/objectives", aim(test.change)).refused(test.status, test.reason)
		if test.field != "" && (len(p.Fields) == 0 || p.Fields[0].Name != test.field || p.Fields[0].Reason != test.rule) {
			t.Errorf("%s: %+v", name, p.Fields)
		}
	}
	coordinator.call("PUT", "/mission/objectives/"+kept.Id, aim(map[string]any{"territory": coast})).refused(http.StatusNotFound, "indicator.objective_unknown")
	changed := as[api.Objective](coordinator.call("PUT", "/mission/objectives/"+kept.Id, aim(map[string]any{"label": "Patients de 17 ans et plus"})).want(http.StatusOK))
	if changed.Label != "Patients de 17 ans et plus" || changed.Id != kept.Id {
		t.Errorf("%+v", changed)
	}
	if items := as[api.ObjectiveList](coordinator.get("/mission/objectives?territory=" + senart)).Items; len(items) != 1 {
		t.Errorf("%d objectives", len(items))
	}
}

func TestAnObjectiveEnteredByMistakeIsDeleted(t *testing.T) {
	h := openHouse(t)
	h.signs()
	coordinator, kept, mistake := h.signIn("coordinator"), h.aims(nil), h.aims(map[string]any{"code": "par-erreur"})
	coordinator.observes(kept.Id, observed("5140"), "supprime-01").want(http.StatusCreated)

	coordinator.call("DELETE", "/mission/objectives/"+kept.Id, nil).refused(http.StatusConflict, "indicator.observed")
	coordinator.call("DELETE", "/mission/objectives/"+mistake.Id, nil).want(http.StatusNoContent)
	coordinator.call("DELETE", "/mission/objectives/"+mistake.Id, nil).refused(http.StatusNotFound, "indicator.objective_unknown")
	if items := as[api.ObjectiveList](coordinator.get("/mission/objectives?territory=" + senart)).Items; len(items) != 1 || items[0].Id != kept.Id {
		t.Errorf("%+v", items)
	}
}

// What the dialogue is shown can be drilled down to: the report of the same days says the same.
func TestTheRecordAnswersAsItsReportsDo(t *testing.T) {
	h := openHouse(t)
	h.signs()
	h.comes(patient("Zorglub")) // of three seats on Monday morning
	regulator := h.signIn("regulator")
	kase := as[api.Case](regulator.post("/cases", map[string]any{"territory": senart, "commune": "77067", "reason": "fièvre"}).want(http.StatusCreated))
	regulator.post("/cases/"+kase.Id+"/close", map[string]any{"outcome": "no_solution", "whyKind": "no_slot"}).want(http.StatusOK)
	for _, series := range []string{"snp.fill", "snp.offered", "snp.practitioners", "snp.no_solution", "snp.acts"} {
		unit := map[bool]string{true: "percent", false: "count"}[series == "snp.fill"]
		h.aims(map[string]any{"code": strings.NewReplacer(".", "-", "_", "-").Replace(series), "series": series, "unit": unit, "baseline": "50",
			"targets": []map[string]any{{"kind": "of_baseline", "value": "10"}, {"kind": "none"}, {"kind": "none"}, {"kind": "none"}, {"kind": "none"}}})
	}
	coordinator := h.signIn("coordinator")

	measured := map[string]string{}
	var days string
	for _, o := range as[api.ObjectiveList](coordinator.get("/mission/objectives?territory=" + senart).want(http.StatusOK)).Items {
		measured[string(*o.Series)] = orDash(o.Years[0].Measured)
		days = "&from=" + o.Years[0].From.String() + "&to=" + o.Years[0].MeasuredTo.String()
	}

	total := as[api.FillReport](coordinator.get("/indicators/fill?territory=" + senart + days).want(http.StatusOK)).Total
	want := map[string]string{
		"snp.fill": strconv.FormatFloat(*total.Fill*100, 'f', 1, 64), "snp.offered": strconv.Itoa(total.Offered), "snp.practitioners": strconv.Itoa(total.Practitioners),
		"snp.no_solution": strconv.Itoa(total.CasesWithoutSolution), "snp.acts": strconv.Itoa(total.SnpActs),
	}
	if diff := cmp.Diff(want, measured); diff != "" || total.Taken != 1 || total.CasesWithoutSolution != 1 || total.SnpActs != 1 {
		t.Errorf("%s\n%+v", diff, total)
	}
}
