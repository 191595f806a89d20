// Package ical writes calendar feeds: what a GP's or a CPTS's own calendar
// program subscribes to.
//
// A feed never carries a patient, a reason or a phone number. It says "SNP
// réservé 14 h 05" and links to Relais.
//
// Decisions
//   - One VEVENT per slot with free seats and per booking, never an RRULE:
//     calendar programs disagree over recurrences and changes of hour.
//   - Same content, same bytes: DTSTAMP, LAST-MODIFIED and SEQUENCE come from
//     the record, nothing from the clock. So an ETag can be strong and bytes
//     can be kept under their revision.
//   - Times bear the territory's zone, described by a VTIMEZONE. The two
//     exceptions are written in UTC: events that touch the hour which a clock
//     shows twice, and territories in a zone that is not one of France's.
//   - go-ical builds and checks the components; it does not fold lines, so
//     that is done here, at 75 octets between characters.
//   - There is no METHOD: with one, Outlook takes a feed for an invitation.
package ical
