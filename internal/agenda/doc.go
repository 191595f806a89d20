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
//   - A day is left out of a recurrence (a skip), or every day of a stretch (a
//     pause), by withdrawing what was made and by yielding nothing more. Either
//     remembers on the slot what it took (Slot.WithdrawnBy), and its end gives back
//     exactly that, where it lies ahead and nothing else was published. What a
//     person withdrew, by hand, by stopping or by changing an opening, never comes
//     back by itself; what a person restores or publishes once in a pause is
//     offered: the GP decides. A slot has one owner: leaving a day out takes it
//     over from a pause, giving the day back in a pause hands it over.
//   - A night belongs to the day on which it begins, to skips and pauses too.
//   - A pause or a skip does not wait for holds: a held slot stays as it is and is
//     named. Booked seats stay booked; cancelled, they do not become free again.
//   - A pause is the practitioner's, in all their territories. Pauses do not
//     overlap, so the days of one are its own.
//   - Locks are taken in one order: opening, slot, practitioner. Who reads pauses to
//     yield slots holds the practitioner's, and so does who begins or ends one: no
//     slot is made in a pause that begins meanwhile.
//   - A pause is one transaction, a statement a slot: 1,100 slots took 0.15 s of
//     SQLite's writer on two busy cores (BenchmarkPauseOfSixtyDays), so it is not cut.
//   - A slot en sus (Slot.Extra) was not published: it stands on top of whatever
//     is, in nobody's way, and is not listed, changed, withdrawn or restored here.
//   - Ids are UUIDv7 texts made by the caller's generator, so that tests can
//     foresee them and the rooms need no library.
package agenda
