//go:build !skewedclock

package app

import "time"

// now is the clock of the service: UTC, at the precision of the record.
func now() time.Time { return time.Now().UTC().Truncate(time.Microsecond) }
