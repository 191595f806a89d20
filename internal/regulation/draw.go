package regulation

import (
	"container/heap"
	"slices"
	"time"

	"github.com/relais-snp/relais/internal/agenda"
)

// wanted says which slots a look is for, the period apart.
type wanted struct {
	BoardQuery
	forCPTS bool // only what is meant for the CPTS
	now     time.Time
}

func (w *wanted) keeps(s *SlotState) bool {
	return (!w.forCPTS || s.Slot.Audience == agenda.ForCPTS) &&
		(w.Practitioner == "" || s.Slot.Practitioner == w.Practitioner) &&
		(!w.FreeOnly || s.Slot.Start.After(w.now) && s.Free() > 0)
}

// ranking says for whom slots are ranked, and by what.
type ranking struct {
	ground *Ground
	caller Caller
	perKm  int
}

// held lists who holds seats of the period, by slot.
func (p *Supply) held(w wanted) map[string][]HeldSeat {
	holds := map[string][]HeldSeat{}
	for _, s := range p.slots {
		if len(s.Held) > 0 && !s.Slot.Start.Before(w.From) && s.Slot.Start.Before(w.To) {
			holds[s.Slot.ID] = s.Held
		}
	}
	return holds
}

// byStart is the first n slots wanted.
func (p *Supply) byStart(w wanted, n int) []Ranked {
	d := draw{wanted: w}
	if w.Practitioner != "" {
		d.add(p.people[w.Practitioner])
		return d.first(n, nil)
	}
	d.addPlaces(p)
	return d.first(n, nil)
}

// nearest is the first n of RankSlots over the slots wanted. The few of one
// practitioner are ranked whole; the others are drawn from runs of equal
// distance, in each of which the order by start and id is that of the ranking.
func (p *Supply) nearest(w wanted, r ranking, n int) []Ranked {
	own := r.ground.bearers(r.caller.MTRPPS)
	if w.Practitioner != "" {
		own = []string{w.Practitioner}
	}
	first := r.best(p.ofPeople(w, own), w.now, n)
	if len(first) == n || w.Practitioner != "" {
		return first
	}
	p.arrange(r.ground)
	d := draw{wanted: w, ranking: &r, apart: own}
	d.addPlaces(p)
	return d.first(n, first)
}

func (p *Supply) ofPeople(w wanted, people []string) []SlotState {
	var states []SlotState
	for _, id := range people {
		r := p.people[id]
		if r == nil {
			continue
		}
		for _, s := range r.within(w.BoardQuery) {
			if w.keeps(s) {
				states = append(states, *s)
			}
		}
	}
	return states
}

func (r ranking) best(states []SlotState, now time.Time, n int) []Ranked {
	ranked := RankSlots(states, r.ground, r.caller, now, r.perKm)
	return ranked[:min(n, len(ranked))]
}

// draw takes slots out of several runs, the best first: by start, or by rank.
// It keeps a heap of the runs by their heads.
type draw struct {
	wanted
	ranking *ranking // nil for by start
	apart   []string // practitioners whose slots were taken before
	heads   []*head
}

// head is the best slot of a run, and what comes after it.
type head struct {
	*SlotState
	rank  Rank
	score float64
	rest  run
}

// addPlaces adds the runs of all places, or what is free there.
func (d *draw) addPlaces(p *Supply) {
	for at, r := range p.places {
		if at.free == d.FreeOnly {
			d.add(r)
		}
	}
}

func (d *draw) add(r *run) {
	if r == nil {
		return
	}
	h := &head{rest: r.within(d.BoardQuery)}
	if !d.next(h) {
		return
	}
	if d.ranking != nil {
		h.rank = d.ranking.ground.distance(h.Slot, d.ranking.caller)
		d.rate(h)
	}
	d.heads = append(d.heads, h)
}

// next moves to the run's next slot that is wanted, false when there is none.
func (d *draw) next(h *head) bool {
	for i, s := range h.rest {
		if d.keeps(s) && !slices.Contains(d.apart, s.Slot.Practitioner) {
			h.SlotState, h.rest = s, h.rest[i+1:]
			return true
		}
	}
	return false
}

// rate ranks the head by its delay; the distance is that of its whole run.
func (d *draw) rate(h *head) {
	h.rank.DelayMinutes = delay(h.Slot.Start, d.now)
	h.score = h.rank.score(d.ranking.caller, d.ranking.perKm)
}

// first adds slots to those found before until there are n, or no more.
func (d *draw) first(n int, found []Ranked) []Ranked {
	heap.Init(d)
	for len(found) < n && len(d.heads) > 0 {
		h := d.heads[0]
		drawn := Ranked{State: *h.SlotState}
		if d.ranking != nil {
			rank := h.rank
			drawn.Rank = &rank
		}
		found = append(found, drawn)
		if !d.next(h) {
			heap.Pop(d)
			continue
		}
		if d.ranking != nil {
			d.rate(h)
		}
		heap.Fix(d, 0)
	}
	return found
}

// Less orders heads as RankSlots orders slots; by start when nothing ranks them.
func (d *draw) Less(i, j int) bool {
	a, b := d.heads[i], d.heads[j]
	if a.rank.Unknown != b.rank.Unknown {
		return b.rank.Unknown
	}
	if a.score != b.score {
		return a.score < b.score
	}
	return byStart(&a.Slot, &b.Slot) < 0
}

// Len, Swap, Push and Pop are for container/heap alone.
func (d *draw) Len() int      { return len(d.heads) }
func (d *draw) Swap(i, j int) { d.heads[i], d.heads[j] = d.heads[j], d.heads[i] }
func (d *draw) Push(x any)    { d.heads = append(d.heads, x.(*head)) }

func (d *draw) Pop() any {
	last := len(d.heads) - 1
	h := d.heads[last]
	d.heads = d.heads[:last]
	return h
}
