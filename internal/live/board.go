package live

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"github.com/relais-snp/relais/internal/regulation"
)

// stale is how long after their end slots stay on a board that the engine has
// trimmed without a word.
const stale = 36 * time.Hour

// setBack is how far a clock goes back before what was forgotten by it is asked
// for again; less forgets nothing that an engine still carries.
const setBack = time.Minute

// board is a territory as its consoles know it, each state encoded once.
type board struct {
	territory string
	at        Position // of the states
	sent      Position // of the consoles; behind at, in the same epoch
	slots     map[string]posted
	changed   map[string]struct{} // between sent and at
	past      past
	last      *Frame // the latest snapshot
	lastOf    Position
	lastWhen  time.Time
	tidied    time.Time
}

// posted is a slot on the board.
type posted struct {
	wire       []byte
	start, end time.Time
}

func newBoard(territory string) board { return board{territory: territory} }

func post(s regulation.SlotState) posted {
	return posted{wire: AppendSlot(make([]byte, 0, 384), s), start: s.Slot.Start, end: s.Slot.End}
}

// begin takes a snapshot for everything known before.
func (b *board) begin(snap Snapshot) {
	b.at, b.sent = snap.Position, snap.Position
	b.slots = make(map[string]posted, len(snap.States))
	for _, s := range snap.States {
		b.slots[s.Slot.ID] = post(s)
	}
	b.changed = map[string]struct{}{}
	b.past = past{floor: snap.Position.Seq}
	b.last, b.tidied = nil, time.Time{}
}

// advance takes the next event. Events seen before change nothing; false means
// that something in between is missing.
func (b *board) advance(e Event) bool {
	if e.Position.Epoch != b.at.Epoch || e.Position.Seq > b.at.Seq+1 {
		return false
	}
	if e.Position.Seq == b.at.Seq+1 {
		b.at = e.Position
		b.slots[e.State.Slot.ID] = post(e.State)
		b.changed[e.State.Slot.ID] = struct{}{}
	}
	return true
}

// flush is the delta from what consoles have to the present, nil for none.
func (b *board) flush() *Frame {
	if b.sent == b.at {
		return nil
	}
	ids := slices.Sorted(maps.Keys(b.changed))
	frame := deltaFrame(b.territory, b.sent.Seq, b.at, b.wires(ids))
	b.past.add(b.at.Seq, ids)
	b.sent = b.at
	clear(b.changed)
	return frame
}

// since is the delta from a console's position to sent, nil when the board
// does not remember that far. States may be newer than their position says;
// then a later delta brings them again.
func (b *board) since(from Position) *Frame {
	if from.Epoch != b.sent.Epoch || from.Seq > b.sent.Seq {
		return nil
	}
	ids, ok := b.past.since(from.Seq)
	if !ok {
		return nil
	}
	return deltaFrame(b.territory, from.Seq, b.sent, b.wires(ids))
}

// snapshot is everything at sent; consoles that come together share one.
func (b *board) snapshot(now time.Time) *Frame {
	if b.last != nil && b.lastOf == b.sent && now.Sub(b.lastWhen).Abs() < time.Second {
		return b.last
	}
	ids := slices.SortedFunc(maps.Keys(b.slots), func(x, y string) int {
		return cmp.Or(b.slots[x].start.Compare(b.slots[y].start), cmp.Compare(x, y))
	})
	b.last = snapshotFrame(b.territory, b.sent, now, b.wires(ids))
	b.lastOf, b.lastWhen = b.sent, now
	return b.last
}

func (b *board) wires(ids []string) [][]byte {
	wires := make([][]byte, 0, len(ids))
	for _, id := range ids {
		if s, ok := b.slots[id]; ok {
			wires = append(wires, s.wire)
		}
	}
	return wires
}

// forget drops slots that ended long ago. False means that it did so by a clock
// that was ahead, and the board lacks slots.
func (b *board) forget(now time.Time) bool {
	if b.tidied.Sub(now) > setBack {
		return false
	}
	b.tidied = now
	maps.DeleteFunc(b.slots, func(_ string, s posted) bool { return s.end.Before(now.Add(-stale)) })
	return true
}
