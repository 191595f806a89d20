// Package live is the present: which slot is free, held or booked, in order, as
// a sequence of events that every console follows.
//
// It holds the contract (Engine, Position, Event), the Hub that brings changes
// to consoles, the Mirrors that boards and searches read from, the Relay that
// delivers what SQL committed, and the Keeper that expires holds, moves the
// window and rebuilds a lost engine. Two engines keep the contract, live/memory
// and live/redis; live/livetest is the suite that both pass.
//
// Decisions
//   - The contract stands between the domain and its engines, so store and web
//     may import live (never an engine). It is the one exception to "adapters
//     never import each other".
//   - A position is an epoch and a number that rises by one per change of a
//     territory. An engine starts a new epoch whenever it cannot prove that
//     nothing was lost; then every console takes a fresh snapshot.
//   - Records win over each other by revision, so applying is idempotent and
//     needs no order. A hold whose seat a record shows booked is gone.
//   - Boards and searches read from Mirrors, a copy of each territory in this
//     process, one implementation for both engines. A mirror does not follow
//     pushed events: each look asks Since, one short call that is needed anyway
//     to be sure that nothing is missing, and so is as fresh as the engine. No
//     goroutine and no waiting for a push are left to go wrong.
//   - What is asked of every territory all the time (is it lost, where does it
//     stand, has a hold run out) is asked of all at once. Expired holds are
//     refused by every call anyway; Expire only makes the event timely, so it is
//     called where Due says that there is something to end.
//   - Keepers move windows a few at a time and not all in one second, and end
//     holds beside a rebuild, so that no territory waits for another.
//   - A rebuild is claimed in the engine, renewed while it goes on, and given up
//     by silence: keepers need not know of each other, and none empties what
//     another has opened.
//   - Clocks are set back and jump ahead. A time noted further ahead than it can
//     be is of a clock that was ahead, and counts as over.
//   - Time is given by the caller, so that tests own the clock. Processes that
//     share an engine must keep their clocks within a second (NTP).
package live
