// Package peers sets Relais beside other ways to bring one change to many
// screens: a bare gorilla hub, nchan, ws on Node and a NATS server, each started
// on a free port of the loopback and ended by its process id.
//
// Decisions
//   - Every server is a process of its own, so that its memory and its processor
//     time are read from the system (/proc) and the consoles' share is not in
//     them. The bare hub and NATS are this very program started again (Serve).
//   - One console for all: it reads frames, finds the position without decoding
//     JSON and notes when it came. It costs every server the same.
//   - One size for all: a peer's event has as many bytes as Relais' delta of one
//     slot (EventBytes).
//   - Relais is the real program with its doors, sessions and SQLite: its changes
//     are holds and releases asked over live lines of their own. A peer's changes
//     are published by the door it has for that. What a command costs Relais
//     (decode, authorise, claim, answer) is in its figures; a peer's publish has
//     no such work.
//   - Peers run as their authors or Debian ship them, compression off: Relais
//     does not compress either.
package peers
