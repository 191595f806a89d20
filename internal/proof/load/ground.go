package load

import (
	"encoding/json"
	"slices"
	"sync"
	"time"

	"github.com/relais-snp/relais/internal/proof"
)

// ground is one territory during a run: its consoles, what is expected to reach
// them, and its checker.
type ground struct {
	*Territory
	meters    meters
	checks    *proof.Checker
	followers []*follower

	mu       sync.Mutex
	expected map[string][]*change // by slot, or by GP for slots that have no id yet
	ranges   map[stretch][]time.Time
	order    []stretch // of ranges, oldest first
}

// stretch names a delta: every console of the territory receives the same one.
type stretch struct {
	epoch    string
	from, to int64
}

// kept bounds the deltas remembered for consoles that are behind.
const kept = 1024

// change is a command under way, whose result consoles will show.
type change struct {
	sent  time.Time
	shows func(slotHead) bool
}

// slotHead is what a change is recognised by.
type slotHead struct {
	ID           string    `json:"id"`
	Practitioner string    `json:"practitioner"`
	Start        time.Time `json:"start"`
	Free         int       `json:"free"`
	Booked       int       `json:"booked"`
	Held         []struct {
		Holder string `json:"holder"`
	} `json:"held"`
}

func newGround(t *Territory, m meters) *ground {
	return &ground{Territory: t, meters: m, checks: proof.NewChecker(), expected: map[string][]*change{}, ranges: map[stretch][]time.Time{}}
}

// expect begins to wait for a change that is sent now. The key is the slot's id,
// or the GP's.
func (g *ground) expect(key string, shows func(slotHead) bool) *change {
	c := &change{sent: time.Now(), shows: shows}
	g.mu.Lock()
	defer g.mu.Unlock()
	g.expected[key] = append(g.expected[key], c)
	return c
}

// forget gives up a change that was refused.
func (g *ground) forget(key string, c *change) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.drop(key, func(other *change) bool { return other == c })
}

func (g *ground) drop(key string, which func(*change) bool) {
	if left := slices.DeleteFunc(g.expected[key], which); len(left) > 0 {
		g.expected[key] = left
	} else {
		delete(g.expected, key)
	}
}

// unseen counts the changes that were acknowledged and reached nobody.
func (g *ground) unseen() (n int) {
	g.mu.Lock()
	defer g.mu.Unlock()
	for _, list := range g.expected {
		n += len(list)
	}
	return n
}

// known reports whether another console has decoded this delta.
func (g *ground) known(s stretch) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	_, ok := g.ranges[s]
	return ok
}

// decoded notes what a delta brings, for every console that receives it.
func (g *ground) decoded(s stretch, frame []byte) error {
	var delta struct {
		Slots []slotHead `json:"slots"`
	}
	if err := json.Unmarshal(frame, &delta); err != nil {
		return err
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	if _, ok := g.ranges[s]; ok {
		return nil
	}
	var sent []time.Time
	for _, slot := range delta.Slots {
		for _, key := range []string{slot.ID, slot.Practitioner} {
			g.drop(key, func(c *change) bool {
				shown := c.shows(slot)
				if shown {
					sent = append(sent, c.sent)
				}
				return shown
			})
		}
	}
	g.ranges[s] = sent
	if g.order = append(g.order, s); len(g.order) > kept {
		delete(g.ranges, g.order[0])
		g.order = g.order[1:]
	}
	return nil
}

// reached notes that a delta has reached one more console.
func (g *ground) reached(s stretch, at time.Time) {
	g.mu.Lock()
	sent := g.ranges[s]
	g.mu.Unlock()
	for _, t := range sent {
		g.meters.took(opSeen, at.Sub(t), nil)
	}
}
