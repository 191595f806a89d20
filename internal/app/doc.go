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
//   - The entraînement is a second, small house in this process: a record in a
//     temporary folder, an engine in memory, a hub and a door of its own below
//     /entrainement, with a cookie that no other address is sent. It is made for
//     the first trainee and removed after the last. It is given the settings of
//     regulation and no way to the real record, engine or keys, so real figures
//     cannot be touched. What a killed process left of one is removed at the
//     next start. An entraînement lives in one process: several behind a
//     proxy send /entrainement/ to one of them.
//   - The demo has a folder of its own and refuses a record with anything else
//     in it, so that simulated and real figures never meet.
package app
