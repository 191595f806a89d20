package live

// queue is how many frames wait for a slow console.
const queue = 64

// Console is one follower of one territory.
type Console struct {
	feed                  *feed
	account, practitioner string
	frames                chan *Frame

	// Under the feed's lock:
	behind bool // brought back by a snapshot, not caught up yet
	why    error
}

func newConsole(f *feed, r WatchRequest) *Console {
	return &Console{feed: f, account: r.Account, practitioner: r.Practitioner, frames: make(chan *Frame, queue)}
}

// Frames gives the console's frames in order. It is closed when the console is
// closed, by either side; Err then says why.
func (c *Console) Frames() <-chan *Frame { return c.frames }

// Err is nil while the console is open or after Close, ErrSlowConsole when it
// could not follow, ErrEngineAway when the hub was closed.
func (c *Console) Err() error {
	c.feed.mu.Lock()
	defer c.feed.mu.Unlock()
	return c.why
}

// Close stops following. It may be called twice and from any goroutine.
func (c *Console) Close() {
	c.feed.mu.Lock()
	defer c.feed.mu.Unlock()
	c.feed.drop(c, nil)
}

// drain empties the queue; its reader may take some of it meanwhile.
func (c *Console) drain() {
	for {
		select {
		case <-c.frames:
		default:
			return
		}
	}
}
