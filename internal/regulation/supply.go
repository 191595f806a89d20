package regulation

import (
	"slices"
	"sort"
	"time"

	"github.com/relais-snp/relais/internal/agenda"
	"github.com/relais-snp/relais/internal/territory"
)

// few is how many new slots are put in one by one; beyond, sorting is cheaper.
const few = 64

// Supply is every slot of a territory as it stands, laid out so that the best
// for a caller are found without looking at the others: by commune and by
// practitioner, each by start and id. Whoever keeps it up to date lends it to
// one reader at a time (Boards); it is not safe for concurrent use.
type Supply struct {
	ground *Ground // that places is laid out by
	slots  map[string]*SlotState
	places map[place]*run
	people map[string]*run
}

// place is what slots of equal distance have in common, whoever calls.
type place struct {
	commune territory.INSEE // "" when not known
	remote  bool            // téléconsultations
	free    bool            // those with a free seat, who stand in the run of all as well
}

// NewSupply returns the supply of these slots. Their states are not to be
// altered afterwards.
func NewSupply(states []SlotState) *Supply {
	p := &Supply{slots: make(map[string]*SlotState, len(states)), places: map[place]*run{}, people: map[string]*run{}}
	p.Put(states...)
	return p
}

// Put brings slots to these states, slots not yet known too.
func (p *Supply) Put(states ...SlotState) {
	var fresh []*SlotState
	for _, state := range states {
		known := p.slots[state.Slot.ID]
		if known != nil && sameSpot(known, &state) {
			*known = state
			continue
		}
		if known != nil {
			p.remove(known)
		}
		s := &state
		p.slots[state.Slot.ID] = s
		if len(states) > few {
			fresh = append(fresh, s)
			continue
		}
		for _, r := range append(p.runsAt(s), p.runOf(s)) {
			r.insert(s)
		}
	}
	fresh = slices.DeleteFunc(fresh, func(s *SlotState) bool { return p.slots[s.Slot.ID] != s }) // moved on since
	lay(fresh, p.runsAt)
	lay(fresh, func(s *SlotState) []*run { return []*run{p.runOf(s)} })
}

// sameSpot reports whether a slot stands in the runs where it stood before.
func sameSpot(was, is *SlotState) bool {
	return was.Slot.Start.Equal(is.Slot.Start) && was.Slot.Location == is.Slot.Location &&
		was.Slot.Practitioner == is.Slot.Practitioner && was.Slot.Modality == is.Slot.Modality &&
		(was.Free() > 0) == (is.Free() > 0)
}

// Forget drops the slots that ended before the given time.
func (p *Supply) Forget(before time.Time) {
	for _, s := range p.slots {
		if s.Slot.End.Before(before) {
			p.remove(s)
		}
	}
}

func (p *Supply) remove(s *SlotState) {
	delete(p.slots, s.Slot.ID)
	for _, r := range append(p.runsAt(s), p.runOf(s)) {
		r.remove(s)
	}
}

// arrange lays the slots out by the communes of a directory, unless they are.
func (p *Supply) arrange(g *Ground) {
	if p.ground == g {
		return
	}
	p.ground, p.places = g, map[place]*run{}
	all := make([]*SlotState, 0, len(p.slots))
	for _, s := range p.slots {
		all = append(all, s)
	}
	lay(all, p.runsAt)
}

// lay adds many slots to their runs and sorts each run once.
func lay(fresh []*SlotState, where func(*SlotState) []*run) {
	grown := map[*run]struct{}{}
	for _, s := range fresh {
		for _, r := range where(s) {
			*r = append(*r, s)
			grown[r] = struct{}{}
		}
	}
	for r := range grown {
		slices.SortFunc(*r, func(a, b *SlotState) int { return byStart(&a.Slot, &b.Slot) })
	}
}

// runsAt is where a slot stands among those of equal distance.
func (p *Supply) runsAt(s *SlotState) []*run {
	at := place{remote: s.Slot.Modality == agenda.Teleconsultation}
	if !at.remote && p.ground != nil {
		at.commune = p.ground.Communes[s.Slot.Location].INSEE
	}
	runs := []*run{runIn(p.places, at)}
	if s.Free() > 0 {
		at.free = true
		runs = append(runs, runIn(p.places, at))
	}
	return runs
}

func (p *Supply) runOf(s *SlotState) *run { return runIn(p.people, s.Slot.Practitioner) }

func runIn[K comparable](runs map[K]*run, key K) *run {
	r := runs[key]
	if r == nil {
		r = new(run)
		runs[key] = r
	}
	return r
}

// run is slots by start and id.
type run []*SlotState

func (r *run) insert(s *SlotState) { *r = slices.Insert(*r, r.find(s), s) }

func (r *run) remove(s *SlotState) {
	if i := r.find(s); i < len(*r) && (*r)[i] == s {
		*r = slices.Delete(*r, i, i+1)
	}
}

// find is where a slot stands, or would.
func (r *run) find(s *SlotState) int {
	return sort.Search(len(*r), func(i int) bool { return byStart(&(*r)[i].Slot, &s.Slot) >= 0 })
}

// within is the part of a run that starts in the period, after the key.
func (r *run) within(q BoardQuery) run {
	all := *r
	from := sort.Search(len(all), func(i int) bool {
		return !all[i].Slot.Start.Before(q.From) && q.After.before(&all[i].Slot)
	})
	all = all[from:]
	return all[:sort.Search(len(all), func(i int) bool { return !all[i].Slot.Start.Before(q.To) })]
}
