package web_test

import (
	"encoding/base64"
	"maps"
	"net/http"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/funding"
	"github.com/relais-snp/relais/internal/web/api"
)

const (
	someCSV = "nom;présent\r\nOdette Fictive;oui\r\n"
	somePDF = "%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
)

// treasurer is who signs contracts of a house, below its calls.
var treasurer = account.Actor{ID: "acc-treasurer", Name: "Personne treasurer", Roles: []account.Role{account.Treasurer}, Territories: []string{senart}}

// signs enters a contract that began on 15 January 2026: size 2, access to care since July.
func (h *house) signs(schemes ...string) {
	h.t.Helper()
	_, err := h.books.SetContract(h.t.Context(), treasurer, funding.Contract{
		Territory: senart, Schedule: "aci-2019", Signed: civil.MustDate("2026-01-15"), Taille: 2, Schemes: schemes,
		Starts: []funding.Start{{Mission: "acces", On: civil.MustDate("2026-07-15")}},
	})
	if err != nil {
		h.t.Fatal(err)
	}
}

// aim is the body of an objective: patients without médecin traitant, 5280 to 5000 in the first year.
func aim(change map[string]any) map[string]any {
	targets := []map[string]any{{"kind": "absolute", "value": "5000"}, {"kind": "absolute", "value": "4500"}, {"kind": "none"}, {"kind": "none"}, {"kind": "none"}}
	body := map[string]any{
		"territory": senart, "code": "mt-17", "label": "Patients sans médecin traitant", "mission": "acces", "unit": "count", "direction": "down",
		"baseline": "5280", "baseOn": "2025-12-31", "source": "Contrat", "targets": targets, "weight": 1,
	}
	maps.Copy(body, change)
	return body
}

// aims lets the coordinator add an objective.
func (h *house) aims(change map[string]any) api.Objective {
	h.t.Helper()
	return as[api.Objective](h.signIn("coordinator").post("/mission/objectives", aim(change)).want(http.StatusCreated))
}

// observed is the body of a figure of the first year.
func observed(figure string, evidence ...string) map[string]any {
	body := map[string]any{"year": 1, "on": "2026-11-20", "figure": figure, "source": "Caisse"}
	if len(evidence) > 0 {
		body["evidence"] = evidence
	}
	return body
}

func (p *person) observes(objective string, body map[string]any, key string) answer {
	p.t.Helper()
	return p.call("POST", "/mission/objectives/"+objective+"/observations", body, "Idempotency-Key", key)
}

func document(name, content string) map[string]any {
	return map[string]any{"territory": senart, "name": name, "file": base64.StdEncoding.EncodeToString([]byte(content))}
}

// proves lets the coordinator add a file.
func (h *house) proves(name, content string) api.Evidence {
	h.t.Helper()
	return as[api.Evidence](h.signIn("coordinator").post("/mission/evidence", document(name, content)).want(http.StatusCreated))
}
