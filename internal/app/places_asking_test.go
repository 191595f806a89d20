package app

import (
	"io"
	"net"
	"testing"
	"time"
)

func TestWhoseRequestArrivesKeepsItsPlaceForASecond(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	now := time.Unix(1000, 0)
	p := newPlaces(2, []string{"127.0.0.0/8"})
	p.now = func() time.Time { return now }
	door := p.within(l)
	enter := func() (client, server net.Conn) {
		client, err := net.Dial("tcp", l.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { client.Close() })
		if server, err = door.Accept(); err != nil {
			t.Fatal(err)
		}
		return client, server
	}
	asking, askedOf := enter()
	silent, _ := enter()
	_, _ = io.WriteString(asking, "GET / HT")
	if _, err := askedOf.Read(make([]byte, 8)); err != nil {
		t.Fatal(err)
	}

	enter()
	if _, err := silent.Read(make([]byte, 1)); err == nil {
		t.Error("the silent one stays")
	}
	if _, err := askedOf.Write([]byte("x")); err != nil {
		t.Errorf("whose request was read is cut: %v", err)
	}

	now = now.Add(2 * time.Second)
	enter()
	if _, err := askedOf.Write([]byte("x")); err == nil {
		t.Error("a dribbled header keeps its place")
	}
}
