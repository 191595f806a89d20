// Package redis is the live engine on Redis, for services of several processes.
//
// Decisions
//   - Every change is one Lua script, so it happens whole, in order, and its
//     event with it. One file of scripts/ is one idea; lib.lua is what they
//     share. They need Redis 7.0 or later.
//   - Every key of a territory stands under one hash tag, {territory}:
//     meta (run, epoch, seq, ready, fence, begun), static (slot → the record's
//     slot, written by Go and never read by Lua), live (slot → revision, start,
//     end, seats, booked seats, holds, guard), exp (token → end in ms), who
//     (account → holds that count), log (the latest events), was:<token> (what
//     became of an ended hold, for a quarter of an hour).
//   - Continuity. A script carries the run id of the server it was loaded into,
//     in its text. A restarted server does not know it any more, so no call,
//     not even a client's own retry, passes from one run to the next unseen: it
//     is loaded anew, meets a meta of another run, and answers "lost". Losing
//     the last second of an append-only file is therefore always noticed. A
//     sequence that goes back inside one run (a restored or resynchronised
//     replica) is noticed by the position each caller saw last.
//   - Fences follow the caller's clock in microseconds, so they rise although
//     Redis may forget them.
//   - The client repeats calls whose answer it lost, so scripts are idempotent:
//     by token, by revision, by epoch. A token that has ended is never held
//     again, so a repetition that comes late brings nothing back.
//   - Events are pushed by PUBLISH over one connection per process. Gaps show
//     in the sequence and are filled from the log.
//   - cjson writes 14 digits: times in it are milliseconds, fences are text.
package redis
