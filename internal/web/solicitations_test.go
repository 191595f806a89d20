package web_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/relais-snp/relais/internal/web/api"
)

// acceptance is a GP's yes for in an hour, at their first place.
func acceptance(h *house) map[string]any {
	return map[string]any{"start": h.clock().Add(time.Hour), "minutes": 20, "location": h.doctor.Locations[0]}
}

// solicited lets the GP accept patients en sus, and asks them for a case of its own.
func (s *scene) solicited(gp, regulator *person) string {
	s.t.Helper()
	gp.call("PUT", "/me/extras", map[string]any{"accepts": true}).want(http.StatusOK)
	kase := as[api.Case](regulator.post("/cases", map[string]any{"territory": senart, "patient": patient("Solliciteur")}).want(http.StatusCreated)).Id
	return as[api.Solicitation](regulator.call("POST", "/solicitations", map[string]any{"case": kase, "nearest": 3, "minutes": 10},
		"Idempotency-Key", "scene-en-sus").want(http.StatusCreated)).Id
}

// both waits for a frame of each kind, in whichever order they come.
func (c *console) both(kinds ...string) map[string]frame {
	c.t.Helper()
	found := map[string]frame{}
	for len(found) < len(kinds) {
		if f := c.read(strings.Join(kinds, " or ")); slices.Contains(kinds, f.Type) {
			found[f.Type] = f
		}
	}
	return found
}

func TestAPatientTakenEnSus(t *testing.T) {
	h := openHouse(t)
	gp, regulator := h.signIn("gp"), h.signIn("regulator")

	// Given a GP who accepts until noon, and a caller for whom nothing fits.
	until := monday.Add(4 * time.Hour)
	if e := as[api.Extras](gp.get("/me/extras").want(http.StatusOK)); e.Accepts {
		t.Fatalf("never chosen: %+v", e)
	}
	gp.call("PUT", "/me/extras", map[string]any{"accepts": true, "until": until}).want(http.StatusOK)
	if e := as[api.Extras](gp.get("/me/extras").want(http.StatusOK)); !e.Accepts || !e.Until.Equal(until) {
		t.Fatalf("chosen: %+v", e)
	}
	kase := as[api.Case](regulator.post("/cases", map[string]any{"territory": senart, "commune": "77445", "reason": "fièvre",
		"wishedDelayMinutes": 120, "patient": patient("Zorglub")}).want(http.StatusCreated))
	candidates := as[api.CandidateList](regulator.get("/cases/" + kase.Id + "/candidates").want(http.StatusOK))
	if len(candidates.Items) != 1 || candidates.Items[0].Practitioner != h.doctor.ID || candidates.Items[0].DistanceKm == nil {
		t.Fatalf("candidates: %+v", candidates.Items)
	}

	// When the regulator asks them.
	gpLine, _ := gp.board()
	line, _ := regulator.board()
	ask := map[string]any{"case": kase.Id, "nearest": 2, "minutes": 10}
	made := as[api.Solicitation](regulator.call("POST", "/solicitations", ask, "Idempotency-Key", "en-sus-01").want(http.StatusCreated))
	if made.State != "waiting" || made.By != "Personne regulator" || len(made.Practitioners) != 1 || !made.Until.Equal(monday.Add(10*time.Minute)) {
		t.Fatalf("asked: %+v", made)
	}
	if n := gpLine.next("notice"); n.Kind != "solicitation_asked" || n.Solicitation != made.Id || n.Case != "" {
		t.Fatalf("the GP is told %+v", n)
	}
	regulator.call("POST", "/solicitations", ask, "Idempotency-Key", "en-sus-02").refused(http.StatusConflict, "regulation.solicitation_waiting")

	// Then the GP sees what they decide by, and not who it is.
	addressed := gp.get("/solicitations?open=true").want(http.StatusOK)
	seen := as[api.SolicitationList](addressed).Items
	if len(seen) != 1 || *seen[0].Commune != "77445" || *seen[0].Reason != "fièvre" || *seen[0].WishedDelayMinutes != 120 {
		t.Fatalf("the GP sees %+v", seen)
	}
	if strings.Contains(string(addressed.body), "Zorglub") || strings.Contains(string(addressed.body), "0199001234") {
		t.Fatalf("the GP sees who it is: %s", addressed.body)
	}

	// And their yes is a booking that stands on a slot of its own.
	booking := as[api.Booking](gp.call("POST", "/solicitations/"+made.Id+"/accept", acceptance(h), "Idempotency-Key", "yes-0001").want(http.StatusCreated))
	if booking.Extra == nil || !*booking.Extra || booking.Patient.Family != "Zorglub" || *booking.Reason != "fièvre" || booking.Modality != "cabinet" ||
		*booking.Case != kase.Id || booking.By != "Personne regulator" {
		t.Fatalf("booked: %+v", booking)
	}
	if again := as[api.Booking](gp.call("POST", "/solicitations/"+made.Id+"/accept", acceptance(h), "Idempotency-Key", "yes-0001").want(http.StatusCreated)); again.Id != booking.Id {
		t.Fatal("accepted twice under one key")
	}
	gp.call("POST", "/solicitations/"+made.Id+"/accept", acceptance(h), "Idempotency-Key", "yes-0002").refused(http.StatusConflict, "regulation.solicitation_settled")
	news := line.both("delta", "notice")
	if d := news["delta"]; len(d.Slots) != 1 || d.Slots[0].Extra == nil || !*d.Slots[0].Extra || d.Slots[0].Free != 0 || d.Slots[0].Booked != 1 {
		t.Fatalf("the board shows %+v", d.Slots)
	}
	if n := news["notice"]; n.Kind != "solicitation_accepted" || n.Booking != booking.Id || n.Case != kase.Id {
		t.Fatalf("the regulator is told %+v", n)
	}
	board := as[api.SlotList](regulator.get("/slots?territory=" + senart).want(http.StatusOK)).Items
	if len(board) != 1 || board[0].Extra == nil || !*board[0].Extra {
		t.Fatalf("slots: %+v", board)
	}
	if closed := as[api.SolicitationList](regulator.get("/solicitations?case=" + kase.Id).want(http.StatusOK)).Items; closed[0].State != "accepted" || *closed[0].Booking != booking.Id {
		t.Fatalf("solicitations: %+v", closed)
	}

	// Cancelled, it is offered to nobody.
	regulator.post("/bookings/"+booking.Id+"/cancel", map[string]any{"by": "patient", "reason": "va mieux"}).want(http.StatusOK)
	if left := as[api.SlotList](regulator.get("/slots?territory=" + senart + "&free=true").want(http.StatusOK)).Items; len(left) != 0 {
		t.Fatalf("offered: %+v", left)
	}
	gp.post("/slots/"+booking.Slot+"/restore", nil).refused(http.StatusNotFound, "agenda.slot_unknown")
	regulator.call("POST", "/bookings", map[string]any{"slot": booking.Slot, "patient": patient("Bulgroz")}, "Idempotency-Key", "en-sus-03").
		refused(http.StatusConflict, "regulation.seat_withdrawn")
}

func TestDecliningAndWithdrawing(t *testing.T) {
	s := openScene(t)
	gp, regulator := s.signIn("gp"), s.signIn("regulator")

	gp.post("/solicitations/"+s.solicitation+"/decline", nil).want(http.StatusNoContent)
	if all := as[api.SolicitationList](gp.get("/solicitations?limit=1").want(http.StatusOK)); all.Items[0].State != "expired" || all.Items[0].Reason != nil ||
		all.Items[0].Practitioners[0].Answer != "declined" || all.Next == nil {
		t.Fatalf("declined: %+v", all)
	}
	regulator.post("/solicitations/"+s.solicitation+"/withdraw", nil).refused(http.StatusConflict, "regulation.solicitation_settled")
	gp.call("POST", "/solicitations/"+s.solicitation+"/accept", acceptance(s.house), "Idempotency-Key", "too-late").
		refused(http.StatusConflict, "regulation.solicitation_settled")

	again := as[api.Solicitation](regulator.call("POST", "/solicitations",
		map[string]any{"case": s.kase, "practitioners": []string{s.doctor.ID}, "minutes": 10, "acknowledge": []string{"same_patient"}},
		"Idempotency-Key", "again-01").want(http.StatusCreated))
	if open := as[api.CaseList](regulator.get("/cases?open=true").want(http.StatusOK)).Items; open[len(open)-1].Solicitation == nil && open[0].Solicitation == nil {
		t.Fatalf("open cases: %+v", open)
	}
	regulator.post("/solicitations/"+again.Id+"/withdraw", nil).want(http.StatusNoContent)
	regulator.post("/solicitations/"+again.Id+"/withdraw", nil).want(http.StatusNoContent)
	gp.call("POST", "/solicitations/"+again.Id+"/accept", acceptance(s.house), "Idempotency-Key", "too-late-2").
		refused(http.StatusConflict, "regulation.solicitation_settled")
}
