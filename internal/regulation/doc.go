// Package regulation is the demand side: callers, holds, bookings, outcomes.
//
// A regulator opens a Case while the caller is on the line, sees slots ranked
// near the caller, holds a seat, books it, closes the case with an outcome.
//
// Decisions
//   - One live booking per seat is guaranteed by SQL alone (a partial unique
//     index). The live engine decides holds; it can be lost without losing a
//     booking, and everything here goes on without it except holds.
//   - A hold names one seat and carries a fence, a number that only rises. SQL
//     refuses a booking whose fence is not above every fence already used on
//     that seat, so a holder who slept through the expiry cannot come back.
//   - A hold's token says its territory and slot in clear ("territory~slot~
//     secret"): it can be routed to the right part of the engine, and when the
//     engine is away the booking still finds its slot.
//   - The transaction of a booking ends before the pin of its hold does.
package regulation
