package web_test

import (
	"net/http"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/funding"
	"github.com/relais-snp/relais/internal/web/api"
)

func (p *person) dialogue(year string) api.Dialogue {
	p.t.Helper()
	return as[api.Dialogue](p.get("/mission/dialogue?territory=" + senart + "&year=" + year).want(http.StatusOK))
}

func TestTheDialogueTellsTheYearToThoseWhoPay(t *testing.T) {
	h := openHouse(t)
	h.signs()
	sheet := h.proves("registre.csv", someCSV)
	h.signIn("coordinator").observes(h.aims(nil).Id, observed("5140", sheet.Hash), "dialogue-1").want(http.StatusCreated)
	decision := funding.Decision{Territory: senart, Mission: "acces", Year: 1, Amount: 800_000, On: civil.MustDate("2026-11-20"), Evidence: sheet.Hash}
	if _, err := h.books.Decide(t.Context(), treasurer, decision); err != nil {
		t.Fatal(err)
	}

	pack := h.signIn("observer").dialogue("1")

	if pack.FrozenAt != nil || pack.From.String() != "2026-01-15" || pack.To.String() != "2027-01-14" || *pack.TerritoryName != "CPTS Sénart" {
		t.Errorf("%+v", pack)
	}
	if pack.Contract == nil || pack.Contract.Taille != 2 || len(pack.Contract.Starts) != 1 {
		t.Errorf("%+v", pack.Contract)
	}
	// The design's example, to the cent: half of 35,000 for 184 of 365 days.
	due := map[string]string{}
	for _, p := range pack.Payments {
		if p.Year != 1 {
			t.Errorf("a payment of year %d", p.Year)
		}
		if p.Code == "acces" {
			due[string(p.Kind)] = p.On.String() + " " + orDash(p.Amount) + " of " + orDash(p.Most)
		}
	}
	if diff := cmp.Diff(map[string]string{
		"advance": "2026-07-15 6616.44 of -", "balance": "2027-01-15 2205.48 of -", "variable": "2027-01-15 8000.00 of 8821.92",
	}, due); diff != "" {
		t.Error(diff)
	}
	if len(pack.Missions) != 1 {
		t.Fatalf("%+v", pack.Missions)
	}
	if m := pack.Missions[0]; m.Mission != "acces" || orDash(m.Variable) != "8821.92" || orDash(m.Share) != "0.5" || orDash(m.Estimate) != "4410.96" ||
		orDash(m.Decided) != "8000.00" || m.DecidedOn.String() != "2026-11-20" {
		t.Errorf("%+v", m)
	}
	if seen := pack.Objectives[0].Years[0].Observation; seen == nil || len(seen.Evidence) != 1 || seen.Evidence[0].Name != "registre.csv" {
		t.Errorf("%+v", seen)
	}
	// What the money is spent on is not told to them.
	h.signIn("observer").get("/funding/entries?territory="+senart).refused(http.StatusForbidden, "account.forbidden")
}

func TestWithoutAContractTheDialogueHasIndicatorsAlone(t *testing.T) {
	h := openHouse(t)
	h.aims(nil)
	coordinator := h.signIn("coordinator")
	pack := coordinator.dialogue("1")
	if pack.Contract != nil || pack.From != nil || len(pack.Payments) != 0 || len(pack.Missions) != 0 || len(pack.Objectives) != 1 {
		t.Errorf("%+v", pack)
	}
	coordinator.post("/mission/years/1/freeze?territory="+senart, nil).refused(http.StatusConflict, "indicator.no_contract")
	coordinator.get("/mission/dialogue?territory="+senart+"&year=6").refused(http.StatusBadRequest, "request.invalid")
}

func TestAFrozenYearIsToldAsItWas(t *testing.T) {
	h := openHouse(t)
	h.signs()
	h.published()
	coordinator := h.signIn("coordinator")
	aimed := h.aims(nil)
	h.aims(map[string]any{"code": "creneaux", "series": "snp.offered", "direction": "up", "baseline": "0", "weight": 0})
	coordinator.observes(aimed.Id, observed("5140"), "freeze-01").want(http.StatusCreated)

	frozen := as[api.Dialogue](coordinator.post("/mission/years/1/freeze?territory="+senart, nil).want(http.StatusOK))

	if frozen.FrozenAt == nil || *frozen.FrozenBy != "Personne coordinator" || len(frozen.State) == 0 || frozen.Objectives[0].Years[0].Frozen == nil {
		t.Fatalf("%+v", frozen)
	}
	// Whatever happens afterwards: nothing is observed of it, targets move, slots come.
	coordinator.observes(aimed.Id, observed("5000"), "freeze-02").refused(http.StatusConflict, "indicator.frozen")
	coordinator.post("/mission/years/1/freeze?territory="+senart, nil).refused(http.StatusConflict, "indicator.frozen")
	coordinator.call("PUT", "/mission/objectives/"+aimed.Id, aim(map[string]any{"label": "Autrement dit", "targets": []map[string]any{
		{"kind": "absolute", "value": "1"}, {"kind": "none"}, {"kind": "none"}, {"kind": "none"}, {"kind": "none"},
	}})).want(http.StatusOK)
	afternoon := h.opening()
	afternoon["start"], afternoon["end"] = "2026-11-23T15:00:00+01:00", "2026-11-23T17:00:00+01:00"
	h.signIn("gp").post("/openings", afternoon).want(http.StatusCreated)

	again := h.signIn("observer").dialogue("1")
	if diff := cmp.Diff(frozen, again); diff != "" {
		t.Error(diff)
	}
	// The list shows the year as frozen too, under the objective's new words.
	for _, o := range as[api.ObjectiveList](coordinator.get("/mission/objectives?territory=" + senart)).Items {
		if year := o.Years[0]; o.Id == aimed.Id && (o.Label != "Autrement dit" || orDash(year.Target) != "5000" || orDash(year.Counts) != "5140") {
			t.Errorf("%s %+v", o.Label, year)
		}
	}
	coordinator.post("/mission/years/2/freeze?territory="+senart, nil).refused(http.StatusConflict, "indicator.year_ahead")
}

func TestAFrozenYearKeepsItsDatesWhenTheSignatureMoves(t *testing.T) {
	h := openHouse(t)
	h.signs()
	coordinator := h.signIn("coordinator")
	h.aims(nil)
	coordinator.post("/mission/years/1/freeze?territory="+senart, nil).want(http.StatusOK)
	moved := signature(map[string]any{"signed": "2026-02-01", "revision": 1})
	h.signIn("treasurer").call("PUT", "/funding/contract", moved).want(http.StatusOK)

	pack := coordinator.dialogue("1")

	if year := pack.Objectives[0].Years[0]; pack.From.String() != "2026-01-15" || year.From.String() != "2026-01-15" || year.To.String() != "2027-01-14" {
		t.Errorf("the pack begins %s, its indicators %s", pack.From, year.From)
	}
	if next := pack.Objectives[0].Years[1]; next.From.String() != "2027-02-01" {
		t.Errorf("the next year begins %s", next.From)
	}
}

func TestTheDialogueOfNowhereIsThatOfElsewhere(t *testing.T) {
	h := openHouse(t)
	for _, role := range []string{"gp", "coordinator"} {
		for _, territory := range []string{"cpts-nowhere", coast} {
			h.signIn(role).get("/mission/dialogue?year=1&territory="+territory).refused(http.StatusForbidden, "account.forbidden")
		}
	}
}
