package memory

import "container/heap"

// dueHeap keeps live holds by the time they end, soonest first.
type dueHeap []*hold

func (d *dueHeap) add(h *hold)    { heap.Push(d, h) }
func (d *dueHeap) remove(h *hold) { heap.Remove(d, h.index) }
func (d *dueHeap) fix(h *hold)    { heap.Fix(d, h.index) }

// Len, Less, Swap, Push and Pop are for container/heap alone.
func (d dueHeap) Len() int           { return len(d) }
func (d dueHeap) Less(i, j int) bool { return d[i].ends().Before(d[j].ends()) }

func (d dueHeap) Swap(i, j int) {
	d[i], d[j] = d[j], d[i]
	d[i].index, d[j].index = i, j
}

func (d *dueHeap) Push(x any) {
	h := x.(*hold)
	h.index = len(*d)
	*d = append(*d, h)
}

func (d *dueHeap) Pop() any {
	last := len(*d) - 1
	h := (*d)[last]
	(*d)[last] = nil
	*d = (*d)[:last]
	return h
}
