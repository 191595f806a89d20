package web_test

import (
	"context"
	"io"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/relais-snp/relais/internal/agenda"
	"github.com/relais-snp/relais/internal/web"
	"github.com/relais-snp/relais/internal/web/api"
)

func TestPagesAndAssets(t *testing.T) {
	h := openHouse(t)
	p := h.anyone()

	page := p.at("GET", "/console", nil).want(http.StatusOK)
	if !strings.Contains(string(page.body), "<title>Console") || page.header.Get("Cache-Control") != "no-cache" {
		t.Errorf("page %q, cached %q", page.body, page.header.Get("Cache-Control"))
	}
	p.at("GET", "/console", nil, "If-None-Match", page.header.Get("ETag")).want(http.StatusNotModified)

	plain := p.at("GET", "/assets/app-abc1.js", nil, "Accept-Encoding", "identity").want(http.StatusOK)
	packed := p.at("GET", "/assets/app-abc1.js", nil, "Accept-Encoding", "br, gzip").want(http.StatusOK)
	if !strings.Contains(plain.header.Get("Cache-Control"), "immutable") || packed.header.Get("Content-Encoding") != "gzip" ||
		len(packed.body) >= len(plain.body) || plain.header.Get("ETag") == packed.header.Get("ETag") {
		t.Errorf("asset: %v then %v", plain.header, packed.header)
	}
	if head := p.at("HEAD", "/assets/app-abc1.js", nil).want(http.StatusOK); len(head.body) != 0 {
		t.Error("HEAD has a body")
	}

	p.at("GET", "/assets/nothing.js", nil).refused(http.StatusNotFound, "request.not_found")
	p.at("GET", "/../house_test.go", nil).want(http.StatusNotFound)
	p.at("POST", "/console", "x").want(http.StatusMethodNotAllowed)
	p.at("GET", "/api/v2/me", nil).refused(http.StatusNotFound, "request.not_found")
}

func TestSecurityHeadersAreEverywhere(t *testing.T) {
	h := openHouse(t)
	for _, path := range []string{"/", "/api/v1/me", "/nowhere", "/metrics"} {
		header := h.anyone().at("GET", path, nil).header
		policy := header.Get("Content-Security-Policy")
		if !strings.Contains(policy, "default-src 'self'") || !strings.Contains(policy, "frame-ancestors 'none'") || strings.Contains(policy, "unsafe") {
			t.Errorf("%s: policy %q", path, policy)
		}
		if header.Get("X-Content-Type-Options") != "nosniff" || header.Get("Referrer-Policy") != "no-referrer" {
			t.Errorf("%s: %v", path, header)
		}
		if header.Get("Strict-Transport-Security") != "" {
			t.Errorf("%s: HSTS without TLS", path)
		}
	}
	if got := h.anyone().get("/me").header.Get("Cache-Control"); got != "no-store" {
		t.Errorf("API answers may be kept: %q", got)
	}
}

func TestBehindTLSCookiesAreSecure(t *testing.T) {
	h := openHouse(t, func(c *web.Config) { c.PublicURL = "https://relais.example" })
	in := h.anyone().post("/session", map[string]any{"email": "gp@relais.example", "password": password}).want(http.StatusNoContent)
	set := in.header.Get("Set-Cookie")
	for _, part := range []string{"__Host-relais_session=", "Secure", "HttpOnly", "SameSite=Strict", "Path=/"} {
		if !strings.Contains(set, part) {
			t.Errorf("cookie %q lacks %s", set, part)
		}
	}
	if !strings.HasPrefix(in.header.Get("Strict-Transport-Security"), "max-age=") {
		t.Error("no HSTS")
	}
}

func TestConfigurationsThatCannotBeServed(t *testing.T) {
	for _, address := range []string{"relais.example", "ftp://relais.example", "https://relais.example/path", "://"} {
		if _, err := web.New(web.Config{PublicURL: address}); err == nil {
			t.Errorf("%q was taken", address)
		}
	}
}

func TestTheContractIsServed(t *testing.T) {
	h := openHouse(t)
	served := h.anyone().at("GET", "/api/openapi.json", nil).want(http.StatusOK)
	if !strings.HasPrefix(string(served.body), `{`) || !strings.Contains(string(served.body), `"openapi":"3.1.0"`) ||
		!strings.Contains(string(served.body), `"LiveCommand"`) {
		t.Errorf("%.200s", served.body)
	}
}

func TestLargeAnswersArePacked(t *testing.T) {
	h := openHouse(t)
	plain := h.anyone().at("GET", "/api/openapi.json", nil).want(http.StatusOK)
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, h.url+"/api/openapi.json", nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Accept-Encoding", "gzip")
	resp, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	raw, err := io.ReadAll(resp.Body)
	if err != nil || resp.Header.Get("Content-Encoding") != "gzip" || len(raw) > len(plain.body)/5 {
		t.Errorf("%v, %d bytes, %v", resp.Header, len(raw), err)
	}
}

func TestMetricsCountByRoute(t *testing.T) {
	h := openHouse(t)
	h.signIn("regulator").get("/territories/" + senart).want(http.StatusOK)
	text := string(h.anyone().at("GET", "/metrics", nil).want(http.StatusOK).body)
	if !strings.Contains(text, `relais_http_request_duration_seconds_count{method="GET",route="/api/v1/territories/:id",status="200"} 1`) {
		t.Errorf("not counted by route:\n%s", text)
	}
	if strings.Contains(text, senart) {
		t.Error("a label holds what was asked for")
	}
}

func TestACalendarFeed(t *testing.T) {
	h := openHouse(t)
	h.published()
	gp := h.signIn("gp")
	made := as[api.CreatedFeed](gp.post("/feeds", map[string]any{"kind": "practitioner"}).want(http.StatusCreated))
	path := strings.TrimPrefix(made.Url, h.url)
	program := h.anyone()

	calendar := program.at("GET", path, nil, "Accept-Encoding", "identity").want(http.StatusOK)
	if !strings.HasPrefix(string(calendar.body), "BEGIN:VCALENDAR") || calendar.header.Get("Content-Type") != "text/calendar; charset=utf-8" ||
		!strings.HasPrefix(calendar.header.Get("Cache-Control"), "private") {
		t.Errorf("%s %v", calendar.body, calendar.header)
	}
	tag, modified := calendar.header.Get("ETag"), calendar.header.Get("Last-Modified")
	program.at("GET", path, nil, "Accept-Encoding", "identity", "If-None-Match", tag).want(http.StatusNotModified)
	program.at("GET", path, nil, "If-Modified-Since", modified).want(http.StatusNotModified)
	packed := program.at("GET", path, nil, "Accept-Encoding", "gzip").want(http.StatusOK)
	if packed.header.Get("Content-Encoding") != "gzip" || packed.header.Get("ETag") == tag || packed.header.Get("Vary") != "Accept-Encoding" {
		t.Errorf("packed: %v", packed.header)
	}
	program.at("GET", path, nil, "Accept-Encoding", "gzip", "If-None-Match", packed.header.Get("ETag")).want(http.StatusNotModified)
	if head := program.at("HEAD", path, nil).want(http.StatusOK); len(head.body) != 0 || head.header.Get("ETag") == "" {
		t.Errorf("HEAD: %v", head.header)
	}

	listed := as[api.FeedList](gp.get("/feeds").want(http.StatusOK))
	if len(listed.Items) != 1 || listed.Items[0].Id != made.Id {
		t.Errorf("listed: %+v", listed.Items)
	}
	gp.call("DELETE", "/feeds/"+made.Id, nil).want(http.StatusNoContent)
	program.at("GET", path, nil).refused(http.StatusNotFound, "feed.unknown")
	program.get("/feeds/AAAAAAAAAAAAAAAAAAAAAA.ics").refused(http.StatusNotFound, "feed.unknown")
	program.get("/feeds/x.ics").refused(http.StatusNotFound, "feed.unknown")
}

func TestLinksLeadHereWhateverTheCallerCallsUs(t *testing.T) {
	feedFor := func(h *house) string {
		gp := h.signIn("gp")
		return as[api.CreatedFeed](gp.call("POST", "/feeds", map[string]any{"kind": "practitioner"}, "Host", "elsewhere.example", "Cookie", gp.cookies()).want(http.StatusCreated)).Url
	}
	h := openHouse(t)
	if url := feedFor(h); !strings.HasPrefix(url, h.url+"/api/v1/feeds/") {
		t.Errorf("without a public address: %s", url)
	}
	h = openHouse(t, func(c *web.Config) { c.PublicURL = "http://relais.example/" })
	if url := feedFor(h); !strings.HasPrefix(url, "http://relais.example/api/v1/feeds/") {
		t.Errorf("with one: %s", url)
	}
}

// counted counts how often a feed is rendered.
type counted struct {
	web.Calendars
	renders atomic.Int32
}

func (c *counted) Render(ctx context.Context, feed agenda.Feed, stamp agenda.FeedStamp, packed bool) ([]byte, agenda.FeedStamp, error) {
	c.renders.Add(1)
	return c.Calendars.Render(ctx, feed, stamp, packed)
}

func TestWhatAProgramHasIsNotRenderedAgain(t *testing.T) {
	var desk *counted
	h := openHouse(t, func(c *web.Config) {
		desk = &counted{Calendars: c.Calendars}
		c.Calendars = desk
	})
	feed := as[api.CreatedFeed](h.signIn("gp").post("/feeds", map[string]any{"kind": "practitioner"}).want(http.StatusCreated))
	path := feed.Url[strings.Index(feed.Url, "/api/"):]
	program := h.anyone()
	tag := program.at("GET", path, nil).want(http.StatusOK).header.Get("ETag")

	program.at("GET", path, nil, "If-None-Match", "W/"+tag).want(http.StatusNotModified)

	if n := desk.renders.Load(); n != 1 {
		t.Errorf("rendered %d times", n)
	}
}

func TestFillAsCSV(t *testing.T) {
	h := openHouse(t)
	h.published()
	path := "/indicators/fill?territory=" + senart + "&from=2026-11-23&to=2026-11-24&by=practitioner"
	csv := h.signIn("coordinator").call("GET", path, nil, "Accept", "text/csv").want(http.StatusOK)
	if !strings.HasPrefix(csv.header.Get("Content-Type"), "text/csv") || !strings.Contains(string(csv.body), "Taux de remplissage") ||
		!strings.Contains(string(csv.body), "Dr Ada Fictif") {
		t.Errorf("%v\n%s", csv.header, csv.body)
	}
	if report := as[api.FillReport](h.signIn("coordinator").get(path).want(http.StatusOK)); len(report.Rows) != 1 || report.Total.Offered != 3 {
		t.Errorf("%+v", report)
	}
}

func TestChangingAndStoppingAnOpening(t *testing.T) {
	h := openHouse(t)
	gp := h.signIn("gp")
	weekly := h.opening()
	weekly["repeat"] = map[string]any{"weekdays": []int{1, 3}, "until": "2026-12-16"}
	made := as[api.Opening](gp.post("/openings", weekly).want(http.StatusCreated))
	if len(made.Slots) != 24 || made.Repeat == nil || made.Repeat.Until.String() != "2026-12-16" {
		t.Fatalf("%d slots, repeat %+v", len(made.Slots), made.Repeat)
	}

	changed := as[api.Opening](gp.call("PATCH", "/openings/"+made.Id, map[string]any{
		"note": "code de la porte à demander", "repeat": map[string]any{"until": "2026-12-09"},
	}).want(http.StatusOK))
	if changed.Note == nil || changed.Repeat.Until.String() != "2026-12-09" {
		t.Errorf("changed: %+v", changed)
	}
	gp.call("PATCH", "/openings/"+made.Id, map[string]any{"start": "2026-11-24T10:00:00+01:00"}).refused(http.StatusBadRequest, "request.invalid")

	gp.call("DELETE", "/openings/"+made.Id+"?from=2026-12-01T00:00:00%2B01:00", nil).want(http.StatusNoContent)
	listed := as[api.OpeningList](gp.get("/openings").want(http.StatusOK))
	if len(listed.Items) != 1 || listed.Items[0].StoppedFrom == nil || listed.Items[0].StoppedFrom.String() != "2026-12-01" {
		t.Errorf("listed: %+v", listed.Items)
	}
	left := as[api.SlotList](gp.get("/slots?territory=" + senart + "&to=2026-12-31T00:00:00Z&free=true").want(http.StatusOK))
	if len(left.Items) != 9 {
		t.Errorf("%d slots left, want those of 23, 25 and 30 November", len(left.Items))
	}
}

func TestCommunesAndPractitioners(t *testing.T) {
	h := openHouse(t)
	p := h.signIn("regulator")
	communes := as[api.CommuneList](p.get("/communes?q=saint&limit=5").want(http.StatusOK))
	if len(communes.Items) != 5 {
		t.Errorf("communes: %+v", communes.Items)
	}
	if first := as[api.CommuneList](p.get("/communes?q=cesson").want(http.StatusOK)).Items[0]; first.Insee != "77067" {
		t.Errorf("the territory's own Cesson does not come first: %+v", first)
	}
	people := as[api.PractitionerList](p.get("/practitioners?territory=" + senart).want(http.StatusOK))
	if len(people.Items) != 2 || people.Items[0].Name != "Dr Ada Fictif" || people.Items[0].Locations[0].CommuneName != "Savigny-le-Temple" ||
		people.Items[0].Locations[0].Lat == nil {
		t.Errorf("people: %+v", people.Items)
	}
	p.get("/territories/nowhere").refused(http.StatusForbidden, "account.forbidden")
}
