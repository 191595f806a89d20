// Package push brings messages to devices by Web Push: RFC 8030 (the protocol), RFC 8291 (its encryption) and RFC 8292 (VAPID, by
// which push services know who sends). It adapts notice.Pusher.
//
// Decisions
//   - webpush-go encrypts, signs and posts; what this package adds is whom it may post to and what the answers mean. The tests
//     decrypt what is sent with a receiver that RFC 8291's own example proves.
//   - The private key is a record's, not a process's: browsers subscribe to its public half. It is drafted here, kept sealed in the
//     record, and so comes back with a restored copy, whose subscriptions go on working.
//   - An endpoint is an address given by a person, and our server posts to it. It is https with a host of the list, without user
//     or port; the address that its name led to is looked at when it is dialled, after resolution, so that a name which leads
//     to a private network is refused whenever it does. Redirects are not followed. No proxy of the environment is used: it would
//     resolve for us.
//   - Only origins on loopback that the setting names in full are exempt, so that tests can play a push service.
//   - An endpoint is a capability: it stands in no error and no log. Failures are told by status or sort.
//   - A message is padded to one size by webpush-go: its length tells a push service nothing either.
package push
