// Package funding is the money of a CPTS: its ACI contract, what is due and
// when, what may be spent on what, and the books that prove it.
//
// Money, the schedules of contracts, the calendar of payments, what acts earn,
// entries with their chain, and the files that accountants read are pure, values
// in and values out. Service holds the use cases over the record.
//
// Decisions
//   - Money is cents in an int64 with checked arithmetic; nothing is ever a float.
//     A product is rounded once, to the nearest cent, halves away from zero;
//     shares of a whole are split by largest remainder, so that they add up.
//   - Amounts, rules and charts of accounts are dated data (configs/funding),
//     with their sources. What is not confirmed is an empty cell, and says so.
//   - An entry balances or is refused, and is never changed: a mistake is
//     reversed. Its hash covers every field with its length, and the entry before.
//   - Expected money has a key, what it comes from, and is expected once a key
//     however often that is told. It follows its cause while not all of it came: a
//     payment its contract, a majoration the act. Nothing in a payment's key changes
//     when the contract is corrected. What came stays, what of it is too much is
//     said, and what a person voided stays void. A chore looks again at the acts of
//     the last weeks. An entry names what it settles: once it is reversed, that money
//     is awaited again.
//   - Money came once: what a year's end keeps or defers and the next year takes up
//     is neither spent nor received. A cap counts a calendar year, that of the entry
//     reversed. It is of one CPTS: the books of another are not its own.
//   - A contract signed after the end of the one before is another one, with its own
//     years and envelopes.
//   - What a line is about is checked against the contract and the directory, or
//     must stand in the books already.
//   - What was paid keeps its place under a weekly cap when an earlier act of that
//     week is entered late.
//   - The year's end proposes entries and writes none. Their keys are their pieces,
//     so that whoever asks later sees what was written, by whoever; each is written
//     once, and reversed only before what takes it back.
//   - A closed year's balance sheet opens the next one, its result on 120 or 129 until
//     somebody allocates it. A year that nobody opened is caught up with by the next.
//   - A certificate names the doctor, the moment and what the act earns; nothing
//     here knows a patient.
//   - A line of a file that was imported is known again for as long as books are
//     kept, by what it says and its place among its equals in the file; in other
//     words about the same movement it is refused. An invoice is its supplier and its
//     number. No bank says what a movement is for: the file or the treasurer names the
//     other account. A dry run writes nothing: what it would have changed stands in
//     memory, so that its report is the real one.
//   - Fiscal years follow each other without a gap, and are closed once they are over
//     where the CPTS is. A budget is of an open year, and no two lines cover the same.
//   - Journals list entries by day, the FEC by number. A page of entries is in memory
//     at a time, and a file is refused before its first byte or not at all.
//   - Exports are read back by what others use: the FEC by a reader stricter than
//     the administration's tool (real days, each entry balanced), journals by
//     hledger, ledger and bean-check themselves.
package funding
