package regulation

import (
	"context"
	"time"
)

// Away is a live engine that cannot be asked: every method answers
// ErrEngineAway, and bookings go straight to SQL.
type Away struct{}

var (
	_ Present = Away{}
	_ Boards  = Away{}
)

// Hold answers ErrEngineAway, as the other methods do.
func (Away) Hold(context.Context, HoldRequest) (Hold, error) { return Hold{}, ErrEngineAway }

// Extend answers ErrEngineAway.
func (Away) Extend(context.Context, string, string, time.Time, time.Duration) (Hold, error) {
	return Hold{}, ErrEngineAway
}

// Release answers ErrEngineAway.
func (Away) Release(context.Context, string, string, time.Time) error { return ErrEngineAway }

// Pin answers ErrEngineAway.
func (Away) Pin(context.Context, string, string, time.Time, time.Time) (Hold, error) {
	return Hold{}, ErrEngineAway
}

// Unpin answers ErrEngineAway.
func (Away) Unpin(context.Context, string, string) error { return ErrEngineAway }

// Look answers ErrEngineAway.
func (Away) Look(context.Context, string, func(*Supply)) (Position, error) {
	return Position{}, ErrEngineAway
}
