package store

import (
	"context"
	"math"
	"sync"
	"time"

	"github.com/relais-snp/relais/internal/regulation"
)

// How old what is kept of a directory may be.
const (
	groundFresh  = time.Second            // then somebody looks, while others read on
	groundStale  = 2 * time.Second        // then readers wait for who looks
	groundPause  = 300 * time.Millisecond // but this long at most
	groundAgain  = time.Second            // after a look that failed
	groundWithin = 10 * time.Second       // a look must end
)

// grounds are the directories of territories as ranking reads them, kept in
// memory: they hold thousands of rows and change a few times a day. Every change
// leaves a new mark in meta, so that one row tells whether anything did. There
// are as many as territories.
type grounds struct {
	mu sync.Mutex
	of map[string]*keptGround
}

type keptGround struct {
	mu       sync.Mutex
	ground   *regulation.Ground // nil before the first
	mark     string
	looked   time.Time // when the look that found it began
	outdated time.Time // this process changed the directory then
	look     *look     // the last one
}

// Ground returns a territory's directory as ranking reads it, the same one as
// long as nothing changes in it. What this process changes shows at once, what
// another one does within two seconds; while the database does not answer, what
// was known stays, and is given without waiting for long.
func (d Directory) Ground(ctx context.Context, territory string) (*regulation.Ground, error) {
	k := d.DB.grounds.find(territory)
	for {
		ground, age := k.known()
		if ground != nil && age < groundFresh {
			return ground, nil
		}
		l := d.looking(ctx, territory, k)
		if ground != nil && age < groundStale {
			return ground, nil
		}
		if err := l.wait(ctx, ground != nil); err != nil {
			if ground != nil {
				return ground, nil
			}
			return nil, err
		}
	}
}

// read compares marks, and reads the directory when they differ. The mark comes
// first: a change in between is read again, never missed.
func (d Directory) read(ctx context.Context, territory string, k *keptGround) (*regulation.Ground, error) {
	began := time.Now()
	mark, _, err := first(list(ctx, d.DB, scanID, `SELECT value FROM meta WHERE name = $1`, directoryMark))
	if err != nil {
		return nil, err
	}
	if ground, ok := k.same(mark, began); ok {
		return ground, nil
	}
	people, err := d.Practitioners(ctx, territory)
	if err != nil {
		return nil, err
	}
	places, err := d.Locations(ctx, territory)
	if err != nil {
		return nil, err
	}
	return k.keep(regulation.GroundOf(people, places), mark, began), nil
}

func (g *grounds) find(territory string) *keptGround {
	g.mu.Lock()
	defer g.mu.Unlock()
	k := g.of[territory]
	if k == nil {
		if g.of == nil {
			g.of = map[string]*keptGround{}
		}
		k = &keptGround{}
		g.of[territory] = k
	}
	return k
}

// outdate makes the next readers of every territory look.
func (g *grounds) outdate() {
	g.mu.Lock()
	defer g.mu.Unlock()
	for _, k := range g.of {
		k.mu.Lock()
		k.outdated = time.Now()
		k.mu.Unlock()
	}
}

// known is what is kept and how old it is, beyond any age when outdated.
func (k *keptGround) known() (*regulation.Ground, time.Duration) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if !k.looked.After(k.outdated) {
		return k.ground, math.MaxInt64
	}
	return k.ground, time.Since(k.looked)
}

// same reports whether what is kept bears the mark, and notes that it was looked.
func (k *keptGround) same(mark string, at time.Time) (*regulation.Ground, bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.ground == nil || k.mark != mark {
		return nil, false
	}
	k.looked = at
	return k.ground, true
}

// keep takes the news. A ground that did not change stays the one that it was.
func (k *keptGround) keep(news *regulation.Ground, mark string, at time.Time) *regulation.Ground {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.ground == nil || !k.ground.Equal(news) {
		k.ground = news
	}
	k.mark, k.looked = mark, at
	return k.ground
}
