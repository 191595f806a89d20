package config

import (
	"log/slog"
	"net/url"
)

// Secret is text that no message, log or dump shows.
type Secret string

// Reveal gives the text to whoever opens a connection with it.
func (s Secret) Reveal() string { return string(s) }

// String says only whether there is a secret.
func (s Secret) String() string {
	if s == "" {
		return "unset"
	}
	return "set (hidden)"
}

// GoString hides the text from %#v.
func (s Secret) GoString() string { return s.String() }

// LogValue hides the text from logs.
func (s Secret) LogValue() slog.Value { return slog.StringValue(s.String()) }

// MarshalText hides the text from encoders.
func (s Secret) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// Place is the part of a connection address that may be shown: scheme, host and
// path, without user, password and parameters.
func (s Secret) Place() string {
	u, err := url.Parse(string(s))
	if err != nil || u.Host == "" {
		return s.String()
	}
	return (&url.URL{Scheme: u.Scheme, Host: u.Host, Path: u.Path}).String()
}
