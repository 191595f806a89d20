// Package attribution finds a médecin traitant (MT) for patients who have
// none. It proposes, it never assigns: people decide, on both sides.
//
// What stands here so far is the plan: who could take whom, and why. It is pure,
// values in and values out, and the same for the same input.
//
// Decisions
//   - The served set comes first, the GPs second. Seekers are placed in order of
//     tier, then waiting time, then a draw recorded with the request, each by an
//     augmenting path: somebody already placed may move to another GP and never
//     falls out. Sets that can be served together form a matroid, so that this
//     greedy order is optimal tier by tier, and within a tier seeker by seeker.
//   - On that set, the sum of distances is least, in whole metres: an assignment
//     by shortest augmenting paths with potentials (Hungarian method over GPs
//     with several places). A GP who already knows the patient is nearer by
//     Limits.KnownMetres.
//   - A tier comes from criteria by dated rules (configs/attribution.yaml), never
//     from code.
package attribution
