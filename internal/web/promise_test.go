package web_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/gorillamux"
)

// promise is the contract as clients read it: every answer and every frame that a test sees is held against it.
var promise = sync.OnceValues(func() (*openapi3.T, error) {
	return openapi3.NewLoader().LoadFromFile("openapi.yaml")
})

var promisedRoutes = sync.OnceValues(func() (routers.Router, error) {
	doc, err := promise()
	if err != nil {
		return nil, err
	}
	return gorillamux.NewRouter(doc)
})

// keepsPromise fails the test when a JSON answer is not what the contract says.
func keepsPromise(t testing.TB, r *http.Request, resp *http.Response, body []byte) {
	t.Helper()
	if !strings.Contains(resp.Header.Get("Content-Type"), "json") || !strings.HasPrefix(r.URL.Path, "/api/v1/") {
		return
	}
	router, err := promisedRoutes()
	if err != nil {
		t.Fatal(err)
	}
	plain := &http.Request{Method: r.Method, URL: r.URL, Header: r.Header}
	route, params, err := router.FindRoute(plain)
	if err != nil {
		return // an address outside the contract
	}
	header := resp.Header.Clone()
	header.Set("Content-Type", strings.TrimSuffix(header.Get("Content-Type"), "; charset=utf-8"))
	err = openapi3filter.ValidateResponse(t.Context(), &openapi3filter.ResponseValidationInput{
		RequestValidationInput: &openapi3filter.RequestValidationInput{Request: plain, Route: route, PathParams: params},
		Status:                 resp.StatusCode, Header: header, Body: io.NopCloser(bytes.NewReader(body)),
		Options: &openapi3filter.Options{IncludeResponseStatus: true},
	})
	if err != nil {
		t.Errorf("%s %s answers against the contract: %v", r.Method, r.URL.Path, err)
	}
}

// frameSchemas are the schemas of what the server sends on a live line, by type.
var frameSchemas = map[string]string{
	"snapshot": "LiveSnapshot", "delta": "LiveDelta", "tick": "LiveTick", "away": "LiveAway",
	"reply": "LiveReply", "notice": "LiveNotice", "presence": "LivePresence",
}

// promised reads a frame and fails the test when it is not what the contract says, or has a member that it does not name.
func promised(t testing.TB, raw []byte) frame {
	t.Helper()
	var f frame
	d := json.NewDecoder(bytes.NewReader(raw))
	d.DisallowUnknownFields()
	if err := d.Decode(&f); err != nil {
		t.Fatalf("%v: %s", err, raw)
	}
	doc, err := promise()
	if err != nil {
		t.Fatal(err)
	}
	schema := doc.Components.Schemas[frameSchemas[f.Type]]
	if schema == nil {
		t.Fatalf("no such frame: %s", raw)
		return f
	}
	var value any
	if err := json.Unmarshal(raw, &value); err != nil {
		t.Fatal(err)
	}
	if err := schema.Value.VisitJSON(value); err != nil {
		t.Errorf("frame against the contract: %v", err)
	}
	return f
}
