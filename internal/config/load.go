package config

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"

	"github.com/go-viper/mapstructure/v2"
	"github.com/knadh/koanf/parsers/yaml"
	"github.com/knadh/koanf/providers/confmap"
	"github.com/knadh/koanf/providers/env/v2"
	"github.com/knadh/koanf/providers/rawbytes"
	"github.com/knadh/koanf/v2"
)

// maxFile bounds the YAML file and the files of secrets.
const maxFile = 1 << 20

// Load reads the settings of an environment ("NAME=value", as os.Environ gives
// it) and the files it names. The error joins everything that is wrong, one line
// each, and quotes no value.
func Load(environ []string) (Config, error) {
	r := reader{values: koanf.New("."), origin: map[string]string{}}
	r.defaults()
	path := lookup(environ, fileEnv)
	if path != "" {
		r.file(path)
	}
	r.environment(environ)
	r.secretFiles(environ)
	if len(r.problems) > 0 {
		return Config{}, errors.Join(r.problems...)
	}
	cfg, err := r.decode()
	if err != nil {
		return Config{}, err
	}
	cfg.File, cfg.Origin, cfg.Unknown = path, r.origin, r.unknown
	return cfg, cfg.Validate()
}

type reader struct {
	values   *koanf.Koanf
	origin   map[string]string
	unknown  []string
	problems []error
}

func (r *reader) fail(format string, args ...any) {
	r.problems = append(r.problems, fmt.Errorf(format, args...))
}

func (r *reader) load(p koanf.Provider, parser koanf.Parser) error {
	return r.values.Load(p, parser)
}

func (r *reader) defaults() {
	values := map[string]any{}
	for _, s := range settings {
		values[s.Key] = s.Default
	}
	_ = r.load(confmap.Provider(values, "."), nil) // a map of ours: cannot fail
}

func (r *reader) file(path string) {
	text, err := readSmall(path)
	if err != nil {
		r.fail("%s: %w", fileEnv, err)
		return
	}
	parsed := koanf.New(".")
	if err := parsed.Load(rawbytes.Provider(text), yaml.Parser()); err != nil {
		r.fail("%s: %s is not readable YAML: %w", fileEnv, path, err)
		return
	}
	for _, key := range slices.Sorted(maps.Keys(parsed.Raw())) {
		if _, known := settingOf(key); !known {
			r.fail("%s: unknown setting %q", path, key)
			continue
		}
		r.origin[key] = path
	}
	_ = r.values.Merge(parsed) // without strict merging it cannot fail
}

func (r *reader) environment(environ []string) {
	provider := env.Provider(".", env.Opt{
		Prefix:      prefix,
		EnvironFunc: func() []string { return environ },
		TransformFunc: func(name, value string) (string, any) {
			key := strings.ToLower(strings.TrimPrefix(name, prefix))
			s, known := settingOf(key)
			if !known || value == "" {
				return "", nil
			}
			r.origin[key] = name
			if _, list := s.Default.([]string); list {
				return key, splitList(value)
			}
			return key, value
		},
	})
	if err := r.load(provider, nil); err != nil {
		r.fail("environment: %w", err)
	}
	for _, pair := range environ {
		if name, _, _ := strings.Cut(pair, "="); strings.HasPrefix(name, prefix) && !recognised(name) {
			r.unknown = append(r.unknown, name)
		}
	}
	slices.Sort(r.unknown)
}

func (r *reader) secretFiles(environ []string) {
	for _, s := range settings {
		path := lookup(environ, s.Env()+"_FILE")
		if !s.Secret || path == "" {
			continue
		}
		if lookup(environ, s.Env()) != "" {
			r.fail("%s and %s_FILE are both set: keep one", s.Env(), s.Env())
			continue
		}
		text, err := readSmall(path)
		if err != nil {
			r.fail("%s_FILE: %w", s.Env(), err)
			continue
		}
		r.origin[s.Key] = s.Env() + "_FILE"
		_ = r.values.Set(s.Key, strings.TrimRight(string(text), "\r\n"))
	}
}

// decode gives the values their types. Its own wording of a mismatch would quote
// the value, so each setting that does not fit is named instead.
func (r *reader) decode() (Config, error) {
	var cfg Config
	var problems []error
	for _, s := range settings {
		one := map[string]any{s.Key: r.values.Get(s.Key)}
		decoder, err := mapstructure.NewDecoder(&mapstructure.DecoderConfig{Result: &cfg, TagName: "koanf", WeaklyTypedInput: true})
		if err != nil {
			return Config{}, err
		}
		if decoder.Decode(one) != nil {
			problems = append(problems, fmt.Errorf("%s: not %s (from %s)", s.Key, kindOf(s.Default), r.origin[s.Key]))
		}
	}
	return cfg, errors.Join(problems...)
}

func kindOf(v any) string {
	switch v.(type) {
	case int:
		return "a whole number"
	case []string:
		return "a list"
	}
	return "a text"
}

func recognised(name string) bool {
	if name == fileEnv || strings.HasPrefix(name, testPrefix) {
		return true
	}
	s, known := settingOf(strings.ToLower(strings.TrimPrefix(strings.TrimSuffix(name, "_FILE"), prefix)))
	if known && strings.HasSuffix(name, "_FILE") && s.Secret {
		return true
	}
	_, known = settingOf(strings.ToLower(strings.TrimPrefix(name, prefix)))
	return known
}

func lookup(environ []string, name string) string {
	value := ""
	for _, pair := range environ {
		if n, v, _ := strings.Cut(pair, "="); n == name {
			value = v // the last one counts, as for a process
		}
	}
	return value
}

func splitList(text string) []string {
	var list []string
	for part := range strings.SplitSeq(text, ",") {
		if part = strings.TrimSpace(part); part != "" {
			list = append(list, part)
		}
	}
	return list
}

func readSmall(path string) ([]byte, error) {
	text, err := os.ReadFile(path)
	switch {
	case err != nil:
		return nil, err
	case len(text) > maxFile:
		return nil, fmt.Errorf("%s is larger than 1 MiB", path)
	}
	return bytes.TrimPrefix(text, []byte("\xef\xbb\xbf")), nil
}
