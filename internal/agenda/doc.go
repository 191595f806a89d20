// Package agenda is the supply side: what GPs publish.
//
// An Opening (a range of time at a location, once or weekly) yields Slots; a
// slot has one or more seats. Nothing is published that the GP did not publish,
// slot by slot or by a rule they set and can stop.
//
// Decisions
//   - A Record is a slot as SQL holds it, with the numbers of its booked seats
//     and a revision that rises with every change. What travels from SQL to the
//     live engine is always a whole Record, never an operation: applying one
//     twice, late or out of order is harmless, the highest revision stays.
//   - Slots are never deleted. A GP withdraws a slot: its free seats go, booked
//     ones stay booked. What was offered and when it went remains countable.
//   - Ids are UUIDv7 texts made by the caller's generator, so that tests can
//     foresee them and the rooms need no library.
package agenda
