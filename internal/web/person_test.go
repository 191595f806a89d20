package web_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/relais-snp/relais/internal/web/api"
)

// person is somebody with a browser.
type person struct {
	t    testing.TB
	base string
	http *http.Client
}

// anyone is a browser without session.
func (h *house) anyone() *person {
	jar, _ := cookiejar.New(nil)
	return &person{t: h.t, base: h.url, http: &http.Client{Jar: jar, Timeout: 30 * time.Second}}
}

// signIn returns the browser of an account of the house: a role's name, gp2, regulator2 or foreign.
func (h *house) signIn(name string) *person {
	h.t.Helper()
	p := h.anyone()
	p.post("/session", map[string]string{"email": name + "@relais.example", "password": password}).want(http.StatusNoContent)
	return p
}

// cookies are those the browser has of the service, for a request that calls it by another name.
func (p *person) cookies() string {
	address, _ := url.Parse(p.base)
	var pairs []string
	for _, c := range p.http.Jar.Cookies(address) {
		pairs = append(pairs, c.Name+"="+c.Value)
	}
	return strings.Join(pairs, "; ")
}

// answer is what came back.
type answer struct {
	t      testing.TB
	what   string
	status int
	header http.Header
	body   []byte
}

func (p *person) get(path string) answer            { return p.call("GET", path, nil) }
func (p *person) post(path string, body any) answer { return p.call("POST", path, body) }

// call sends a request to the API; body is marshalled unless it is a string, which goes as it is. headers come in pairs.
func (p *person) call(method, path string, body any, headers ...string) answer {
	p.t.Helper()
	return p.at(method, "/api/v1"+path, body, headers...)
}

// at is call on any path of the service.
func (p *person) at(method, path string, body any, headers ...string) answer {
	p.t.Helper()
	var content io.Reader
	switch b := body.(type) {
	case nil:
	case string:
		content = strings.NewReader(b)
	default:
		raw, err := json.Marshal(b)
		if err != nil {
			p.t.Fatal(err)
		}
		content = bytes.NewReader(raw)
	}
	r, err := http.NewRequestWithContext(p.t.Context(), method, p.base+path, content)
	if err != nil {
		p.t.Fatal(err)
	}
	if content != nil {
		r.Header.Set("Content-Type", "application/json")
	}
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
		if headers[i] == "Host" {
			r.Host = headers[i+1] // the client sends this one
		}
	}
	resp, err := p.http.Do(r)
	if err != nil {
		p.t.Fatal(err)
	}
	defer resp.Body.Close()
	raw, err := io.ReadAll(resp.Body)
	if err != nil {
		p.t.Fatal(err)
	}
	keepsPromise(p.t, r, resp, raw)
	return answer{t: p.t, what: method + " " + path, status: resp.StatusCode, header: resp.Header, body: raw}
}

// want fails the test unless the status is the one expected.
func (a answer) want(status int) answer {
	a.t.Helper()
	if a.status != status {
		a.t.Fatalf("%s: status %d, want %d: %s", a.what, a.status, status, a.body)
	}
	return a
}

// refused fails the test unless the answer is a problem with this status and reason.
func (a answer) refused(status int, reason string) api.Problem {
	a.t.Helper()
	a.want(status)
	if kind := a.header.Get("Content-Type"); !strings.HasPrefix(kind, "application/problem+json") {
		a.t.Errorf("%s: problem as %q", a.what, kind)
	}
	p := as[api.Problem](a)
	if string(p.Reason) != reason || p.Status != status || p.Title == "" || p.RequestId == nil {
		a.t.Fatalf("%s: %s, want reason %s", a.what, a.body, reason)
	}
	return p
}

// as reads the body.
func as[T any](a answer) T {
	a.t.Helper()
	var v T
	d := json.NewDecoder(bytes.NewReader(a.body))
	d.DisallowUnknownFields()
	if err := d.Decode(&v); err != nil {
		a.t.Fatalf("%s: %v: %s", a.what, err, a.body)
	}
	return v
}

// reason is that of a problem, "" of anything else.
func (a answer) reason() string {
	var p api.Problem
	_ = json.Unmarshal(a.body, &p)
	return string(p.Reason)
}
