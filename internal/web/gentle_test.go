package web

import (
	"bytes"
	"io"
	"net"
	"testing"
	"time"
)

// sockets is the two ends of a connection.
func sockets(t *testing.T) (server, client net.Conn) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	if client, err = net.Dial("tcp", l.Addr().String()); err != nil {
		t.Fatal(err)
	}
	if server, err = l.Accept(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { server.Close(); client.Close() })
	return server, client
}

func TestNothingFollowsAFrameThatBroke(t *testing.T) {
	server, client := sockets(t)
	g := newGentle(server)
	frame := make([]byte, 32<<20) // more than a network takes
	for i := range frame {
		frame[i] = byte(i >> 12)
	}
	if settled, err := g.offer(frame); settled || err != nil {
		t.Fatalf("settled %v, %v", settled, err)
	}
	broke := g.send(nil, time.Now().Add(50*time.Millisecond))
	if broke == nil {
		t.Fatal("a client that reads nothing takes all")
	}

	got := make(chan []byte, 1)
	go func() {
		all, _ := io.ReadAll(client)
		got <- all
	}()
	later := g.send([]byte("last word"), time.Now().Add(5*time.Second))
	_, offered := g.offer([]byte("frame"))
	server.Close()

	if later != broke || offered != broke {
		t.Errorf("later writes give %v and %v, want %v", later, offered, broke)
	}
	if all := <-got; !bytes.HasPrefix(frame, all) {
		t.Errorf("%d bytes that were never a frame", len(all))
	}
}
