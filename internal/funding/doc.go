// Package funding is the money of a CPTS: its ACI contract, what is due and
// when, what may be spent on what, and the books that prove it.
//
// What stands here so far is money, the schedules of contracts, the calendar of
// payments, entries with their chain, and the files that accountants read. They
// are pure, values in and values out.
//
// Decisions
//   - Money is cents in an int64 with checked arithmetic; nothing is ever a float.
//     A product is rounded once, to the nearest cent, halves away from zero;
//     shares of a whole are split by largest remainder, so that they add up.
//   - Amounts, rules and charts of accounts are dated data (configs/funding),
//     with their sources. What is not confirmed is an empty cell, and says so.
//   - An entry balances or is refused, and is never changed: a mistake is
//     reversed. Its hash covers every field with its length, and the entry before.
//   - Exports are read back by what others use: the FEC by a reader stricter than
//     the administration's tool (real days, each entry balanced), journals by
//     hledger, ledger and bean-check themselves.
package funding
