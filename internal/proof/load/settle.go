package load

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/relais-snp/relais/internal/proof"
)

const (
	settlers     = 8
	settleWithin = 15 * time.Second
)

// settle checks every territory, some at a time, and returns what stays wrong.
func (r *run) settle(ctx context.Context) []string {
	var all sync.WaitGroup
	var mu sync.Mutex
	var lines []string
	turns := make(chan struct{}, settlers)
	for i, g := range r.grounds {
		if len(g.Regulators) == 0 || r.Settled > 0 && i >= r.Settled {
			continue
		}
		turns <- struct{}{}
		all.Go(func() {
			defer func() { <-turns }()
			found := r.settleOne(ctx, g)
			mu.Lock()
			defer mu.Unlock()
			lines = append(lines, found...)
		})
	}
	all.Wait()
	slices.Sort(lines)
	return lines
}

// settleOne asks until nothing is wrong in a territory, for a while: what a
// console shows may be on its way, and a hold may end meanwhile.
func (r *run) settleOne(ctx context.Context, g *ground) []string {
	ctx, cancel := context.WithTimeout(ctx, settleWithin)
	defer cancel()
	for {
		lines := r.verdict(ctx, g)
		if len(lines) == 0 || !until(ctx, time.Now().Add(200*time.Millisecond)) {
			return lines
		}
	}
}

func (r *run) verdict(ctx context.Context, g *ground) []string {
	who := g.Regulators[0]
	from, to := r.began.Add(-time.Hour), r.began.Add(6*24*time.Hour)
	var lines []string
	at := g.followers[0].position()
	for i, f := range g.followers {
		if other := f.position(); other != at {
			lines = append(lines, fmt.Sprintf("%s: console %d stands at %v, the first at %v", g.ID, i+1, other, at))
		}
	}
	board, err := who.Slots(ctx, g.ID, from, to)
	if err != nil {
		return append(lines, g.ID+": its slots cannot be read: "+reason(err))
	}
	end := proof.End{Slots: board.Slots, Consoles: map[string]proof.View{}}
	if end.Bookings, err = who.Bookings(ctx, g.ID, from, to); err != nil {
		return append(lines, g.ID+": its bookings cannot be read: "+reason(err))
	}
	if console := r.whole[g]; console != nil {
		end.Consoles[g.ID+"'s console"] = console.View()
	}
	return append(lines, g.checks.Verdict(end)...)
}

// unseen counts the acknowledged changes that reached no console, or were
// overtaken by another change of the same slot before they did.
func (r *run) unseen() (n int) {
	for _, g := range r.grounds {
		if len(g.followers) > 0 {
			n += g.unseen()
		}
	}
	return n
}
