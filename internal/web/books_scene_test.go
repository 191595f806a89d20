package web_test

import (
	"maps"
	"net/http"
	"strconv"

	"github.com/relais-snp/relais/internal/web/api"
)

// signature is the body of the design's example: taille 2, access to care from 15 July, of which 17,500.00 is fixed.
func signature(change map[string]any) map[string]any {
	body := map[string]any{
		"territory": senart, "schedule": "aci-2019", "signed": "2026-01-15", "taille": 2, "siren": "732829320",
		"starts": []map[string]any{{"mission": "acces", "on": "2026-07-15"}}, "schemes": []string{"vendee-2020"},
	}
	maps.Copy(body, change)
	return body
}

// keeper is a treasurer with a contract and the fiscal year 2026.
func (h *house) keeper() *person {
	h.t.Helper()
	p := h.signIn("treasurer")
	p.call("PUT", "/funding/contract", signature(nil)).want(http.StatusOK)
	p.post("/funding/years", map[string]any{"territory": senart, "first": "2026-01-01", "last": "2026-12-31"}).want(http.StatusCreated)
	return p
}

// debit and credit are lines of an entry.
func debit(account, amount string, about ...map[string]any) map[string]any {
	return line("debit", account, amount, about)
}

func credit(account, amount string, about ...map[string]any) map[string]any {
	return line("credit", account, amount, about)
}

func line(side, account, amount string, about []map[string]any) map[string]any {
	l := map[string]any{"account": account, side: amount}
	for _, a := range about {
		maps.Copy(l, a)
	}
	return l
}

// writing is the body of an entry of the bank.
func writing(change map[string]any, lines ...map[string]any) map[string]any {
	body := map[string]any{"territory": senart, "journal": "BQ", "on": "2026-03-10", "label": "Fournitures de bureau", "piece": "F-12", "lines": lines}
	maps.Copy(body, change)
	return body
}

func (p *person) writes(body any, key string) answer {
	p.t.Helper()
	return p.call("POST", "/funding/entries", body, "Idempotency-Key", key)
}

// expected lists expected money, as a query asks.
func (p *person) expected(query string) []api.Expectation {
	p.t.Helper()
	return as[api.ExpectationList](p.get("/funding/expectations?territory=" + senart + query).want(http.StatusOK)).Items
}

func (p *person) receives(id, amount, key string, change map[string]any) answer {
	p.t.Helper()
	body := map[string]any{"amount": amount, "on": "2026-02-02", "piece": "REL-02"}
	maps.Copy(body, change)
	return p.call("POST", "/funding/expectations/"+id+"/receive", body, "Idempotency-Key", key)
}

func planned(change map[string]any) map[string]any {
	body := map[string]any{"territory": senart, "year": 2026, "budget": "fonctionnement", "label": "Coordinatrice", "account": "6411", "planned": "58248.00"}
	maps.Copy(body, change)
	return body
}

// ledger is what a scene has of the books.
type ledger struct{ entry, expectation, budget string }

func (s *scene) keeps() ledger {
	p := s.keeper()
	return ledger{
		entry:       as[api.Entry](p.writes(writing(nil, debit("606", "12.00"), credit("512", "12.00")), "scene-entry").want(http.StatusCreated)).Id,
		expectation: p.expected("")[0].Id,
		budget:      as[api.BudgetLine](p.post("/funding/budget", planned(nil)).want(http.StatusCreated)).Id,
	}
}

// id is what a call of the books names in its path.
func (l ledger) id(op string) string {
	return map[string]string{
		"getEntry": l.entry, "reverseEntry": l.entry, "receiveExpectation": l.expectation, "voidExpectation": l.expectation,
		"setBudgetLine": l.budget, "deleteBudgetLine": l.budget,
	}[op]
}

// bookRequest is the query and the body that a call of the books needs; false for another call.
func bookRequest(op string) (query string, body any, known bool) {
	in, of := "?territory="+senart, "&year="+strconv.Itoa(2026)
	switch op {
	case "getFundingContract", "getFundingCalendar", "listEnvelopes", "listFiscalYears", "listEntries", "listExpectations", "closeFiscalYear", "proposeYearEnd":
		return in, nil, true
	case "getTotals", "listIndemnities", "getBudget":
		return in + of, nil, true
	case "setFundingContract":
		return "", signature(map[string]any{"revision": 1}), true
	case "decideVariablePart":
		return "", map[string]any{"territory": senart, "mission": "acces", "year": 1, "amount": "1000.00", "on": "2026-11-20"}, true
	case "openFiscalYear":
		return "", map[string]any{"territory": senart, "first": "2027-01-01", "last": "2027-12-31"}, true
	case "postEntry":
		return "", writing(nil, debit("606", "12.00"), credit("512", "12.00")), true
	case "reverseEntry":
		return "", map[string]any{"on": "2026-04-01", "label": "Erreur"}, true
	case "receiveExpectation":
		return "", map[string]any{"amount": "100.00", "on": "2026-02-02", "piece": "REL-02"}, true
	case "addBudgetLine", "setBudgetLine":
		return "", planned(map[string]any{"label": "Local"}), true
	case "voidExpectation", "getEntry", "deleteBudgetLine":
		return "", nil, true
	}
	return "", nil, false
}
