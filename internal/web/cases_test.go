package web_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/relais-snp/relais/internal/account"
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
	if closed.WhyKind == nil || *closed.WhyKind != api.WhyKindNoSlot || closed.Why != nil {
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

func TestARegulationCentreBooksAcrossItsTerritories(t *testing.T) {
	h := openHouse(t)
	h.person("centre", account.NewPerson{Name: "Centre de régulation", Roles: []account.Role{account.Regulator}, Territories: []string{senart, coast}})
	h.person("gp3", account.NewPerson{Name: "Dr Ailleurs", Roles: []account.Role{account.GP}, Territories: []string{coast}, Practitioner: h.stranger.ID})
	offer := h.opening()
	offer["location"] = h.stranger.Locations[0]
	gp := h.signIn("gp3")
	slots := as[api.Opening](gp.post("/openings", offer).want(http.StatusCreated)).Slots
	here, centre, local := h.published()[0].Id, h.signIn("centre"), h.signIn("regulator")

	// Given a caller of Sénart, the coast's slots are ranked for them, and one is held.
	kase := as[api.Case](centre.post("/cases", map[string]any{"territory": senart, "commune": "77067"}).want(http.StatusCreated))
	list := as[api.SlotList](centre.get("/slots?territory=" + coast + "&free=true&case=" + kase.Id).want(http.StatusOK))
	if len(list.Items) != 3 || list.Items[0].Rank == nil || list.Items[0].Rank.DistanceKm == nil {
		t.Fatalf("ranked: %+v", list)
	}
	hold := as[api.Hold](centre.post("/slots/"+slots[0].Id+"/holds", map[string]any{"case": kase.Id}).want(http.StatusCreated))

	// A slot taken on the coast is answered with the best of both territories: the nearest first.
	other := as[api.Case](centre.post("/cases", map[string]any{"territory": senart, "commune": "77067"}).want(http.StatusCreated))
	taken := centre.post("/slots/"+slots[0].Id+"/holds", map[string]any{"case": other.Id})
	taken.refused(http.StatusConflict, "regulation.slot_taken")
	if best := as[api.Problem](taken).Alternatives; len(best) != 3 || best[0].Id != here {
		t.Fatalf("alternatives: %+v", best)
	}

	// Booked, the case of Sénart ends; when the GP cancels, it waits again in Sénart, for everyone there.
	body := map[string]any{"hold": hold.Token, "case": kase.Id, "patient": patient("Zorglub")}
	booking := as[api.Booking](centre.call("POST", "/bookings", body, "Idempotency-Key", "centre-01").want(http.StatusCreated))
	if n := len(as[api.CaseList](local.get("/cases?open=true").want(http.StatusOK)).Items); n != 1 {
		t.Fatalf("%d open cases after the booking", n)
	}
	local.get("/bookings/"+booking.Id).refused(http.StatusNotFound, "regulation.booking_unknown")
	gp.post("/bookings/"+booking.Id+"/cancel", map[string]any{"by": "practitioner", "reason": "empêchement"}).want(http.StatusOK)
	if n := len(as[api.CaseList](local.get("/cases?open=true").want(http.StatusOK)).Items); n != 2 {
		t.Fatalf("%d open cases after the cancellation", n)
	}

	// Who regulates the coast alone knows nothing of the case.
	foreign := h.signIn("foreign")
	foreign.post("/slots/"+slots[1].Id+"/holds", map[string]any{"case": kase.Id}).refused(http.StatusNotFound, "regulation.case_unknown")
	foreign.get("/slots?territory="+coast+"&case="+kase.Id).refused(http.StatusNotFound, "regulation.case_unknown")
}
