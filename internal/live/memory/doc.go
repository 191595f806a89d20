// Package memory is the live engine in process: one lock per territory, a heap
// of expiries, a bounded log of events.
//
// Decisions
//   - A slot's state is built anew at each change and never altered afterwards,
//     so it is handed out, logged and pushed without copying.
//   - Every call that carries a time first ends the holds that time has passed,
//     so an expired hold is never honoured, whether Expire ran or not.
//   - A fence is the greater of the last one plus one and the caller's clock in
//     microseconds. It rises across restarts without being stored.
//   - The last ended holds of a territory are remembered, so that a late holder
//     learns what became of the seat; a token never seen is a forged one.
package memory
