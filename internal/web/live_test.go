package web_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/gorilla/websocket"

	"github.com/relais-snp/relais/internal/web"
	"github.com/relais-snp/relais/internal/web/api"
)

func TestTwoRegulatorsSeeTheSameBoard(t *testing.T) {
	h := openHouse(t)
	slots := h.published()
	first, _ := h.signIn("regulator").board()
	second, seen := h.signIn("regulator2").board()
	if len(seen.Slots) != 3 || seen.Territory != senart || seen.Epoch == "" || !seen.Now.Equal(monday) {
		t.Fatalf("snapshot: %+v", seen)
	}

	hold := ok[api.Hold](first, first.ask("hold", "slot", slots[0].Id))

	delta := second.next("delta")
	if delta.From != seen.Seq || delta.To != seen.Seq+1 || delta.Epoch != seen.Epoch || len(delta.Slots) != 1 {
		t.Fatalf("delta: %+v", delta)
	}
	if held := delta.Slots[0].Held; len(held) != 1 || held[0].By != "Personne regulator" || held[0].Mine != nil {
		t.Fatalf("held: %+v", held)
	}

	p := second.refused(second.ask("hold", "slot", slots[0].Id), "regulation.slot_taken")
	if p.Status != http.StatusConflict || p.HeldBy == nil || len(p.Alternatives) != 2 {
		t.Errorf("refusal: %+v", p)
	}
	if !ok[api.Hold](first, first.ask("extend", "hold", hold.Token)).Extended {
		t.Error("not extended")
	}
	made := ok[api.Booking](first, first.ask("book", "hold", hold.Token, "key", "live-0001", "patient", patient("Zorglub")))
	if made.State != api.BookingStateBooked || made.Patient == nil || made.By != "Personne regulator" {
		t.Errorf("booking: %+v", made)
	}
	for {
		if delta = second.next("delta"); len(delta.Slots) == 1 && delta.Slots[0].Booked == 1 {
			break
		}
	}
	if delta.Slots[0].Free != 0 || len(delta.Slots[0].Held) != 0 {
		t.Errorf("after booking: %+v", delta.Slots[0])
	}
	again := ok[api.Booking](first, first.ask("book", "hold", hold.Token, "key", "live-0001", "patient", patient("Zorglub")))
	if again.Id != made.Id {
		t.Error("the same key booked twice")
	}
}

func TestALineTakesUpWhereItWas(t *testing.T) {
	h := openHouse(t)
	slots := h.published()
	regulator := h.signIn("regulator")
	console, seen := regulator.board()
	ok[api.Hold](console, console.ask("hold", "slot", slots[0].Id))
	console.next("delta")
	_ = console.ws.Close()

	console = regulator.live()
	ok[struct{}](console, console.ask("watch", "territory", senart, "day", "2026-11-23", "days", 2,
		"from", map[string]any{"epoch": seen.Epoch, "seq": seen.Seq}))
	missed := console.next("delta")
	if missed.From != seen.Seq || missed.To != seen.Seq+1 || len(missed.Slots) != 1 {
		t.Fatalf("missed: %+v", missed)
	}

	ok[struct{}](console, console.ask("watch", "territory", senart, "day", "2026-11-23", "days", 2,
		"from", map[string]any{"epoch": "another", "seq": 5}))
	if all := console.next("snapshot"); len(all.Slots) != 3 {
		t.Fatalf("snapshot: %+v", all)
	}
}

func TestABadCommandIsAnsweredAndTheLineStays(t *testing.T) {
	h := openHouse(t)
	console := h.signIn("regulator").live()

	console.refused(console.ask("fly"), "live.unknown_command")
	p := console.refused(console.ask("hold", "slot", 5, "colour", "red"), "request.invalid")
	if !hasField(p, "slot:request.type") || !hasField(p, "colour:request.unknown_field") {
		t.Errorf("fields: %+v", p.Fields)
	}
	console.refused(console.ask("hold"), "request.invalid")
	console.refused(console.ask("hold", "slot", "nothing"), "regulation.slot_unknown")
	console.refused(console.ask("extend", "hold", "forged"), "regulation.hold_unknown")
	console.refused(console.ask("focus", "slot", "any"), "live.not_watching")
	console.refused(console.ask("watch", "territory", coast, "day", "2026-11-23", "days", 1), "account.forbidden")
	console.refused(console.ask("watch", "territory", senart, "day", "2026-02-31", "days", 1), "request.invalid")
	console.refused(console.ask("watch", "territory", senart, "day", "2026-11-23", "days", 4000), "request.invalid")
	for _, text := range []string{`[]`, `7`, `{"op":"hold","slot":"a"}`, `{"id":"x","op":"hold","slot":"a"}`} {
		if err := console.ws.WriteMessage(websocket.TextMessage, []byte(text)); err != nil {
			t.Fatal(err)
		}
		if f := console.next("reply"); f.Problem == nil || f.ID != 0 {
			t.Errorf("%s: %+v", text, f)
		}
	}
	ok[struct{}](console, console.ask("watch", "territory", senart, "day", "2026-11-23", "days", 1))
}

func TestABrokenFrameClosesTheLine(t *testing.T) {
	h := openHouse(t)
	regulator := h.signIn("regulator")
	for _, test := range []struct {
		name string
		kind int
		text string
		code int
	}{
		{"not JSON", websocket.TextMessage, `{"id":1,`, websocket.CloseInvalidFramePayloadData},
		{"two values", websocket.TextMessage, `{} {}`, websocket.CloseInvalidFramePayloadData},
		{"not UTF-8", websocket.TextMessage, "{\"id\":1,\"op\":\"\xff\"}", websocket.CloseInvalidFramePayloadData},
		{"binary", websocket.BinaryMessage, `{"id":1,"op":"focus"}`, websocket.CloseUnsupportedData},
		{"oversized", websocket.TextMessage, `{"id":1,"op":"` + strings.Repeat("x", 17_000) + `"}`, websocket.CloseMessageTooBig},
	} {
		t.Run(test.name, func(t *testing.T) {
			console := regulator.live()
			if err := console.ws.WriteMessage(test.kind, []byte(test.text)); err != nil {
				t.Fatal(err)
			}
			if code := console.closed(); code != test.code {
				t.Errorf("closed with %d, want %d", code, test.code)
			}
		})
	}
}

func TestWhoMayOpenALine(t *testing.T) {
	h := openHouse(t)
	regulator := h.signIn("regulator")
	for _, test := range []struct {
		name   string
		by     *person
		change func(http.Header, *websocket.Dialer)
		status int
	}{
		{"nobody", h.anyone(), nil, http.StatusUnauthorized},
		{"another site", regulator, func(h http.Header, _ *websocket.Dialer) { h.Set("Origin", "https://ailleurs.example") }, http.StatusForbidden},
		{"no origin", regulator, func(h http.Header, _ *websocket.Dialer) { h.Del("Origin") }, http.StatusForbidden},
		{"no subprotocol", regulator, func(_ http.Header, d *websocket.Dialer) { d.Subprotocols = nil }, http.StatusUpgradeRequired},
		{"another subprotocol", regulator, func(_ http.Header, d *websocket.Dialer) { d.Subprotocols = []string{"relais.v9"} }, http.StatusUpgradeRequired},
	} {
		t.Run(test.name, func(t *testing.T) {
			console, resp := test.by.dial(test.change)
			if console != nil || resp.StatusCode != test.status {
				t.Errorf("status %d, want %d", resp.StatusCode, test.status)
			}
		})
	}
	regulator.get("/live").refused(http.StatusUpgradeRequired, "live.upgrade_required")
	if _, resp := regulator.dial(nil); resp.Header.Get("Sec-WebSocket-Protocol") != "relais.v1" {
		t.Error("subprotocol not chosen")
	}
}

func TestNoticesReachTheirPersonAlone(t *testing.T) {
	h := openHouse(t)
	slots := h.published()
	gpAtPhone, regulatorAtDesk := h.signIn("gp"), h.signIn("regulator")
	gp, _ := gpAtPhone.board()
	regulator, _ := regulatorAtDesk.board()
	bystander, _ := h.signIn("regulator2").board()
	kase := as[api.Case](regulatorAtDesk.post("/cases", map[string]any{"territory": senart}).want(http.StatusCreated))

	made := ok[api.Booking](regulator, regulator.ask("book", "slot", slots[0].Id, "case", kase.Id, "key", "notice-01", "patient", patient("Zorglub")))
	if n := gp.next("notice"); n.Kind != "booked" || n.Booking != made.Id || n.Slot != slots[0].Id {
		t.Errorf("the GP is told %+v", n)
	}

	gpAtPhone.post("/bookings/"+made.Id+"/cancel", map[string]any{"by": "practitioner", "reason": "urgence"}).want(http.StatusOK)
	if n := regulator.next("notice"); n.Kind != "booking_cancelled" || n.Booking != made.Id {
		t.Errorf("the regulator is told %+v", n)
	}
	if n := regulator.next("notice"); n.Kind != "case_reopened" || n.Case != kase.Id {
		t.Errorf("then %+v", n)
	}

	// The bystander's line has brought the same changes of the board and no notice; its own reply ends the wait.
	id := bystander.say("focus")
	for {
		var f frame
		if err := bystander.ws.ReadJSON(&f); err != nil {
			t.Fatal(err)
		}
		if f.Type == "notice" {
			t.Fatalf("a bystander is told %+v", f)
		}
		if f.Type == "reply" && f.ID == id {
			break
		}
	}
}

func TestColleaguesSeeWhatIsLookedAt(t *testing.T) {
	h := openHouse(t)
	slots := h.published()
	first, _ := h.signIn("regulator").board()
	second, _ := h.signIn("regulator2").board()

	ok[struct{}](first, first.ask("focus", "slot", slots[1].Id))
	if p := second.next("presence"); len(p.Who) != 1 || p.Who[0].By != "Personne regulator" || p.Who[0].Slot != slots[1].Id {
		t.Errorf("presence: %+v", p.Who)
	}

	_ = first.ws.Close()
	if p := second.next("presence"); len(p.Who) != 0 {
		t.Errorf("after the line closed: %+v", p.Who)
	}
}

func TestALineEndsWithItsSession(t *testing.T) {
	h := openHouse(t)
	regulator := h.signIn("regulator")
	console, _ := regulator.board()
	other, _ := h.signIn("regulator").board()

	regulator.call("DELETE", "/session", nil).want(http.StatusNoContent)

	if code := console.closed(); code != 4401 {
		t.Errorf("closed with %d", code)
	}
	ok[struct{}](other, other.ask("focus"))
}

func TestLinesAreToldWhenTheServerLeaves(t *testing.T) {
	h := openHouse(t)
	regulator := h.signIn("regulator")
	console, _ := regulator.board()

	h.server.Close()

	if code := console.closed(); code != websocket.CloseGoingAway {
		t.Errorf("closed with %d", code)
	}
	if c, resp := regulator.dial(nil); c != nil || resp.StatusCode != http.StatusTooManyRequests {
		t.Error("a new line was let in")
	}
}

func TestLinesAndCommandsAreBounded(t *testing.T) {
	h := openHouse(t, func(c *web.Config) { c.LinesPerAccount = 2 })
	regulator := h.signIn("regulator")
	console := regulator.live()
	regulator.live()
	if c, resp := regulator.dial(nil); c != nil || resp.StatusCode != http.StatusTooManyRequests {
		t.Error("a third line was let in")
	}
	h.signIn("regulator2").live()

	for range 200 {
		console.say("release", "hold", "forged")
	}
	refused := 0
	for range 200 {
		if f := console.next("reply"); f.Problem != nil && f.Problem.Reason == "request.too_many" {
			refused++
		}
	}
	if refused == 0 || refused == 200 {
		t.Errorf("%d of 200 commands refused", refused)
	}
}

func TestTheLineAndHTTPShowASlotAlike(t *testing.T) {
	h := openHouse(t)
	slots := h.published()
	regulator := h.signIn("regulator")
	regulator.post("/slots/"+slots[0].Id+"/holds", nil).want(http.StatusCreated)
	overHTTP := as[api.SlotList](h.signIn("regulator2").get("/slots?territory=" + senart).want(http.StatusOK))

	_, live := h.signIn("regulator2").board()

	if got, want := asJSON(t, live.Slots), asJSON(t, overHTTP.Items); got != want {
		t.Errorf("live\n%s\nHTTP\n%s", got, want)
	}
	if *overHTTP.Epoch != live.Epoch || *overHTTP.Seq != live.Seq {
		t.Errorf("positions: %s %d, %s %d", *overHTTP.Epoch, *overHTTP.Seq, live.Epoch, live.Seq)
	}
}

func asJSON(t *testing.T, v any) string {
	t.Helper()
	raw, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}
