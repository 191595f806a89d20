// Package fault holds the kinds of error of Relais and their stable reasons.
//
// Every error a caller can act on is a *fault.Error: a kind (what sort of
// refusal it is), a reason ("regulation.slot_taken", stable, part of the API)
// and a short French message for people. Transports map the kind to their own
// codes in one table; this package knows no transport. A fault never carries
// what the caller sent: field errors name the field and the rule, not the value.
package fault
