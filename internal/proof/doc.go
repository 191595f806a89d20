// Package proof proves the whole service from outside, through the doors that
// everyone uses: the built binary, its HTTP calls and its live line.
//
// It is linked into no binary of the server. Client speaks HTTP, Console
// follows a territory over relais.v1 and keeps a board of its own, Checker
// compares what they all saw, Relais builds and runs the real program. The
// tests race, kill, cut and lie to it; load can be made of the same parts.
//
// Decisions
//   - Nothing of the server's rooms is imported: the types here are an
//     independent reading of the contract, so a slip in the server's own types
//     cannot hide itself. (The tests link the server to outdate remembered
//     results, and the benchmark of searches fills the record behind its back.)
//   - Checker is fed by answers and frames only. What a client was never told
//     proves nothing. One look goes further, once everything is at rest: Record
//     reads the database behind, for the outbox, the audit and the keys that no
//     client sees, and Accounts compares it with what was acknowledged.
//   - An answer that did not come, or a 5xx, is neither yes nor no: the client
//     asks again under the same idempotency key until it knows.
//   - Every person is plainly fictional, and every patient's name unique, so
//     that the same-patient warning stays out of races.
package proof
