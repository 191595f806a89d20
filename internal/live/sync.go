package live

import "context"

// sync brings the board to the engine's position: by the events it missed, or
// by a snapshot.
func (f *feed) sync() {
	ctx, cancel := context.WithTimeout(context.Background(), askFor)
	defer cancel()
	at := f.position()
	if at.Epoch != "" {
		events, ok, err := f.hub.engine.Since(ctx, f.territory, at)
		if err != nil {
			f.leave()
			return
		}
		if ok {
			f.catchUp(events)
			return
		}
	}
	f.renew(ctx)
}

// renew takes everything anew.
func (f *feed) renew(ctx context.Context) {
	snap, err := f.hub.engine.Snapshot(ctx, f.territory)
	if err != nil {
		f.leave()
		return
	}
	f.begin(snap)
}

func (f *feed) position() Position {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.board.at
}

func (f *feed) catchUp(events []Event) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, e := range events {
		f.board.advance(e)
	}
	if f.away {
		f.away = false
		f.broadcast(tickFrame(f.territory, f.board.sent, f.hub.now()))
	}
}

func (f *feed) begin(snap Snapshot) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.away = false
	f.board.begin(snap)
	f.broadcast(f.board.snapshot(f.hub.now()))
}

// leave tells consoles, once, that the engine is away.
func (f *feed) leave() {
	f.mu.Lock()
	defer f.mu.Unlock()
	if !f.away {
		f.away = true
		f.broadcast(awayFrame(f.territory))
	}
}

// compare takes what a look told and reports whether the feed has ended for want
// of consoles. An engine behind where the board was
// before it was asked has lost changes, whatever its epoch says.
func (f *feed) compare(s sight) (ended bool) {
	mine := f.position()
	switch {
	case s.away:
		f.leave()
	case s.at.Epoch == s.before.Epoch && s.at.Seq < s.before.Seq && mine.Epoch == s.before.Epoch:
		ctx, cancel := context.WithTimeout(context.Background(), askFor)
		f.renew(ctx)
		cancel()
	case f.isAway() || s.at.Epoch != mine.Epoch || s.at.Seq > mine.Seq:
		f.sync()
	}
	return f.hub.retire(f)
}

func (f *feed) isAway() bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.away
}
