package config

import (
	"net/netip"
	"path/filepath"
	"time"
)

// Config is how this Relais is set up. Load returns only valid ones.
type Config struct {
	// Addr is where to listen, host:port.
	Addr string `koanf:"addr"`
	// PublicURL is where people reach Relais ("https://relais.example.fr");
	// empty for wherever they do.
	PublicURL string `koanf:"public_url"`
	// TrustedProxies are the addresses whose X-Forwarded-For is believed.
	TrustedProxies []string `koanf:"trusted_proxies"`
	// Log is "text" or "json".
	Log string `koanf:"log"`

	// DataDir holds the SQLite record and the data key, unless set otherwise.
	DataDir string `koanf:"data_dir"`
	// DatabaseURL is a PostgreSQL address; empty for SQLite in DataDir.
	DatabaseURL Secret `koanf:"database_url"`
	// RedisURL is a Redis address; empty for the engine in memory.
	RedisURL Secret `koanf:"redis_url"`
	// DataKeyFile seals patients' identities; empty for keys.json in DataDir.
	DataKeyFile string `koanf:"data_key_file"`

	// Territories are the ids to serve; empty for all that are known.
	Territories []string `koanf:"territories"`
	// TerritoriesDir holds further territory files; empty for those shipped.
	TerritoriesDir string `koanf:"territories_dir"`
	// RegulationFile holds the dated rules of SNP acts; empty for those shipped.
	RegulationFile string `koanf:"regulation_file"`
	// AttributionFile holds the dated rules of finding a médecin traitant; empty for those shipped.
	AttributionFile string `koanf:"attribution_file"`
	// FundingDir holds further contracts, majorations, caps and charts of
	// accounts; empty for those shipped.
	FundingDir string `koanf:"funding_dir"`
	// ProfessionalsBook are the territories whose professionals may book.
	ProfessionalsBook []string `koanf:"professionals_book"`

	HoldMinutes      int `koanf:"hold_minutes"`      // length of a hold
	ExtensionMinutes int `koanf:"extension_minutes"` // of its one extension
	HoldLimit        int `koanf:"hold_limit"`        // holds of one person at a time
	PinSeconds       int `koanf:"pin_seconds"`       // a booking may take this long
	SessionHours     int `koanf:"session_hours"`     // a sign-in lasts this long
	LinesPerAccount  int `koanf:"lines_per_account"` // live lines of one account at a time
	MaxConnections   int `koanf:"max_connections"`   // open at a time, live lines included

	// PushHosts are the push services that may be posted to; see notice.Hosts.
	PushHosts []string `koanf:"push_hosts"`
	// SMTPURL is the mail server; empty for a service that sends no mail.
	SMTPURL Secret `koanf:"smtp_url"`
	// MailFrom is in whose name mails are sent.
	MailFrom string `koanf:"mail_from"`
	// MailAfterMinutes is how long a notice may stay unseen before it is mailed.
	MailAfterMinutes int `koanf:"mail_after_minutes"`

	// DemoPassword is that of the demo's accounts; empty for a random one.
	DemoPassword Secret `koanf:"demo_password"`

	// File is the YAML file that was read, "" for none.
	File string `koanf:"-"`
	// Origin tells where each setting that is not a default came from.
	Origin map[string]string `koanf:"-"`
	// Unknown are the RELAIS_ names of the environment that are no settings.
	Unknown []string `koanf:"-"`
}

// SQLitePath is the record's file when there is no DatabaseURL.
func (c Config) SQLitePath() string { return filepath.Join(c.DataDir, "relais.db") }

// KeyPath is the file that seals patients' identities.
func (c Config) KeyPath() string {
	if c.DataKeyFile != "" {
		return c.DataKeyFile
	}
	return filepath.Join(c.DataDir, "keys.json")
}

// HoldFor is the length of a hold.
func (c Config) HoldFor() time.Duration { return time.Duration(c.HoldMinutes) * time.Minute }

// ExtendBy is the length of a hold's one extension.
func (c Config) ExtendBy() time.Duration { return time.Duration(c.ExtensionMinutes) * time.Minute }

// PinFor is how long a booking may take between its hold and the record.
func (c Config) PinFor() time.Duration { return time.Duration(c.PinSeconds) * time.Second }

// SessionLife is how long a sign-in lasts.
func (c Config) SessionLife() time.Duration { return time.Duration(c.SessionHours) * time.Hour }

// MailAfter is how long a notice may stay unseen before it is mailed.
func (c Config) MailAfter() time.Duration { return time.Duration(c.MailAfterMinutes) * time.Minute }

// Loopback reports whether only this machine can reach Addr.
func (c Config) Loopback() bool {
	host := hostOf(c.Addr)
	ip, err := netip.ParseAddr(host)
	return host == "localhost" || err == nil && ip.IsLoopback()
}
