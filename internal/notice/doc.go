// Package notice keeps what people were told, so that it outlives the live line: a Notice is pushed to their devices (Web Push) and,
// while it stays unseen, mailed. It carries ids and a kind; what it is about is fetched by who may see it.
//
// Where it stands: on regulation and attribution, whose notices it passes on, and on nothing else of the domain; nobody of the domain
// imports it. Notices of attribution travel as regulation's, with an offer and a request for what they are about.
// Like account it stands apart from the order of rooms: what is told decides nothing, and no use case may depend on its being told.
//
// Decisions
//   - Desk is regulation's Notifier. It hands a notice to the live line at once, as before, and puts it into a bounded queue: a
//     booking pays one send on a channel. Nothing that happens afterwards can make a use case wait or fail.
//   - A notice is kept in a transaction of its own, with others of the same moment, shortly after what it tells of. Between the two
//     it exists in memory only: a process that dies then loses it, and a queue that is full (4096, with a database that does not
//     answer) refuses it; the log counts those. The booking itself is on every page all the same. To write the notice with the
//     booking would cost every booking; of those that come within 50 ms of each other, one transaction keeps all.
//   - From then on the record decides. What is to be pushed or mailed, and when, stands in its row; a process claims rows by putting
//     their time off to the end of a lease, in one conditional statement, so that of several processes one has it. If that one
//     dies, the lease runs out and any other goes on. So a push may come twice after a crash, never be forgotten: messages of one
//     subject carry the same tag, with which a phone replaces the earlier one.
//   - A process that is told to stop keeps what is queued before it does, and notes what was taken; what it cut short is given back.
//   - A notice that makes an earlier one about the same thing pointless ends it, even while somebody is sending it: a question that is
//     settled is not asked again, and a booking whose cancellation rang does not ring after it. See kind.go.
//   - Devices that took a notice, or for which it was refused, are noted with it, so that a retry for one does not ring the others
//     again. A push service that is busy or away is asked again after 5 s, 30 s, 2 min and 10 min (or when it says), while the notice is worth it; what it
//     refuses otherwise is not repeated. A device it no longer knows is forgotten at once.
//   - Seen is what a person says (POST /notices/seen, by the page that shows it). A seen notice is neither pushed nor mailed any more.
//   - Only kinds that ask something of the person are mailed, see kind.go: that is data. One mail gathers all that is unseen, so
//     nobody gets more than one per interval. It names no patient, no place and no reason, only that something waits, and where. What is
//     not worth a push any more, after an outage, is not mailed either.
//   - Who left a territory, or whose account is closed, is told nothing of it any more.
//   - What concerns a médecin traitant is worth days and wakes no phone: an offer waits two weeks for its answer.
//   - Words are fixed per kind. Nothing that travels over a push service or by mail holds more than ids, although pushes are encrypted.
//   - One endpoint is one device. A phone on which somebody else signs in and subscribes moves to them: whoever held it before does
//     not ring in another's pocket.
//   - Our server posts to addresses that people give, so Hosts says which may be given; the push adapter looks at the address that
//     is really dialled as well.
//   - Notices are forgotten after 30 days; devices to which nothing could be sent for that long, after ten failures in a row, too.
package notice
