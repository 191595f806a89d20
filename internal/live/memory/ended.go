package memory

// remembered is how many ended holds a territory knows of; with two holds per
// regulator that is hours.
const remembered = 4096

// ended is what is left of a hold.
type ended struct {
	token, by, slot string
	seat            int
}

// endedHolds remembers the latest ended holds.
type endedHolds struct {
	byToken map[string]ended
	ring    []string
	next    int
}

func (e *endedHolds) add(h ended) {
	if e.byToken == nil {
		e.byToken = map[string]ended{}
	}
	e.byToken[h.token] = h
	if len(e.ring) < remembered {
		e.ring = append(e.ring, h.token)
		return
	}
	delete(e.byToken, e.ring[e.next])
	e.ring[e.next] = h.token
	e.next = (e.next + 1) % remembered
}

func (e *endedHolds) find(token string) (ended, bool) {
	h, ok := e.byToken[token]
	return h, ok
}
