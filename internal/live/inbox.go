package live

import "sync"

// crowded is how many events may wait; beyond, a look at the engine is cheaper.
const crowded = 8192

// inbox takes what the engine tells without ever making it wait.
type inbox struct {
	wake chan struct{}

	mu sync.Mutex
	waiting
}

type waiting struct {
	events  []Event
	signals []Signal
	broken  bool
}

func newInbox() *inbox { return &inbox{wake: make(chan struct{}, 1)} }

func (i *inbox) sink() Sink {
	return Sink{
		Event: func(e Event) {
			i.put(func(w *waiting) {
				if len(w.events) >= crowded {
					w.events, w.broken = nil, true
				}
				w.events = append(w.events, e)
			})
		},
		Signal: func(s Signal) {
			i.put(func(w *waiting) {
				if len(w.signals) < crowded {
					w.signals = append(w.signals, s)
				}
			})
		},
		Broken: func() { i.put(func(w *waiting) { w.broken = true }) },
	}
}

func (i *inbox) put(note func(*waiting)) {
	i.mu.Lock()
	note(&i.waiting)
	i.mu.Unlock()
	select {
	case i.wake <- struct{}{}:
	default:
	}
}

func (i *inbox) empty() ([]Event, []Signal, bool) {
	i.mu.Lock()
	defer i.mu.Unlock()
	w := i.waiting
	i.waiting = waiting{}
	return w.events, w.signals, w.broken
}
