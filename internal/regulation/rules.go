package regulation

import "time"

// Rules are the figures of regulation that a deployment may set; they come
// from configuration, never from code.
type Rules struct {
	HoldFor      time.Duration // a hold's first life
	ExtendFor    time.Duration // what the one extension adds, whenever it is asked
	HoldLimit    int           // holds a regulator may have at a time
	PinFor       time.Duration // how long a hold cannot expire while SQL works
	SameWithin   time.Duration // two bookings of one patient closer than this are warned of
	MinutesPerKm int           // minutes one kilometre weighs in the ranking
	EarlyBefore  time.Duration // how long before its start a visit may be told honoured
	// ProfessionalsBook lists the territories whose professionals may book
	// slots meant for the CPTS themselves.
	ProfessionalsBook []string
}

// DefaultRules hold where nothing else is set: 3 minutes, one extension, two holds.
func DefaultRules() Rules {
	return Rules{
		HoldFor:      3 * time.Minute,
		ExtendFor:    3 * time.Minute,
		HoldLimit:    2,
		PinFor:       10 * time.Second,
		SameWithin:   24 * time.Hour,
		MinutesPerKm: 3,
		EarlyBefore:  15 * time.Minute,
	}
}
