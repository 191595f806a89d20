// Package load drives a running Relais as a country would: consoles on the live
// line, GPs who publish, regulators who open cases, search near a commune, hold,
// book, close and cancel. It speaks the real protocol by the parts of proof, and
// imports none of the server's rooms.
//
// World is who is there, Plan what they do, Run does it and returns a Report.
//
// Decisions
//   - Arrivals are an open loop: callers and publications are a Poisson process
//     drawn from the seed before the run, along a curve of the day. A slow server
//     does not make callers wait for each other, so it cannot hide its delays.
//     Latency counts from when an arrival was due, not from when it could be sent;
//     the later steps of a call are due a thinking time after the answer before.
//   - Calls at once are bounded. One that finds no place is an error "crowded",
//     counted with the others: nothing is skipped in silence.
//   - A refusal (409: the seat was taken meanwhile) is part of the trade and told
//     apart from an error (no answer, 429, 5xx). Both keep their latency.
//   - A console costs little here: it reads the head of each delta, and one of a
//     territory's consoles decodes what the range brings for all. Some territories
//     have one whole proof.Console besides, which a proof.Checker looks at.
//   - Load is also proof. Each territory has a Checker that is told every
//     acknowledged booking; at the end it compares the record, the engine and the
//     consoles, and every console of a territory must stand at the same position.
package load
