// Package training is the entraînement: five tasks on the real console, with
// simulated callers, colleagues and GPs, by which a regulator who has never
// seen Relais learns alone to book.
//
// Decisions
//   - A trainee works in the real console on the real use cases, over a second,
//     small house in the same process: a record, a live engine and a hub of its
//     own, thrown away afterwards. Nothing here has a way to the real record, so
//     a figure of training cannot be counted: there is nothing to filter out.
//   - Every trainee has a territory of their own, with GPs of their own and an
//     account that opens nothing else. Trainees never meet, and a task begins
//     alike for everyone.
//   - Tasks are values (Task, Call, Step) and Judge is a pure function: of what
//     happened it says which steps are done and what to say. It judges what the
//     server saw, never which key was pressed, so that any way that works in the
//     console is right.
//   - Colleagues and GPs act through the same use cases as people. The lost race
//     of the fourth task is a real one: a colleague holds the seat in the moment
//     before the trainee does, and the trainee is refused by the engine.
//   - Places are few and short: at most Seats trainees, half of them from one
//     address, gone with their data after Idle without an act or after Life. Whoever comes
//     needs no account, so what they may write in that time is bounded too.
//   - Of a result nothing is kept: it is shown to the trainee and forgotten.
package training
