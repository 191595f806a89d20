package attribution

import (
	"slices"
	"strings"

	"github.com/relais-snp/relais/internal/fault"
)

// bookedAhead is how far ahead a first appointment may be, in days.
const bookedAhead = 366

// check returns "attribution.invalid" for a step that no state would allow.
func (t *turn) check(r Request) error {
	t.step.Note = strings.TrimSpace(t.step.Note)
	bad := brokenText("note", t.step.Note, maxText)
	if t.step.Note == "" && t.needsNote() {
		bad = append(bad, broken("note", "attribution.note_missing", "Dites pourquoi, en quelques mots."))
	}
	switch t.step.Kind {
	case EventTierSet:
		if last := len(t.Rules.On(t.day).Tiers) + 1; t.step.Tier < 0 || t.step.Tier > last {
			bad = append(bad, broken("tier", "attribution.tier", "Ce rang n’existe pas."))
		}
	case EventAppointment:
		bad = append(bad, t.brokenOn(r, bookedAhead)...)
	case EventAttached:
		bad = append(bad, t.brokenOn(r, 0)...)
	case EventClosed:
		if !slices.Contains(ClosedReasons(), t.step.Reason) {
			bad = append(bad, broken("reason", "attribution.reason", "Indiquez le motif de clôture."))
		}
	case EventMerged:
		if t.step.Into == "" {
			bad = append(bad, broken("into", "attribution.into_missing", "Indiquez la demande qui reste."))
		}
	default:
		if !slices.Contains(Steps(), t.step.Kind) {
			bad = append(bad, broken("kind", "attribution.step", "Cette étape n’existe pas."))
		}
	}
	return fault.Fields("attribution.invalid", "Cette étape contient des erreurs.", bad...)
}

// needsNote reports whether the step says nothing without words.
func (t *turn) needsNote() bool {
	switch t.step.Kind {
	case EventNoted:
		return true
	case EventTierSet:
		return t.step.Tier != 0
	case EventClosed:
		return t.step.Reason == OtherReason
	}
	return false
}

// brokenOn checks the day of a step, at most some days ahead.
func (t *turn) brokenOn(r Request, ahead int) []fault.Field {
	if t.step.On.IsZero() {
		return []fault.Field{broken("on", "attribution.day_missing", "Indiquez le jour.")}
	}
	return brokenDay("on", t.step.On, r.Since, t.day.AddDays(ahead))
}
