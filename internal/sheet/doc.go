// Package sheet reads files of lines that people send in, as they come out of a
// spreadsheet, and says of each line that cannot be used where and why. It also
// writes those that people take away.
//
// Decisions
//   - UTF-8 or Windows-1252, comma, semicolon or tab, columns in any order under
//     any of their names. Unknown columns are left aside and said to be, unless one
//     looks like a slip of a known column, which would silently be lost: then the
//     file is refused.
//   - Every bad line is reported with its number, column and reason; every good
//     line is kept. A message never quotes the cell.
//   - A file is bounded and read whole: encoding and separator are decided once, on
//     all of it, before any line is judged.
//   - Reasons begin with the room that reads the file, so that each room keeps its own.
//   - Windows-1252 is a table of 32 runes here, because the rooms of the domain
//     import the standard library alone.
//   - What is written is read by spreadsheets too: no cell of words can be taken
//     for a formula.
package sheet
