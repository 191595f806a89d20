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

// read runs a calendar program once over all of the feeds.
func read(t *testing.T, feeds map[string]agenda.Calendar, program string, args ...string) map[string]understood {
	t.Helper()
	texts := map[string]string{}
	for name, c := range feeds {
		texts[name] = string(render(t, c))
	}
	input, err := json.Marshal(texts)
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), program, args...)
	cmd.Stdin = bytes.NewReader(input)
	var complaint bytes.Buffer
	cmd.Stderr = &complaint
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%s: %v\n%s", program, err, complaint.String())
	}
	var u map[string]understood
	if err := json.Unmarshal(out, &u); err != nil {
		t.Fatal(err)
	}
	return u
}

func wantUnderstood(t *testing.T, feeds map[string]agenda.Calendar, got map[string]understood) {
	t.Helper()
	for name, c := range feeds {
		u := got[name]
		for i := range u.Events {
			if u.Events[i].Summary == "" {
				t.Errorf("%s: event %s has no title", name, u.Events[i].UID)
			}
			u.Events[i].Summary = ""
		}
		if diff := cmp.Diff(meant(c), u, equateEmpty); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

// equateEmpty takes no list for an empty one.
var equateEmpty = cmp.Transformer("len", func(s []string) []string { return append([]string{}, s...) })

// python runs testdata/read.py over the feeds.
func python(t *testing.T, feeds map[string]agenda.Calendar, args ...string) map[string]understood {
	t.Helper()
	const program = "/usr/bin/python3"
	if out, err := exec.CommandContext(t.Context(), program, "-c", "import icalendar, pytz").CombinedOutput(); err != nil {
		t.Fatalf("needs Debian's python3-icalendar and python3-tz (apt-get install python3-icalendar python3-tz): %v\n%s", err, out)
	}
	return read(t, feeds, program, append([]string{"testdata/read.py"}, args...)...)
}

func TestPythonReadsFeeds(t *testing.T) {
	wantUnderstood(t, feeds(), python(t, feeds()))
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
	wantUnderstood(t, feeds(), read(t, feeds(), node, "testdata/read.mjs", library))
}
