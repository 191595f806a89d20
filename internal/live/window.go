package live

import (
	"time"

	"github.com/relais-snp/relais/internal/agenda"
)

// The margins let a slot that enters the window soon be carried early; what a
// keeper brings in, a relay must follow, so the relay's margin is the wider one.
const (
	keeperMargin = 2 * time.Hour
	relayMargin  = 6 * time.Hour
	moveEvery    = time.Hour // at most between two moves, minutes after a start apart
)

// How the work of a keeper is spread.
const (
	fillChunk  = 1000        // records handed to the engine at once
	fewMoves   = 4           // windows moved in one turn, and more
	movesShare = 60          // when there are many: all within a minute after a start
	moveAgain  = time.Minute // after one that failed
)

// ahead reports whether a time noted at most so long ahead is still to come. One
// that lies further ahead is of a clock that was set back since, and has come.
func ahead(now, noted time.Time, most time.Duration) bool {
	return now.Before(noted) && noted.Sub(now) <= most
}

// inWindow reports whether the engine may carry a slot now.
func inWindow(start, end, now time.Time) bool {
	return end.After(now.Add(-agenda.WindowBack)) && start.Before(now.Add(agenda.WindowAhead+relayMargin))
}
