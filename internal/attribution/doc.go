// Package attribution finds a médecin traitant (MT) for patients who have
// none. It proposes, it never assigns: people decide, on both sides.
//
// Match is the plan: who could take whom, and why. It is pure, values in and
// values out, and the same for the same input. Service is everything that people
// do around it.
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
//   - Seekers whom no GP can tell apart share their choices, and each search looks
//     at them once: the plan is the same, and 20,000 requests remain a matter of
//     seconds.
//   - A plan is kept with the SHA-256 of all it was computed from, so that two
//     plans can be told to come from the same facts.
//   - An offer keeps one place of its GP from sending to its answer or its end, a
//     civil day's. An offer past its end is expired whatever the record says: its
//     place is free, and nobody can accept it. Expire only makes the news timely.
//   - Acceptance asks for no capacity again, since the place was kept; it reads the
//     clock after locking the GP's places, so that an offer whose place went to
//     another as expired cannot be accepted by a clock read earlier.
//   - Wishes of a GP (criteria, communes, home visits) and distance bind the plan;
//     a nurse may offer beyond them, and the history says so. Places, pauses and
//     refusals bind both; an offer that expired refused nobody, so that the plan goes
//     on to others and a nurse may ask the same GP again.
//   - Before acceptance a GP sees what an offer needs to be judged: age, commune,
//     criteria, home visits, the nurse's synthesis. The identity comes with
//     acceptance, and goes when it falls through. Each reading is audited.
//   - Aged70 counts from the first day of the year: a tier must not depend on who
//     may read the birth date.
//   - Every step of a request is one transaction that locks its requests in order
//     of id, then its offer, and writes one event. What ends a try ends its offer
//     there too, and tells the GP.
//   - Who reported a patient reads what they told and where it stands; the
//     synthesis is for nurses and for the GP who accepted, notes and the reason of
//     a tier for nurses alone, and so is which GP said what to an offer, for no GP
//     is judged by it. Coordinators read nothing that tells of a patient.
//   - Duplicates are shown, never refused: names up to accents, births and
//     telephones that do not contradict. Merging is a nurse's, and can be taken
//     back until somebody is erased: erasing a request erases all that are merged
//     with it, in either direction, for they are the same patient's, and whoever
//     refused that patient stays refused.
//   - Erasure also parts a request from its call and from the GP who knew the
//     patient, which would lead back to them.
//   - The follow-up is a pure count over facts without identity, on civil days of
//     the territory: a request counts in the month of its report, of its attachment
//     and of its closing, in the tier it has now. A median needs five requests: one
//     of fewer would tell of single patients. Places by commune are for those who
//     may read capacities; a GP counts where they receive first.
//   - A line of a file is known again by a keyed hash of what it says, for as long
//     as the record keeps answers (7 days), and while its request is open by
//     patient, origin and day of arrival.
package attribution
