package web_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/relais-snp/relais/internal/web/api"
)

// TestAPatientFindsAMedecinTraitant goes from a pharmacist's report to attachment, and looks at each point at what each role sees.
func TestAPatientFindsAMedecinTraitant(t *testing.T) {
	h := openHouse(t)
	pharmacist, nurse, coordinator := h.signIn("professional"), h.signIn("triage_nurse"), h.signIn("coordinator")
	gp, other := h.signIn("gp"), h.signIn("gp2")
	gp.post("/push/subscriptions", subscription(t, "Téléphone", "gp")).want(http.StatusCreated)
	nurse.post("/push/subscriptions", subscription(t, "Bureau", "nurse")).want(http.StatusCreated)

	// Given a report, which says what is needed to judge how urgent it is.
	report := seeking("Zorglubine", map[string]any{"homeVisits": true, "chronicDisease": "diabète", "medication": "insuline", "knownTo": h.doctor.ID})
	told := as[api.MTRequest](pharmacist.reports(report, "histoire-1").want(http.StatusCreated))
	if told.State != "received" || told.Tier != 1 || !slices.Equal(told.Because, []api.MTCriterion{"ald"}) || *told.Age != 76 || told.WaitingDays != 0 ||
		!slices.Equal(told.Criteria, []api.MTCriterion{"ald", "aged_70"}) || told.Mine == nil || told.Patient.Family != "Zorglubine" || *told.By != "Personne professional" {
		t.Fatalf("received: %+v", told)
	}
	if again := as[api.MTRequest](pharmacist.reports(report, "histoire-1").want(http.StatusCreated)); again.Id != told.Id {
		t.Error("the same report twice made two requests")
	}
	path := "/mt/requests/" + told.Id
	gp.get(path).refused(http.StatusForbidden, "account.forbidden")
	if own := as[api.MTRequestList](gp.get("/mt/requests?territory=" + senart).want(http.StatusOK)); len(own.Items) != 0 {
		t.Errorf("a GP who reported nobody sees %+v", own.Items)
	}

	// When a nurse looks at it and writes what GPs may read.
	list := as[api.MTRequestList](nurse.get("/mt/requests?territory=" + senart + "&state=received&state=waiting&tier=1&commune=77445").want(http.StatusOK))
	if len(list.Items) != 1 || list.Items[0].Patient.Family != "Zorglubine" || *list.Items[0].ChronicDisease != "diabète" {
		t.Fatalf("the nurse's worklist: %+v", list.Items)
	}
	p := nurse.call("PATCH", path, map[string]any{"synthesis": "Mme Zorglubine vit seule."}).refused(http.StatusBadRequest, "attribution.invalid")
	if len(p.Fields) != 1 || p.Fields[0].Name != "synthesis" || p.Fields[0].Reason != "attribution.synthesis_names" {
		t.Errorf("a synthesis that names: %+v", p.Fields)
	}
	nurse.call("PATCH", path, map[string]any{"synthesis": "Vit seule, marche peu, diabète équilibré."}).want(http.StatusOK)
	if q := as[api.MTRequest](nurse.steps(told.Id, "qualified").want(http.StatusOK)); q.State != "qualified" {
		t.Errorf("qualified: %+v", q)
	}

	// And GPs say what they can take.
	if c := as[api.MTCapacity](gp.declares(2, map[string]any{"homeVisits": true}).want(http.StatusOK)); c.Quarter != "2026-Q4" || !c.Current || c.Left != 2 || *c.DeclaredBy != "Personne gp" {
		t.Errorf("declared: %+v", c)
	}
	nurse.declares(1, map[string]any{"practitioner": h.doctor2.ID}).want(http.StatusOK)
	for who, n := range map[*person]int{gp: 1, other: 1, nurse: 2, coordinator: 2} {
		if c := as[api.MTCapacityList](who.get("/mt/capacities?territory=" + senart).want(http.StatusOK)); len(c.Items) != n || c.Quarter != "2026-Q4" {
			t.Errorf("capacities: %+v, want %d", c, n)
		}
	}

	// Then the plan proposes the one who makes home visits and knows them, and the nurse sends it.
	plan := as[api.MTPlan](nurse.post("/mt/plan", map[string]any{"territory": senart}).want(http.StatusCreated))
	if len(plan.Served) != 1 || plan.Served[0].Practitioner != h.doctor.ID || !plan.Served[0].Known || plan.Served[0].Patient.Request != told.Id ||
		*plan.Served[0].Patient.Age != 76 || plan.Places != 3 || len(plan.Inputs) != 64 || plan.By != "Personne triage_nurse" {
		t.Fatalf("plan: %+v", plan)
	}
	if last := as[api.MTPlan](nurse.get("/mt/plan?territory=" + senart).want(http.StatusOK)); last.Id != plan.Id || last.Inputs != plan.Inputs {
		t.Errorf("last plan: %+v", last)
	}
	choices := as[api.MTChoiceList](nurse.get(path + "/choices").want(http.StatusOK))
	if len(choices.Items) != 2 || choices.Items[0].Practitioner != h.doctor.ID || choices.Items[1].Hurdle == nil || *choices.Items[1].Hurdle != "no_home_visits" {
		t.Errorf("choices: %+v", choices.Items)
	}
	line, _ := gp.board()
	sent := nurse.offers(told.Id, h.doctor.ID)
	if sent.Offer == nil || sent.ExpiresAt.Before(monday.AddDate(0, 0, 14)) {
		t.Fatalf("sent: %+v", sent)
	}
	if again := nurse.offers(told.Id, h.doctor.ID); again.Offer == nil || *again.Offer != *sent.Offer {
		t.Errorf("sent twice: %+v", again)
	}
	if elsewhere := nurse.offers(told.Id, h.doctor2.ID); elsewhere.Offer != nil || *elsewhere.Reason != "attribution.already_offered" || *elsewhere.Message == "" {
		t.Errorf("sent to another: %+v", elsewhere)
	}
	if f := line.next("notice"); f.Kind != "mt_offered" || f.Offer != *sent.Offer || f.Request != told.Id {
		t.Errorf("on the live line: %+v", f)
	}
	if m := arrives(t, h.bells.rung); m.Kind != "mt_offered" || m.Offer != *sent.Offer || m.URL != "/phone" || m.Urgent {
		t.Errorf("rung: %+v", m)
	}

	// The GP reads who it may be, not who it is.
	offer := "/mt/offers/" + *sent.Offer
	raw := gp.get("/mt/offers?territory=" + senart + "&state=pending").want(http.StatusOK)
	offers := as[api.MTOfferList](raw)
	if len(offers.Items) != 1 || *offers.Items[0].Summary.Age != 76 || offers.Items[0].Request != nil || !strings.HasPrefix(*offers.Items[0].Synthesis, "Vit seule") ||
		!offers.Items[0].Known || *offers.Items[0].SentBy != "Personne triage_nurse" {
		t.Fatalf("the GP's offers: %s", raw.body)
	}
	for _, secret := range []string{"Zorglubine", "Camille", "1950", "01 99", "Pharmacie Fictive", "diabète\"", "insuline"} {
		if strings.Contains(string(raw.body), secret) {
			t.Errorf("before acceptance the GP reads %q: %s", secret, raw.body)
		}
	}
	if theirs := as[api.MTOfferList](other.get("/mt/offers?territory=" + senart).want(http.StatusOK)); len(theirs.Items) != 0 {
		t.Errorf("another GP sees %+v", theirs.Items)
	}
	other.get(offer).refused(http.StatusNotFound, "attribution.offer_unknown")
	coordinator.get("/mt/offers?territory="+senart).refused(http.StatusForbidden, "account.forbidden")
	below := gp.declares(0).refused(http.StatusConflict, "attribution.capacity_below")
	if *below.Pending != 1 || *below.Taken != 0 {
		t.Errorf("below: %+v", below)
	}

	// They ask for a call, then accept, once.
	if a := as[api.MTOffer](gp.post(offer+"/answer", map[string]any{"kind": "call", "note": "Après 14 h."}).want(http.StatusOK)); a.State != "pending" || a.CallAskedAt == nil {
		t.Errorf("asked for a call: %+v", a)
	}
	if m := arrives(t, h.bells.rung); m.Kind != "mt_call_asked" || m.URL != "/pilot" {
		t.Errorf("rung: %+v", m)
	}
	for range 2 {
		accepted := as[api.MTOffer](gp.post(offer+"/answer", map[string]any{"kind": "accept"}).want(http.StatusOK))
		if accepted.State != "accepted" || accepted.Request == nil || accepted.Request.Patient.Family != "Zorglubine" || *accepted.Request.Patient.Phone == "" {
			t.Fatalf("accepted: %+v", accepted)
		}
	}
	gp.post(offer+"/answer", map[string]any{"kind": "decline", "reason": "full"}).refused(http.StatusConflict, "attribution.offer_answered")
	if m := arrives(t, h.bells.rung); m.Kind != "mt_accepted" || m.Request != told.Id {
		t.Errorf("rung: %+v", m)
	}
	if seen := as[api.MTRequest](gp.get(path).want(http.StatusOK)); seen.Patient == nil || seen.TierReason != nil {
		t.Errorf("after acceptance the GP reads %+v", seen)
	}
	if c := as[api.MTCapacityList](gp.get("/mt/capacities?territory=" + senart)); c.Items[0].Taken != 1 || c.Items[0].Pending != 0 || c.Items[0].Left != 1 {
		t.Errorf("capacity: %+v", c.Items)
	}

	// An appointment, and the attachment.
	nurse.steps(told.Id, "appointment", map[string]any{"on": "2026-11-26"}).want(http.StatusOK)
	nurse.steps(told.Id, "attached", map[string]any{"on": "2026-11-24"}).refused(http.StatusBadRequest, "attribution.invalid")
	h.pass(4 * 24 * time.Hour)
	nurse, pharmacist, coordinator = h.signIn("triage_nurse"), h.signIn("professional"), h.signIn("coordinator")
	done := as[api.MTRequest](nurse.steps(told.Id, "attached", map[string]any{"on": "2026-11-26"}).want(http.StatusOK))
	if done.State != "attached" || done.AttachedOn.String() != "2026-11-26" || done.WaitingDays != 3 || done.AppointmentOn.String() != "2026-11-26" {
		t.Errorf("attached: %+v", done)
	}
	if seen := as[api.MTRequest](pharmacist.get(path).want(http.StatusOK)); seen.State != "attached" || seen.Patient == nil || seen.Synthesis != nil {
		t.Errorf("who reported reads %+v", seen)
	}
	seen := coordinator.get(path).want(http.StatusOK)
	if r := as[api.MTRequest](seen); r.State != "attached" || r.Patient != nil || r.Age != nil || r.BirthYear != nil || r.Consent != nil || strings.Contains(string(seen.body), "diab") {
		t.Errorf("the coordinator reads %s", seen.body)
	}
	var kinds []api.MTEventKind
	for _, e := range as[api.MTEventList](nurse.get(path + "/events").want(http.StatusOK)).Items {
		kinds = append(kinds, e.Kind)
	}
	if want := []api.MTEventKind{"received", "changed", "qualified", "offered", "call_asked", "accepted", "appointment", "attached"}; !slices.Equal(kinds, want) {
		t.Errorf("history %v, want %v", kinds, want)
	}
}

func TestAPlanSaysWhoHasTheOfferNow(t *testing.T) {
	// Given a plan that proposes the nearer GP, whose offer the nurse sends to another.
	h := openHouse(t)
	nurse := h.signIn("triage_nurse")
	request := as[api.MTRequest](h.signIn("professional").reports(seeking("Ailleurs"), "plan-elsewhere").want(http.StatusCreated)).Id
	nurse.steps(request, "qualified").want(http.StatusOK)
	for _, gp := range []string{h.doctor.ID, h.doctor2.ID} {
		nurse.declares(3, map[string]any{"practitioner": gp}).want(http.StatusOK)
	}
	plan := as[api.MTPlan](nurse.post("/mt/plan", map[string]any{"territory": senart}).want(http.StatusCreated))
	if len(plan.Served) != 1 || plan.Served[0].Patient.Practitioner != nil {
		t.Fatalf("plan before any offer: %+v", plan.Served)
	}
	proposed, other := plan.Served[0].Practitioner, h.doctor2.ID
	if proposed == other {
		other = h.doctor.ID
	}
	nurse.offers(request, other)

	// When the plan is read again, then its line still proposes the one and says who has the offer.
	last := as[api.MTPlan](nurse.get("/mt/plan?territory=" + senart).want(http.StatusOK)).Served[0]
	if last.Practitioner != proposed || last.Patient.Practitioner == nil || *last.Patient.Practitioner != other {
		t.Errorf("plan after an offer to %s: %+v", other, last)
	}
}
