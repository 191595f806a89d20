// Package web is the HTTP and WebSocket face of Relais: it decodes, finds out who calls, hands over to a use case of the domain and
// translates what comes back. It decides nothing.
//
// The contract is written first, in openapi.yaml; package api is generated from it (go generate). The same file is read at start to
// check requests and live commands, and served at /api/openapi.json.
//
// Decisions
//   - Requests are compared with the contract before anything decodes them, and every violation is worded here: libraries quote what
//     was submitted, which may be a patient. A field's name is repeated only when it is a plain identifier.
//   - Every error leaves through writeProblem, and kinds of fault become statuses in one table. What is our own fault is told as
//     "internal" with the request's number, under which the log has the cause.
//   - A thing of a foreign territory does not exist for the caller (404); what exists and may not be done is 403. Who may what is
//     asked of account.Can by the use cases; the table of roles_test.go declares every call for every role.
//   - Handlers take the request's own context, never Gin's, which is recycled when the handler returns.
//   - Logs and metrics know requests by the pattern of their route: paths and queries may hold a token or an identity.
//   - Sessions wrap the engine from outside. The live line loads its session by hand, since the writer of a saved one cannot be
//     hijacked, and outlives its session by the time of one recheck at most (at once when it is signed out in the same process).
//   - A session and its person, once found, are believed for a second, since a gesture is a burst of requests: signing out counts at
//     once in this process, and within that second in the others, as do roles and the session's age. Refusals are not remembered.
//   - A live line has one goroutine at rest, its reader, which runs its commands one after the other, on a stack of their own so
//     that its own stays small. A command in course is finished when its line breaks; its key makes a repetition harmless.
//   - Frames of the hub are prepared once for all lines, and the hub's own goroutine writes them to sockets that take them at once.
//     What a socket does not take is written by a goroutine that lasts as long as it is needed: nobody waits for a slow console.
//   - The cookie is SameSite=Strict and state-changing calls are refused when a browser says that they come from another origin.
//   - What nests deeper than any command of ours is refused as unreadable: what checks it keeps the path to where it stands.
//   - A source that tries to sign in faster than people do is refused before the record is asked; a success does not count.
//   - What the service cannot do within a second it refuses at once, as "service.busy": so many requests work at a time, the others
//     wait in a bounded line, those that go on with a call before those that begin something, the last to come first. Probes, metrics,
//     pages, sign-ins (bounded by the accounts) and the opening of live lines wait for no turn; commands of live lines do, and finding
//     out who calls does by itself, before the body is read: a turn is never spent on who sends slowly.
//   - Few calls carry a file: imports, evidence, exports of the books. Bodies of those alone may be large, one of each account and two in
//     all at a time, and a place is taken before anything is read. An export is written while the books are read: what fails after its
//     first bytes is cut, since half a file under status 200 would pass for the whole.
//   - Who looks for a médecin traitant is shown as the use case shows them: what it took away is left out here, and nothing is added but
//     days of waiting, an age and display names. Where finding one is not offered (the entraînement), its addresses do not exist.
//   - Feed files and the live line are outside the generated server: the one answers conditional requests byte for byte, the other
//     leaves HTTP behind.
package web
