package web_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/relais-snp/relais/internal/web/api"
)

func TestACallWithoutSolutionSaysWhyAndWhatItTook(t *testing.T) {
	h := openHouse(t)
	regulator, colleague := h.signIn("regulator"), h.signIn("regulator2")
	kase := as[api.Case](regulator.post("/cases", map[string]any{"territory": senart}).want(http.StatusCreated))

	// Given a caller for whom nothing fits, a kind of why is enough, and an unknown one is refused.
	regulator.post("/cases/"+kase.Id+"/close", map[string]any{"outcome": "no_solution"}).refused(http.StatusBadRequest, "case.invalid")
	regulator.post("/cases/"+kase.Id+"/close", map[string]any{"outcome": "no_solution", "whyKind": "weather"}).refused(http.StatusBadRequest, "request.invalid")
	closed := as[api.Case](regulator.post("/cases/"+kase.Id+"/close", map[string]any{"outcome": "no_solution", "whyKind": "no_slot"}).want(http.StatusOK))
	if closed.WhyKind == nil || *closed.WhyKind != api.NoSlot || closed.Why != nil {
		t.Fatalf("closed: %+v", closed)
	}

	// Then the console tells what the call took, for a day, and nobody else does.
	effort := map[string]any{"keys": 24, "conflicts": 1}
	regulator.call("PUT", "/cases/"+kase.Id+"/effort", effort).want(http.StatusNoContent)
	colleague.call("PUT", "/cases/"+kase.Id+"/effort", effort).refused(http.StatusForbidden, "account.forbidden")
	regulator.call("PUT", "/cases/"+kase.Id+"/effort", map[string]any{"keys": 10001, "conflicts": 1}).refused(http.StatusBadRequest, "request.invalid")
	h.pass(25 * time.Hour)
	h.signIn("regulator").call("PUT", "/cases/"+kase.Id+"/effort", effort).refused(http.StatusConflict, "regulation.case_closed")
}
