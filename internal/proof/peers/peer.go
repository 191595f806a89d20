package peers

import (
	"context"
	"fmt"
	"os"
	"strings"

	"github.com/gorilla/websocket"
)

// Peer is one server that brings changes to consoles.
type Peer interface {
	Name() string
	// Start starts it and returns when it answers.
	Start(ctx context.Context) error
	// Kill ends it, and returns when it is gone.
	Kill()
	PID() int
	// Log is what it has said.
	Log() string
	// Follow opens a line on which every later change arrives.
	Follow(ctx context.Context) (*websocket.Conn, error)
	// Publish opens a way to make changes. One at a time may be open.
	Publish(ctx context.Context) (Publisher, error)
}

// Publisher makes changes, one after the other.
type Publisher interface {
	// Next is the position that the next change will have.
	Next() int
	// Send makes it, and does not wait for anyone to see it.
	Send() error
	Close()
}

// EventBytes is the length of a peer's event: that of Relais' delta of one slot.
const EventBytes = 490

// marker stands before the position in every frame, Relais' and the peers'.
const marker = `"to":`

// event is what a peer is asked to bring to everybody.
func event(position int) []byte {
	head := fmt.Sprintf(`{"type":"delta",%s%d,"slots":"`, marker, position)
	return []byte(head + strings.Repeat("x", EventBytes-len(head)-2) + `"}`)
}

// counter counts the changes of a peer whose server counts nothing itself, over
// all its publishers.
type counter struct{ made int }

// Next is the position that the next change will have.
func (c *counter) Next() int { return c.made + 1 }

func (c *counter) event() []byte {
	c.made++
	return event(c.made)
}

// The peers by name, in the order of the table.
const (
	NameBare  = "bare gorilla hub"
	NameNchan = "nchan"
	NameNATS  = "NATS"
	NameWS    = "ws (Node)"
)

// Names lists them.
func Names() []string { return []string{NameBare, NameNchan, NameNATS, NameWS} }

// New prepares a peer; its files go to a new folder inside folder.
func New(name, folder string) (Peer, error) {
	folder, err := os.MkdirTemp(folder, "peer-")
	if err != nil {
		return nil, err
	}
	switch name {
	case NameBare:
		return newBare(folder)
	case NameNchan:
		return newNchan(folder)
	case NameNATS:
		return newNATS(folder)
	case NameWS:
		return newWS(folder)
	}
	return nil, fmt.Errorf("no peer is called %q", name)
}
