package web_test

import (
	"encoding/base64"
	"maps"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/relais-snp/relais/internal/live"
	"github.com/relais-snp/relais/internal/web/api"
)

// sealed are what is told of somebody who looks for a doctor, that no one else may read anywhere.
var sealed = []string{"Zorglubine", "zorglubine", "Anastazie", "1931", "0199007788", "01 99 00 77 88", "199007788", "rue-secrete", "maladie-secrete",
	"medicament-secret", "note-secrete", "signaleur-secret", "collecteur-secret", "motif-secret", "reponse-secrete"}

// inSecret is a report that is full of them.
func inSecret() map[string]any {
	return seeking("", map[string]any{
		"patient":  map[string]any{"family": "Zorglubine", "given": "Anastazie", "birthDate": "1931-12-29", "phone": "01 99 00 77 88", "address": "3 rue-secrete"},
		"reporter": "signaleur-secret", "consent": map[string]any{"on": "2026-11-20", "collector": "collecteur-secret"},
		"chronicDisease": "maladie-secrete", "medication": "medicament-secret",
	})
}

// TestWhoLooksForADoctorIsKnownToFew drives a patient through every call, the wrong ones too, and then looks for them in what a
// coordinator, a GP who has not accepted and strangers read, in problems, logs, metrics, live frames, notices, pushes and mails.
func TestWhoLooksForADoctorIsKnownToFew(t *testing.T) {
	h := openHouse(t)
	gp, nurse, coordinator, pharmacist := h.signIn("gp"), h.signIn("triage_nurse"), h.signIn("coordinator"), h.signIn("professional")
	var public strings.Builder
	note := func(answers ...answer) {
		for _, a := range answers {
			public.Write(a.body)
		}
	}
	line, _ := gp.board()
	for name, who := range map[string]*person{"gp": gp, "nurse": nurse} {
		note(who.post("/push/subscriptions", subscription(t, "Téléphone", name)).want(http.StatusCreated))
	}
	worth := func() { // what each may read of it now
		for _, who := range []*person{coordinator, h.signIn("gp2"), h.signIn("regulator"), h.signIn("observer"), h.signIn("admin")} {
			note(who.get("/mt/requests?territory="+senart), who.get("/mt/offers?territory="+senart), who.get("/mt/plan?territory="+senart),
				who.get("/mt/capacities?territory="+senart), who.get("/indicators/attribution?territory="+senart+"&from=2026-11-01&to=2026-11-30"))
		}
	}

	// A request as it should be, and wrong in every way that has the identity in it.
	id := as[api.MTRequest](pharmacist.reports(inSecret(), "secret-mt-1").want(http.StatusCreated)).Id
	path := "/mt/requests/" + id
	for i, wrong := range []map[string]any{
		{"commune": "Zorglubine"}, {"origin": "Anastazie"}, {"patient": "Zorglubine"}, {"Zorglubine": true}, {"birthYear": "1931"},
		{"patient": map[string]any{"family": strings.Repeat("Zorglubine", 30), "phone": "Anastazie"}}, {"since": "1931-12-29"},
		{"patient": map[string]any{"family": "Zorglubine", "Anastazie": 1}}, {"criteria": []string{"Zorglubine"}}, {"synthesis": "note-secrete"},
		{"consent": map[string]any{"on": "2027-01-01", "collector": "collecteur-secret"}}, {"knownTo": "Zorglubine"}, {"case": "Anastazie"},
		{"patient": map[string]any{"family": "Zorglubine", "birthDate": "1931-12-29", "phone": "12-34"}, "birthYear": 1932},
	} {
		report := inSecret()
		maps.Copy(report, wrong)
		got := pharmacist.reports(report, "secret-mt-w"+string(rune('a'+i)))
		if note(got); got.status < 400 {
			t.Errorf("taken: %v", wrong)
		}
	}
	note(pharmacist.reports(inSecret(), "Zorglubine Anastazie"), pharmacist.reports(map[string]any{"territory": "Zorglubine"}, "secret-mt-2"))
	note(nurse.call("PATCH", path, map[string]any{"synthesis": "Mme Zorglubine, 01 99 00 77 88"}).want(http.StatusBadRequest))
	note(nurse.call("PATCH", path, `{"patient":{"family":"Zorglubine"`), nurse.get("/mt/requests?territory="+senart+"&Zorglubine=1&commune=Anastazie"))
	note(nurse.steps(id, "Zorglubine"), nurse.steps(id, "tier_set", map[string]any{"tier": 2}), nurse.steps(id, "merged", map[string]any{"into": "Zorglubine"}))
	note(gp.post("/mt/requests/search", map[string]any{"territory": senart, "family": "Zorglubine"}), gp.get(path), h.signIn("foreign_nurse").get(path))
	file := base64.StdEncoding.EncodeToString([]byte("nom;prénom;téléphone;commune;consentement le;consentement recueilli par;date de naissance\n" +
		"Zorglubine;Anastazie;01 99 00 77 88;rue-secrete;20/11/2026;collecteur-secret;29/12/1931\nZorglubine;Anastazie;199007788;Cesson;Zorglubine;collecteur-secret;31/12/1931\n"))
	note(nurse.post("/mt/requests/import", map[string]any{"territory": senart, "file": file}), nurse.post("/mt/requests/import", map[string]any{"territory": senart, "file": "Zorglubine!"}))
	worth()

	// Qualified, noted, put elsewhere with a reason, found by name, planned and offered.
	nurse.call("PATCH", path, map[string]any{"synthesis": "Vit seule, suivi régulier."}).want(http.StatusOK)
	nurse.steps(id, "qualified", map[string]any{"note": "note-secrete"}).want(http.StatusOK)
	nurse.steps(id, "tier_set", map[string]any{"tier": 1, "note": "motif-secret"}).want(http.StatusOK)
	if found := as[api.MTRequestList](nurse.post("/mt/requests/search", map[string]any{"territory": senart, "family": "ZORGLUBINE"}).want(http.StatusOK)); len(found.Items) != 1 {
		t.Errorf("found %+v", found.Items)
	}
	gp.declares(1).want(http.StatusOK)
	note(nurse.post("/mt/plan", map[string]any{"territory": senart}).want(http.StatusCreated), nurse.get(path+"/choices"))
	offer := "/mt/offers/" + *nurse.offers(id, h.doctor.ID).Offer
	public.WriteString(asJSON(t, line.next("notice")))
	note(gp.get(offer).want(http.StatusOK), gp.get("/mt/offers?territory="+senart).want(http.StatusOK), gp.get("/mt/requests?territory="+senart), gp.get(path))
	note(gp.post(offer+"/answer", map[string]any{"kind": "accept", "reason": "Zorglubine"}), gp.post(offer+"/answer", map[string]any{"kind": "decline"}))
	note(gp.declares(0).want(http.StatusConflict), h.signIn("gp2").get(offer), coordinator.get(path), coordinator.get(path+"/events"))
	worth()
	gp.post(offer+"/answer", map[string]any{"kind": "accept", "note": "reponse-secrete"}).want(http.StatusOK)
	note(coordinator.get(path).want(http.StatusOK), coordinator.get(path+"/events").want(http.StatusOK), h.signIn("gp2").get(offer))
	worth()

	// What rings on phones and lands in mailboxes.
	for range 2 {
		public.WriteString(asJSON(t, arrives(t, h.bells.rung)))
	}
	note(gp.get("/notices").want(http.StatusOK), nurse.get("/notices").want(http.StatusOK))
	h.pass(11 * time.Minute)
	h.desk(live.NewHub(h.engine, h.clock), h.quiet())
	for range 2 {
		public.WriteString(asJSON(t, arrives(t, h.bells.mailed)))
	}
	note(h.anyone().at("GET", "/metrics", nil))

	for _, secret := range sealed {
		if strings.Contains(public.String(), secret) {
			t.Errorf("%q came out: %s", secret, around(public.String(), secret))
		}
		if strings.Contains(h.log.String(), secret) {
			t.Errorf("%q is in the log: %s", secret, around(h.log.String(), secret))
		}
	}
	// And those who may read it do.
	seen := as[api.MTRequest](gp.get(path).want(http.StatusOK))
	if seen.Patient.Family != "Zorglubine" || *seen.ChronicDisease != "maladie-secrete" || seen.TierReason != nil {
		t.Errorf("the GP who accepted reads %+v", seen)
	}
	if told := as[api.MTRequest](pharmacist.get(path).want(http.StatusOK)); told.Patient.Family != "Zorglubine" || told.Synthesis != nil {
		t.Errorf("who reported reads %+v", told)
	}
}
