package load

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gorilla/websocket"

	"github.com/relais-snp/relais/internal/proof"
)

// Line counts what travelled on the live lines.
type Line struct {
	Opened    atomic.Int64
	Lost      atomic.Int64 // without our asking
	Frames    atomic.Int64
	Deltas    atomic.Int64
	Snapshots atomic.Int64
	Away      atomic.Int64
	Gaps      atomic.Int64 // frames that did not fit what the console had
}

// follower is a console that costs little: it knows where it stands, and leaves
// what a delta brings to one of its territory.
type follower struct {
	who    *proof.Client
	ground *ground
	count  *Line
	first  func() // called at the first snapshot
	once   sync.Once

	mu       sync.Mutex
	at       proof.Position
	line     *websocket.Conn
	lastID   int64
	watching int64 // id of the watch that is not answered yet, 0 for none
	waiting  map[int64]chan proof.Frame
}

const comeBack = 100 * time.Millisecond

// run follows until ctx ends.
func (f *follower) run(ctx context.Context) {
	for ctx.Err() == nil {
		if line, err := f.who.Line(ctx); err == nil {
			f.count.Opened.Add(1)
			f.follow(ctx, line)
			if ctx.Err() == nil {
				f.count.Lost.Add(1)
			}
		}
		select {
		case <-time.After(comeBack):
		case <-ctx.Done():
		}
	}
}

func (f *follower) follow(ctx context.Context, line *websocket.Conn) {
	stop := context.AfterFunc(ctx, func() { line.Close() })
	defer stop()
	defer f.lose(line)
	f.mu.Lock()
	f.line = line
	f.watch()
	f.mu.Unlock()
	head := make([]byte, 512)
	for {
		_, r, err := line.NextReader()
		if err != nil {
			return
		}
		n, err := io.ReadFull(r, head)
		if err != nil && err != io.ErrUnexpectedEOF {
			return
		}
		if f.obey(head[:n], r) != nil {
			return
		}
	}
}

// obey follows a frame by its head; the rest is read only where it matters.
func (f *follower) obey(head []byte, rest io.Reader) error {
	now := time.Now()
	f.count.Frames.Add(1)
	switch text(head, `"type":"`) {
	case "delta":
		f.count.Deltas.Add(1)
		s := stretch{text(head, `"epoch":"`), number(head, `"from":`), number(head, `"to":`)}
		if !f.ground.known(s) {
			frame, err := whole(head, rest)
			if err != nil {
				return err
			}
			if err := f.ground.decoded(s, frame); err != nil {
				return err
			}
		}
		f.ground.reached(s, now)
		f.move(proof.Position{Epoch: s.epoch, Seq: s.from}, s.to)
	case "snapshot":
		f.count.Snapshots.Add(1)
		f.mu.Lock()
		f.at = proof.Position{Epoch: text(head, `"epoch":"`), Seq: number(head, `"seq":`)}
		f.mu.Unlock()
		f.once.Do(f.first)
	case "tick":
		seq := number(head, `"seq":`)
		f.move(proof.Position{Epoch: text(head, `"epoch":"`), Seq: seq}, seq)
	case "away":
		f.count.Away.Add(1)
	case "reply":
		return f.answered(head, rest)
	}
	return nil
}

// move goes on from a position, or asks again from where the console stands.
func (f *follower) move(from proof.Position, to int64) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.at == from {
		f.at.Seq = to
		return
	}
	if f.watching == 0 { // what is on its way from an earlier watch may not fit
		f.count.Gaps.Add(1)
		f.watch()
	}
}

// watch is called under mu.
func (f *follower) watch() {
	today := time.Now().Format(time.DateOnly)
	cmd := proof.Command{Op: "watch", Territory: f.ground.ID, Day: today, Days: 3}
	if f.at.Epoch != "" {
		cmd.From = new(f.at)
	}
	f.watching = f.send(cmd)
}

// send is called under mu; a failure ends the line, and its reader says so.
func (f *follower) send(cmd proof.Command) int64 {
	f.lastID++
	cmd.ID = f.lastID
	if f.line.WriteJSON(cmd) != nil {
		f.line.Close()
	}
	return cmd.ID
}

func (f *follower) answered(head []byte, rest io.Reader) error {
	raw, err := whole(head, rest)
	if err != nil {
		return err
	}
	var reply proof.Frame
	if err := json.Unmarshal(raw, &reply); err != nil {
		return err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if reply.ID == f.watching {
		if f.watching = 0; reply.Problem != nil {
			return reply.Problem // come back later
		}
		return nil
	}
	if ch := f.waiting[reply.ID]; ch != nil {
		delete(f.waiting, reply.ID)
		ch <- reply
	}
	return nil
}

// ask sends a command and decodes its answer; as proof.Console.Ask.
func (f *follower) ask(ctx context.Context, cmd proof.Command, answer any) error {
	f.mu.Lock()
	if f.line == nil {
		f.mu.Unlock()
		return proof.ErrLine
	}
	reply := make(chan proof.Frame, 1)
	f.waiting[f.send(cmd)] = reply
	f.mu.Unlock()
	select {
	case got, ok := <-reply:
		switch {
		case !ok:
			return proof.ErrLine
		case got.Problem != nil:
			return got.Problem
		}
		return json.Unmarshal(got.OK, answer)
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (f *follower) lose(line *websocket.Conn) {
	line.Close()
	f.mu.Lock()
	defer f.mu.Unlock()
	f.line, f.watching = nil, 0
	for id, ch := range f.waiting {
		delete(f.waiting, id)
		close(ch)
	}
}

func (f *follower) position() proof.Position {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.at
}

func whole(head []byte, rest io.Reader) ([]byte, error) {
	var b bytes.Buffer
	b.Write(head)
	_, err := b.ReadFrom(rest)
	return b.Bytes(), err
}

// text and number read a field of a frame's head as it stands there.
func text(head []byte, field string) string {
	_, after, ok := bytes.Cut(head, []byte(field))
	if !ok {
		return ""
	}
	value, _, _ := bytes.Cut(after, []byte(`"`))
	return string(value)
}

func number(head []byte, field string) int64 {
	_, after, _ := bytes.Cut(head, []byte(field))
	i := 0
	for i < len(after) && '0' <= after[i] && after[i] <= '9' {
		i++
	}
	n, err := strconv.ParseInt(string(after[:i]), 10, 64)
	if err != nil {
		return -1
	}
	return n
}
