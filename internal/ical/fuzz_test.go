package ical_test

import (
	"bytes"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/relais-snp/relais/internal/agenda"
	"github.com/relais-snp/relais/internal/ical"
)

// FuzzRender puts any text where a feed shows names that people typed: the file
// keeps its lines, whatever they hold.
func FuzzRender(f *testing.F) {
	f.Add("SNP · Dr Ada Martin", "Maison de santé, Lieusaint", "s1", "cabinet")
	f.Add("SNP\nBEGIN:VALARM", "Cabinet\r\nDESCRIPTION:injecté\r\n", "s1\r\nATTACH:x", "visite")
	f.Add("\xff\x00", strings.Repeat("é", 200)+"\\;,", "\u2028\u0085", "?")
	want := lines(render(f, calendar("Europe/Paris", entry("s1", "2026-11-23 13:00"))))
	f.Fuzz(func(t *testing.T, name, place, slot, modality string) {
		if place == "" {
			place = "x" // without a place there is one line less
		}
		c := calendar("Europe/Paris", entry("s1", "2026-11-23 13:00", func(e *agenda.Entry) {
			e.Place, e.Modality = place, agenda.Modality(modality)
		}))
		c.Name = name

		text, err := ical.Render(c, link("https://relais.example/phone"))

		if err != nil {
			t.Fatal(err)
		}
		if !utf8.Valid(text) {
			t.Fatal("not UTF-8")
		}
		for line := range bytes.SplitSeq(text, []byte("\r\n")) {
			if len(line) > 75 || bytes.ContainsAny(line, "\r\n") {
				t.Errorf("a line of %d octets: %q", len(line), line)
			}
		}
		if got := lines(text); got != want && got != want-1 {
			t.Errorf("%d properties, want %d:\n%s", got, want, text)
		}
	})
}

// lines counts the properties of a file.
func lines(text []byte) int { return strings.Count(unfold(text), "\r\n") }
