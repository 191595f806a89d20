package main

import (
	"fmt"
	"io"
	"strconv"
	"strings"
)

// room is where benchmarks are, and which of them belong to the table.
type room struct{ name, pattern string }

func rooms(only string) []room {
	var list []room
	for _, r := range []room{
		{"live/memory", "^BenchmarkClaim$"},
		{"live/redis", "^BenchmarkClaim$"},
		{"store", "^BenchmarkBooking$"},
		{"proof", "^BenchmarkSockets$"},
		{"ical", "^BenchmarkFeed"},
	} {
		if strings.Contains(r.name, only) {
			list = append(list, r)
		}
	}
	return list
}

// line is one line of the table: a benchmark, its twin, and the metric that
// compares them. A twin that begins with ":" is another metric of the same
// benchmark. Of times less is better, of everything else more.
type line struct {
	what, room, ours, bare, metric string
	ratio                          float64 // at least; of times at most; 0 for none
	least                          float64 // of the metric itself; 0 for none
}

var lines = []line{
	{"claim, engine in memory", "live/memory", "Claim", "", "claims/s", 0, 300e3},
	{"claim, Redis, 32 clients", "live/redis", "Claim/engine", "Claim/bare", "claims/s", 0.8, 0},
	{"booking, SQLite", "store", "Booking/SQLite", ":bare/s", "bookings/s", 0.5, 0},
	{"booking, PostgreSQL, 1 client", "store", "Booking/PostgreSQL/clients=1", ":bare/s", "bookings/s", 0.5, 0},
	{"booking, PostgreSQL, 16 clients", "store", "Booking/PostgreSQL/clients=16", ":bare/s", "bookings/s", 0.5, 0},
	{"fan-out to 1000 sockets, frames", "proof", "Sockets/frames/relais", "Sockets/frames/bare", "frames/cpu-s", 0.9, 0},
	{"fan-out to 1000 sockets, changes", "proof", "Sockets/events/relais", "Sockets/events/bare", "events/s", 10, 0},
	{"feed of 1000 events, first", "ical", "FeedFirst", "FeedRaw", "ns/op", 0, 0},
	{"feed of 1000 events, again", "ical", "FeedAgain", "FeedRaw", "ns/op", 2, 0},
}

func (l line) print(out io.Writer, found figures) {
	ours, ok := found[l.room+" "+l.ours+" "+l.metric]
	if !ok {
		fmt.Fprintf(out, "%s\tnot measured\t\t\t%s\t\n", l.what, l.wanted())
		return
	}
	bare, ratio := "", ""
	if twin := found[l.twin()]; twin > 0 {
		bare, ratio = l.text(twin), fmt.Sprintf("%.3g", ours/twin)
	}
	fmt.Fprintf(out, "%s\t%s\t%s\t%s\t%s\t\n", l.what, l.text(ours), bare, ratio, l.wanted())
}

func (l line) twin() string {
	if metric, same := strings.CutPrefix(l.bare, ":"); same {
		return l.room + " " + l.ours + " " + metric
	}
	return l.room + " " + l.bare + " " + l.metric
}

func (l line) wanted() string {
	switch {
	case l.least > 0:
		return "≥ " + l.text(l.least)
	case l.ratio == 0:
		return ""
	case l.metric == "ns/op":
		return fmt.Sprintf("≤ %g", l.ratio)
	}
	return fmt.Sprintf("≥ %g", l.ratio)
}

func (l line) text(v float64) string {
	if l.metric == "ns/op" {
		return fmt.Sprintf("%.3f ms", v/1e6)
	}
	if v >= 1e6 {
		return fmt.Sprintf("%.2f M %s", v/1e6, l.metric)
	}
	return fmt.Sprintf("%.0f %s", v, l.metric)
}

// figures are the metrics of benchmarks, by "room name metric".
type figures map[string]float64

// read takes the figures out of what go test printed.
func (f figures) read(room, text string) {
	for row := range strings.Lines(text) {
		words := strings.Fields(row)
		if len(words) < 4 || !strings.HasPrefix(words[0], "Benchmark") {
			continue
		}
		name := strings.TrimPrefix(words[0], "Benchmark")
		if i := strings.LastIndexByte(name, '-'); i > 0 {
			name = name[:i] // the number of processors
		}
		for i := 2; i+1 < len(words); i += 2 {
			if v, err := strconv.ParseFloat(words[i], 64); err == nil {
				f[room+" "+name+" "+words[i+1]] = v
			}
		}
	}
}
