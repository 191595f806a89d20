// Package indicator computes what a CPTS is asked to show: for now the fill
// rate of its slots and its parts.
//
// Decisions
//   - Fill is a pure function over facts. SQL brings the facts of a period as
//     they are, without grouping: a definition lives in one place, here, and is
//     tested with plain values.
//   - Facts hold no identity. A patient is, here, a médecin traitant status.
//   - A slot belongs to the civil day, in the territory's zone, on which it
//     starts, even when it ends the day after.
//   - What the field has not settled (the cap, its week, the 48 hours) is dated
//     data in configs/regulation.yaml, not code.
package indicator
