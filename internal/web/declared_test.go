package web_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/relais-snp/relais/internal/web/api"
)

// declaredFigure is a figure of the caisse as it is sent, changed where something else is said.
func declaredFigure(change map[string]any) map[string]any {
	figure := map[string]any{"territory": senart, "kind": "without_mt", "on": "2026-10-01", "count": 17653, "base": 113889, "source": "Données CPAM"}
	for name, value := range change {
		figure[name] = value
	}
	return figure
}

func TestFiguresOfTheCaisse(t *testing.T) {
	h := openHouse(t)
	coordinator, observer := h.signIn("coordinator"), h.signIn("observer")
	made := as[api.DeclaredFigure](coordinator.post("/indicators/declared", declaredFigure(nil)).want(http.StatusCreated))
	if made.Share == nil || *made.Share < 0.1549 || *made.Share > 0.1551 || made.By == nil || *made.By != "Personne coordinator" || !made.At.Equal(monday) {
		t.Errorf("%+v", made)
	}
	ald := declaredFigure(map[string]any{"kind": "ald_without_mt", "count": 2050})
	delete(ald, "base")
	coordinator.post("/indicators/declared", ald).want(http.StatusCreated)

	read := as[api.DeclaredFigureList](observer.get("/indicators/declared?territory=" + senart).want(http.StatusOK))
	if len(read.Items) != 2 || read.Items[0].Id != made.Id || read.Items[1].Kind != "ald_without_mt" || read.Items[1].Base != nil || read.Items[1].Share != nil {
		t.Errorf("%+v", read.Items)
	}

	again := as[api.DeclaredFigure](coordinator.post("/indicators/declared", declaredFigure(map[string]any{"count": 17000})).want(http.StatusCreated))
	if again.Id != made.Id || again.Count != 17000 {
		t.Errorf("replaced by %+v", again)
	}
	coordinator.call("DELETE", "/indicators/declared/"+made.Id, nil).want(http.StatusNoContent)
	coordinator.call("DELETE", "/indicators/declared/"+made.Id, nil).refused(http.StatusNotFound, "indicator.figure_unknown")
	if left := as[api.DeclaredFigureList](observer.get("/indicators/declared?territory=" + senart).want(http.StatusOK)); len(left.Items) != 1 {
		t.Errorf("%+v", left.Items)
	}
}

func TestFiguresOfTheCaisseAsCSV(t *testing.T) {
	h := openHouse(t)
	h.signIn("coordinator").post("/indicators/declared", declaredFigure(map[string]any{"source": "=1+1"})).want(http.StatusCreated)
	got := h.signIn("treasurer").call("GET", "/indicators/declared?territory="+senart, nil, "Accept", "text/csv").want(http.StatusOK)
	line := "2026-10-01,Patients de 17 ans et plus sans médecin traitant,17653,113889,0.155,'=1+1\r\n"
	if !strings.HasPrefix(got.header.Get("Content-Type"), "text/csv") || !strings.Contains(string(got.body), line) || got.header.Get("Vary") == "" {
		t.Errorf("%v\n%s", got.header, got.body)
	}
}

func TestFiguresOfTheCaisseThatMakeNoSense(t *testing.T) {
	h := openHouse(t)
	coordinator := h.signIn("coordinator")
	for _, change := range []map[string]any{{"on": "2026-11-24"}, {"count": 113890}, {"source": "  x"}} {
		coordinator.post("/indicators/declared", declaredFigure(change)).refused(http.StatusBadRequest, "indicator.invalid")
	}
	for _, change := range []map[string]any{{"kind": "patients"}, {"count": -1}, {"source": ""}, {"on": "hier"}} {
		coordinator.post("/indicators/declared", declaredFigure(change)).refused(http.StatusBadRequest, "request.invalid")
	}
	coordinator.post("/indicators/declared", declaredFigure(map[string]any{"territory": coast})).refused(http.StatusForbidden, "account.forbidden")
}
