package live

import "time"

// The engine's window: SNP is for now to 48 hours, so it carries the slots from
// yesterday to eight days ahead. The margin lets a slot that enters soon be
// carried early; what a keeper brings in, a relay must follow, so the relay's
// margin is the wider one.
const (
	windowBack   = 24 * time.Hour
	windowOn     = 8 * 24 * time.Hour
	keeperMargin = 2 * time.Hour
	relayMargin  = 6 * time.Hour
	moveEvery    = time.Hour
)

// inWindow reports whether the engine may carry a slot now.
func inWindow(start, end, now time.Time) bool {
	return end.After(now.Add(-windowBack)) && start.Before(now.Add(windowOn+relayMargin))
}
