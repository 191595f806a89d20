package config_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/relais-snp/relais/internal/config"
)

// FuzzFile takes what an operator's file may hold: it is refused in few words,
// or gives settings that hold when asked again.
func FuzzFile(f *testing.F) {
	example, err := os.ReadFile("../../configs/relais.example.yaml")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(example)
	for _, text := range []string{"", "addr: :80\nterritories: [cpts-senart]\n", "hold_minutes: 3.5\n", "hold_minutes: 0x10\n", "log: [json]\n", "addr: {a: b}\n", "addr.b: 1\n",
		"a: &a [x]\nb: &b [*a, *a]\nc: [*b, *b]\n", "<<: {log: json}\n", "log: !!binary aGk=\n", "? [x]\n: y\n", "--- 1\n--- 2\n", "\xff", "addr: \"\x00\"\n", "trusted_proxies: ::1\n",
		"lines_per_account: 1e400\n", "database_url: postgres://u:plantee@h/d\n", "[[[[[[[[[["} {
		f.Add([]byte(text))
	}
	path := filepath.Join(f.TempDir(), "relais.yaml")
	f.Fuzz(func(t *testing.T, text []byte) {
		if err := os.WriteFile(path, text, 0o600); err != nil {
			t.Fatal(err)
		}
		cfg, err := config.Load([]string{"RELAIS_CONFIG=" + path})
		if err != nil {
			if told := err.Error(); strings.Contains(told, "plantee") || len(told) > 500+8*len(text) {
				t.Errorf("refused in %d letters: %.300s", len(told), told)
			}
			return
		}
		if err := cfg.Validate(); err != nil {
			t.Errorf("accepted, and then %v", err)
		}
		for _, s := range config.Settings() {
			if shown := cfg.Show(s.Key); shown == "?" || strings.Contains(shown, "plantee") {
				t.Errorf("%s is shown as %q", s.Key, shown)
			}
		}
	})
}

// FuzzEnvironment sets one setting to any text: what is wrong with it is said
// without it.
func FuzzEnvironment(f *testing.F) {
	for i, text := range []string{"127.0.0.1:8080", "https://relais.example.fr", "10.0.0.0/8, ::1,,", "loud-value", " ", "postgres://u:password@h/d", "redis://[::1", "keys", "a,b", "/tmp/x", "",
		",", "17", "99999999999999999999", "0x1F", "1e3", "true", "-1", "16\x00", "\xff\xfe"} {
		f.Add(i, text)
	}
	f.Fuzz(func(t *testing.T, which int, value string) {
		known := config.Settings()
		name := known[uint(which)%uint(len(known))].Env()
		cfg, err := config.Load([]string{name + "=" + value})
		if err == nil {
			if err := cfg.Validate(); err != nil {
				t.Errorf("accepted, and then %v", err)
			}
			return
		}
		// A long value cannot stand in a refusal by chance.
		if told := fmt.Sprint(err); len(value) > 24 && strings.Contains(told, value) || len(told) > 500 {
			t.Errorf("refused with %.600q", told)
		}
	})
}
