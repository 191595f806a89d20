package web_test

import (
	"net/http"
	"testing"

	"github.com/relais-snp/relais/internal/web/api"
)

func TestAGPLeavesADayOutAndPauses(t *testing.T) {
	h := openHouse(t)
	gp, regulator := h.signIn("gp"), h.signIn("regulator")

	// Given an hour every Monday and Thursday, a Thursday slot that is booked and another that is held.
	weekly := h.opening()
	weekly["repeat"] = map[string]any{"weekdays": []int{1, 4}, "until": "2027-01-31"}
	o := as[api.Opening](gp.post("/openings", weekly).want(http.StatusCreated))
	thursday := o.Slots[3:6]
	regulator.call("POST", "/bookings", map[string]any{"slot": thursday[0].Id, "patient": patient("Zorglub")}, "Idempotency-Key", "pause-001").want(http.StatusCreated)
	hold := as[api.Hold](regulator.post("/slots/"+thursday[1].Id+"/holds", nil).want(http.StatusCreated))

	// When the GP leaves the Thursday out, the free slot goes; the others are named, with who holds one.
	skipped := as[api.SkippedDay](gp.post("/openings/"+o.Id+"/skips", map[string]any{"day": "2026-11-26"}).want(http.StatusOK))
	if len(skipped.Opening.Skips) != 1 || len(skipped.Kept) != 2 || skipped.Kept[0].Booked != 1 || len(skipped.Kept[1].Held) != 1 || skipped.Kept[1].Held[0].By != "Personne regulator" {
		t.Fatalf("skipped: %+v", skipped)
	}
	if n := len(regulator.free(t)); n != 3 { // Monday's
		t.Fatalf("%d free slots after the skip", n)
	}
	gp.post("/openings/"+o.Id+"/skips", map[string]any{"day": "2026-11-25"}).refused(http.StatusBadRequest, "agenda.invalid")
	gp.post("/openings/"+o.Id+"/skips", map[string]any{"day": "tomorrow"}).refused(http.StatusBadRequest, "request.invalid")

	// Who holds a seat may still book it: nothing was pulled from under them.
	regulator.call("POST", "/bookings", map[string]any{"hold": hold.Token, "patient": patient("Bulgroz")}, "Idempotency-Key", "pause-002").want(http.StatusCreated)
	back := as[api.Opening](gp.call("DELETE", "/openings/"+o.Id+"/skips/2026-11-26", nil).want(http.StatusOK))
	if len(back.Skips) != 0 || len(regulator.free(t)) != 4 {
		t.Fatalf("given back: %+v", back)
	}

	// A pause takes both days, stands in the list, excludes another, and gives them back when it ends.
	pause := as[api.Pause](gp.post("/pauses", map[string]any{"from": "2026-11-23", "to": "2026-11-29"}).want(http.StatusCreated))
	if pause.Withdrawn == nil || *pause.Withdrawn != 4 || len(pause.Kept) != 2 || pause.From.String() != "2026-11-23" || pause.To.String() != "2026-11-29" {
		t.Fatalf("pause: %+v", pause)
	}
	gp.post("/pauses", map[string]any{"from": "2026-11-29", "to": "2026-11-30"}).refused(http.StatusConflict, "agenda.pause_overlap")
	gp.post("/pauses", map[string]any{"from": "2026-12-29", "to": "2026-12-24"}).refused(http.StatusBadRequest, "agenda.invalid")
	if list := as[api.PauseList](gp.get("/pauses").want(http.StatusOK)); len(list.Items) != 1 || list.Items[0].Id != pause.Id || len(regulator.free(t)) != 0 {
		t.Fatalf("pauses: %+v", list)
	}
	h.signIn("gp2").call("DELETE", "/pauses/"+pause.Id, nil).refused(http.StatusForbidden, "account.forbidden")
	gp.call("DELETE", "/pauses/"+pause.Id, nil).want(http.StatusNoContent)
	if list := as[api.PauseList](gp.get("/pauses").want(http.StatusOK)); len(list.Items) != 0 || len(regulator.free(t)) != 4 {
		t.Fatalf("after the pause: %+v", list)
	}
	gp.call("DELETE", "/pauses/nowhere", nil).refused(http.StatusNotFound, "agenda.pause_unknown")
}

// free lists the slots with a free seat in the coming week.
func (p *person) free(t *testing.T) []api.Slot {
	t.Helper()
	return as[api.SlotList](p.get("/slots?territory=" + senart + "&free=true&to=2026-11-29T23:00:00Z").want(http.StatusOK)).Items
}
