package regulation

import (
	"github.com/relais-snp/relais/internal/agenda"
	"github.com/relais-snp/relais/internal/fault"
)

// The refusals of holds and bookings. Conflicts about a seat carry a
// *RefusalDetail once the use case has looked for alternatives; the engine adds
// an agenda.HeldDetail to ErrSlotTaken when the last seat is held.
var (
	ErrSlotTaken      = fault.New(fault.Conflict, "regulation.slot_taken", "Ce créneau vient d’être pris.")
	ErrHoldExpired    = fault.New(fault.Conflict, "regulation.hold_expired", "La réservation temporaire a expiré.")
	ErrHoldSuperseded = fault.New(fault.Conflict, "regulation.hold_superseded", "Cette place a été reprise depuis.")
	ErrSeatWithdrawn  = fault.New(fault.Conflict, "regulation.seat_withdrawn", "Le médecin a retiré ce créneau.")
	ErrHoldLimit      = fault.New(fault.Conflict, "regulation.hold_limit", "Vous retenez déjà le nombre maximal de créneaux.")
	ErrHoldExtended   = fault.New(fault.Conflict, "regulation.hold_extended", "Ce créneau a déjà été prolongé une fois.")
	ErrSlotPast       = fault.New(fault.Conflict, "regulation.slot_past", "Ce créneau a déjà commencé.")
	ErrOutsideWindow  = fault.New(fault.Conflict, "regulation.hold_outside_window", "Ce créneau est trop lointain pour être retenu ; réservez-le directement.")
	ErrSamePatient    = fault.New(fault.Conflict, "regulation.same_patient", "Ce patient a déjà un rendez-vous à moins de 24 heures.")
	ErrSlotUnknown    = fault.New(fault.NotFound, "regulation.slot_unknown", "Ce créneau n’existe pas.")
	ErrHoldUnknown    = fault.New(fault.NotFound, "regulation.hold_unknown", "Cette réservation temporaire n’existe pas.")
	ErrCaseUnknown    = fault.New(fault.NotFound, "regulation.case_unknown", "Ce dossier d’appel n’existe pas.")
	ErrCaseClosed     = fault.New(fault.Conflict, "regulation.case_closed", "Ce dossier d’appel est déjà clos.")
	ErrBookingUnknown = fault.New(fault.NotFound, "regulation.booking_unknown", "Ce rendez-vous n’existe pas.")
	ErrBookingState   = fault.New(fault.Conflict, "regulation.booking_state", "Ce rendez-vous n’est plus dans un état qui le permet.")
	ErrEngineAway     = fault.New(fault.Unavailable, "live.unavailable", "Le temps réel est interrompu ; la réservation directe reste possible.")
)

// RefusalDetail goes with a refused hold or booking so that the regulator can
// go on in place.
type RefusalDetail struct {
	Alternatives []Ranked // at most three, best first
	HeldBy       *HeldSeat
}

// heldBy reads who holds the seat from the engine's refusal, nil when nobody
// is named.
func heldBy(err error) *HeldSeat {
	h, ok := fault.Of(err).Detail.(agenda.HeldDetail)
	if !ok {
		return nil
	}
	return &HeldSeat{By: h.By, Holder: h.Holder, Until: h.Until}
}
