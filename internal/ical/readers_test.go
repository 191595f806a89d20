package ical_test

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/relais-snp/relais/internal/agenda"
)

// understood is what a calendar program made of a feed.
type understood struct {
	Name         string           `json:"name"`
	Events       []understoodItem `json:"events"`
	WrongOffsets []string         `json:"wrongOffsets"`
}

type understoodItem struct {
	UID          string `json:"uid"`
	Sequence     int64  `json:"sequence"`
	Start        int64  `json:"start"` // seconds since 1970
	End          int64  `json:"end"`
	Summary      string `json:"summary"`
	Location     string `json:"location"`
	Status       string `json:"status"`
	Transparency string `json:"transparency"`
}

// meant is what a feed is meant to say. Titles are left to the golden files.
func meant(c agenda.Calendar) understood {
	u := understood{Name: c.Name, Events: []understoodItem{}}
	for _, e := range c.Entries {
		item := understoodItem{UID: "slot-" + e.Slot + "@relais", Sequence: e.Revision, Start: e.Start.Unix(), End: e.End.Unix(),
			Status: "CONFIRMED", Transparency: "TRANSPARENT"}
		if e.Booking != "" {
			item.UID = "booking-" + e.Booking + "@relais"
		}
		if e.Modality == agenda.Cabinet {
			item.Location = e.Place
		}
		switch e.State {
		case agenda.EntryBooked:
			item.Transparency = "OPAQUE"
		case agenda.EntryCancelled:
			item.Status = "CANCELLED"
		}
		u.Events = append(u.Events, item)
	}
	return u
}

// read runs a calendar program over a feed.
func read(t *testing.T, text []byte, program string, args ...string) understood {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), program, args...)
	cmd.Stdin = bytes.NewReader(text)
	var complaint bytes.Buffer
	cmd.Stderr = &complaint
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%s: %v\n%s", program, err, complaint.String())
	}
	var u understood
	if err := json.Unmarshal(out, &u); err != nil {
		t.Fatal(err)
	}
	for i := range u.Events {
		if u.Events[i].Summary == "" {
			t.Errorf("event %s has no title", u.Events[i].UID)
		}
		u.Events[i].Summary = ""
	}
	return u
}

func TestPythonReadsFeeds(t *testing.T) {
	const python = "/usr/bin/python3"
	if out, err := exec.CommandContext(t.Context(), python, "-c", "import icalendar, pytz").CombinedOutput(); err != nil {
		t.Fatalf("needs Debian's python3-icalendar and python3-tz (apt-get install python3-icalendar python3-tz): %v\n%s", err, out)
	}
	for name, c := range feeds() {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(meant(c), read(t, render(t, c), python, "testdata/read.py"), equateEmpty); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestJavaScriptReadsFeeds(t *testing.T) {
	node, err := exec.LookPath("node")
	if err != nil {
		t.Fatalf("needs Node 20 (apt-get install nodejs): %v", err)
	}
	library := filepath.Join("..", "..", "frontend", "node_modules", "ical.js", "dist", "ical.js")
	if _, err := os.Stat(library); err != nil {
		t.Fatalf("needs npm's ical.js (npm ci --prefix frontend): %v", err)
	}
	for name, c := range feeds() {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(meant(c), read(t, render(t, c), node, "testdata/read.mjs", library), equateEmpty); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// equateEmpty takes no list for an empty one.
var equateEmpty = cmp.Transformer("len", func(s []string) []string { return append([]string{}, s...) })
