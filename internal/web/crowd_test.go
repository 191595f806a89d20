package web_test

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// A crowd is many light clients in a process of their own, so that what the benchmark's process costs is the server alone. They
// read frames without decoding them. This same test binary is the crowd when it finds its orders in the environment.
const (
	crowdAddress = "RELAIS_CROWD_ADDRESS"
	crowdCookie  = "RELAIS_CROWD_COOKIE"
	crowdSize    = "RELAIS_CROWD_SIZE"
)

func TestMain(m *testing.M) {
	if address := os.Getenv(crowdAddress); address != "" {
		size, _ := strconv.Atoi(os.Getenv(crowdSize))
		if err := beCrowd(address, os.Getenv(crowdCookie), size, os.Stdin, os.Stdout); err != nil {
			fmt.Fprintln(os.Stderr, "crowd:", err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

// crowd is the benchmark's side of it.
type crowd struct {
	b    *testing.B
	cmd  *exec.Cmd
	ask  io.Writer
	tell *bufio.Reader
}

// gather opens size live lines as the owner of the cookies, and returns when all have their first frame.
func gather(b *testing.B, address, cookies string, size int) *crowd {
	b.Helper()
	cmd := exec.CommandContext(b.Context(), os.Args[0])
	cmd.Env = append(os.Environ(), crowdAddress+"="+address, crowdCookie+"="+cookies, crowdSize+"="+strconv.Itoa(size))
	cmd.Stderr = os.Stderr
	ask, err := cmd.StdinPipe()
	if err != nil {
		b.Fatal(err)
	}
	tell, err := cmd.StdoutPipe()
	if err != nil {
		b.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		b.Fatal(err)
	}
	c := &crowd{b: b, cmd: cmd, ask: ask, tell: bufio.NewReaderSize(tell, 1<<16)}
	b.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
	c.expect("here")
	return c
}

func (c *crowd) expect(word string) {
	c.b.Helper()
	if line, err := c.tell.ReadString('\n'); err != nil || strings.TrimSpace(line) != word {
		c.b.Fatalf("the crowd says %q, %v", line, err)
	}
}

// await returns when every client has reached the position.
func (c *crowd) await(seq int64) {
	c.b.Helper()
	fmt.Fprintf(c.ask, "await %d\n", seq)
	c.expect("seen")
}

// comeBack cuts every line and opens it again, all at once, and returns how long it took until all have a frame.
func (c *crowd) comeBack() time.Duration {
	c.b.Helper()
	start := time.Now()
	fmt.Fprintln(c.ask, "again")
	c.expect("here")
	return time.Since(start)
}

// arrivals lists when each client reached each position, as it was asked for: in order of position, client by client.
func (c *crowd) arrivals(take func(seq int64, at time.Time)) {
	c.b.Helper()
	fmt.Fprintln(c.ask, "arrivals")
	for {
		var a [2]int64
		if err := binary.Read(c.tell, binary.LittleEndian, &a); err != nil {
			c.b.Fatal(err)
		}
		if a[0] < 0 {
			return
		}
		take(a[0], time.Unix(0, a[1]))
	}
}

// member is one client of the crowd.
type member struct {
	at       atomic.Int64
	conn     net.Conn
	arrivals [][2]int64
}

func beCrowd(address, cookies string, size int, orders io.Reader, out io.Writer) error {
	members, failed := make([]*member, size), make(chan error, 4*size)
	for i := range members {
		members[i] = &member{}
	}
	come := func() error {
		var all sync.WaitGroup
		gate := make(chan struct{}, 64) // a listener's queue is finite
		for _, m := range members {
			all.Go(func() {
				gate <- struct{}{}
				r, err := m.enter(address, cookies)
				<-gate
				if err != nil {
					failed <- err
					return
				}
				if err := m.frame(r); err != nil {
					failed <- err
					return
				}
				go m.follow(r)
			})
		}
		all.Wait()
		select {
		case err := <-failed:
			return err
		default:
			_, err := fmt.Fprintln(out, "here")
			return err
		}
	}
	if err := come(); err != nil {
		return err
	}
	for lines := bufio.NewScanner(orders); lines.Scan(); {
		word, rest, _ := strings.Cut(lines.Text(), " ")
		switch word {
		case "await":
			seq, _ := strconv.ParseInt(rest, 10, 64)
			awaitAll(members, seq)
			fmt.Fprintln(out, "seen")
		case "again":
			for _, m := range members {
				_ = m.conn.Close()
			}
			if err := come(); err != nil {
				return err
			}
		case "arrivals":
			if err := report(members, out); err != nil {
				return err
			}
		}
	}
	return nil
}

func awaitAll(members []*member, seq int64) {
	pace := time.NewTicker(500 * time.Microsecond)
	defer pace.Stop()
	for _, m := range members {
		for m.at.Load() < seq {
			<-pace.C
		}
	}
}

func report(members []*member, out io.Writer) error {
	w := bufio.NewWriterSize(out, 1<<16)
	for _, m := range members {
		if err := binary.Write(w, binary.LittleEndian, m.arrivals); err != nil {
			return err
		}
	}
	if err := binary.Write(w, binary.LittleEndian, [2]int64{-1, 0}); err != nil {
		return err
	}
	return w.Flush()
}

// enter opens a line and asks for Sénart.
func (m *member) enter(address, cookies string) (*bufio.Reader, error) {
	conn, err := net.Dial("tcp", address)
	if err != nil {
		return nil, err
	}
	m.conn = conn
	_, err = fmt.Fprintf(conn, "GET /api/v1/live HTTP/1.1\r\nHost: %[1]s\r\nOrigin: http://%[1]s\r\nCookie: %[2]s\r\nConnection: Upgrade\r\n"+
		"Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: relais.v1\r\n\r\n", address, cookies)
	if err != nil {
		return nil, err
	}
	r := bufio.NewReaderSize(conn, 4096)
	status, err := r.ReadString('\n')
	if err != nil || !strings.Contains(status, " 101 ") {
		return nil, fmt.Errorf("answered %q: %w", status, err)
	}
	for line := status; line != "\r\n"; {
		if line, err = r.ReadString('\n'); err != nil {
			return nil, err
		}
	}
	watch := []byte(`{"id":1,"op":"watch","territory":"` + senart + `","day":"2026-11-23","days":2}`)
	masked := append([]byte{0x81, 0x80 | byte(len(watch)), 0, 0, 0, 0}, watch...) // a mask of zeros leaves the text as it is
	_, err = conn.Write(masked)
	return r, err
}

// frame reads until a frame that carries a position.
func (m *member) frame(r *bufio.Reader) error {
	for {
		seq, err := nextPosition(r)
		if err != nil {
			return err
		}
		if seq >= 0 {
			m.at.Store(seq)
			return nil
		}
	}
}

func (m *member) follow(r *bufio.Reader) {
	m.arrivals = make([][2]int64, 0, 512)
	for {
		seq, err := nextPosition(r)
		if err != nil {
			return
		}
		if seq > m.at.Load() {
			m.arrivals = append(m.arrivals, [2]int64{seq, time.Now().UnixNano()})
			m.at.Store(seq)
		}
	}
}

// nextPosition reads one frame, and where it leads to: -1 for one that leads nowhere.
func nextPosition(r *bufio.Reader) (int64, error) {
	head, err := r.Peek(2)
	if err != nil {
		return 0, err
	}
	length, skip := int(head[1]&0x7f), 2
	switch length {
	case 126:
		if head, err = r.Peek(4); err != nil {
			return 0, err
		}
		length, skip = int(binary.BigEndian.Uint16(head[2:])), 4
	case 127:
		if head, err = r.Peek(10); err != nil {
			return 0, err
		}
		length, skip = int(binary.BigEndian.Uint64(head[2:])), 10
	}
	if _, err = r.Discard(skip); err != nil {
		return 0, err
	}
	text, err := r.Peek(min(length, 200))
	if err != nil {
		return 0, err
	}
	seq := positionIn(text)
	_, err = r.Discard(length)
	return seq, err
}

func positionIn(text []byte) int64 {
	for _, key := range [][]byte{[]byte(`"to":`), []byte(`"seq":`)} {
		if _, rest, ok := bytes.Cut(text, key); ok {
			end := slices.IndexFunc(rest, func(c byte) bool { return c < '0' || c > '9' })
			seq, err := strconv.ParseInt(string(rest[:max(end, 0)]), 10, 64)
			if err == nil {
				return seq
			}
		}
	}
	return -1
}
