package live

import "slices"

// remembers is how many changes of a territory the hub keeps for consoles that
// come back.
const remembers = 8192

// past is which slots changed lately, so that a console that comes back
// receives only those.
type past struct {
	floor   int64 // positions before it are not remembered
	batches []batch
	size    int
}

// batch is the slots that changed up to a position, since the batch before.
type batch struct {
	to  int64
	ids []string
}

func (p *past) add(to int64, ids []string) {
	p.batches = append(p.batches, batch{to, ids})
	p.size += len(ids)
	for p.size > remembers && len(p.batches) > 1 {
		p.floor = p.batches[0].to
		p.size -= len(p.batches[0].ids)
		p.batches = p.batches[1:]
	}
}

// extend remembers further back, by all the events after from. They may reach
// into what is remembered already.
func (p *past) extend(from int64, events []Event) {
	if from >= p.floor || int64(len(events)) < p.floor-from {
		return
	}
	older := batch{to: p.floor}
	for _, e := range events[:p.floor-from] {
		older.ids = append(older.ids, e.State.Slot.ID)
	}
	p.batches = slices.Insert(p.batches, 0, older)
	p.size += len(older.ids)
	p.floor = from
}

// since lists the slots that changed after a position, each once; ok is false
// when that is not remembered.
func (p *past) since(from int64) (ids []string, ok bool) {
	if from < p.floor {
		return nil, false
	}
	for _, b := range p.batches {
		if b.to > from {
			ids = append(ids, b.ids...)
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids), true
}
