// Package demo is a territory that lives: fictional people, a simulated past
// and colleagues who go on working while you look.
//
// Decisions
//   - Everything is made through the same use cases as in real life, with a
//     clock that is set to the moment of each act. A demo therefore obeys every
//     rule, and what it shows is what the service does.
//   - Two things have no use case in a past, and are written into the record
//     instead: when a call saw its first proposal and hold, and what it asked of
//     the regulator. They come from a live engine and a console.
//   - Each picture of the pilot finds something: reasons of unmet demand, calls
//     that get quicker as regulators learn, cancellations by each side, two GPs
//     near the weekly cap, patients en sus, a gap next Saturday morning, weekly
//     shifts and a pause of those whom visitors sign in as.
//   - The search for médecins traitants is 120 requests of the past months, on any
//     day: delays that fall as GPs join, of the first two tiers month by month,
//     refusals, silence, patients who did not want a GP; and now something in every
//     state, two offers and a patient to take for the first GP, one patient told of
//     twice, a plan in which not everybody finds a GP who visits. 14 of the 120 have
//     an ALD, as in Sénart: 1.8 of the 15.5% without médecin traitant. The first tier
//     is a third of them, the second two fifths. Shares of the caisse are those that
//     Sénart counts, and their source says that this is a demonstration.
//   - The contract was signed some seventeen months ago, on any day: its second
//     year runs, its first was frozen and discussed, a deadline is near. Its money
//     is that of a CPTS of taille 3, its budget that of Sénart, its objectives those
//     of the Bocage Bressuirais; one payment is awaited, one came in part, an
//     invoice was entered twice and taken back, the years before are closed.
//     Majorations of the season's first days were paid, the others are awaited.
//   - A second territory with a handful of GPs is there for the board of a
//     regulation centre; it has no past.
//   - The season follows the trial of summer 2020 in Vendée: about 20 slots a
//     day, 59% taken over the season, all of them in the last days.
//   - Nobody here exists. RPPS numbers are valid by their key and begin with
//     999, which is not allotted; telephone numbers come from the ranges kept
//     for fiction.
package demo
