// Package directory holds who gives care and where: practitioners, practice locations, their national numbers
// (RPPS, FINESS), their telephone numbers, and the import of both from the files that a CPTS has at hand.
//
// Decisions
//   - A practitioner is one RPPS number. A location is one FINESS number, or, where it has none (most cabinets
//     have none), its folded name in its commune. Importing the same file again therefore changes nothing.
//   - A file completes what is known and erases nothing: an empty cell keeps the stored value, territories and
//     locations add up.
//   - A file is read as it comes out of a spreadsheet: UTF-8 or Windows-1252, comma, semicolon or tab, columns in
//     any order under French or English names, unknown columns left aside and said to be, unless one looks like a slip
//     of a known column, which would silently be lost: then the file is refused. Every bad line is reported with its
//     number, column and reason; every good line is kept. A message never quotes the cell.
//   - A file is small (10 MB, 100,000 lines, cells of 1 KB) and read whole: encoding and separator are decided
//     once, on all of it, before any line is judged.
//   - Windows-1252 is a table of 32 runes here, because the rooms of the domain import the standard library alone.
package directory
