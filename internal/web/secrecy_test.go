package web_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/relais-snp/relais/internal/live"
	"github.com/relais-snp/relais/internal/web/api"
)

// planted are identities that must come back to those who may see them and appear nowhere else.
var planted = []string{"Zorglubine", "Anastazie", "1931-12-29", "0199007788", "+33199007788", "colique-secrete", "motif-du-medecin"}

// TestIdentitiesStayWithThoseWhoMaySeeThem drives a patient through every path, the wrong ones too, and then looks for them in
// problems, logs, metrics, events, feeds and on the board.
func TestIdentitiesStayWithThoseWhoMaySeeThem(t *testing.T) {
	h := openHouse(t)
	slots := h.published()
	gp, regulator := h.signIn("gp"), h.signIn("regulator")
	watching, _ := h.signIn("coordinator").board()
	line, _ := regulator.board()
	var public strings.Builder
	note := func(a answer) answer { public.Write(a.body); return a }
	for name, who := range map[string]*person{"gp": gp, "regulator": regulator} {
		note(who.post("/push/subscriptions", subscription(t, "Téléphone", "adresse-secrete-"+name)).want(http.StatusCreated))
	}
	who := map[string]any{"family": "Zorglubine", "given": "Anastazie", "birthDate": "1931-12-29", "phone": "0199007788", "mt": map[string]any{"status": "none"}}

	// A case and a booking as they should be.
	kase := as[api.Case](regulator.post("/cases", map[string]any{"territory": senart, "patient": who, "reason": "colique-secrete"}).want(http.StatusCreated))
	made := ok[api.Booking](line, line.ask("book", "slot", slots[0].Id, "case", kase.Id, "key", "secret-01", "patient", who, "reason", "colique-secrete"))
	// Asked en sus: GPs are told of a caller, not who calls. The reason is for those asked alone.
	gp.call("PUT", "/me/extras", map[string]any{"accepts": true}).want(http.StatusOK)
	asked := as[api.Case](regulator.post("/cases", map[string]any{"territory": senart, "commune": "77067", "patient": who, "reason": "colique-secrete"}).want(http.StatusCreated))
	ask := map[string]any{"case": asked.Id, "nearest": 1, "minutes": 5}
	note(regulator.call("POST", "/solicitations", ask, "Idempotency-Key", "secret-sus-1")).refused(http.StatusConflict, "regulation.same_patient")
	ask["acknowledge"] = []string{"same_patient"}
	gpLine, _ := gp.board()
	sus := as[api.Solicitation](regulator.call("POST", "/solicitations", ask, "Idempotency-Key", "secret-sus-2").want(http.StatusCreated))
	public.WriteString(asJSON(t, gpLine.next("notice")))
	public.WriteString(strings.ReplaceAll(string(gp.get("/solicitations").want(http.StatusOK).body), "colique-secrete", ""))
	note(gp.call("POST", "/solicitations/"+sus.Id+"/accept", map[string]any{"start": "Zorglubine", "minutes": 20, "location": "Anastazie"}, "Idempotency-Key", "secret-sus-3"))
	gp.call("POST", "/solicitations/"+sus.Id+"/accept", acceptance(h), "Idempotency-Key", "secret-sus-4").want(http.StatusCreated)
	note(gp.call("POST", "/solicitations/"+sus.Id+"/accept", acceptance(h), "Idempotency-Key", "secret-sus-5"))
	note(gp.get("/solicitations"))
	// Wrong in every way that has the identity in it.
	book := func(body any, key string) {
		note(regulator.call("POST", "/bookings", body, "Idempotency-Key", key))
	}
	book(map[string]any{"slot": slots[1].Id, "patient": who}, "secret-02") // same patient
	book(map[string]any{"slot": slots[0].Id, "patient": who, "acknowledge": []string{"same_patient"}}, "secret-03")
	book(map[string]any{"slot": slots[1].Id, "patient": map[string]any{"family": 7, "given": "Anastazie", "phone": "Zorglubine"}}, "secret-04")
	book(map[string]any{"slot": slots[1].Id, "patient": map[string]any{"family": strings.Repeat("Zorglubine", 30)}}, "secret-05")
	book(map[string]any{"slot": slots[1].Id, "patient": map[string]any{"family": "Zorglubine", "Anastazie": true}}, "secret-06")
	book(map[string]any{"slot": "Zorglubine Anastazie", "patient": who}, "secret-07")
	book(`{"slot":"x","patient":{"family":"Zorglubine"`, "secret-08")
	book(map[string]any{"slot": slots[1].Id, "patient": who}, "Zorglubine Anastazie")
	note(regulator.get("/slots?territory=Zorglubine&Anastazie=1&near=0199007788"))
	note(regulator.get("/Zorglubine/Anastazie"))
	note(regulator.get("/communes?q=Zorglubine"))
	note(h.signIn("observer").get("/bookings/" + made.Id))
	note(regulator.post("/cases/"+kase.Id+"/close", map[string]any{"outcome": "advice", "why": "colique-secrete"}))
	for _, bad := range []frame{
		line.ask("book", "slot", slots[0].Id, "key", "secret-09", "patient", who, "acknowledge", []string{"same_patient"}),
		line.ask("book", "slot", slots[1].Id, "key", "secret-10", "patient", map[string]any{"family": "Zorglubine", "phone": "Anastazie"}),
		line.ask("Zorglubine", "Anastazie", "colique-secrete"),
	} {
		public.WriteString(asJSON(t, bad.Problem))
	}
	// Whatever else happens to it.
	gp.post("/bookings/"+made.Id+"/cancel", map[string]any{"by": "practitioner", "reason": "motif-du-medecin"}).want(http.StatusOK)
	note(h.signIn("coordinator").get("/indicators/fill?territory=" + senart + "&from=2026-11-23&to=2026-11-23"))
	note(h.signIn("coordinator").get("/slots?territory=" + senart))
	feed := as[api.CreatedFeed](gp.post("/feeds", map[string]any{"kind": "practitioner"}).want(http.StatusCreated))
	note(h.anyone().at("GET", strings.TrimPrefix(feed.Url, h.url), nil))
	note(h.anyone().at("GET", "/metrics", nil))
	watching.say("focus")
	for {
		_, raw, err := watching.ws.ReadMessage()
		if err != nil {
			t.Fatal(err)
		}
		public.Write(raw)
		if strings.Contains(string(raw), `"reply"`) {
			break
		}
	}

	// What rings on phones and lands in mailboxes: booked, cancelled, reopened; a mail to each.
	for range 3 {
		public.WriteString(asJSON(t, arrives(t, h.bells.rung)))
	}
	h.pass(11 * time.Minute)
	h.desk(live.NewHub(h.engine, h.clock), h.quiet())
	for range 2 {
		public.WriteString(asJSON(t, arrives(t, h.bells.mailed)))
	}
	note(gp.get("/notices").want(http.StatusOK))
	note(gp.get("/push/subscriptions").want(http.StatusOK))

	token := strings.TrimSuffix(feed.Url[strings.LastIndex(feed.Url, "/")+1:], ".ics")
	for _, secret := range append(planted, strings.ToLower(planted[0]), "adresse-secrete") {
		if strings.Contains(public.String(), secret) {
			t.Errorf("%q came out: %s", secret, around(public.String(), secret))
		}
		if strings.Contains(h.log.String(), secret) {
			t.Errorf("%q is in the log: %s", secret, around(h.log.String(), secret))
		}
	}
	if strings.Contains(h.log.String(), token) || strings.Contains(h.log.String(), password) {
		t.Error("a token or a password is in the log")
	}
	// And those who may see them do.
	if seen := as[api.Booking](gp.get("/bookings/" + made.Id).want(http.StatusOK)); seen.Patient.Family != "Zorglubine" {
		t.Errorf("the GP sees %+v", seen.Patient)
	}
}

func around(text, secret string) string {
	at := strings.Index(text, secret)
	return text[max(0, at-200):min(len(text), at+100)]
}
