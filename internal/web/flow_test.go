package web_test

import (
	"encoding/json"
	"net/http"
	"testing"
	"time"

	"github.com/relais-snp/relais/internal/web/api"
)

// opening is what a GP publishes from the phone: three slots of 20 minutes from 10:00 in Paris.
func (h *house) opening() map[string]any {
	return map[string]any{
		"location": h.doctor.Locations[0], "start": "2026-11-23T10:00:00+01:00", "end": "2026-11-23T11:00:00+01:00",
		"slotMinutes": 20, "modality": "cabinet", "audience": "regulation",
	}
}

// published lets the GP publish and returns the slots.
func (h *house) published() []api.Slot {
	h.t.Helper()
	return as[api.Opening](h.signIn("gp").post("/openings", h.opening()).want(http.StatusCreated)).Slots
}

func patient(family string) map[string]any {
	return map[string]any{"family": family, "given": "Zoé", "birthDate": "1980-01-31", "phone": "0199001234", "mt": map[string]any{"status": "none"}}
}

func TestFromPublishingToTheVisit(t *testing.T) {
	h := openHouse(t)
	gp, regulator := h.signIn("gp"), h.signIn("regulator")

	// Given three slots that a GP published.
	opening := as[api.Opening](gp.call("POST", "/openings", h.opening(), "Idempotency-Key", "publish-1").want(http.StatusCreated))
	if len(opening.Slots) != 3 || opening.Territory != senart || opening.Slots[0].Free != 1 {
		t.Fatalf("opening: %+v", opening)
	}
	again := as[api.Opening](gp.call("POST", "/openings", h.opening(), "Idempotency-Key", "publish-1").want(http.StatusCreated))
	if again.Id != opening.Id {
		t.Fatal("the same key published twice")
	}

	// When a regulator opens a case, finds the nearest slot, holds and books it.
	kase := as[api.Case](regulator.post("/cases", map[string]any{"territory": senart, "commune": "77067", "reason": "fièvre"}).want(http.StatusCreated))
	list := as[api.SlotList](regulator.get("/slots?territory=" + senart + "&near=77067&free=true&case=" + kase.Id).want(http.StatusOK))
	if len(list.Items) != 3 || list.Items[0].Rank == nil || list.Items[0].Rank.DistanceKm == nil || list.Epoch == nil {
		t.Fatalf("ranked: %+v", list)
	}
	slot := list.Items[0].Id
	hold := as[api.Hold](regulator.post("/slots/"+slot+"/holds", map[string]any{"case": kase.Id}).want(http.StatusCreated))
	if hold.Extended || !hold.ExpiresAt.Equal(monday.Add(3*time.Minute)) {
		t.Fatalf("hold: %+v", hold)
	}
	if !as[api.Hold](regulator.post("/holds/"+hold.Token+"/extend", nil).want(http.StatusOK)).Extended {
		t.Fatal("not extended")
	}
	body := map[string]any{"hold": hold.Token, "case": kase.Id, "patient": patient("Zorglub"), "reason": "fièvre"}
	booking := as[api.Booking](regulator.call("POST", "/bookings", body, "Idempotency-Key", "book-0001").want(http.StatusCreated))

	// Then the same request gets the same answer, the GP sees who comes, and the case is closed.
	if repeated := as[api.Booking](regulator.call("POST", "/bookings", body, "Idempotency-Key", "book-0001").want(http.StatusCreated)); repeated.Id != booking.Id {
		t.Fatal("booked twice under one key")
	}
	seen := as[api.BookingList](gp.get("/bookings").want(http.StatusOK))
	if len(seen.Items) != 1 || seen.Items[0].Patient == nil || seen.Items[0].Patient.Family != "Zorglub" || seen.Items[0].By != "Personne regulator" {
		t.Fatalf("the GP sees %+v", seen.Items)
	}
	open := as[api.CaseList](regulator.get("/cases?open=true").want(http.StatusOK))
	if len(open.Items) != 0 {
		t.Fatalf("still open: %+v", open.Items)
	}

	// And afterwards the GP says that the patient came, and the coordinator's fill rate has moved.
	h.pass(3 * time.Hour)
	told := as[api.Booking](gp.post("/bookings/"+booking.Id+"/outcome", map[string]any{"outcome": "honoured"}).want(http.StatusOK))
	if told.State != api.BookingStateHonoured {
		t.Fatalf("state %s", told.State)
	}
	fill := as[api.FillReport](h.signIn("coordinator").get("/indicators/fill?territory=" + senart + "&from=2026-11-23&to=2026-11-23").want(http.StatusOK))
	if fill.Total.Offered != 3 || fill.Total.Taken != 1 || fill.Total.Fill == nil || fill.Total.Honoured != 1 {
		t.Fatalf("fill: %+v", fill.Total)
	}
}

func TestALostRaceIsResolvedInPlace(t *testing.T) {
	h := openHouse(t)
	slots := h.published()
	first, second := h.signIn("regulator"), h.signIn("regulator2")

	first.post("/slots/"+slots[0].Id+"/holds", nil).want(http.StatusCreated)

	p := second.post("/slots/"+slots[0].Id+"/holds", nil).refused(http.StatusConflict, "regulation.slot_taken")
	if p.HeldBy == nil || *p.HeldBy != "Personne regulator" || p.HeldUntil == nil {
		t.Errorf("does not say who has it: %+v", p)
	}
	if len(p.Alternatives) != 2 || p.Alternatives[0].Rank == nil || p.Alternatives[0].Id == slots[0].Id {
		t.Errorf("alternatives: %+v", p.Alternatives)
	}
	held := as[api.SlotList](first.get("/slots?territory=" + senart).want(http.StatusOK)).Items[0].Held
	if len(held) != 1 || held[0].Mine == nil || !*held[0].Mine {
		t.Errorf("the holder does not see their own: %+v", held)
	}
	held = as[api.SlotList](second.get("/slots?territory=" + senart).want(http.StatusOK)).Items[0].Held
	if len(held) != 1 || held[0].Mine != nil {
		t.Errorf("a colleague sees %+v", held)
	}
}

func TestAGPCannotWithdrawUnderTheRegulatorsHands(t *testing.T) {
	h := openHouse(t)
	slots := h.published()
	gp, regulator := h.signIn("gp"), h.signIn("regulator")
	hold := as[api.Hold](regulator.post("/slots/"+slots[0].Id+"/holds", nil).want(http.StatusCreated))

	p := gp.post("/slots/"+slots[0].Id+"/withdraw", nil).refused(http.StatusConflict, "agenda.slot_held")
	if p.HeldBy == nil || p.HeldUntil == nil {
		t.Errorf("does not say by whom and until when: %+v", p)
	}
	regulator.call("DELETE", "/holds/"+hold.Token, nil).want(http.StatusNoContent)
	if !as[api.Slot](gp.post("/slots/"+slots[0].Id+"/withdraw", nil).want(http.StatusOK)).Withdrawn {
		t.Error("not withdrawn")
	}
	if as[api.Slot](gp.post("/slots/"+slots[0].Id+"/restore", nil).want(http.StatusOK)).Withdrawn {
		t.Error("not restored")
	}
}

func TestTheSamePatientTwiceIsNeverSilent(t *testing.T) {
	h := openHouse(t)
	slots := h.published()
	regulator := h.signIn("regulator")
	book := func(key, slot string, acknowledge ...string) answer {
		body := map[string]any{"slot": slot, "patient": patient("Zorglub")}
		if len(acknowledge) > 0 {
			body["acknowledge"] = acknowledge
		}
		return regulator.call("POST", "/bookings", body, "Idempotency-Key", key)
	}

	book("same-0001", slots[0].Id).want(http.StatusCreated)

	book("same-0002", slots[1].Id).refused(http.StatusConflict, "regulation.same_patient")
	book("same-0002", slots[1].Id, "same_patient").want(http.StatusCreated)
	book("same-0002", slots[2].Id, "same_patient").refused(http.StatusConflict, "request.key_reused")
}

func TestACancelledBookingGoesBackToTheBoard(t *testing.T) {
	h := openHouse(t)
	slots := h.published()
	gp, regulator := h.signIn("gp"), h.signIn("regulator")
	made := as[api.Booking](regulator.call("POST", "/bookings", map[string]any{"slot": slots[0].Id, "patient": patient("Zorglub")},
		"Idempotency-Key", "cancel-01").want(http.StatusCreated))

	cancelled := as[api.Booking](gp.post("/bookings/"+made.Id+"/cancel", map[string]any{"by": "practitioner", "reason": "urgence"}).want(http.StatusOK))

	if cancelled.State != api.BookingStateCancelled || cancelled.CancelReason == nil {
		t.Errorf("cancelled: %+v", cancelled)
	}
	if free := as[api.SlotList](regulator.get("/slots?territory=" + senart + "&free=true").want(http.StatusOK)); len(free.Items) != 3 {
		t.Errorf("%d slots free, want 3", len(free.Items))
	}
}

func TestListsArePaged(t *testing.T) {
	h := openHouse(t)
	h.published()
	regulator := h.signIn("regulator")
	for _, path := range []string{"/slots?territory=" + senart, "/practitioners?territory=" + senart} {
		seen, cursor := map[string]bool{}, ""
		for pages := 0; ; pages++ {
			if pages > 5 {
				t.Fatal("endless pages")
			}
			var page struct {
				Items []struct{ ID string }
				Next  *string
			}
			if err := json.Unmarshal(regulator.get(path+"&limit=1"+cursor).want(http.StatusOK).body, &page); err != nil {
				t.Fatal(err)
			}
			for _, item := range page.Items {
				if seen[item.ID] {
					t.Errorf("%s: %s twice", path, item.ID)
				}
				seen[item.ID] = true
			}
			if page.Next == nil {
				break
			}
			cursor = "&cursor=" + *page.Next
		}
		if len(seen) < 2 {
			t.Errorf("%s: %d items seen over pages", path, len(seen))
		}
	}
	regulator.get("/slots?territory="+senart+"&cursor=forged").refused(http.StatusBadRequest, "request.invalid")
}
