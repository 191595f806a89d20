//go:build unix

package store_test

import (
	"io"
	"net"
	"runtime"
	"testing"
	"time"

	"github.com/relais-snp/relais/internal/store"
)

// twoEnds are those of a connection over the loopback.
func twoEnds(t *testing.T) (here, there net.Conn) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	if here, err = net.Dial("tcp", l.Addr().String()); err != nil {
		t.Fatal(err)
	}
	if there, err = l.Accept(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { here.Close(); there.Close() })
	return here, there
}

func TestAReaderLeftBehindOnAConnectionMakesNobodyWait(t *testing.T) {
	here, there := twoEnds(t)
	// Given a goroutine that reads an idle connection, as pgx leaves one after a slow write,
	read := make(chan error, 1)
	go func() {
		_, err := here.Read(make([]byte, 1))
		read <- err
	}()

	// when it is looked at, for longer than the reader can be late,
	looked := make(chan bool, 1)
	go func() {
		stands := true
		for range 10_000 {
			stands = stands && store.Alive(here)
			runtime.Gosched()
		}
		looked <- stands
	}()

	// then the answer comes, though nothing is ever read,
	select {
	case stands := <-looked:
		if !stands {
			t.Error("a connection that stands is said to be dead")
		}
	case <-time.After(20 * time.Second):
		t.Fatal("it waits for the reader")
	}
	// and the end that the reader took is still seen.
	there.Close()
	if err := <-read; err != io.EOF {
		t.Fatal(err)
	}
	if store.Alive(here) {
		t.Error("a connection that ended is said to stand")
	}
}
