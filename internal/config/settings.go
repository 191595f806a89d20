package config

import "strings"

// Setting describes one setting, for messages and for relais check.
type Setting struct {
	Key     string
	Default any
	Secret  bool // has a RELAIS_X_FILE twin and is never shown
	Help    string
}

// Env is the setting's name in the environment.
func (s Setting) Env() string { return prefix + strings.ToUpper(s.Key) }

const (
	prefix  = "RELAIS_"
	fileEnv = "RELAIS_CONFIG"
	// RELAIS_TEST_ names belong to the tests, which share an environment with
	// the service they start.
	testPrefix = "RELAIS_TEST_"
)

var settings = []Setting{
	{Key: "addr", Default: "127.0.0.1:8080", Help: "where to listen, host:port"},
	{Key: "public_url", Default: "", Help: "where people reach Relais; https makes cookies secure and sets HSTS"},
	{Key: "trusted_proxies", Default: []string{}, Help: "addresses or networks whose X-Forwarded-For is believed"},
	{Key: "log", Default: "text", Help: "text or json"},
	{Key: "data_dir", Default: "data", Help: "folder of the SQLite record and the data key"},
	{Key: "database_url", Default: "", Secret: true, Help: "postgres://user:password@host/name; without it SQLite"},
	{Key: "redis_url", Default: "", Secret: true, Help: "redis://host:6379/0, or of a cluster redis://host1:6379?addr=host2:6379; without it the live state is in memory"},
	{Key: "data_key_file", Default: "", Help: "key that seals patients' identities; without it keys.json in data_dir"},
	{Key: "territories", Default: []string{}, Help: "ids of the territories to serve; without it all"},
	{Key: "territories_dir", Default: "", Help: "folder of further territory files"},
	{Key: "regulation_file", Default: "", Help: "dated rules of SNP acts; without it those of configs/regulation.yaml"},
	{Key: "attribution_file", Default: "", Help: "dated rules of finding a médecin traitant; without it those of configs/attribution.yaml"},
	{Key: "funding_dir", Default: "", Help: "folder of files in the place of those of configs/funding, or beside them"},
	{Key: "professionals_book", Default: []string{}, Help: "territories whose professionals may book"},
	{Key: "hold_minutes", Default: 3, Help: "length of a hold"},
	{Key: "extension_minutes", Default: 3, Help: "length of a hold's one extension"},
	{Key: "hold_limit", Default: 2, Help: "holds of one person at a time"},
	{Key: "pin_seconds", Default: 10, Help: "time a booking may take between hold and record"},
	{Key: "session_hours", Default: 12, Help: "how long a sign-in lasts"},
	{Key: "lines_per_account", Default: 16, Help: "live lines one account may have open at a time"},
	{Key: "max_connections", Default: 20_000, Help: "connections open at a time; one source may have half of them"},
	{Key: "push_hosts", Default: []string{"fcm.googleapis.com", "updates.push.services.mozilla.com", "*.push.services.mozilla.com", "*.notify.windows.com", "web.push.apple.com", "*.push.apple.com"},
		Help: "push services that may be posted to; others are refused to phones"},
	{Key: "smtp_url", Default: "", Secret: true, Help: "smtp://user:password@host:587 or smtps://…; without it no mail is sent"},
	{Key: "mail_from", Default: "", Help: "in whose name mails are sent, Relais <relais@example.fr>"},
	{Key: "mail_after_minutes", Default: 10, Help: "how long a notice may stay unseen before it is mailed"},
	{Key: "demo_password", Default: "", Secret: true, Help: "password of the demo's accounts; without it a random one"},
}

// Settings lists every setting, in the order to show them.
func Settings() []Setting { return settings }

func settingOf(key string) (Setting, bool) {
	for _, s := range settings {
		if s.Key == key {
			return s, true
		}
	}
	return Setting{}, false
}
