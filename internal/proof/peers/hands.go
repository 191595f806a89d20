package peers

import (
	"context"
	"encoding/json"
	"fmt"
	"sync/atomic"

	"github.com/gorilla/websocket"

	"github.com/relais-snp/relais/internal/proof"
)

// hand is a live line that holds and releases seats. Replies are read beside, so
// that several commands may be on their way.
type hand struct {
	line    *websocket.Conn
	asked   int64
	replies chan proof.Frame
	failed  atomic.Pointer[error]
}

func (r *Relais) hand(ctx context.Context, who *proof.Client) (*hand, error) {
	line, err := who.Line(ctx)
	if err != nil {
		return nil, err
	}
	h := &hand{line: line, replies: make(chan proof.Frame, 64)}
	go h.listen()
	return h, nil
}

func (h *hand) listen() {
	defer close(h.replies)
	for {
		var f proof.Frame
		if err := h.line.ReadJSON(&f); err != nil {
			h.failed.Store(&err)
			return
		}
		if f.Problem != nil {
			var err error = f.Problem
			h.failed.Store(&err)
			h.line.Close()
			return
		}
		if f.Type == "reply" {
			h.replies <- f
		}
	}
}

func (h *hand) ask(cmd proof.Command) error {
	h.asked++
	cmd.ID = h.asked
	return h.line.WriteJSON(cmd)
}

// token waits for the answer to a hold.
func (h *hand) token(id int64) (string, error) {
	for f := range h.replies {
		if f.ID == id {
			var held proof.Hold
			err := json.Unmarshal(f.OK, &held)
			return held.Token, err
		}
	}
	return "", *h.failed.Load()
}

// turns makes one change after the other, without waiting for the first to be
// answered before the second: hold a seat, hold another, release the one, release
// the other. Four lines take turns, since each may ask twenty times a second; each
// has seats of its own, so that a line that lags is in no other's way.
type turns struct {
	lines [4]*hand
	slots []proof.Slot // two of each line
	base  int          // position before the first change
	n     int
}

// Publish implements Peer. Every publisher goes on where the one before stopped,
// on the same lines: they end with the service.
func (r *Relais) Publish(ctx context.Context) (Publisher, error) {
	if r.turns != nil {
		return r.turns, nil
	}
	line, base, err := r.watch(ctx)
	if err != nil {
		return nil, err
	}
	line.Close()
	t := &turns{slots: r.slots[:steady], base: base}
	for i := range t.lines {
		if t.lines[i], err = r.hand(ctx, r.people.Regulators[1]); err != nil {
			return nil, err
		}
	}
	r.turns = t
	return t, nil
}

func (t *turns) Next() int { return t.base + t.n + 1 }

func (t *turns) Send() (err error) {
	which, step := t.n/4%len(t.lines), t.n%4
	h := t.lines[which]
	t.n++
	if step < 2 {
		return h.ask(proof.Command{Op: "hold", Slot: t.slots[2*which+step].ID})
	}
	token, err := h.token(h.asked - 1)
	if err != nil {
		return fmt.Errorf("hold: %w", err)
	}
	return h.ask(proof.Command{Op: "release", Hold: token})
}

func (*turns) Close() {}
