package memory

import "github.com/relais-snp/relais/internal/live"

// kept is how many events a territory's log holds at most: minutes of a busy
// board, far more than a console that lost its network for a while needs.
const kept = 8192

// eventLog is a ring of the latest events; it grows up to kept.
type eventLog struct {
	ring []live.Event
	next int // where the oldest stands once the ring is full
}

func (l *eventLog) add(e live.Event) {
	if len(l.ring) < kept {
		l.ring = append(l.ring, e)
		return
	}
	l.ring[l.next] = e
	l.next = (l.next + 1) % kept
}

// last returns the latest n events in order; ok is false when some are gone.
func (l *eventLog) last(n int) (events []live.Event, ok bool) {
	if n > len(l.ring) {
		return nil, false
	}
	events = make([]live.Event, 0, n)
	for i := len(l.ring) - n; i < len(l.ring); i++ {
		events = append(events, l.ring[(l.next+i)%len(l.ring)])
	}
	return events, true
}
