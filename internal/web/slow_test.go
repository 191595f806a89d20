package web_test

import (
	"encoding/json"
	"net"
	"net/http"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"github.com/relais-snp/relais/internal/agenda"
)

// head is what a test of the pace reads of a frame.
type head struct {
	Type          string
	Seq, From, To int64
	Slots         []struct{ Seats int }
}

func TestAConsoleThatStopsReadingDelaysNobody(t *testing.T) {
	h := openHouse(t)
	quick, _ := h.signIn("regulator").board()
	slow, _ := h.signIn("regulator2").dial(narrow)
	ok[struct{}](slow, slow.ask("watch", "territory", senart, "day", "2026-11-23", "days", 2))
	slow.next("snapshot")
	started := time.Now()

	// More than the network, the queue, a snapshot and the queue again take.
	for round := range 200 {
		last := h.changeAll(1 + round)
		for at := int64(0); at < last; {
			at = quick.glance(t).To
		}
	}

	snapshots, at := 0, int64(0)
	f, err := slow.look()
	for ; err == nil; f, err = slow.look() {
		switch f.Type {
		case "snapshot":
			snapshots++
			at = f.Seq
		case "delta":
			if at != 0 && f.From != at {
				t.Fatalf("a delta from %d reaches a console at %d", f.From, at)
			}
			at = f.To
		}
	}
	// The server's own patience with one write is 10 seconds, which a busy machine may have spent by now.
	patient := time.Since(started) < 10*time.Second
	if patient && (snapshots != 1 || !websocket.IsCloseError(err, websocket.CloseTryAgainLater)) || snapshots > 1 {
		t.Errorf("brought back by %d snapshots, ended by %v", snapshots, err)
	}
	quick.ask("release", "hold", "forged") // its line lives
}

func TestAConsoleThatReadsLateMissesNothing(t *testing.T) {
	h := openHouse(t)
	quick, seen := h.signIn("regulator").board()
	late, _ := h.signIn("regulator2").dial(narrow)
	ok[struct{}](late, late.ask("watch", "territory", senart, "day", "2026-11-23", "days", 2))
	late.next("snapshot")
	last := int64(0)
	for round := range 40 { // more than the network takes, less than the queue
		last = h.changeAll(1 + round)
		for at := int64(0); at < last; {
			at = quick.glance(t).To
		}
	}

	for at := seen.Seq; at < last; {
		f := late.glance(t)
		if f.Type != "delta" {
			continue
		}
		if f.From != at {
			t.Fatalf("a delta from %d reaches a console at %d", f.From, at)
		}
		at = f.To
	}
}

// narrow has the client's side of the network take little.
func narrow(_ http.Header, d *websocket.Dialer) {
	d.NetDial = func(network, address string) (net.Conn, error) {
		conn, err := net.Dial(network, address)
		if tcp, isTCP := conn.(*net.TCPConn); isTCP {
			err = tcp.SetReadBuffer(64 << 10)
		}
		return conn, err
	}
}

// changeAll brings 400 slots to their n-th revision, and returns where that leads.
func (h *house) changeAll(n int) int64 {
	h.t.Helper()
	start := monday.Add(3 * time.Hour)
	records := make([]agenda.Record, 400)
	for i := range records {
		records[i].Slot = agenda.Slot{ID: slotName(i), Territory: senart, Practitioner: h.doctor.ID, Location: h.doctor.Locations[0],
			Start: start, End: start.Add(20 * time.Minute), Modality: agenda.Cabinet, Audience: agenda.ForRegulation,
			Seats: 1 + n%2, Revision: int64(n)}
	}
	if err := h.engine.Apply(h.t.Context(), senart, records...); err != nil {
		h.t.Fatal(err)
	}
	at, err := h.engine.Position(h.t.Context(), senart)
	if err != nil {
		h.t.Fatal(err)
	}
	return at.Seq
}

// look reads the next frame's head.
func (c *console) look() (head, error) {
	_ = c.ws.SetReadDeadline(time.Now().Add(10 * time.Second))
	_, raw, err := c.ws.ReadMessage()
	if err != nil {
		return head{}, err
	}
	var f head
	return f, json.Unmarshal(raw, &f)
}

// glance is look for a line that lives.
func (c *console) glance(t *testing.T) head {
	t.Helper()
	f, err := c.look()
	if err != nil {
		t.Fatal(err)
	}
	return f
}
