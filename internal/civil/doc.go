// Package civil holds the time that people of a territory read on a wall: dates without a time, clock
// times without a date, the instants they stand for in a zone, half-open intervals, French holidays.
//
// Decisions
//   - An instant is a time.Time; a Date and a Clock are plain comparable values without a zone. They meet
//     only through [At], with an explicit *time.Location.
//   - Changes of hour follow RFC 5545 (3.3.5): a clock time that is skipped is read with the offset in force
//     before the change, so 02:30 on 2026-03-29 in Paris is 03:30 CEST; a clock time that happens twice is
//     its first occurrence. A recurrence kept as Date + Clock therefore stays at the same wall time all year,
//     and its duration in hours may differ by one on the two nights of the year.
//   - Intervals are half-open, [Start, End): two slots that touch do not overlap, and a day ends where the
//     next begins, be it 23, 24 or 25 hours long.
//   - A week starts on Monday (ISO 8601), weekdays are numbered 1 (Monday) to 7 (Sunday).
//   - The package reads no clock and imports only the standard library. Holiday libraries were left aside: the
//     eleven national days are a page of arithmetic and every domain room depends on this package. The program
//     that needs zones where the machine has none imports time/tzdata itself.
package civil
