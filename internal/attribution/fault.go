package attribution

import "github.com/relais-snp/relais/internal/fault"

// The refusals of attribution.
var (
	ErrRequestUnknown = fault.New(fault.NotFound, "attribution.request_unknown", "Cette demande n’existe pas.")
	ErrOfferUnknown   = fault.New(fault.NotFound, "attribution.offer_unknown", "Cette proposition n’existe pas.")
	ErrPlanUnknown    = fault.New(fault.NotFound, "attribution.plan_unknown", "Aucun plan n’a été calculé.")
	ErrCaseUnknown    = fault.New(fault.NotFound, "attribution.case_unknown", "Ce dossier d’appel n’existe pas.")
	ErrCaseReported   = fault.New(fault.Conflict, "attribution.case_reported", "Une demande existe déjà pour ce dossier d’appel.")
	// ErrChanged: somebody wrote it since the caller read it.
	ErrChanged = fault.New(fault.Conflict, "attribution.changed", "Cette demande a été modifiée entre-temps.")
	// ErrState: the request is not, or no longer, in a state that allows the step.
	ErrState  = fault.New(fault.Conflict, "attribution.state", "Cette demande n’est plus dans un état qui le permet.")
	ErrErased = fault.New(fault.Conflict, "attribution.erased", "L’identité de ce patient a été effacée.")
	// ErrMerge: into itself, into another territory's, or into one that ended.
	ErrMerge          = fault.New(fault.Conflict, "attribution.merge", "Ces deux demandes ne peuvent pas être réunies.")
	ErrAlreadyOffered = fault.New(fault.Conflict, "attribution.already_offered", "Ce patient est déjà proposé à un médecin.")
	// ErrNoPlace: nothing is left of what the GP declared for this quarter.
	ErrNoPlace       = fault.New(fault.Conflict, "attribution.no_place", "Ce médecin n’a plus de place ce trimestre.")
	ErrPaused        = fault.New(fault.Conflict, "attribution.paused", "Ce médecin ne prend personne en ce moment.")
	ErrRefusedBefore = fault.New(fault.Conflict, "attribution.refused_before", "Ce médecin et ce patient se sont déjà dit non.")
	ErrOfferAnswered = fault.New(fault.Conflict, "attribution.offer_answered", "Cette proposition a déjà sa réponse.")
	// ErrOfferWithdrawn: a nurse took it back, or it went with its request.
	ErrOfferWithdrawn = fault.New(fault.Conflict, "attribution.offer_withdrawn", "L’infirmière a retiré cette proposition.")
	ErrOfferExpired   = fault.New(fault.Conflict, "attribution.offer_expired", "Cette proposition a expiré.")
	// ErrCapacityBelow carries a CapacityDetail.
	ErrCapacityBelow       = fault.New(fault.Conflict, "attribution.capacity_below", "Des patients sont déjà proposés ou confiés à ce médecin au-delà de ce nombre.")
	ErrPractitionerUnknown = fault.New(fault.NotFound, "attribution.practitioner_unknown", "Ce médecin n’est pas du territoire.")
)

// CapacityDetail says what is already given of a GP's places this quarter.
type CapacityDetail struct{ Pending, Taken int }
