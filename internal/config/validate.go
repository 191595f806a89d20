package config

import (
	"errors"
	"fmt"
	"net"
	"net/mail"
	"net/netip"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// Validate joins everything that is wrong, one line each, without values.
func (c Config) Validate() error {
	problems := []error{
		checkAddr(c.Addr),
		checkPublicURL(c.PublicURL),
		checkURL("database_url", c.DatabaseURL, "postgres", "postgresql"),
		checkURL("redis_url", c.RedisURL, "redis", "rediss"),
		checkCluster(c.RedisURL),
		upTo("hold_minutes", c.HoldMinutes, 30),
		upTo("extension_minutes", c.ExtensionMinutes, 30),
		upTo("hold_limit", c.HoldLimit, 20),
		upTo("pin_seconds", c.PinSeconds, 60),
		upTo("session_hours", c.SessionHours, 24*14),
		upTo("lines_per_account", c.LinesPerAccount, 100_000),
		upTo("max_connections", c.MaxConnections, 1_000_000),
		upTo("mail_after_minutes", c.MailAfterMinutes, 24*60),
		checkMail(c.SMTPURL, c.MailFrom),
	}
	if c.Log != "text" && c.Log != "json" {
		problems = append(problems, errors.New("log: must be text or json"))
	}
	if strings.TrimSpace(c.DataDir) == "" {
		problems = append(problems, errors.New("data_dir: must name a folder"))
	}
	for i, p := range c.TrustedProxies {
		if !isNetwork(p) {
			problems = append(problems, fmt.Errorf("trusted_proxies[%d]: must be an address or a network such as 10.0.0.0/8", i))
		}
	}
	for i, host := range c.PushHosts {
		if !isPushHost(host) {
			problems = append(problems, fmt.Errorf("push_hosts[%d]: must be a host such as fcm.googleapis.com or *.push.apple.com, or for tests http://127.0.0.1:9001", i))
		}
	}
	return errors.Join(problems...)
}

// checkMail looks at the mail server and in whose name it is used: it wants one. Push services are given mail_from too, so it must be
// an address in any case.
func checkMail(server Secret, from string) error {
	if err := checkURL("smtp_url", server, "smtp", "smtps"); err != nil || server == "" && from == "" {
		return err
	}
	if _, err := mail.ParseAddress(from); err != nil {
		return errors.New("mail_from: it must be an address such as Relais <relais@example.fr>, and smtp_url needs one")
	}
	return nil
}

// isPushHost takes a host name, one with "*." before it, or an origin on this machine's loopback, for tests.
func isPushHost(text string) bool {
	if u, err := url.Parse(text); err == nil && u.Scheme != "" {
		ip, notIP := netip.ParseAddr(u.Hostname())
		return notIP == nil && ip.IsLoopback() && u.Port() != "" && text == u.Scheme+"://"+u.Host && (u.Scheme == "http" || u.Scheme == "https")
	}
	name := strings.TrimPrefix(text, "*.")
	_, notIP := netip.ParseAddr(name)
	return notIP != nil && strings.Contains(name, ".") && !strings.ContainsAny(name, "*/:@ ?#") && strings.Trim(name, ".") == name
}

func checkAddr(addr string) error {
	_, port, err := net.SplitHostPort(addr)
	number, notNumber := strconv.ParseUint(port, 10, 16)
	if err != nil || notNumber != nil || number > 65535 {
		return errors.New("addr: must be host:port, such as 127.0.0.1:8080")
	}
	return nil
}

func checkPublicURL(text string) error {
	if text == "" {
		return nil
	}
	u, err := url.Parse(text)
	if err != nil || u.Host == "" || u.User != nil || u.Scheme != "http" && u.Scheme != "https" || strings.Trim(u.Path, "/") != "" || u.RawQuery != "" {
		return errors.New("public_url: must look like https://relais.example.fr, without a path")
	}
	return nil
}

func checkURL(key string, s Secret, schemes ...string) error {
	if s == "" {
		return nil
	}
	u, err := url.Parse(s.Reveal())
	if err != nil || !slices.Contains(schemes, u.Scheme) || u.Host == "" && u.RawQuery == "" {
		return fmt.Errorf("%s: must start with %s:// and name a host", key, schemes[0])
	}
	return nil
}

// checkCluster looks at the further nodes of a Redis Cluster: addr=host:port,
// once for each. A cluster has no database but 0.
func checkCluster(s Secret) error {
	u, err := url.Parse(s.Reveal())
	if err != nil || !u.Query().Has("addr") {
		return nil // one server
	}
	for _, addr := range u.Query()["addr"] {
		if host, _, err := net.SplitHostPort(addr); err != nil || host == "" {
			return errors.New("redis_url: every addr must be host:port, such as redis://host1:6379?addr=host2:6379&addr=host3:6379")
		}
	}
	if path := strings.Trim(u.Path, "/"); path != "" && path != "0" {
		return errors.New("redis_url: a cluster has no database but 0")
	}
	return nil
}

func upTo(key string, value, most int) error {
	if value < 1 || value > most {
		return fmt.Errorf("%s: must lie between 1 and %d", key, most)
	}
	return nil
}

func isNetwork(text string) bool {
	_, notAddr := netip.ParseAddr(text)
	_, notPrefix := netip.ParsePrefix(text)
	return notAddr == nil || notPrefix == nil
}

func hostOf(addr string) string {
	host, _, _ := net.SplitHostPort(addr)
	return host
}
