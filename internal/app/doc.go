// Package app is the one place that wires everything: settings into stores,
// engines, use cases and doors, and the commands that operators type.
//
// Decisions
//   - Messages to operators are English and say what to do next. Exit codes:
//     0 done, 1 could not be done, 2 asked or configured wrongly.
//   - The service starts without Redis (and says so): only holds wait for it.
//     It does not start without its database: nothing could be acknowledged.
//   - With the engine in memory a SQLite data folder belongs to one serving
//     process, which keeps a lock on it; two would not see each other's holds.
//     Other commands may work on the record meanwhile.
//   - Connections are bounded, and descriptors kept for the stores. A newcomer
//     takes the place of who waited longest without asking; one address that is
//     no trusted proxy has half of the places.
//   - The demo has a folder of its own and refuses a record with anything else
//     in it, so that simulated and real figures never meet.
package app
