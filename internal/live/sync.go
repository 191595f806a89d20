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

// look compares positions with the engine, now and then ticks, and reports
// whether the feed has ended for want of consoles.
func (f *feed) look(tick bool) (ended bool) {
	ctx, cancel := context.WithTimeout(context.Background(), askFor)
	at, err := f.hub.engine.Position(ctx, f.territory)
	cancel()
	mine := f.position()
	switch {
	case err != nil:
		f.leave()
	case f.isAway() || at.Epoch != mine.Epoch || at.Seq > mine.Seq:
		f.sync()
	}
	if tick {
		f.tick()
	}
	return f.hub.retire(f)
}

func (f *feed) isAway() bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.away
}
