// Command france lets Relais live a day of all France, compressed, and says how
// it fared: 55,000 GPs who publish 275,000 slots, 120,000 callers, 2000 consoles
// over some 800 territories.
//
//	go run ./internal/proof/france [-day 10m] [-scale 1] [-seed 1] [-curves]
//
// It builds the real program, starts it with a PostgreSQL and a Redis of its own
// on free ports of the loopback (or with those named, or with SQLite and the
// engine in memory), drives it by package load, raises the rate until calls wait,
// and stops all that it started.
//
// Decisions
//   - The whole directory comes in by relais import, as a territory's own would.
//   - Two files know rooms of the server, for what no door offers. land.go reads
//     the commune table, to make territories of neighbours. seed.go writes accounts
//     and sessions straight into the record: every GP and regulator of France
//     signing in within minutes instead of a day would measure argon2id and nothing
//     else. They share one password hash; some sign in for real, about one a second.
//     What is measured still goes through the doors alone.
//   - The day is compressed, people are not slowed: rates are those of the day
//     times the compression, and the report gives the rate of a real day beside.
//   - Overseas territories are left out: their zones are tested elsewhere, and a
//     territory of neighbours must not cross an ocean.
package main
