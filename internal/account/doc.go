// Package account holds people: who they are, what they may do, how they sign in.
//
// Can is the only place in Relais that says who may. A route, a command of the
// live socket and a use case all ask it; none decides by itself.
//
// Decisions
//   - account and audit are leaf rooms. Every domain room may import them, they
//     import no domain room (account writes audit entries), so targets are
//     described here by plain ids.
//   - Failed sign-ins count by account and source first, so that guessing from
//     elsewhere locks nobody out of their own account; by account alone only at
//     the hundred in a row that NIST SP 800-63B allows.
//   - Counts of failed sign-ins live in the record, so that neither a restart
//     nor a second process forgets them, under keys that do not tell addresses.
//   - A session says who and since when. Whether it still holds is asked of the
//     account: a new password or a deactivation ends it at once in the process
//     that makes the change, within a second in every other. For that second a
//     person is remembered, since a gesture is a burst of requests; refusals are
//     not.
package account
