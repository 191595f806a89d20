package attribution

import (
	"container/heap"
	"math"
)

// assign gives every seeker a GP so that the sum of costs is least. It is the
// Hungarian method for GPs with several places: seekers come in one by one, each
// by the shortest chain of moves in reduced costs. Between chains of one length
// the lower numbers win, so the answer is the same every time.
//
// Seekers of one kind that are placed have one potential: it is the least that any
// of their choices costs in reduced costs. So within one search the first of them,
// which is reached from the nearest GP, leads everywhere at the least length, and
// the others are passed over.
//
// It returns the GP of each seeker, and -1 for those that no chain can place,
// of which served leaves none.
func assign(all kinds, gps []Capacity) []int32 {
	a := assignment{
		kinds: all, gps: gps,
		gpOf:     make([]int32, len(all.of)),
		patients: make([][]int32, len(gps)),
		seekerAt: make([]int64, len(all.of)),
		gpAt:     make([]int64, len(gps)),
		far:      make([]int64, len(gps)),
		via:      make([]step, len(gps)),
		state:    make([]uint8, len(gps)),
		looked:   make([]int32, len(all.like)),
	}
	for i := range all.of {
		a.gpOf[i] = -1
		a.add(int32(i))
	}
	return a.gpOf
}

// What a search knows of a GP.
const (
	unseen uint8 = iota
	reached
	settled
)

type assignment struct {
	kinds

	gps      []Capacity
	gpOf     []int32
	patients [][]int32
	// seekerAt and gpAt are the potentials: cost ≥ seekerAt + gpAt for every
	// choice, with equality where a seeker is placed; gpAt is 0 while a GP has a
	// free place and never above.
	seekerAt, gpAt []int64

	far     []int64 // of the running search, by GP
	via     []step
	state   []uint8
	touched []int32
	looked  []int32 // by kind, the search, from 1, that looked at its choices last
	count   int32   // of searches
	line    frontier
	nearest int64 // how far the nearest GP with a free place is, as far as seen
}

// add places one seeker more.
func (a *assignment) add(seeker int32) {
	end, length := a.search(seeker)
	if end >= 0 {
		a.raise(seeker, length)
		a.move(end)
	}
	for _, gp := range a.touched {
		a.state[gp] = unseen
	}
	a.touched, a.line = a.touched[:0], a.line[:0]
}

// search walks GPs from near to far until one has a free place.
func (a *assignment) search(seeker int32) (end int32, length int64) {
	a.nearest = math.MaxInt64
	a.count++
	a.relax(seeker, -1, 0)
	for len(a.line) > 0 {
		next := heap.Pop(&a.line).(reach)
		if a.state[next.gp] == settled || next.far > a.far[next.gp] {
			continue
		}
		a.state[next.gp] = settled
		if len(a.patients[next.gp]) < a.gps[next.gp].Left {
			return next.gp, next.far
		}
		for _, patient := range a.patients[next.gp] {
			a.relax(patient, next.gp, next.far)
		}
	}
	return -1, 0
}

// relax looks at where a seeker could go. Potentials of GPs are never above 0, so
// once a cost alone leads beyond a free place already seen, so do all after it.
func (a *assignment) relax(seeker, from int32, far int64) {
	kind := a.of[seeker]
	if a.looked[kind] == a.count {
		return
	}
	a.looked[kind] = a.count
	for _, o := range a.choices[kind] {
		atLeast := far + int64(o.cost) - a.seekerAt[seeker]
		if atLeast >= a.nearest {
			return
		}
		there := atLeast - a.gpAt[o.gp]
		if there >= a.nearest || a.state[o.gp] == settled || a.state[o.gp] == reached && there >= a.far[o.gp] {
			continue
		}
		if len(a.patients[o.gp]) < a.gps[o.gp].Left {
			a.nearest = there
		}
		if a.state[o.gp] == unseen {
			a.state[o.gp] = reached
			a.touched = append(a.touched, o.gp)
		}
		a.far[o.gp], a.via[o.gp] = there, step{seeker, from}
		heap.Push(&a.line, reach{there, o.gp})
	}
}

// raise keeps the potentials true after a search of this length.
func (a *assignment) raise(seeker int32, length int64) {
	a.seekerAt[seeker] += length
	for _, gp := range a.touched {
		if a.state[gp] != settled || a.far[gp] >= length {
			continue
		}
		shift := length - a.far[gp]
		a.gpAt[gp] -= shift
		for _, patient := range a.patients[gp] {
			a.seekerAt[patient] += shift
		}
	}
}

// move makes the moves that lead to a GP with a free place, the last first.
func (a *assignment) move(gp int32) {
	for {
		s := a.via[gp]
		a.patients[gp] = append(a.patients[gp], s.seeker)
		a.gpOf[s.seeker] = gp
		if s.from < 0 {
			return
		}
		a.patients[s.from] = without(a.patients[s.from], s.seeker)
		gp = s.from
	}
}

// reach is a GP and how far it is from the seeker of the search.
type reach struct {
	far int64
	gp  int32
}

// frontier is the GPs that a search has reached, the nearest first.
type frontier []reach

func (f frontier) Len() int { return len(f) }
func (f frontier) Less(i, j int) bool {
	return f[i].far < f[j].far || f[i].far == f[j].far && f[i].gp < f[j].gp
}
func (f frontier) Swap(i, j int) { f[i], f[j] = f[j], f[i] }
func (f *frontier) Push(x any)   { *f = append(*f, x.(reach)) }
func (f *frontier) Pop() any {
	last := (*f)[len(*f)-1]
	*f = (*f)[:len(*f)-1]
	return last
}
