package agenda

import (
	"fmt"
	"time"

	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/fault"
)

// The refusals of publishing. ErrOverlap carries an OverlapDetail, ErrSlotHeld
// a HeldDetail.
var (
	ErrOpeningUnknown = fault.New(fault.NotFound, "agenda.opening_unknown", "Cette plage n’existe pas.")
	ErrOpeningStopped = fault.New(fault.Conflict, "agenda.opening_stopped", "Cette plage a été arrêtée ; publiez-en une nouvelle.")
	ErrSlotUnknown    = fault.New(fault.NotFound, "agenda.slot_unknown", "Ce créneau n’existe pas.")
	ErrSlotHeld       = fault.New(fault.Conflict, "agenda.slot_held", "Un régulateur retient ce créneau en ce moment.")
	ErrSlotPast       = fault.New(fault.Conflict, "agenda.slot_past", "Ce créneau a déjà commencé.")
	ErrOverlap        = fault.New(fault.Conflict, "agenda.overlap", "Vous avez déjà publié un créneau à ce moment-là.")
	ErrPauseUnknown   = fault.New(fault.NotFound, "agenda.pause_unknown", "Cette pause n’existe pas.")
	ErrPauseOverlap   = fault.New(fault.Conflict, "agenda.pause_overlap", "Une autre pause couvre déjà une partie de ces jours.")
	ErrFeedUnknown    = fault.New(fault.NotFound, "feed.unknown", "Ce calendrier n’existe pas.")
)

// invalid is the reason of a request that breaks rules; its fields say which.
const invalid = "agenda.invalid"

// OverlapDetail gives the times of the actor's own slots that stand in the
// way, at most five, by start.
type OverlapDetail struct {
	Slots []civil.Interval
}

const overlapsTold = 5

// overlapFault names the first overlapping slot in words and the others in detail.
func overlapFault(slots []Slot, zone *time.Location) error {
	var told OverlapDetail
	for _, s := range slots[:min(len(slots), overlapsTold)] {
		told.Slots = append(told.Slots, civil.Interval{Start: s.Start, End: s.End})
	}
	first := slots[0]
	f := ErrOverlap.With(told)
	f.Message = fmt.Sprintf("Vous avez déjà publié un créneau le %s de %s à %s.",
		civil.DateOf(first.Start, zone).FrenchDay(),
		civil.ClockOf(first.Start, zone).French(), civil.ClockOf(first.End, zone).French())
	return f
}
