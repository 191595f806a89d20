// Package redistest gives tests a Redis of their own, that they may kill.
package redistest

import (
	"bufio"
	"fmt"
	"math/rand/v2"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	goredis "github.com/redis/go-redis/v9"
)

// patience bounds how long a server may take to answer.
const patience = 10 * time.Second

// URL returns a server for tests that do no harm to it: that of
// RELAIS_TEST_REDIS_URL, or a fresh one. Tests on it use territories with
// random names.
func URL(t testing.TB) string {
	t.Helper()
	if url := os.Getenv("RELAIS_TEST_REDIS_URL"); url != "" {
		return url
	}
	return Start(t).URL
}

// Server is a redis-server of the test's own, with an append-only file.
type Server struct {
	URL  string // redis://127.0.0.1:port/0
	Addr string // 127.0.0.1:port

	dir     string
	port    string
	more    []string // arguments
	process *exec.Cmd
}

// Start runs a redis-server on a free port in a temporary folder until the test
// ends. It fails the test when redis-server is not installed.
func Start(t testing.TB) *Server {
	t.Helper()
	return start(t)
}

func start(t testing.TB, more ...string) *Server {
	t.Helper()
	port := freePort(t)
	s := &Server{
		URL: "redis://127.0.0.1:" + port + "/0", Addr: "127.0.0.1:" + port,
		dir: t.TempDir(), port: port, more: more,
	}
	s.Restart(t)
	t.Cleanup(func() { s.Kill(t) })
	return s
}

// Restart runs the server again with what its append-only file kept, and waits
// until it answers.
func (s *Server) Restart(t testing.TB) {
	t.Helper()
	path, err := exec.LookPath("redis-server")
	if err != nil {
		t.Fatal("redis-server is not installed: apt-get install redis-server, or set RELAIS_TEST_REDIS_URL")
	}
	log, err := os.Create(filepath.Join(s.dir, "log"))
	if err != nil {
		t.Fatal(err)
	}
	defer log.Close()
	s.process = exec.Command(path, append([]string{"--port", s.port, "--bind", "127.0.0.1", "--dir", s.dir,
		"--save", "", "--appendonly", "yes", "--appendfsync", "everysec"}, s.more...)...)
	s.process.Stdout, s.process.Stderr = log, log
	if err := s.process.Start(); err != nil {
		t.Fatal(err)
	}
	s.wait(t)
}

// Kill ends the server as kill -9 does. Killing a dead server is no error.
func (s *Server) Kill(t testing.TB) {
	t.Helper()
	if s.process == nil {
		return
	}
	_ = s.process.Process.Signal(syscall.SIGKILL)
	_ = s.process.Wait() // it was killed: its error says so
	s.process = nil
}

// FlushAll empties the server.
func (s *Server) FlushAll(t testing.TB) {
	t.Helper()
	client := goredis.NewClient(&goredis.Options{Addr: s.Addr})
	defer client.Close()
	if err := client.FlushAll(t.Context()).Err(); err != nil {
		t.Fatal(err)
	}
}

// wait asks until the server answers PONG.
func (s *Server) wait(t testing.TB) {
	t.Helper()
	deadline := time.After(patience)
	again := time.NewTicker(5 * time.Millisecond)
	defer again.Stop()
	for {
		if s.answers() {
			return
		}
		select {
		case <-again.C:
		case <-deadline:
			log, _ := os.ReadFile(filepath.Join(s.dir, "log"))
			t.Fatalf("redis-server does not answer:\n%s", log)
		}
	}
}

func (s *Server) answers() bool {
	conn, err := net.DialTimeout("tcp", s.Addr, time.Second)
	if err != nil {
		return false
	}
	defer conn.Close()
	_ = conn.SetDeadline(time.Now().Add(time.Second))
	fmt.Fprint(conn, "PING\r\n")
	line, err := bufio.NewReader(conn).ReadString('\n')
	return err == nil && strings.HasPrefix(line, "+PONG")
}

// freePort finds a port of the loopback that nobody listens on, below those that
// the system gives to outgoing connections: one of them, even a client's own
// that tries to come back, could take it while a killed server is down.
func freePort(t testing.TB) string {
	t.Helper()
	for range 100 {
		port := strconv.Itoa(20000 + rand.IntN(12000))
		if l, err := net.Listen("tcp", "127.0.0.1:"+port); err == nil {
			l.Close()
			return port
		}
	}
	t.Fatal("no free port between 20000 and 32000")
	return ""
}
