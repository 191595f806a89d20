// Package indicator computes what a CPTS is asked to show: the fill rate of its
// slots and its parts, how calls went, the demand that found no solution, what
// each GP opened week by week, and who covers the coming days.
//
// Decisions
//   - Each report is a pure function over facts. SQL brings the facts of a period
//     as they are, without grouping: a definition lives in one place, here, and
//     is tested with plain values.
//   - Facts hold no identity. A patient is, here, a médecin traitant status.
//   - Calls are told by time, never by person: neither the facts nor a grouping
//     name who answered. A median or rate that fewer than five calls, or one person
//     alone, stand behind is not given: it would judge a regulator's shift. What
//     is measured is the tool, and regulators must be able to trust that.
//   - A case that its GP's cancellation opened again counts as it stands now, with
//     the moments of its first proposal, hold and booking.
//   - A patient taken en sus is neither offered nor taken, and covers nothing: no
//     one could count on the time. The booking and its act count like any.
//   - Cover compares GPs who have slots in a half-day with those wanted. What is
//     wanted is the agreement of a territory, dated data like the rules of acts;
//     public holidays are days of their own kind.
//   - A sheet of weeks is a proof: each line bears territory, RPPS, period and the
//     moment at which it was drawn up.
//   - Whom nobody treats is known to the caisse alone. Its figures are entered by
//     hand, each with its day and its source, stand beside what is measured here
//     and are never mixed with it. One of the same kind and day replaces the
//     other; the audit keeps that it was there.
//   - The objectives of the contract are apart from these reports and read them.
//     What somebody entered of a year counts before what the record answers, since
//     people may know better; what the record answers now counts before what it
//     answered once. A frozen year is told as it was frozen, by the dates that it
//     had then, whatever changes; it is measured no more.
//   - What was achieved is the share of the way from the baseline to the target.
//     A target that is no better than the baseline holds a decline back: it is
//     reached or it is not.
//   - A file is cited by a keyed hash of its content, never a bare one: a sheet of
//     a few names can be guessed. What a file is its content says; one whose name
//     says otherwise is refused, and one with macros too.
//   - A slot belongs to the civil day, in the territory's zone, on which it
//     starts, even when it ends the day after.
//   - What the field has not settled (the cap, its week, the 48 hours) or
//     decides for itself (cover) is dated data in configs/regulation.yaml, not
//     code.
package indicator
