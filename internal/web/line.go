package web

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gorilla/websocket"
	"golang.org/x/time/rate"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/fault"
	"github.com/relais-snp/relais/internal/live"
	"github.com/relais-snp/relais/internal/web/api"
)

const (
	maxFrame    = 16 << 10 // of a command; the largest legitimate one is under 2 KiB
	writeWithin = 10 * time.Second
	pongWithin  = 60 * time.Second
	pingEvery   = 25 * time.Second
	queueLength = 64

	// A person types a few commands a minute; a client that replays its list of holds, some tens at once.
	commandsPerSecond = 20
	commandBurst      = 60

	// These tell a client to sign in again, or to look at who it is, rather than to come back by itself.
	closeSignedOut = 4401
	closeForbidden = 4403
)

// outgoing is an answer, and the console to follow once it is written, if it answers a watch.
type outgoing struct {
	frame   []byte
	console *live.Console
}

// line is one live line. Its reader runs commands one after the other, its writer is the only one that writes.
type line struct {
	handler *socketHandler
	account string
	actor   atomic.Pointer[account.Actor] // as last checked
	token   string                        // of its session
	ws      *websocket.Conn
	out     chan outgoing
	budget  *rate.Limiter
	watched atomic.Pointer[string] // territory, nil before the first watch

	// Of the reader alone:
	console *live.Console
	focused bool

	done      chan struct{}
	endOnce   sync.Once
	closeCode int
	closeText string
}

func newLine(h *socketHandler, a account.Actor, token string) *line {
	l := &line{
		handler: h, account: a.ID, token: token, out: make(chan outgoing, queueLength), done: make(chan struct{}),
		budget: rate.NewLimiter(commandsPerSecond, commandBurst),
	}
	l.actor.Store(&a)
	return l
}

func (l *line) start(ws *websocket.Conn) {
	l.ws = ws
	go l.guarded(l.write)
	go l.guarded(l.read)
}

// guarded keeps a panic of one line from taking the process down.
func (l *line) guarded(run func()) {
	defer func() {
		if recovered := recover(); recovered != nil {
			l.handler.server.logPanic(context.Background(), recovered)
			l.end(websocket.CloseInternalServerErr, "")
		}
	}()
	run()
}

// end closes the line once, with a code and a word for its client.
func (l *line) end(code int, text string) {
	l.endOnce.Do(func() {
		l.closeCode, l.closeText = code, text
		close(l.done)
	})
}

func (l *line) write() {
	ping := time.NewTicker(pingEvery)
	defer ping.Stop()
	defer func() { _ = l.ws.Close() }() // wakes the reader; nothing can be done about a failure
	var followed *live.Console
	var frames <-chan *live.Frame
	for {
		var err error
		select {
		case answer := <-l.out:
			_ = l.ws.SetWriteDeadline(time.Now().Add(writeWithin)) // the write fails if this did
			err = l.ws.WriteMessage(websocket.TextMessage, answer.frame)
			if answer.console != nil {
				followed, frames = answer.console, answer.console.Frames()
			}
		case frame, open := <-frames:
			if !open {
				l.abandoned(followed.Err())
				frames = nil
				continue
			}
			_ = l.ws.SetWriteDeadline(time.Now().Add(writeWithin))
			err = l.deliver(frame)
		case <-ping.C:
			err = l.ws.WriteControl(websocket.PingMessage, nil, time.Now().Add(writeWithin))
		case <-l.done:
			bye := websocket.FormatCloseMessage(l.closeCode, l.closeText)
			_ = l.ws.WriteControl(websocket.CloseMessage, bye, time.Now().Add(time.Second)) // best effort: it may be gone
			return
		}
		if err != nil {
			l.end(websocket.CloseAbnormalClosure, "")
			return
		}
	}
}

func (l *line) read() {
	defer l.handler.leave(l)
	defer l.unwatch()
	l.ws.SetReadLimit(maxFrame)
	l.ws.SetPongHandler(func(string) error { return l.ws.SetReadDeadline(time.Now().Add(pongWithin)) })
	for {
		_ = l.ws.SetReadDeadline(time.Now().Add(pongWithin)) // the read fails if this did
		kind, frame, err := l.ws.ReadMessage()
		switch {
		case errors.Is(err, websocket.ErrReadLimit):
			l.end(websocket.CloseMessageTooBig, "")
			return
		case err != nil:
			l.end(websocket.CloseNormalClosure, "")
			return
		case kind != websocket.TextMessage:
			l.end(websocket.CloseUnsupportedData, "")
			return
		case !l.obey(frame):
			l.end(websocket.CloseInvalidFramePayloadData, "")
			return
		}
	}
}

// obey runs one command and answers it; false for a broken frame.
func (l *line) obey(frame []byte) bool {
	ctx, cancel := l.commandContext()
	defer cancel()
	cmd, err := decodeCommand(l.handler.server.contract, frame)
	if cmd.ID < 0 {
		return false
	}
	if err == nil && !l.budget.Allow() {
		err = errTooMany
	}
	var ok any
	if err == nil {
		ok, err = l.do(ctx, cmd)
	}
	l.answer(ctx, cmd, ok, err)
	return true
}

// commandContext does not end with the line: what is half done is better finished, and its key makes a repetition harmless.
func (l *line) commandContext() (context.Context, context.CancelFunc) {
	ctx := context.WithValue(context.Background(), requestIDKey, rand.Text())
	ctx = context.WithValue(ctx, actorKey, *l.actor.Load())
	return context.WithTimeout(ctx, answerWithin)
}

// do runs a command; a panic in a use case is an internal problem of this command, and the line stays.
func (l *line) do(ctx context.Context, cmd command) (ok any, err error) {
	defer func() {
		if recovered := recover(); recovered != nil {
			l.handler.server.logPanic(ctx, recovered)
			err = fmt.Errorf("panic: %T", recovered)
		}
	}()
	switch cmd.Op {
	case "watch":
		return l.watch(ctx, cmd)
	case "focus":
		return struct{}{}, l.focus(ctx, cmd.Slot)
	}
	return l.handler.commands.run(ctx, *l.actor.Load(), cmd)
}

// reply is the answer to one command.
type reply struct {
	Type    string       `json:"type"`
	ID      int64        `json:"id"`
	OK      any          `json:"ok,omitempty"`
	Problem *api.Problem `json:"problem,omitempty"`
}

func (l *line) answer(ctx context.Context, cmd command, ok any, err error) {
	console, watching := ok.(*live.Console)
	if watching {
		ok = struct{}{}
	}
	answer := reply{Type: "reply", ID: cmd.ID, OK: ok}
	if err != nil {
		p := l.handler.server.problem(ctx, err)
		answer.OK, answer.Problem = nil, &p
	}
	l.handler.server.metrics.commands.WithLabelValues(cmd.Op, fault.Reason(err)).Inc()
	frame, err := json.Marshal(answer)
	if err != nil {
		l.handler.server.log.ErrorContext(ctx, "reply not encoded", "op", cmd.Op)
		return
	}
	select { // the reader may wait for its own line to be written, and for nothing else
	case l.out <- outgoing{frame, console}:
	case <-l.done:
	}
}
