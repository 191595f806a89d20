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
//   - Why there was no solution is a kind of a closed list, in clear, so that it
//     can be counted by commune; its words are sealed like every word of a call.
//   - What a call asked of the regulator (Effort) is written by who opened the
//     case and read only by the indicators, as medians: a Case does not carry it.
//   - The transaction of a booking ends before the pin of its hold does.
//   - A regulation centre works several territories on one board. A case belongs to
//     the territory where it was opened, a booking to its slot's, and the one may
//     answer the other when the actor regulates both; to anybody else a case of
//     another territory does not exist. A cancellation by the GP gives the case back
//     where it was opened. Figures follow: the case, and what it lacked, counts in
//     its own territory, the booking and its delay in the slot's. A refusal offers
//     slots of all the actor's territories, and a patient booked twice is noticed
//     across them.
//   - En sus: a solicitation asks GPs who chose to accept it, and nobody else. The
//     state of its row in SQL decides who wins, with its time: the chore that ends
//     overdue ones only makes the news timely. The yes makes a slot of one seat
//     (agenda.Slot.Extra), books it and closes the case in one transaction. Such a
//     slot is booked or withdrawn at every commit, so it is never offered. The
//     booking is the regulator's who asked, who is told of what becomes of it; the
//     audit names the GP. What ends a case ends what waits of it, in the same
//     transaction. GPs are told of a caller (commune, reason, delay) while it
//     waits, and of who it is by the booking alone.
//   - A patient asked for twice is warned of when asking: the GP who accepts cannot
//     know.
//   - RankSlots says what order callers are offered slots in. A Supply gives the
//     first of that order without ranking a territory whole: among slots at one
//     distance the order is that of their starts, so the best of each commune are
//     merged. A search of 100,000 slots looks at hundreds.
//   - A board in the engine's window sees every change acknowledged before it
//     was asked for. Who works where, by which slots are ranked, may lag by two
//     seconds behind an import of another process.
package regulation
