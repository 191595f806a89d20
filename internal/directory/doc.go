// Package directory holds who gives care and where: practitioners, practice locations, their national numbers
// (RPPS, FINESS), their telephone numbers, and the import of both from the files that a CPTS has at hand.
//
// Decisions
//   - A practitioner is one RPPS number. A location is one FINESS number, or, where it has none (most cabinets
//     have none), its folded name in its commune. Importing the same file again therefore changes nothing.
//   - A file completes what is known and erases nothing: an empty cell keeps the stored value, territories and
//     locations add up.
//   - Files are read by package sheet, in French or English: at most 10 MB and 100,000 lines.
package directory
