package ical_test

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/relais-snp/relais/internal/agenda"
	"github.com/relais-snp/relais/internal/ical"
)

var update = flag.Bool("update", false, "write the golden files anew")

func render(t testing.TB, c agenda.Calendar) []byte {
	t.Helper()
	text, err := ical.Render(c, link("https://relais.example/phone"))
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func TestFeedsAsWritten(t *testing.T) {
	for name, c := range feeds() {
		t.Run(name, func(t *testing.T) {
			got := render(t, c)
			file := filepath.Join("testdata", name+".ics")
			if *update {
				if err := os.WriteFile(file, got, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), string(got)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestTheSameCalendarIsTheSameBytes(t *testing.T) {
	first := render(t, feeds()["practitioner"])
	for range 20 {
		if !bytes.Equal(first, render(t, feeds()["practitioner"])) {
			t.Fatal("another text for the same calendar")
		}
	}
}

func TestAFeedHasNoMethod(t *testing.T) {
	for name, c := range feeds() {
		if text := render(t, c); bytes.Contains(text, []byte("METHOD")) {
			t.Errorf("%s has a METHOD", name)
		}
	}
}

// control is what a name may hold after a careless import.
func TestNamesCannotBreakOutOfTheirLine(t *testing.T) {
	c := calendar("Europe/Paris", entry("s1", "2026-11-23 13:00", func(e *agenda.Entry) {
		e.Place = "Cabinet\r\nDESCRIPTION:injecté\r\n\x00, \xff fin"
	}))
	c.Name = "SNP\nBEGIN:VALARM"

	text := unfold(render(t, c))

	if !strings.Contains(text, "LOCATION:CabinetDESCRIPTION:injecté\\,  fin\r\n") {
		t.Errorf("text %s", text)
	}
	if regexp.MustCompile(`(?m)^(BEGIN:VALARM|DESCRIPTION:inj)`).MatchString(text) {
		t.Error("a name made a line of its own")
	}
}

func unfold(text []byte) string { return strings.ReplaceAll(string(text), "\r\n ", "") }

func TestLinesAreShortAndWhole(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		place := rapid.StringMatching(`[ -~éà€😀œ\x{300}]{0,200}`).Draw(t, "place")
		c := calendar("Europe/Paris", entry("s1", "2026-11-23 13:00", func(e *agenda.Entry) { e.Place = "x" + place }))
		text, err := ical.Render(c, link("https://relais.example/phone"))
		if err != nil {
			t.Fatal(err)
		}
		for line := range bytes.SplitSeq(bytes.TrimSuffix(text, []byte("\r\n")), []byte("\r\n")) {
			if len(line) > 75 {
				t.Fatalf("a line of %d octets: %q", len(line), line)
			}
			if !bytes.Equal(line, bytes.ToValidUTF8(line, nil)) {
				t.Fatalf("a character is cut in %q", line)
			}
		}
		if strings.ContainsAny(strings.ReplaceAll(string(text), "\r\n", ""), "\r\n") {
			t.Fatal("a line end that is not CRLF")
		}
		want := "LOCATION:" + strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`).Replace("x"+place) + "\r\n"
		if !strings.Contains(unfold(text), want) {
			t.Fatalf("%q is not in %q", want, unfold(text))
		}
	})
}
