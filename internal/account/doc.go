// Package account holds people: who they are, what they may do, how they sign in.
//
// Can is the only place in Relais that says who may. A route, a command of the
// live socket and a use case all ask it; none decides by itself.
//
// Decision: account and audit are leaf rooms. Every domain room may import
// them, they import no domain room, so targets are described here by plain ids.
package account
