package web_test

import (
	"encoding/json"
	"net/http"
	"slices"
	"testing"

	"github.com/relais-snp/relais/internal/web/api"
)

// seedBooks asks for the books in every way, as a treasurer (5) and a regulator (0).
func seedBooks(f *testing.F, p *person) {
	f.Helper()
	entry := as[api.Entry](p.writes(writing(nil, debit("606", "12.00"), credit("512", "12.00")), "seed-entry").want(http.StatusCreated)).Id
	budget := as[api.BudgetLine](p.post("/funding/budget", planned(nil)).want(http.StatusCreated)).Id
	expected := p.expected("")[0].Id
	seed := func(who int, call, id, query, body string) {
		which := slices.Index(calls, call)
		if which < 0 {
			f.Fatalf("no call %s", call)
		}
		f.Add(who, which, id, query, "Idempotency-Key", "essai-livres-1", []byte(body))
	}
	text := func(body any) string {
		raw, err := json.Marshal(body)
		if err != nil {
			f.Fatal(err)
		}
		return string(raw)
	}
	at := "territory=" + senart
	huge := "999999999999999.99"
	seed(5, "GET /api/v1/funding/contract", "", at, "")
	seed(5, "PUT /api/v1/funding/contract", "", "", text(signature(map[string]any{"revision": 1, "amounts": []map[string]any{{"code": "crise", "amount": huge}}})))
	seed(5, "GET /api/v1/funding/calendar", "", at, "")
	seed(5, "PUT /api/v1/funding/decisions", "", "", `{"territory":"`+senart+`","mission":"acces","year":1,"amount":"`+huge+`","on":"2026-11-20"}`)
	seed(5, "GET /api/v1/funding/envelopes", "", at, "")
	seed(5, "POST /api/v1/funding/years", "", "", `{"territory":"`+senart+`","first":"1880-01-01","last":"2200-12-31"}`)
	seed(5, "POST /api/v1/funding/years/{}/close", "2031", at, "")
	seed(5, "GET /api/v1/funding/years/{}/end", "2026", at, "")
	seed(5, "GET /api/v1/funding/entries", "", at+"&order=newest&envelope=snp_orientation&account=512&year=2026&limit=1&cursor=MQA", "")
	seed(5, "POST /api/v1/funding/entries", "", "", text(writing(nil, debit("606", huge), debit("606", huge), credit("512", huge))))
	seed(5, "POST /api/v1/funding/entries", "", "", text(writing(map[string]any{"label": identity}, debit("606", "12.00"), credit("999", "12.00"))))
	seed(5, "POST /api/v1/funding/entries/{}/reverse", entry, "", `{"on":"2026-04-01","label":"`+identity+`"}`)
	seed(0, "GET /api/v1/funding/entries/{}", entry, "", "")
	seed(5, "GET /api/v1/funding/totals", "", at+"&year=2026", "")
	seed(5, "GET /api/v1/funding/expectations", "", at+"&kind=payment&state=pending&cursor=MjAyNi0wMS0wMQBh", "")
	seed(5, "POST /api/v1/funding/expectations/{}/receive", expected, "", `{"amount":"0.01","on":"2026-02-02","piece":"R","account":"1"}`)
	seed(5, "POST /api/v1/funding/expectations/{}/void", expected, "", "")
	seed(5, "GET /api/v1/funding/indemnities", "", at+"&year=2200", "")
	seed(5, "POST /api/v1/funding/import", "", "", text(bankFile(false, "10/03/2026;"+identity+";100,00;741", "31/02/2026;"+identity+";1,234.56;")))
	seed(5, "GET /api/v1/funding/exports/{}", "fec", at+"&year=2026&encoding=iso-8859-15", "")
	seed(5, "GET /api/v1/funding/exports/{}", "xlsx", at+"&year=2026", "")
	seed(5, "GET /api/v1/funding/budget", "", at+"&year=2026", "")
	seed(5, "PUT /api/v1/funding/budget/{}", budget, "", text(planned(map[string]any{"planned": huge})))
	seed(5, "DELETE /api/v1/funding/budget/{}", identity, "", "")
}
