package web

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"net"
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
	pingShares  = 25 // seconds between two pings of a line
	queueLength = 4  // answers; the reader waits for them to be written

	// A person types a few commands a minute; a client that replays its list of holds, some tens at once.
	commandsPerSecond = 20
	commandBurst      = 60

	// These tell a client to sign in again, or to look at who it is, rather than to come back by itself.
	closeSignedOut = 4401
	closeForbidden = 4403
)

// outgoing is an answer or a word of the protocol itself, and the console to follow once it is written, if it answers a watch.
type outgoing struct {
	kind    int
	frame   []byte
	console *live.Console
}

// line is one live line. Its reader, the one goroutine it has at rest, runs commands one after the other and writes nothing;
// gorilla only reads for it.
type line struct {
	handler  *socketHandler
	account  string
	actor    atomic.Pointer[account.Actor] // as last checked
	token    string                        // of its session
	share    int                           // the second its pings come in
	ws       *websocket.Conn
	conn     *gentle // under ws; of whose turn it is
	turn     turn    // to write
	out      chan outgoing
	followed atomic.Pointer[live.Console] // whose frames are written; set by whose turn it is
	budget   *rate.Limiter
	watched  atomic.Pointer[string] // territory, nil before the first watch

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
	l.turn.take() // until it starts
	return l
}

// start lets the line live. What waits since it was entered is written now.
func (l *line) start(ws *websocket.Conn, conn *gentle) {
	l.ws, l.conn, conn.kept = ws, conn, true
	ws.SetReadLimit(maxFrame)
	ws.SetPongHandler(func(string) error { return l.patience() })
	ws.SetPingHandler(func(text string) error {
		l.say(outgoing{kind: websocket.PongMessage, frame: []byte(text)})
		return nil
	})
	if !l.turn.give() {
		go l.guarded(l.write)
	}
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
		l.Wake()
	})
}

func (l *line) read() {
	defer l.handler.leave(l)
	defer l.unwatch()
	for {
		_ = l.patience() // the read fails if this did
		kind, frame, err := l.ws.ReadMessage()
		switch {
		case err != nil:
			l.end(whyUnread(err), "")
			return
		case kind != websocket.TextMessage:
			l.end(websocket.CloseUnsupportedData, "")
			return
		case !l.obeyApart(frame):
			l.end(websocket.CloseInvalidFramePayloadData, "")
			return
		}
	}
}

// whyUnread is the code for a client whose line could not be read on.
func whyUnread(err error) int {
	closing, closed := errors.AsType[*websocket.CloseError](err)
	_, gone := errors.AsType[net.Error](err)
	switch {
	case errors.Is(err, websocket.ErrReadLimit):
		return websocket.CloseMessageTooBig
	case gone || closed && closing.Code == websocket.CloseAbnormalClosure: // without a word, or silent for too long
		return websocket.CloseNormalClosure
	case closed:
		return closing.Code // a Close is answered by its like
	}
	return websocket.CloseProtocolError
}

// obeyApart runs a command on a stack that goes when it is done: commands are deep and rare, and the reader's own stack stays as
// small as its waiting needs.
func (l *line) obeyApart(frame []byte) bool {
	done := make(chan bool, 1)
	go l.guarded(func() {
		defer close(done)
		done <- l.obey(frame)
	})
	return <-done
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
	l.say(outgoing{websocket.TextMessage, frame, console})
}

// say has something written. The reader may wait for its own line to be written, and for nothing else.
func (l *line) say(o outgoing) {
	select {
	case l.out <- o:
		l.Wake()
	case <-l.done:
	}
}

// ping asks the client whether it is there. A line on which much waits needs no question.
func (l *line) ping() {
	select {
	case l.out <- outgoing{kind: websocket.PingMessage}:
		l.Wake()
	default:
	}
}

// patience is how long a client may be silent, from now on.
func (l *line) patience() error { return l.ws.SetReadDeadline(time.Now().Add(pongWithin)) }
