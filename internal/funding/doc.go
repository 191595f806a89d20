// Package funding is the money of a CPTS: its ACI contract, what is due and
// when, what may be spent on what, and the books that prove it.
//
// What stands here so far is money, the schedules of contracts and the calendar
// of payments. They are pure, values in and values out.
//
// Decisions
//   - Money is cents in an int64 with checked arithmetic; nothing is ever a float.
//     A product is rounded once, to the nearest cent, halves away from zero;
//     shares of a whole are split by largest remainder, so that they add up.
//   - Amounts and rules are dated data (configs/funding), each cell with its
//     source. What is not confirmed is an empty cell, and says so.
package funding
