package account

import (
	"time"

	"github.com/relais-snp/relais/internal/fault"
)

// The refusals of accounts.
var (
	// ErrBadCredentials is the one answer to an unknown address, a wrong
	// password and an inactive account.
	ErrBadCredentials = fault.New(fault.Unauthenticated, "account.bad_credentials", "Adresse ou mot de passe incorrect.")
	// ErrLocked carries a LockedDetail.
	ErrLocked         = fault.New(fault.TooMany, "account.locked", "Trop d’essais. Patientez avant de réessayer.")
	ErrSignInRequired = fault.New(fault.Unauthenticated, "account.sign_in_required", "Connectez-vous pour continuer.")
	// ErrForbidden is what Allow returns when Can says no.
	ErrForbidden  = fault.New(fault.Forbidden, "account.forbidden", "Votre compte ne permet pas cette action.")
	ErrUnknown    = fault.New(fault.NotFound, "account.unknown", "Ce compte n’existe pas.")
	ErrEmailTaken = fault.New(fault.Conflict, "account.email_taken", "Cette adresse a déjà un compte.")
)

// LockedDetail goes with ErrLocked.
type LockedDetail struct{ wait time.Duration }

// RetryAfter is how long to wait before the next try is looked at, in whole
// seconds.
func (d LockedDetail) RetryAfter() time.Duration { return d.wait }
