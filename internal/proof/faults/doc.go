// Command faults breaks a running Relais at random and finds out whether it
// lied.
//
// A run is a world (which stores, how many processes) and a seed. The seed draws
// a plan: what is broken, when, for how long. The plan is played on the real
// program, real Redis and real PostgreSQL, while GPs publish, regulators book
// and consoles follow; then everything is mended, and a proof.Checker judges
// what clients were told against what is left.
//
// Decisions
//   - The plan is drawn before the run and written first into its log, one line
//     an act. `-replay log` plays those lines; a line taken out is a smaller run.
//     What the seed cannot give twice is the scheduling of processes.
//   - Every run has a fresh record, a fresh Redis and fresh servers, copied from
//     a prepared record with the people signed in: no run can blame another.
//     PostgreSQL alone stays up between runs, each in a database of its own.
//   - Clients speak through toxiproxy, and so does every server with its stores,
//     each over links of its own: one process may lose Redis while its twin does
//     not.
//   - The server's clock is moved by a file that only programs built with the
//     tag skewedclock read.
//   - A full disk is a tmpfs filled by somebody else where that may be mounted,
//     and a limit on the size of files (setrlimit) elsewhere.
//   - Every child ends with this process, however it ends.
package main
