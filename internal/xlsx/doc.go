// Package xlsx writes the budget of a CPTS beside what became of it as a
// spreadsheet, which treasurers hand on to the caisse and the ARS.
//
// Decisions
//   - excelize knows the format; nothing else of it is used here than cells,
//     styles and formulas.
//   - An amount is a number, so that a spreadsheet can go on with it: cents are
//     written as the decimal digits that they are, "58248.00". A spreadsheet reads
//     them as the nearest binary number, which shows the same cents up to 15 digits;
//     amounts beyond that are no money of a CPTS and are refused.
//   - Totals are formulas, and their value stands beside them, added up in whole
//     cents: who only reads values reads the same.
//   - Words are strings of their cell and never a formula, whatever they begin with.
package xlsx
