package app_test

import (
	"net/http"
	"os"
	"path/filepath"
	"testing"
)

func TestAWeakDemoPasswordIsRefusedBeforeAnythingIsMade(t *testing.T) {
	o := newOffice(t, "RELAIS_DEMO_PASSWORD=court")
	o.run(2, "serve", "--demo")
	o.heard("demo_password")
	o.heard("12 characters at least")
	o.run(0, "check")
	o.heard("note: demo_password breaks the rules")
	if names := o.files(); len(names) > 0 {
		t.Errorf("made %v", names)
	}
}

func TestARestoredDemoGetsANewPassword(t *testing.T) {
	o := newOffice(t)
	_, stop := o.serving("--demo-quiet")
	if code := stop(); code != 0 {
		t.Fatalf("exit code %d", code)
	}
	// Given a demo of which only record and key were kept
	if err := os.Remove(filepath.Join(o.dir, "demo", "password")); err != nil {
		t.Fatal(err)
	}
	// When it is served again with a password of one's own
	o.env = append(o.env, "RELAIS_DEMO_PASSWORD=corbeau-lilas-42")
	address, stop := o.serving("--demo-quiet")
	// Then it opens
	if got := status(t, http.MethodPost, address+"/api/v1/session", `{"email":"gp@relais.demo","password":"corbeau-lilas-42"}`); got != http.StatusNoContent {
		t.Errorf("sign in: %d", got)
	}
	if code := stop(); code != 0 {
		t.Errorf("exit code %d", code)
	}
}
