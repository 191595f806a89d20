package web_test

import (
	"net/http"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/relais-snp/relais/internal/web"
)

// A person who types an address that does not exist reads a page with a way back; a machine reads a problem.
func TestAnUnknownAddress(t *testing.T) {
	h := openHouse(t, func(c *web.Config) {
		c.Pages = fstest.MapFS{
			"index.html":   {Data: []byte("<!doctype html>")},
			"404.html":     {Data: []byte("<!doctype html><title>Page introuvable</title>")},
			"icon-192.png": {Data: []byte("\x89PNG")},
		}
	})
	p := h.anyone()
	const browser = "text/html,application/xhtml+xml,*/*;q=0.8"

	lost := p.at("GET", "/pilot/couverture", nil, "Accept", browser).want(http.StatusNotFound)
	if kind := lost.header.Get("Content-Type"); kind != "text/html; charset=utf-8" || !strings.Contains(string(lost.body), "introuvable") {
		t.Errorf("a person reads %q: %s", kind, lost.body)
	}
	if policy := lost.header.Get("Content-Security-Policy"); strings.Contains(policy, "unsafe") || policy == "" {
		t.Errorf("policy %q", policy)
	}
	p.at("GET", "/pilot/couverture", nil, "Accept", "*/*").refused(http.StatusNotFound, "request.not_found")
	p.at("POST", "/pilot/couverture", nil, "Accept", browser).refused(http.StatusNotFound, "request.not_found")
	for _, api := range []string{"/api/v2/me", web.TrainingPath + "/api/v2/me"} {
		p.at("GET", api, nil, "Accept", browser).refused(http.StatusNotFound, "request.not_found")
	}
	if icon := p.at("GET", "/favicon.ico", nil).want(http.StatusOK); icon.header.Get("Content-Type") != "image/png" {
		t.Errorf("the icon is %q", icon.header.Get("Content-Type"))
	}
}
