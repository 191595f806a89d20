package web_test

import (
	"bytes"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/relais-snp/relais/internal/web"
	"github.com/relais-snp/relais/internal/web/api"
)

// identity is somebody's name in requests; no refusal and no log repeats it.
const identity = "Zorglub"

// calls are the routes of the service, the part in braces being the fuzzer's. DELETE /api/v1/session alone is missing: it would
// sign the fuzzer out.
var calls = []string{
	"POST /api/v1/session", "GET /api/v1/me", "GET /api/v1/territories", "GET /api/v1/territories/{}", "GET /api/v1/communes",
	"GET /api/v1/practitioners", "POST /api/v1/openings", "GET /api/v1/openings", "PATCH /api/v1/openings/{}", "DELETE /api/v1/openings/{}",
	"GET /api/v1/slots", "POST /api/v1/slots/{}/withdraw", "POST /api/v1/slots/{}/restore", "POST /api/v1/slots/{}/holds",
	"POST /api/v1/holds/{}/extend", "DELETE /api/v1/holds/{}", "POST /api/v1/cases", "GET /api/v1/cases", "PATCH /api/v1/cases/{}",
	"POST /api/v1/cases/{}/close", "POST /api/v1/bookings", "GET /api/v1/bookings", "GET /api/v1/bookings/{}", "POST /api/v1/bookings/{}/cancel",
	"POST /api/v1/bookings/{}/outcome", "GET /api/v1/indicators/fill", "GET /api/v1/feeds", "POST /api/v1/feeds", "DELETE /api/v1/feeds/{}",
	"GET /api/v1/feeds/{}.ics", "GET /api/v1/live", "GET /{}", "GET /api/v1/{}", "OPTIONS /api/v1/slots",
	"GET /api/v1/indicators/unmet", "GET /api/v1/indicators/calls", "GET /api/v1/indicators/weeks", "GET /api/v1/indicators/cover",
	"GET /api/v1/me/extras", "PUT /api/v1/me/extras", "GET /api/v1/me/alerts", "PUT /api/v1/me/alerts", "GET /api/v1/notices",
	"POST /api/v1/notices/seen", "GET /api/v1/push/key", "POST /api/v1/push/subscriptions", "GET /api/v1/push/subscriptions",
	"DELETE /api/v1/push/subscriptions/{}", "POST /api/v1/push/trial", "POST /api/v1/openings/{}/skips", "DELETE /api/v1/openings/{}/skips/{}",
	"POST /api/v1/pauses", "GET /api/v1/pauses", "DELETE /api/v1/pauses/{}", "PUT /api/v1/cases/{}/effort", "GET /api/v1/cases/{}/candidates",
	"POST /api/v1/solicitations", "GET /api/v1/solicitations", "POST /api/v1/solicitations/{}/accept", "POST /api/v1/solicitations/{}/decline",
	"POST /api/v1/solicitations/{}/withdraw", "POST /api/v1/training", "GET /api/v1/training", "DELETE /api/v1/training", "POST /api/v1/training/tasks/{}",
	"POST /api/v1/mt/requests", "GET /api/v1/mt/requests", "POST /api/v1/mt/requests/search", "POST /api/v1/mt/requests/import",
	"GET /api/v1/mt/requests/{}", "PATCH /api/v1/mt/requests/{}", "GET /api/v1/mt/requests/{}/events", "POST /api/v1/mt/requests/{}/events",
	"GET /api/v1/mt/requests/{}/choices", "GET /api/v1/mt/capacities", "PUT /api/v1/mt/capacities", "POST /api/v1/mt/plan", "GET /api/v1/mt/plan",
	"POST /api/v1/mt/offers", "GET /api/v1/mt/offers", "GET /api/v1/mt/offers/{}", "POST /api/v1/mt/offers/{}/answer", "POST /api/v1/mt/offers/{}/withdraw",
	"GET /api/v1/indicators/attribution", "GET /api/v1/indicators/declared", "POST /api/v1/indicators/declared", "DELETE /api/v1/indicators/declared/{}",
	"GET /api/v1/funding/contract", "PUT /api/v1/funding/contract", "GET /api/v1/funding/calendar", "PUT /api/v1/funding/decisions",
	"GET /api/v1/funding/envelopes", "GET /api/v1/funding/years", "POST /api/v1/funding/years", "POST /api/v1/funding/years/{}/close",
	"GET /api/v1/funding/years/{}/end", "GET /api/v1/funding/entries", "POST /api/v1/funding/entries", "GET /api/v1/funding/entries/{}",
	"POST /api/v1/funding/entries/{}/reverse", "GET /api/v1/funding/totals", "GET /api/v1/funding/expectations",
	"POST /api/v1/funding/expectations/{}/receive", "POST /api/v1/funding/expectations/{}/void", "GET /api/v1/funding/indemnities",
	"POST /api/v1/funding/import", "GET /api/v1/funding/exports/{}",
	"GET /api/v1/funding/budget", "POST /api/v1/funding/budget", "PUT /api/v1/funding/budget/{}", "DELETE /api/v1/funding/budget/{}",
	"GET /api/v1/certificates", "GET /api/v1/certificates/{}", "GET /api/v1/mission/objectives", "POST /api/v1/mission/objectives",
	"PUT /api/v1/mission/objectives/{}", "DELETE /api/v1/mission/objectives/{}", "POST /api/v1/mission/objectives/{}/observations", "GET /api/v1/mission/evidence", "POST /api/v1/mission/evidence",
	"GET /api/v1/mission/evidence/{}", "POST /api/v1/mission/years/{}/freeze", "GET /api/v1/mission/dialogue",
}

// A route that nobody names here would never be fuzzed.
func TestEveryRouteOfTheContractIsFuzzed(t *testing.T) {
	var served struct {
		Paths map[string]map[string]any `json:"paths"`
	}
	if err := json.Unmarshal(openHouse(t).anyone().at("GET", "/api/openapi.json", nil).want(http.StatusOK).body, &served); err != nil {
		t.Fatal(err)
	}
	if len(served.Paths) < 40 {
		t.Errorf("the contract has %d paths: this looks at nothing", len(served.Paths))
	}
	for path, methods := range served.Paths {
		for method := range methods {
			call := strings.ToUpper(method) + " /api/v1" + parameter.ReplaceAllString(path, "{}")
			if method != "parameters" && !slices.Contains(calls, call) && call != "DELETE /api/v1/session" {
				t.Errorf("%s is not fuzzed", call)
			}
		}
	}
}

var parameter = regexp.MustCompile(`\{[^}]*\}`)

// FuzzRequest sends whole requests to the whole service, as a regulator, a GP, a coordinator, a triage nurse and a treasurer: it never fails by itself, and what it refuses
// is a problem with a reason of the contract that repeats nothing.
func FuzzRequest(f *testing.F) {
	var log safeBuffer
	h := openHouse(f, func(c *web.Config) {
		c.Log = slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelWarn}))
	})
	slots := h.published()
	seedRequests(f, slots)
	request, offer := h.proposed(h.signIn("gp"))
	seedAttribution(f, request, offer, h.doctor.ID)
	seedBooks(f, h.keeper())
	seedMission(f, h.aims(nil).Id, h.proves("feuille.csv", someCSV).Hash)
	cookies := []string{h.signIn("regulator").cookies(), h.signIn("gp").cookies(), "", h.signIn("coordinator").cookies(), h.signIn("triage_nurse").cookies(), h.signIn("treasurer").cookies()}
	reasons := h.reasons()
	f.Fuzz(func(t *testing.T, who, which int, id, query, header, value string, body []byte) {
		method, path, _ := strings.Cut(calls[uint(which)%uint(len(calls))], " ")
		r := httptest.NewRequest(method, "/", bytes.NewReader(body))
		r.URL.Path, r.URL.RawQuery = strings.ReplaceAll(path, "{}", id), query
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set("Cookie", cookies[uint(who)%uint(len(cookies))])
		if header != "" {
			r.Header[http.CanonicalHeaderKey(header)] = []string{value}
		}
		answer := httptest.NewRecorder()

		h.server.ServeHTTP(answer, r)

		if answer.Code >= 500 || answer.Code < 200 {
			t.Fatalf("%s %q?%q answers %d %s", method, r.URL.Path, query, answer.Code, answer.Body)
		}
		if answer.Code >= 400 {
			soundProblem(t, answer, reasons)
		}
		if told := log.String(); strings.Contains(told, "panic") || strings.Contains(told, identity) {
			t.Fatalf("the log says %s", told)
		}
	})
}

func seedRequests(f *testing.F, slots []api.Slot) {
	f.Helper()
	seed := func(who int, call, id, query, header, value, body string) {
		which := slices.Index(calls, call)
		if which < 0 {
			f.Fatalf("no call %s", call)
		}
		f.Add(who, which, id, query, header, value, []byte(body))
	}
	opening, err := json.Marshal(map[string]any{"location": slots[0].Location, "start": "2026-11-23T16:00:00+01:00", "end": "2026-11-23T17:00:00+01:00",
		"slotMinutes": 15, "modality": "cabinet", "audience": "cpts"})
	if err != nil {
		f.Fatal(err)
	}
	patient := `"patient":{"family":"` + identity + `","birthDate":"1980-01-31","phone":"01 99 00 12 34","mt":{"status":"none"}}`
	seed(0, "POST /api/v1/session", "", "", "X-Forwarded-For", "::1", `{"email":"gp@relais.example","password":"`+identity+`"}`)
	seed(3, "GET /api/v1/indicators/attribution", "", "territory="+senart+"&from=2026-01-01&to=2026-11-30", "Accept", "text/csv", "")
	seed(3, "POST /api/v1/indicators/declared", "", "", "", "", `{"territory":"`+senart+`","kind":"without_mt","on":"2026-10-01","count":3,"base":4,"source":"CPAM"}`)
	seed(0, "GET /api/v1/communes", "", "q=cesson&territory="+senart+"&limit=5", "", "", "")
	seed(1, "POST /api/v1/openings", "", "", "Idempotency-Key", "essai-00001", string(opening))
	seed(0, "GET /api/v1/slots", "", "territory="+senart+"&near=77445&free=true&limit=2&from=2026-11-23T08:00:00%2B01:00", "Accept", "*/*;q=0", "")
	seed(0, "GET /api/v1/slots", "", "territory="+senart+"&cursor=MQBh&limit=500", "Cookie", "relais_session="+identity, "")
	seed(0, "POST /api/v1/slots/{}/holds", slots[1].Id, "", "Origin", "https://ailleurs.example", `{}`)
	seed(0, "POST /api/v1/holds/{}/extend", senart+"~"+slots[1].Id+"~"+identity, "", "", "", "")
	seed(0, "DELETE /api/v1/holds/{}", "~~", "", "", "", "")
	seed(0, "POST /api/v1/cases", "", "", "Content-Encoding", "gzip", `{"territory":"`+senart+`","commune":"77445",`+patient+`}`)
	seed(0, "GET /api/v1/cases", "", "territory="+senart+"&open=true&cursor=%00", "", "", "")
	seed(0, "POST /api/v1/bookings", "", "", "Idempotency-Key", "essai-00002", `{"slot":"`+slots[2].Id+`",`+patient+`}`)
	seed(0, "POST /api/v1/bookings", "", "", "Idempotency-Key", identity+"\x00", `{"hold":"a~b~c",`+patient+`}`)
	seed(1, "GET /api/v1/bookings", "", "territory="+senart+"&from=2026-11-23T00:00:00Z&to=2026-11-24T00:00:00Z", "", "", "")
	seed(0, "POST /api/v1/bookings/{}/cancel", "x", "", "", "", `{"by":"patient","reason":"`+identity+`"}`)
	seed(1, "GET /api/v1/indicators/fill", "", "territory="+senart+"&from=2026-11-01&to=2026-11-30&by=halfday", "Accept", "text/csv", "")
	for _, figures := range []string{"unmet", "calls", "weeks", "cover"} {
		period := "territory=" + senart + "&from=2026-11-02&to=2026-11-29"
		seed(3, "GET /api/v1/indicators/"+figures, "", period, "Accept", "text/csv", "")
		seed(3, "GET /api/v1/indicators/"+figures, "", period, "Accept", "application/json", "")
	}
	seed(1, "POST /api/v1/push/subscriptions", "", "", "", "", `{"endpoint":"https://`+identity+`@10.0.0.1/x","device":"`+identity+`","keys":{"auth":"AA","p256dh":"BC"}}`)
	seed(1, "POST /api/v1/notices/seen", "", "", "", "", `{"ids":["`+identity+`",""]}`)
	seed(1, "PUT /api/v1/me/alerts", "", "", "", "", `{"mail":false}`)
	seed(1, "PUT /api/v1/me/extras", "", "", "", "", `{"accepts":true}`)
	seed(1, "POST /api/v1/push/trial", "", "", "", "", "")
	seed(1, "POST /api/v1/openings/{}/skips", "x", "", "", "", `{"day":"2026-11-24"}`)
	seed(1, "DELETE /api/v1/openings/{}/skips/{}", "2026-11-24", "", "", "", "")
	seed(1, "POST /api/v1/pauses", "", "", "Idempotency-Key", "essai-00003", `{"from":"2026-12-24","to":"2027-01-01"}`)
	seed(0, "PUT /api/v1/cases/{}/effort", "x", "", "", "", `{"keys":12,"conflicts":1,"toHoldMs":900}`)
	seed(0, "POST /api/v1/solicitations", "", "", "Idempotency-Key", "essai-00004", `{"case":"`+identity+`","nearest":3,"minutes":5}`)
	seed(1, "POST /api/v1/solicitations/{}/accept", identity, "", "Idempotency-Key", "essai-00005", `{"start":"2026-11-23T18:00:00+01:00"}`)
	seed(0, "POST /api/v1/training/tasks/{}", "5", "", "", "", "")
	seed(1, "POST /api/v1/feeds", "", "", "", "", `{"kind":"practitioner"}`)
	seed(2, "GET /api/v1/feeds/{}.ics", "AAAAAAAAAAAAAAAAAAAAAA", "", "If-None-Match", `"x", *`, "")
	seed(0, "GET /api/v1/live", "", "", "Upgrade", "websocket", "")
	seed(2, "GET /{}", "assets/../index.html", "", "Range", "bytes=0-0,5-1", "")
	seed(2, "GET /{}", "console\x00%2f..", ";;&=&%zz", "Host", "\xff", strings.Repeat("[", 9000))
}

// seedAttribution asks for a médecin traitant in every way, as a nurse (4) and a GP (1).
func seedAttribution(f *testing.F, request, offer, gp string) {
	f.Helper()
	seed := func(who int, call, id, query, body string) {
		which := slices.Index(calls, call)
		if which < 0 {
			f.Fatalf("no call %s", call)
		}
		f.Add(who, which, id, query, "Idempotency-Key", "essai-mt-001", []byte(body))
	}
	patient := `"patient":{"family":"` + identity + `","given":"` + identity + `","birthDate":"1950-03-02","phone":"01 99 00 77 88"}`
	consent := `"consent":{"on":"2026-11-20","collector":"` + identity + `"}`
	seed(4, "POST /api/v1/mt/requests", "", "", `{"territory":"`+senart+`","origin":"dac","commune":"77445","criteria":["ald","mt_gone"],`+patient+`,`+consent+`}`)
	seed(1, "POST /api/v1/mt/requests", "", "", `{"territory":"`+senart+`","origin":"professional","commune":"99999","birthYear":1880,`+consent+`,`+patient+`,"knownTo":"x"}`)
	seed(4, "GET /api/v1/mt/requests", "", "territory="+senart+"&state=received&state=waiting&tier=1&commune=77445&limit=1", "")
	seed(4, "GET /api/v1/mt/requests", "", "territory="+senart+"&cursor=MS4yMDI2LTExLTIzLjEAYQ", "")
	seed(3, "GET /api/v1/mt/requests/{}", request, "", "")
	seed(4, "POST /api/v1/mt/requests/search", "", "", `{"territory":"`+senart+`","family":"`+identity+`"}`)
	seed(4, "POST /api/v1/mt/requests/import", "", "", `{"territory":"`+senart+`","file":"bm9tO3Byw6lub20NClpvcmdsdWI7Q2FtaWxsZQ0K","dryRun":true}`)
	seed(4, "POST /api/v1/mt/requests/import", "", "", `{"territory":"`+senart+`","file":"!!!!"}`)
	seed(4, "PATCH /api/v1/mt/requests/{}", request, "", `{"mtGoneSince":"2026-02-31","synthesis":"`+identity+`","criteria":[]}`)
	seed(4, "GET /api/v1/mt/requests/{}/events", request, "", "")
	for _, step := range []string{`"kind":"tier_set","tier":2,"note":"` + identity + `"`, `"kind":"closed","reason":"other"`, `"kind":"merged","into":"` + request + `"`, `"kind":"appointment","on":"2027-01-04"`} {
		seed(4, "POST /api/v1/mt/requests/{}/events", request, "", `{`+step+`}`)
	}
	seed(4, "GET /api/v1/mt/requests/{}/choices", request, "", "")
	seed(1, "PUT /api/v1/mt/capacities", "", "", `{"territory":"`+senart+`","places":0,"criteria":["aged_70"],"communes":["77445","00000"],"paused":true}`)
	seed(1, "GET /api/v1/mt/capacities", "", "territory="+senart, "")
	seed(4, "POST /api/v1/mt/plan", "", "", `{"territory":"`+senart+`"}`)
	seed(4, "GET /api/v1/mt/plan", "", "territory="+senart, "")
	seed(4, "POST /api/v1/mt/offers", "", "", `{"territory":"`+senart+`","plan":"x","lines":[{"request":"`+request+`","practitioner":"`+gp+`"}]}`)
	seed(1, "GET /api/v1/mt/offers", "", "territory="+senart+"&state=pending&state=ended&request="+request, "")
	seed(1, "GET /api/v1/mt/offers/{}", offer, "", "")
	seed(1, "POST /api/v1/mt/offers/{}/answer", offer, "", `{"kind":"decline","note":"`+identity+`"}`)
	seed(4, "POST /api/v1/mt/offers/{}/withdraw", offer, "", "{}")
}

// seedMission asks for what the yearly dialogue looks at in every way, as a coordinator (3) and a GP (1).
func seedMission(f *testing.F, objective, evidence string) {
	f.Helper()
	seed := func(who int, call, id, query, body string) {
		which := slices.Index(calls, call)
		if which < 0 {
			f.Fatalf("no call %s", call)
		}
		f.Add(who, which, id, query, "Idempotency-Key", "essai-mission-1", []byte(body))
	}
	aimed := `{"territory":"` + senart + `","code":"mt-17","label":"` + identity + `","mission":"acces","unit":"count","direction":"down","baseline":"5280","baseOn":"2019-12-31",` +
		`"source":"Contrat","targets":[{"kind":"absolute","value":"5000"},{"kind":"of_baseline","value":"-10"},{"kind":"of_previous","value":"5.5"},{"kind":"none"},{"kind":"absolute"}]}`
	at := "territory=" + senart
	seed(1, "GET /api/v1/certificates", "", at+"&month=2026-11-01&practitioner=x", "")
	seed(3, "GET /api/v1/certificates", "", at+"&month=0001-01-01", "")
	seed(3, "GET /api/v1/certificates/{}", identity, "", "")
	seed(3, "GET /api/v1/mission/objectives", "", at, "")
	seed(3, "POST /api/v1/mission/objectives", "", "", aimed)
	seed(3, "PUT /api/v1/mission/objectives/{}", objective, "", aimed)
	seed(3, "POST /api/v1/mission/objectives/{}/observations", objective, "", `{"year":1,"on":"2026-11-01","figure":"9999999999.999","source":"Registre","evidence":["`+evidence+`"]}`)
	seed(3, "DELETE /api/v1/mission/objectives/{}", identity, "", "")
	seed(3, "POST /api/v1/mission/objectives/{}/observations", objective, "", `{"year":5,"on":"2199-11-01","computed":true,"source":"Registre"}`)
	seed(3, "GET /api/v1/mission/evidence", "", at, "")
	seed(3, "POST /api/v1/mission/evidence", "", "", `{"territory":"`+senart+`","name":"../`+identity+`.csv","file":"YTtiCg=="}`)
	seed(3, "POST /api/v1/mission/evidence", "", "", `{"territory":"`+senart+`","name":"a.pdf","file":"!!!!"}`)
	seed(3, "GET /api/v1/mission/evidence/{}", evidence, at, "")
	seed(3, "POST /api/v1/mission/years/{}/freeze", "1", at, "")
	seed(3, "POST /api/v1/mission/years/{}/freeze", "99999999999999999999", at, "")
	seed(3, "GET /api/v1/mission/dialogue", "", at+"&year=1", "")
}

// reasons are those that the contract declares.
func (h *house) reasons() map[string]bool {
	h.t.Helper()
	var served struct {
		Components struct {
			Schemas map[string]struct {
				Enum []any `json:"enum"`
			} `json:"schemas"`
		} `json:"components"`
	}
	if err := json.Unmarshal(h.anyone().at("GET", "/api/openapi.json", nil).want(http.StatusOK).body, &served); err != nil {
		h.t.Fatal(err)
	}
	reasons := map[string]bool{}
	for _, reason := range served.Components.Schemas["Reason"].Enum {
		reasons[reason.(string)] = true
	}
	return reasons
}

func soundProblem(t *testing.T, answer *httptest.ResponseRecorder, reasons map[string]bool) {
	t.Helper()
	if answer.Header().Get("Content-Type") == "" && answer.Body.Len() == 0 {
		return // a range that is none, a condition that failed: net/http's own answers
	}
	var p api.Problem
	if err := json.Unmarshal(answer.Body.Bytes(), &p); err != nil || !strings.HasPrefix(answer.Header().Get("Content-Type"), "application/problem+json") {
		if answer.Code == http.StatusRequestedRangeNotSatisfiable {
			return
		}
		t.Fatalf("%d %s: %s", answer.Code, answer.Header().Get("Content-Type"), answer.Body)
	}
	if !reasons[string(p.Reason)] || p.Status != answer.Code || p.Title == "" || len(p.Fields) > 200 {
		t.Errorf("problem %s", answer.Body)
	}
	if strings.Contains(answer.Body.String(), identity) {
		t.Errorf("the refusal repeats what was sent: %s", answer.Body)
	}
}
