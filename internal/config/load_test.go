package config_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/relais-snp/relais/internal/config"
)

func write(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func mustLoad(t *testing.T, environ ...string) config.Config {
	t.Helper()
	cfg, err := config.Load(environ)
	if err != nil {
		t.Fatal(err)
	}
	return cfg
}

func TestNothingSetIsAWorkingService(t *testing.T) {
	cfg := mustLoad(t, "PATH=/usr/bin", "HOME=/root")
	if cfg.Addr != "127.0.0.1:8080" || !cfg.Loopback() || cfg.SQLitePath() != "data/relais.db" || cfg.KeyPath() != "data/keys.json" {
		t.Errorf("%+v", cfg)
	}
	if cfg.HoldFor().Minutes() != 3 || cfg.HoldLimit != 2 || cfg.PinFor().Seconds() != 10 || cfg.LinesPerAccount != 16 {
		t.Errorf("holds: %+v", cfg)
	}
}

func TestLaterLayersWin(t *testing.T) {
	file := write(t, "relais.yaml", "addr: 0.0.0.0:80\nhold_minutes: 5\nlog: json\nterritories: [cpts-senart, cpts-littoral]\nredis_url: redis://fromfile:6379\n")
	secret := write(t, "redis", "rediss://user:pass@fromsecret:6380/1\n")
	cfg := mustLoad(t, "RELAIS_CONFIG="+file, "RELAIS_HOLD_MINUTES=7", "RELAIS_LOG=", "RELAIS_REDIS_URL_FILE="+secret,
		"RELAIS_TRUSTED_PROXIES=10.0.0.0/8, ::1")

	if cfg.Addr != "0.0.0.0:80" || cfg.Loopback() || cfg.HoldMinutes != 7 || cfg.Log != "json" {
		t.Errorf("%+v", cfg)
	}
	if diff := cmp.Diff([]string{"cpts-senart", "cpts-littoral"}, cfg.Territories); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"10.0.0.0/8", "::1"}, cfg.TrustedProxies); diff != "" {
		t.Error(diff)
	}
	if cfg.RedisURL.Reveal() != "rediss://user:pass@fromsecret:6380/1" || cfg.RedisURL.Place() != "rediss://fromsecret:6380/1" {
		t.Errorf("redis %q", cfg.RedisURL.Place())
	}
	if cfg.Origin["addr"] != file || cfg.Origin["hold_minutes"] != "RELAIS_HOLD_MINUTES" || cfg.Origin["redis_url"] != "RELAIS_REDIS_URL_FILE" || cfg.Origin["pin_seconds"] != "" {
		t.Errorf("origins %v", cfg.Origin)
	}
}

func TestEverythingWrongIsSaidAtOnceAndWithoutValues(t *testing.T) {
	_, err := config.Load([]string{"RELAIS_ADDR=nowhere-planted", "RELAIS_LOG=loud-planted", "RELAIS_DATABASE_URL=mysql://planted",
		"RELAIS_HOLD_LIMIT=0", "RELAIS_LINES_PER_ACCOUNT=100001", "RELAIS_PUBLIC_URL=ftp://planted", "RELAIS_TRUSTED_PROXIES=planted"})
	text := fmt.Sprint(err)
	for _, key := range []string{"addr:", "log:", "database_url:", "hold_limit:", "lines_per_account:", "public_url:", "trusted_proxies[0]:"} {
		if !strings.Contains(text, key) {
			t.Errorf("%s is not reported in %q", key, text)
		}
	}
	if strings.Contains(text, "planted") {
		t.Errorf("a value is quoted: %q", text)
	}
}

func TestAClusterIsNamedBySeveralOfItsNodes(t *testing.T) {
	for url, want := range map[string]string{
		"redis://user:planted@a:6379?addr=b:6379&addr=c:6379": "",
		"rediss://a:6379/0?addr=b:6379":                       "",
		"redis://a:6379/?addr=planted":                        "every addr must be host:port",
		"redis://a:6379?addr=:6379":                           "every addr must be host:port",
		"redis://a:6379/2?addr=b:6379":                        "no database but 0",
	} {
		_, err := config.Load([]string{"RELAIS_REDIS_URL=" + url})
		if text := fmt.Sprint(err); want == "" && err != nil || !strings.Contains(text, want) || strings.Contains(text, "planted") {
			t.Errorf("%s: %v, want %q", url, err, want)
		}
	}
}

func TestSlipsAreRefused(t *testing.T) {
	secret := write(t, "db", "postgres://u:planted@h/d")
	for name, environ := range map[string][]string{
		`unknown setting "hold_minuts"`:    {"RELAIS_CONFIG=" + write(t, "a.yaml", "hold_minuts: 3\n")},
		"not readable YAML":                {"RELAIS_CONFIG=" + write(t, "b.yaml", "addr: [unclosed\n")},
		"RELAIS_CONFIG: open":              {"RELAIS_CONFIG=/nowhere/relais.yaml"},
		"hold_minutes: not a whole number": {"RELAIS_HOLD_MINUTES=three-planted"},
		"addr: not a text":                 {"RELAIS_CONFIG=" + write(t, "c.yaml", "addr: {host: planted}\n")},
		"both set":                         {"RELAIS_DATABASE_URL=postgres://h/planted", "RELAIS_DATABASE_URL_FILE=" + secret},
		"RELAIS_REDIS_URL_FILE: open":      {"RELAIS_REDIS_URL_FILE=/nowhere/redis"},
	} {
		_, err := config.Load(environ)
		if text := fmt.Sprint(err); !strings.Contains(text, name) || strings.Contains(text, "planted") {
			t.Errorf("want %q, got %q", name, text)
		}
	}
}

func TestForeignNamesAreRemarkedUpon(t *testing.T) {
	cfg := mustLoad(t, "RELAIS_PORT=tcp://10.0.0.7:8080", "RELAIS_ADDR_FILE=/x", "RELAIS_TEST_REDIS_URL=redis://x", "RELAIS_ADDR=:80")
	if diff := cmp.Diff([]string{"RELAIS_ADDR_FILE", "RELAIS_PORT"}, cfg.Unknown); diff != "" {
		t.Error(diff)
	}
}

func TestSecretsAreNeverShown(t *testing.T) {
	cfg := mustLoad(t, "RELAIS_DATABASE_URL=postgres://relais:planted@db/relais", "RELAIS_DEMO_PASSWORD=planted-password")
	var log bytes.Buffer
	slog.New(slog.NewJSONHandler(&log, nil)).Info("start", "config", cfg, "url", cfg.DatabaseURL)
	asJSON, err := json.Marshal(cfg)
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{fmt.Sprint(cfg), fmt.Sprintf("%+v", cfg), fmt.Sprintf("%#v", cfg), string(asJSON), log.String(), cfg.DatabaseURL.Place()} {
		if strings.Contains(text, "planted") {
			t.Errorf("shown in %q", text)
		}
	}
}

func TestTheExampleFileIsTheDefaults(t *testing.T) {
	got := mustLoad(t, "RELAIS_CONFIG=../../configs/relais.example.yaml")
	if diff := cmp.Diff(mustLoad(t), got, cmpopts.IgnoreFields(config.Config{}, "File", "Origin")); diff != "" {
		t.Error(diff)
	}
	text, err := os.ReadFile("../../configs/relais.example.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range config.Settings() {
		if !strings.Contains(string(text), s.Key+":") {
			t.Errorf("%s is not in the example", s.Key)
		}
	}
}

func TestShowTellsWhereSecretsLeadAndNoMore(t *testing.T) {
	cfg := mustLoad(t, "RELAIS_DATABASE_URL=postgres://relais:planted@db:5432/relais?sslpassword=planted", "RELAIS_DEMO_PASSWORD=planted-password",
		"RELAIS_TERRITORIES=cpts-senart")
	for key, want := range map[string]string{"database_url": "postgres://db:5432/relais", "demo_password": "set (hidden)", "redis_url": "unset",
		"hold_minutes": "3", "territories": "[cpts-senart]", "public_url": "-", "trusted_proxies": "-"} {
		if got := cfg.Show(key); got != want {
			t.Errorf("%s is shown as %q, want %q", key, got, want)
		}
	}
}
