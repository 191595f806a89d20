package web_test

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/relais-snp/relais/internal/regulation"
	"github.com/relais-snp/relais/internal/web"
	"github.com/relais-snp/relais/internal/web/api"
)

func TestBadInputIsRefusedWithAReasonAndFields(t *testing.T) {
	h := openHouse(t)
	regulator, gp := h.signIn("regulator"), h.signIn("gp")
	opening := func(change ...any) map[string]any {
		o := h.opening()
		for i := 0; i < len(change); i += 2 {
			o[change[i].(string)] = change[i+1]
		}
		return o
	}
	for _, test := range []struct {
		name         string
		by           *person
		method, path string
		body         any
		status       int
		reason       string
		fields       string // "name:reason …"
	}{
		{"malformed JSON", regulator, "POST", "/cases", `{"territory":`, 400, "request.malformed", ""},
		{"two values", regulator, "POST", "/cases", `{"territory":"cpts-senart"}{}`, 400, "request.malformed", ""},
		{"no body", regulator, "POST", "/cases", nil, 400, "request.malformed", ""},
		{"null", regulator, "POST", "/cases", `null`, 400, "request.malformed", ""},
		{"not an object", regulator, "POST", "/cases", `[]`, 400, "request.invalid", ""},
		{"invalid UTF-8", regulator, "POST", "/cases", "{\"territory\":\"\xff\"}", 400, "request.malformed", ""},
		{"unknown field", regulator, "POST", "/cases", `{"territory":"cpts-senart","colour":"red"}`, 400, "request.invalid", "colour:request.unknown_field"},
		{"another case of a field", regulator, "POST", "/cases", `{"Territory":"cpts-senart"}`, 400, "request.invalid", "territory:request.required"},
		{"wrong type", regulator, "POST", "/cases", `{"territory":"cpts-senart","wishedDelayMinutes":"soon"}`, 400, "request.invalid", "wishedDelayMinutes:request.type"},
		{"a fraction", regulator, "POST", "/cases", `{"territory":"cpts-senart","wishedDelayMinutes":1.5}`, 400, "request.invalid", "wishedDelayMinutes:request.type"},
		{"a huge number", regulator, "POST", "/cases", `{"territory":"cpts-senart","wishedDelayMinutes":1e30}`, 400, "request.invalid", "wishedDelayMinutes:request.maximum"},
		{"nested", regulator, "POST", "/cases", `{"territory":"cpts-senart","patient":{"family":"x","mt":{"status":"maybe"}}}`, 400, "request.invalid", "patient.mt.status:request.enum"},
		{"oversized", regulator, "POST", "/cases", `{"territory":"` + strings.Repeat("a", 70_000) + `"}`, 413, "request.too_large", ""},
		{"unknown parameter", regulator, "GET", "/slots?territory=cpts-senart&colour=red", nil, 400, "request.invalid", "colour:request.unknown_field"},
		{"repeated parameter", regulator, "GET", "/slots?territory=cpts-senart&territory=x", nil, 400, "request.invalid", "territory:request.repeated"},
		{"missing parameter", regulator, "GET", "/slots", nil, 400, "request.invalid", "territory:request.required"},
		{"limit", regulator, "GET", "/slots?territory=cpts-senart&limit=5000", nil, 400, "request.invalid", "limit:request.maximum"},
		{"not a number", regulator, "GET", "/slots?territory=cpts-senart&limit=ten", nil, 400, "request.invalid", "limit:request.type"},
		{"a time out of reason", regulator, "GET", "/slots?territory=cpts-senart&from=9999-01-01T00:00:00Z", nil, 400, "request.invalid", "from:request.format"},
		{"a time without offset", regulator, "GET", "/slots?territory=cpts-senart&from=2026-11-23T08:00:00", nil, 400, "request.invalid", "from:request.format"},
		{"no such commune", regulator, "GET", "/slots?territory=cpts-senart&near=99999", nil, 400, "request.invalid", "near:territory.commune_unknown"},
		{"no key", regulator, "POST", "/bookings", map[string]any{"slot": "a", "patient": patient("Zorglub")}, 400, "request.invalid", "Idempotency-Key:request.required"},
		{"end before start", gp, "POST", "/openings", opening("end", "2026-11-23T09:00:00+01:00"), 400, "agenda.invalid", "end:agenda.end_before_start"},
		{"both cuts", gp, "POST", "/openings", opening("seats", 3), 400, "agenda.invalid", "slotMinutes:agenda.cut"},
		{"no such slot", regulator, "POST", "/slots/nothing/holds", nil, 404, "regulation.slot_unknown", ""},
		{"no such address", regulator, "GET", "/nowhere", nil, 404, "request.not_found", ""},
		{"no such method", regulator, "DELETE", "/slots", nil, 405, "request.method_not_allowed", ""},
		{"nobody", h.anyone(), "GET", "/me", nil, 401, "account.sign_in_required", ""},
		{"nobody, before anything is read", h.anyone(), "POST", "/cases", `{`, 401, "account.sign_in_required", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			p := test.by.call(test.method, test.path, test.body).refused(test.status, test.reason)
			for want := range strings.FieldsSeq(test.fields) {
				if !hasField(p, want) {
					t.Errorf("fields %+v, want %s", p.Fields, want)
				}
			}
		})
	}
}

func hasField(p api.Problem, want string) bool {
	for _, f := range p.Fields {
		if f.Name+":"+f.Reason == want && f.Message != nil {
			return true
		}
	}
	return false
}

func TestABodyMustBeJSON(t *testing.T) {
	h := openHouse(t)
	p := h.signIn("regulator")
	p.call("POST", "/cases", `territory=cpts-senart`, "Content-Type", "application/x-www-form-urlencoded").
		refused(http.StatusUnsupportedMediaType, "request.unsupported_media_type")
	p.call("POST", "/cases", `{"territory":"cpts-senart"}`, "Content-Type", "application/json; charset=utf-8").want(http.StatusCreated)
}

func TestAnotherSiteCannotActForASignedInPerson(t *testing.T) {
	h := openHouse(t)
	p := h.signIn("regulator")
	for _, headers := range [][]string{{"Origin", "https://ailleurs.example"}, {"Sec-Fetch-Site", "cross-site"}} {
		p.call("POST", "/cases", map[string]any{"territory": senart}, headers...).refused(http.StatusForbidden, "request.cross_origin")
	}
	p.call("POST", "/cases", map[string]any{"territory": senart}, "Origin", h.url).want(http.StatusCreated)
}

func TestSigningInAndOut(t *testing.T) {
	h := openHouse(t)
	p := h.anyone()

	p.post("/session", map[string]any{"email": "gp@relais.example", "password": "un-autre-mot-de-passe"}).
		refused(http.StatusUnauthorized, "account.bad_credentials")
	p.post("/session", map[string]any{"email": "personne@relais.example", "password": password}).
		refused(http.StatusUnauthorized, "account.bad_credentials")

	in := p.post("/session", map[string]any{"email": "GP@relais.example", "password": password}).want(http.StatusNoContent)
	first := cookie(in)
	if !first.HttpOnly || first.SameSite != http.SameSiteStrictMode || first.Path != "/" {
		t.Errorf("cookie %+v", first)
	}
	me := as[api.Me](p.get("/me").want(http.StatusOK))
	if me.Name != "Personne gp" || len(me.Roles) != 1 || me.Practitioner == nil || len(me.Territories) != 1 || me.Territories[0].Name != "CPTS Sénart" {
		t.Errorf("me: %+v", me)
	}

	again := p.post("/session", map[string]any{"email": "regulator@relais.example", "password": password}).want(http.StatusNoContent)
	if cookie(again).Value == first.Value {
		t.Error("the session kept its token through a sign-in")
	}
	h.anyone().call("GET", "/me", nil, "Cookie", first.Name+"="+first.Value).refused(http.StatusUnauthorized, "account.sign_in_required")

	p.call("DELETE", "/session", nil).want(http.StatusNoContent)
	p.get("/me").refused(http.StatusUnauthorized, "account.sign_in_required")
	p.call("DELETE", "/session", nil).want(http.StatusNoContent)
	h.anyone().call("GET", "/me", nil, "Cookie", first.Name+"="+cookie(again).Value).refused(http.StatusUnauthorized, "account.sign_in_required")
}

func cookie(a answer) *http.Cookie {
	a.t.Helper()
	for _, c := range (&http.Response{Header: a.header}).Cookies() {
		if c.Name == "relais_session" {
			return c
		}
	}
	a.t.Fatal("no session cookie")
	return nil
}

func TestGuessingPasswordsIsSlowedDown(t *testing.T) {
	h := openHouse(t)
	p := h.anyone()
	guess := func() answer {
		return p.post("/session", map[string]any{"email": "gp@relais.example", "password": "essai-malheureux"})
	}
	for range 5 {
		guess().refused(http.StatusUnauthorized, "account.bad_credentials")
	}
	locked := guess()
	locked.refused(http.StatusTooManyRequests, "account.locked")
	if wait, err := time.ParseDuration(locked.header.Get("Retry-After") + "s"); err != nil || wait <= 0 || wait > time.Minute {
		t.Errorf("Retry-After %q", locked.header.Get("Retry-After"))
	}
	h.pass(time.Minute)
	p.post("/session", map[string]any{"email": "gp@relais.example", "password": password}).want(http.StatusNoContent)
}

func TestWithoutTheRecordNothingIsPromised(t *testing.T) {
	h := openHouse(t)
	slots := h.published()
	regulator := h.signIn("regulator")
	regulator.at("GET", "/readyz", nil).want(http.StatusOK)

	if err := h.db.Close(); err != nil {
		t.Fatal(err)
	}

	regulator.at("GET", "/healthz", nil).want(http.StatusOK)
	regulator.at("GET", "/readyz", nil).want(http.StatusServiceUnavailable)
	away := regulator.call("POST", "/bookings", map[string]any{"slot": slots[0].Id, "patient": patient("Zorglub")}, "Idempotency-Key", "away-0001")
	if away.status != http.StatusServiceUnavailable || away.header.Get("Retry-After") == "" {
		t.Errorf("%d %s", away.status, away.body)
	}
}

func TestReadinessSaysWhetherTheLiveEngineAnswers(t *testing.T) {
	var away error
	h := openHouse(t, func(c *web.Config) { c.Lively = func(context.Context) error { return away } })
	tells := func(word, gauge string) {
		t.Helper()
		if got := string(h.anyone().at("GET", "/readyz", nil).want(http.StatusOK).body); got != word+"\n" {
			t.Errorf("readyz says %q, want %q", got, word)
		}
		figures := string(h.anyone().at("GET", "/metrics", nil).want(http.StatusOK).body)
		if !strings.Contains(figures, "\nrelais_live_engine_up "+gauge+"\n") {
			t.Errorf("relais_live_engine_up is not %s", gauge)
		}
	}
	tells("ready", "1")
	away = regulation.ErrEngineAway
	tells("ready, live engine away", "0")
	away = nil
	tells("ready", "1")
}
