package storetest

import (
	"context"
	"errors"
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

	"github.com/jackc/pgx/v5"
)

// Settings of a cluster.
type Settings struct {
	// Fsync makes commits durable, as in use. Without it tests are faster, and
	// say nothing about power cuts.
	Fsync bool
}

// Cluster is a PostgreSQL server of the test's own.
type Cluster struct {
	settings Settings
	bin      string // folder of its programs
	folder   string
	port     int
	server   *exec.Cmd
	exited   chan struct{} // closed when the server has ended
	guard    *guard
}

// patience bounds a start; initdb on a busy machine takes seconds.
const patience = time.Minute

// StartCluster starts a server for this test alone, to be killed and restarted.
// It stops when the test ends.
func StartCluster(t testing.TB, s Settings) *Cluster {
	t.Helper()
	c, err := start(s)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.guard.release)
	return c
}

// URL is the address of its maintenance database.
func (c *Cluster) URL() string {
	return fmt.Sprintf("postgres://postgres@127.0.0.1:%d/postgres?sslmode=disable", c.port)
}

// Kill ends the server and its backends as a power cut does, and returns when
// nothing of it answers. Backends left alone would serve on until they notice.
func (c *Cluster) Kill(t testing.TB) {
	t.Helper()
	backends := childrenOf(c.server.Process.Pid)
	if err := c.server.Process.Kill(); err != nil {
		t.Fatalf("kill PostgreSQL: %v", err)
	}
	<-c.exited
	for _, pid := range backends {
		_ = syscall.Kill(pid, syscall.SIGKILL) // it may be gone already
	}
}

// childrenOf lists the processes that one has started and that live.
func childrenOf(pid int) (children []int) {
	text, _ := os.ReadFile(fmt.Sprintf("/proc/%d/task/%d/children", pid, pid)) // empty where Linux does not say
	for _, word := range strings.Fields(string(text)) {
		if child, err := strconv.Atoi(word); err == nil {
			children = append(children, child)
		}
	}
	return children
}

// Restart starts the server again on the same data and port, and returns when it
// answers.
func (c *Cluster) Restart(t testing.TB) {
	t.Helper()
	if err := c.serve(false); err != nil {
		t.Fatal(err)
	}
}

func start(s Settings) (*Cluster, error) {
	bin, err := programs()
	if err != nil {
		return nil, err
	}
	folder, err := os.MkdirTemp("", "relais-postgres-")
	if err != nil {
		return nil, err
	}
	c := &Cluster{settings: s, bin: bin, folder: folder}
	if err := handOver(folder); err != nil {
		return nil, errors.Join(err, os.RemoveAll(folder))
	}
	if c.guard, err = watch(folder); err != nil {
		return nil, errors.Join(err, os.RemoveAll(folder))
	}
	if err := c.initialise(); err != nil {
		c.guard.release()
		return nil, err
	}
	if err := c.serve(true); err != nil {
		c.guard.release()
		return nil, err
	}
	return c, nil
}

func (c *Cluster) initialise() error {
	// Trust is for the loopback address only: the server listens nowhere else.
	cmd := unprivileged(exec.Command(filepath.Join(c.bin, "initdb"), "-D", c.data(), "-U", "postgres",
		"--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync"))
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("initdb: %w\n%s", err, out)
	}
	return nil
}

// serve starts the server and waits until it answers. A server that ends at once
// is tried again: what is left of a killed one is still going, or, for a first
// start, its port was taken in between.
func (c *Cluster) serve(anyPort bool) error {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	for {
		if anyPort {
			port, err := freePort()
			if err != nil {
				return err
			}
			c.port = port
		}
		if err := c.launch(); err != nil {
			return err
		}
		err := c.answers(ctx)
		if err == nil {
			return nil
		}
		if ctx.Err() != nil {
			return fmt.Errorf("PostgreSQL does not start: %w; its log is %s", err, c.log())
		}
	}
}

func (c *Cluster) launch() error {
	log, err := os.OpenFile(c.log(), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o644)
	if err != nil {
		return err
	}
	defer log.Close()
	fsync := "off"
	if c.settings.Fsync {
		fsync = "on"
	}
	cmd := unprivileged(exec.Command(filepath.Join(c.bin, "postgres"), "-D", c.data(),
		"-p", strconv.Itoa(c.port), "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=",
		"-c", "max_connections=200", "-c", "shared_buffers=64MB",
		"-c", "fsync="+fsync, "-c", "full_page_writes="+fsync, "-c", "synchronous_commit="+fsync))
	cmd.Stdout, cmd.Stderr = log, log
	if err := cmd.Start(); err != nil {
		return err
	}
	exited := make(chan struct{})
	c.server, c.exited = cmd, exited
	go func() {
		_ = cmd.Wait() // how it ended is in its log
		close(exited)
	}()
	return nil
}

var errEnded = errors.New("the server ended")

func (c *Cluster) answers(ctx context.Context) error {
	every := time.NewTicker(20 * time.Millisecond)
	defer every.Stop()
	for {
		conn, err := pgx.Connect(ctx, c.URL())
		if err == nil {
			return conn.Close(ctx)
		}
		select {
		case <-every.C:
		case <-c.exited:
			return errEnded
		case <-ctx.Done():
			return err
		}
	}
}

func (c *Cluster) data() string { return filepath.Join(c.folder, "data") }
func (c *Cluster) log() string  { return filepath.Join(c.folder, "log") }

// freePort finds a port of the loopback that nobody listens on, below those that
// the system gives to outgoing connections: one of them, even a client's own
// that tries to come back, could take it while a killed server is down.
func freePort() (int, error) {
	for range 100 {
		port := 20000 + rand.IntN(12000)
		if l, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", port)); err == nil {
			return port, l.Close()
		}
	}
	return 0, errors.New("no free port between 20000 and 32000")
}

// Database returns the address of a new empty database of the cluster.
func (c *Cluster) Database(t testing.TB) string {
	t.Helper()
	return create(t, c.URL())
}
