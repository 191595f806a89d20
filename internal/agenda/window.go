package agenda

import "time"

// The live engine's window: SNP is for now to 48 hours, so the engine carries
// the slots from yesterday to eight days ahead. Holds exist inside it only; a
// later slot is booked directly.
const (
	WindowBack  = 24 * time.Hour
	WindowAhead = 8 * 24 * time.Hour
)
