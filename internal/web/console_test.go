package web_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"github.com/relais-snp/relais/internal/web/api"
)

// console is one live line of a person.
type console struct {
	t  testing.TB
	ws *websocket.Conn
	id int64

	aside []frame // that came before a reply that was waited for
}

// frame is any frame of the server.
type frame struct {
	Type      string          `json:"type"`
	ID        int64           `json:"id"`
	OK        json.RawMessage `json:"ok"`
	Problem   *api.Problem    `json:"problem"`
	Territory string          `json:"territory"`
	Epoch     string          `json:"epoch"`
	Seq       int64           `json:"seq"`
	From      int64           `json:"from"`
	To        int64           `json:"to"`
	Now       time.Time       `json:"now"`
	Slots     []api.Slot      `json:"slots"`
	Kind      string          `json:"kind"`
	Slot      string          `json:"slot"`
	Booking   string          `json:"booking"`
	Case      string          `json:"case"`

	Solicitation string     `json:"solicitation"`
	Offer        string     `json:"offer"`
	Request      string     `json:"request"`
	Who          []presence `json:"who"`
}

type presence struct{ Holder, By, Slot string }

// dial opens a live line with headers as a browser would send them, changed as asked; status is that of a refusal.
func (p *person) dial(change func(http.Header, *websocket.Dialer)) (*console, *http.Response) {
	p.t.Helper()
	base, err := url.Parse(p.base)
	if err != nil {
		p.t.Fatal(err)
	}
	header := http.Header{"Origin": {p.base}}
	for _, c := range p.http.Jar.Cookies(base) {
		header.Add("Cookie", c.Name+"="+c.Value)
	}
	dialer := &websocket.Dialer{Subprotocols: []string{"relais.v1"}, HandshakeTimeout: 10 * time.Second}
	if change != nil {
		change(header, dialer)
	}
	ws, resp, err := dialer.DialContext(p.t.Context(), "ws"+strings.TrimPrefix(p.base, "http")+"/api/v1/live", header)
	if err != nil {
		if resp == nil {
			p.t.Fatal(err)
		}
		return nil, resp
	}
	p.t.Cleanup(func() { _ = ws.Close() })
	return &console{t: p.t, ws: ws}, resp
}

// live opens a line.
func (p *person) live() *console {
	p.t.Helper()
	c, resp := p.dial(nil)
	if c == nil {
		p.t.Fatalf("no live line: %d", resp.StatusCode)
	}
	return c
}

// board opens a line that watches Sénart, and gives its first snapshot.
func (p *person) board() (*console, frame) {
	p.t.Helper()
	c := p.live()
	ok[struct{}](c, c.ask("watch", "territory", senart, "day", "2026-11-23", "days", 2))
	return c, c.next("snapshot")
}

// say sends a command without waiting; values come in pairs.
func (c *console) say(op string, values ...any) int64 {
	c.t.Helper()
	c.id++
	command := map[string]any{"id": c.id, "op": op}
	for i := 0; i < len(values); i += 2 {
		command[values[i].(string)] = values[i+1]
	}
	if err := c.ws.WriteJSON(command); err != nil {
		c.t.Fatal(err)
	}
	return c.id
}

// ask sends a command and waits for its reply; what comes before it is there for next.
func (c *console) ask(op string, values ...any) frame {
	c.t.Helper()
	id := c.say(op, values...)
	for {
		f := c.read("reply")
		if f.Type == "reply" && f.ID == id {
			return f
		}
		c.aside = append(c.aside, f)
	}
}

// next waits for a frame of a type and passes over all others.
func (c *console) next(kind string) frame {
	c.t.Helper()
	for {
		f := frame{}
		if len(c.aside) > 0 {
			f, c.aside = c.aside[0], c.aside[1:]
		} else {
			f = c.read(kind)
		}
		if f.Type == kind {
			return f
		}
	}
}

// read reads the next frame, whatever it is; awaited is for the message of a failure.
func (c *console) read(awaited string) frame {
	c.t.Helper()
	_ = c.ws.SetReadDeadline(time.Now().Add(10 * time.Second))
	_, raw, err := c.ws.ReadMessage()
	if err != nil {
		c.t.Fatalf("waiting for a %s: %v", awaited, err)
	}
	return promised(c.t, raw)
}

// closed waits until the server closes the line, and gives the code.
func (c *console) closed() int {
	c.t.Helper()
	_ = c.ws.SetReadDeadline(time.Now().Add(10 * time.Second))
	for {
		if _, _, err := c.ws.ReadMessage(); err != nil {
			if closing, ok := err.(*websocket.CloseError); ok {
				return closing.Code
			}
			c.t.Fatalf("not closed with a code: %v", err)
		}
	}
}

// refused fails the test unless the reply is a problem with this reason.
func (c *console) refused(f frame, reason string) api.Problem {
	c.t.Helper()
	if f.Problem == nil || string(f.Problem.Reason) != reason {
		c.t.Fatalf("reply %s %+v, want %s", f.OK, f.Problem, reason)
	}
	return *f.Problem
}

// ok gives the reply's answer, and fails the test when there is none.
func ok[T any](c *console, f frame) T {
	c.t.Helper()
	if f.Problem != nil {
		c.t.Fatalf("refused: %+v", *f.Problem)
	}
	var v T
	if err := json.Unmarshal(f.OK, &v); err != nil {
		c.t.Fatal(err)
	}
	return v
}
