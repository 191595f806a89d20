package web_test

import (
	"maps"
	"net/http"

	"github.com/relais-snp/relais/internal/web/api"
)

// seeking is a report of a patient without médecin traitant, who lives in Savigny and has an ALD.
func seeking(family string, more ...map[string]any) map[string]any {
	report := map[string]any{
		"territory": senart, "origin": "professional", "commune": "77445", "criteria": []string{"ald"},
		"patient": map[string]any{"family": family, "given": "Camille", "birthDate": "1950-03-02", "phone": "01 99 00 77 88"},
		"consent": map[string]any{"on": "2026-11-20", "collector": "Infirmière Fictive"}, "reporter": "Pharmacie Fictive",
	}
	for _, m := range more {
		maps.Copy(report, m)
	}
	return report
}

// reports sends a report in.
func (p *person) reports(report map[string]any, key string) answer {
	p.t.Helper()
	return p.call("POST", "/mt/requests", report, "Idempotency-Key", key)
}

// steps takes a request one step further.
func (p *person) steps(id, kind string, more ...map[string]any) answer {
	p.t.Helper()
	step := map[string]any{"kind": kind}
	for _, m := range more {
		maps.Copy(step, m)
	}
	return p.post("/mt/requests/"+id+"/events", step)
}

// declares says how many patients a GP can take this quarter.
func (p *person) declares(places int, more ...map[string]any) answer {
	p.t.Helper()
	d := map[string]any{"territory": senart, "places": places}
	for _, m := range more {
		maps.Copy(d, m)
	}
	return p.call("PUT", "/mt/capacities", d)
}

func sending(request, practitioner string) map[string]any {
	return map[string]any{"territory": senart, "lines": []any{map[string]any{"request": request, "practitioner": practitioner}}}
}

// offers sends one offer.
func (p *person) offers(request, practitioner string) api.MTSent {
	p.t.Helper()
	list := as[api.MTSentList](p.post("/mt/offers", sending(request, practitioner)).want(http.StatusOK))
	if len(list.Items) != 1 {
		p.t.Fatalf("sent %+v", list.Items)
	}
	return list.Items[0]
}

// proposed is a request that a professional reported, and its offer to the GP, who has five places.
func (h *house) proposed(gp *person) (request, offer string) {
	h.t.Helper()
	nurse := h.signIn("triage_nurse")
	request = as[api.MTRequest](h.signIn("professional").reports(seeking("Proposée"), "scene-mt-1").want(http.StatusCreated)).Id
	nurse.steps(request, "qualified").want(http.StatusOK)
	gp.declares(5).want(http.StatusOK)
	nurse.post("/mt/plan", map[string]any{"territory": senart}).want(http.StatusCreated)
	sent := nurse.offers(request, h.doctor.ID)
	if sent.Offer == nil {
		h.t.Fatalf("not sent: %v", *sent.Reason)
	}
	return request, *sent.Offer
}
