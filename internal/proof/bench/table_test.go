package main

import (
	"context"
	"errors"
	"strings"
	"testing"
)

// given is a run that found what go test prints.
func given(text string) *bench {
	b := &bench{found: figures{}, failed: failures{}}
	b.found.read("room", text)
	return b
}

var claim = line{what: "claim", part: "room", ours: "Claim/engine", twin: "Claim/bare", metric: "claims/s", ratio: 0.8}

func TestLineStandsBesideItsTwin(t *testing.T) {
	for name, c := range map[string]struct {
		line  line
		text  string
		row   string
		whole bool
	}{
		"reached": {claim, "BenchmarkClaim/engine-2 10 100 ns/op 900 claims/s\nBenchmarkClaim/bare-2 10 100 ns/op 1000 claims/s\n",
			"claim|900 claims/s|1000 claims/s|0.9|≥ 0.8", true},
		"short": {claim, "BenchmarkClaim/engine-2 10 500 claims/s\nBenchmarkClaim/bare-2 10 1000 claims/s\n",
			"claim|500 claims/s|1000 claims/s|0.5|≥ 0.8 SHORT", true},
		"no twin": {claim, "BenchmarkClaim/engine-2 10 500 claims/s\n",
			"claim|500 claims/s|not measured|–|≥ 0.8", false},
		"nothing": {claim, "", "claim|not measured|not measured|–|≥ 0.8", false},
		"twin of the same benchmark": {line{what: "booking", part: "room", ours: "Booking", twin: "bare/s", metric: "bookings/s", ratio: 0.5},
			"BenchmarkBooking-2 10 300 bookings/s 400 bare/s\n", "booking|300 bookings/s|400 bookings/s|0.75|≥ 0.5", true},
		"time within its bound": {line{what: "search", part: "room", ours: "Search", metric: "p99-ms", bound: 20},
			"BenchmarkSearch-2 1 1e10 ns/op 12.5 p99-ms\n", "search|12.5 ms|–|–|≤ 20 ms", true},
		"time over its bound": {line{what: "search", part: "room", ours: "Search", metric: "p99-ms", bound: 20},
			"BenchmarkSearch-2 1 1e10 ns/op 31 p99-ms\n", "search|31 ms|–|–|≤ 20 ms SHORT", true},
		"elsewhere": {line{what: "France", part: "france", elsewhere: "make france"}, "", "France|make france|||", true},
	} {
		t.Run(name, func(t *testing.T) {
			var printed table
			whole := printed.add(c.line, given(c.text))
			if row := strings.Join(printed.rows[0], "|"); row != c.row || whole != c.whole {
				t.Errorf("%s, %v; want %s, %v", row, whole, c.row, c.whole)
			}
		})
	}
}

func TestFailureIsSaidWhereItBelongs(t *testing.T) {
	b := given("BenchmarkRelais-2 1 10 frames/s\n")
	_ = b.failed.note("room nchan", errors.New("nginx is needed\nand more"))
	var printed table
	if printed.add(line{what: "fan-out", part: "room", ours: "Relais", twin: "nchan", metric: "frames/s"}, b) {
		t.Error("a line without its twin is taken for measured")
	}
	if row := strings.Join(printed.rows[0], "|"); row != "fan-out|10 frames/s|not measured: nginx is needed|–|–" {
		t.Error(row)
	}
}

func TestEveryLineHasItsPart(t *testing.T) {
	known := map[string]bool{}
	for _, p := range parts("") {
		known[p.name] = true
	}
	for _, l := range lines {
		if !known[l.part] {
			t.Errorf("%q belongs to no part", l.what)
		}
	}
}

func TestMarkdown(t *testing.T) {
	var out strings.Builder
	printed := table{markdown: true, rows: [][]string{{"what", "Relais"}, {"start", "80 ms"}}}
	printed.print(&out)
	if want := "| what | Relais |\n| --- | --- |\n| start | 80 ms |\n"; out.String() != want {
		t.Errorf("%q", out.String())
	}
	if m := machine(context.Background()); !strings.Contains(m, "cores") || !strings.Contains(m, "Go 1.") {
		t.Error(m)
	}
}
