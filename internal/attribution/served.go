package attribution

// served returns which seekers can be placed, when each in turn, in the order
// given, is placed if that leaves everybody before placed too.
//
// A search that fails has seen only full GPs whose patients can go nowhere
// else. No later path leads out of them either, so they are closed for good:
// all searches together look at each choice a bounded number of times.
//
// Within one search, seekers of one kind lead to the same GPs: the first of them
// has shown all there is to see.
func served(all kinds, gps []Capacity) []bool {
	m := matching{
		kinds: all, gps: gps,
		patients: make([][]int32, len(gps)),
		closed:   make([]bool, len(gps)),
		seen:     make([]int32, len(gps)),
		via:      make([]step, len(gps)),
		looked:   make([]int32, len(all.like)),
	}
	placed := make([]bool, len(all.of))
	for i := range all.of {
		placed[i] = m.place(int32(i))
	}
	return placed
}

// step says how a GP was reached: by moving a seeker away from another GP.
type step struct{ seeker, from int32 }

type matching struct {
	kinds

	gps      []Capacity
	patients [][]int32 // seekers by GP
	closed   []bool
	seen     []int32 // the search, from 1, that saw the GP last
	looked   []int32 // the search that looked at the choices of a kind last
	search   int32
	via      []step
	queue    []int32
}

// place finds a shortest chain of moves that makes room for the seeker.
func (m *matching) place(seeker int32) bool {
	m.search++
	m.queue = m.queue[:0]
	if end := m.reach(seeker, -1); end >= 0 {
		m.move(end)
		return true
	}
	at := 0
	for at < len(m.queue) { // which grows meanwhile
		gp := m.queue[at]
		at++
		for _, patient := range m.patients[gp] {
			if end := m.reach(patient, gp); end >= 0 {
				m.move(end)
				return true
			}
		}
	}
	for _, gp := range m.queue {
		m.closed[gp] = true
	}
	return false
}

// reach looks at every GP a seeker could go to; it returns one with a free
// place, or -1 after having queued those not seen before.
func (m *matching) reach(seeker, from int32) int32 {
	kind := m.of[seeker]
	if m.looked[kind] == m.search {
		return -1
	}
	m.looked[kind] = m.search
	for _, o := range m.choices[kind] {
		if m.closed[o.gp] || m.seen[o.gp] == m.search {
			continue
		}
		m.seen[o.gp], m.via[o.gp] = m.search, step{seeker, from}
		if len(m.patients[o.gp]) < m.gps[o.gp].Left {
			return o.gp
		}
		m.queue = append(m.queue, o.gp)
	}
	return -1
}

// move makes the moves that lead to a GP with a free place, the last first.
func (m *matching) move(gp int32) {
	for {
		s := m.via[gp]
		m.patients[gp] = append(m.patients[gp], s.seeker)
		if s.from < 0 {
			return
		}
		m.patients[s.from] = without(m.patients[s.from], s.seeker)
		gp = s.from
	}
}

func without(list []int32, one int32) []int32 {
	for i, v := range list {
		if v == one {
			list[i] = list[len(list)-1]
			return list[:len(list)-1]
		}
	}
	return list
}
