package main

import "github.com/relais-snp/relais/internal/proof/peers"

// line is one line of the table: a figure, its twin's, and what is wanted.
type line struct {
	what, part string
	ours, twin string // names of figures in the part, without their metric; no twin: ""
	metric     string
	ratio      float64
	bound      float64 // of the figure itself, in metric; 0 for none
	elsewhere  string  // where the line is measured instead
}

// less reports whether less of a metric is better.
var less = map[string]bool{"ns/op": true, "p50-ms": true, "p99-ms": true, "ms": true, "B": true, "B/console": true}

var lines = tableLines()

func tableLines() []line {
	all := against("fan-out, 1000 consoles: frames per second of the server's processor, 40 changes/s", "frames/cpu-s", 0.9, 0)
	all = append(all, line{what: "fan-out, 1000 consoles: changes seen, as many as can be, of many slots",
		part: "fan-out", ours: peers.NameRelais, twin: peers.NameBare, metric: "events/s", ratio: 10})
	all = append(all, beside("events/s", peers.NameNchan, peers.NameNATS, peers.NameWS)...)
	all = append(all, line{what: "change → seen by 2000 consoles at 20 changes/s, median", part: "fan-out", ours: peers.NameRelais, twin: peers.NameBare, metric: "p50-ms"})
	all = append(all, against("change → seen by 2000 consoles at 20 changes/s, p99", "p99-ms", 0, 50)...)
	all = append(all, against("memory per console, 2000 consoles", "B/console", 0, 20<<10)...)
	all = append(all,
		line{what: "claim and release, engine in memory, beside a mutex and a map", part: "live/memory", ours: "Claim", twin: "BareClaim", metric: "claims/s", bound: 300e3},
		line{what: "claim and release, Redis, 32 clients, beside the same scripts", part: "live/redis", ours: "Claim/engine", twin: "Claim/bare", metric: "claims/s", ratio: 0.8},
	)
	for _, clients := range []string{"1", "16", "32"} {
		all = append(all, booking("SQLite", clients, "database/sql", ""), booking("SQLite", clients, "sharing commits", "/grouped"))
	}
	for _, clients := range []string{"1", "16", "32"} {
		all = append(all, booking("PostgreSQL", clients, "pgx", ""), booking("PostgreSQL", clients, "database/sql", "/sql"))
	}
	return append(all,
		line{what: "search near a commune, 10,000 practitioners, 100,000 slots, 50/s, median", part: "search", ours: "Search/memory", metric: "p50-ms"},
		line{what: "search near a commune, p99", part: "search", ours: "Search/memory", metric: "p99-ms", bound: 20},
		line{what: "calendar feed, 1000 events, first, beside its raw lines", part: "ical", ours: "FeedFirst", twin: "FeedRaw", metric: "ns/op"},
		line{what: "calendar feed, 1000 events, again", part: "ical", ours: "FeedAgain", twin: "FeedRaw", metric: "ns/op", ratio: 2},
		line{what: "a day of all France", part: "france", elsewhere: "make france"},
		line{what: "start, empty folder → first answer, median of 5", part: "start", ours: peers.NameRelais, metric: "ms", bound: 500},
		line{what: "memory after start, one CPTS", part: "start", ours: peers.NameRelais, metric: "B", bound: 100 << 20},
	)
}

// against is a line beside the bare hub, and one for each other peer.
func against(what, metric string, ratio, bound float64) []line {
	first := line{what: what, part: "fan-out", ours: peers.NameRelais, twin: peers.NameBare, metric: metric, ratio: ratio, bound: bound}
	return append([]line{first}, beside(metric, peers.NameNchan, peers.NameNATS, peers.NameWS)...)
}

// beside is lines that only compare.
func beside(metric string, others ...string) (list []line) {
	for _, name := range others {
		list = append(list, line{what: "  beside " + name, part: "fan-out", ours: peers.NameRelais, twin: name, metric: metric})
	}
	return list
}

func booking(database, clients, twin, more string) line {
	what := "durable booking, " + database + ", " + clients + " clients, beside " + twin
	if clients == "1" {
		what = "durable booking, " + database + ", 1 client, beside " + twin
	}
	l := line{what: what, part: "store", ours: "Booking/" + database + "/clients=" + clients + more, twin: "bare/s", metric: "bookings/s"}
	if more == "" {
		l.ratio = 0.5
	}
	return l
}
