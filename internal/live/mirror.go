package live

import (
	"context"
	"sync"
	"time"

	"github.com/relais-snp/relais/internal/regulation"
)

// The rhythm of mirrors.
const (
	mirrorKept  = 10 * time.Minute // how long one that nobody looks into is kept
	mirrorTidy  = 10 * time.Minute // between two times of forgetting ended slots
	mirrorTries = 4                // epochs that may change under one look
)

// Mirrors are copies of territories' present in this process, so that a look
// need not carry a whole territory over from the engine. One is made at the
// first look into its territory, and forgotten when nobody has looked for long.
//
// A mirror follows nobody: each look first asks the engine for what happened
// since. The answer is given after the look began, so the look sees every change
// that was acknowledged before it, at the price of one short call.
type Mirrors struct {
	engine Engine
	now    func() time.Time

	mu sync.Mutex
	of map[string]*mirror
}

var _ regulation.Boards = (*Mirrors)(nil)

// NewMirrors returns the mirrors of an engine. now says which slots are long
// over.
func NewMirrors(engine Engine, now func() time.Time) *Mirrors {
	return &Mirrors{engine: engine, now: now, of: map[string]*mirror{}}
}

// Look shows a territory as it stands; see regulation.Boards.
func (m *Mirrors) Look(ctx context.Context, territory string, see func(*regulation.Supply)) (Position, error) {
	mine := m.mirror(territory)
	for range mirrorTries {
		had := mine.position()
		if had.Epoch != "" {
			events, ok, err := m.engine.Since(ctx, territory, had)
			if err != nil {
				return Position{}, err
			}
			if ok {
				if at, ok := mine.show(had, events, m.now(), see); ok {
					return at, nil
				}
				continue // it was filled anew meanwhile
			}
		}
		if err := m.fill(ctx, territory, mine, had); err != nil {
			return Position{}, err
		}
	}
	return Position{}, regulation.ErrEngineAway
}

// fill takes a snapshot for everything the mirror had. Of those who find it
// useless at the same time, one does.
func (m *Mirrors) fill(ctx context.Context, territory string, mine *mirror, had Position) error {
	select {
	case mine.filling <- struct{}{}:
	case <-ctx.Done():
		return regulation.ErrEngineAway.Because(ctx.Err())
	}
	defer func() { <-mine.filling }()
	if mine.position() != had {
		return nil
	}
	snap, err := m.engine.Snapshot(ctx, territory)
	if err != nil {
		return err
	}
	mine.begin(had, snap)
	return nil
}

// mirror finds a territory's mirror and keeps it from being forgotten.
func (m *Mirrors) mirror(territory string) *mirror {
	m.mu.Lock()
	defer m.mu.Unlock()
	mine := m.of[territory]
	if mine == nil {
		mine = &mirror{filling: make(chan struct{}, 1)}
		mine.unused = time.AfterFunc(mirrorKept, func() { m.forget(territory, mine) })
		m.of[territory] = mine
		return mine
	}
	mine.unused.Reset(mirrorKept)
	return mine
}

func (m *Mirrors) forget(territory string, mine *mirror) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.of[territory] == mine {
		delete(m.of, territory)
	}
}

// mirror is one territory as this process last saw it.
type mirror struct {
	filling chan struct{} // a token: one snapshot at a time
	unused  *time.Timer

	mu     sync.Mutex
	at     Position // zero until filled
	supply *regulation.Supply
	tidied time.Time
}

func (m *mirror) position() Position {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.at
}

// begin takes the snapshot unless the mirror moved on since it was asked for.
func (m *mirror) begin(had Position, snap Snapshot) {
	supply := regulation.NewSupply(snap.States)
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.at == had {
		m.at, m.supply, m.tidied = snap.Position, supply, time.Time{}
	}
}

// show brings the mirror up to date with what happened after had, and lets it be
// seen. What another look brought before changes nothing. False means that the
// mirror does not stand after had any more, or is to be filled anew: its slots
// were forgotten by a clock that was ahead.
func (m *mirror) show(had Position, events []Event, now time.Time, see func(*regulation.Supply)) (Position, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.at.Epoch != had.Epoch || m.at.Seq < had.Seq {
		return Position{}, false
	}
	if m.tidied.Sub(now) > mirrorTidy {
		m.at = Position{}
		return Position{}, false
	}
	m.advance(events)
	if now.Sub(m.tidied) > mirrorTidy {
		m.supply.Forget(now.Add(-stale))
		m.tidied = now
	}
	see(m.supply)
	return m.at, true
}

// advance takes the events after the mirror's position. They have no gap, and
// begin no later than there.
func (m *mirror) advance(events []Event) {
	states := make([]regulation.SlotState, 0, len(events))
	for _, e := range events {
		if e.Position.Seq > m.at.Seq {
			states = append(states, e.State)
			m.at = e.Position
		}
	}
	m.supply.Put(states...)
}
