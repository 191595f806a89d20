package proof_test

import (
	"fmt"
	"net"
	"os"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/relais-snp/relais/internal/proof"
)

// ceiling bounds what the server may hold at any time, in megabytes. Ten thousand
// silent sockets and the rest were seen to take 280; what grows without bound takes
// gigabytes.
const ceiling = 500

// Who throws things has addresses of the loopback of their own.
const (
	crowd   = "127.0.0.2"
	flooder = "127.0.0.3"
)

// TestNobodyIsHarmedByAFlood throws at the real program what no client sends,
// while a GP and a regulator work: every answer to them is right, what is thrown
// is answered with a reason, and the server's memory stays bounded.
func TestNobodyIsHarmedByAFlood(t *testing.T) {
	const perHead = 100
	s := raise(t, small, tune{settings: []string{fmt.Sprintf("RELAIS_LINES_PER_ACCOUNT=%d", perHead)}})
	w := s.atWork()
	for _, attack := range []struct {
		name  string
		throw func(*testing.T)
	}{
		{"silent sockets", s.silentSockets},
		{"dribbled headers and bodies", s.dribbles},
		{"bodies of 100 MB", s.hugeBodies},
		{"nested, packed and swollen requests", s.oddRequests},
		{"absurd pages and periods", s.absurdQuestions},
		{"frames", s.frames},
		{"commands and watches without end", s.commandFlood},
		{"lines", func(t *testing.T) { s.lines(t, perHead) }},
		{"a hundred thousand slots", s.hugeOpenings},
		{"feeds", s.feeds},
		{"guesses of passwords", s.guesses},
	} {
		t.Run(attack.name, func(t *testing.T) {
			before := s.memory()
			done := w.during(func() { attack.throw(t) })
			after := s.memory()
			t.Logf("memory %d MB before, %d MB after, %d at most; %d bookings meanwhile", before.now, after.now, after.most, done)
			if after.most > ceiling {
				t.Errorf("the server took %d MB", after.most)
			}
		})
	}
	if log := s.Relais.Log(); strings.Contains(log, "panic") || strings.Contains(log, "level=ERROR") {
		t.Errorf("the log tells of faults:\n%.4000s", log)
	}
	s.settle(map[string]*proof.Console{"bystander": w.console})
}

// work is what a GP and a regulator do while others throw things.
type work struct {
	*stage
	gp, regulator *proof.Client
	console       *proof.Console
	slots         []proof.Slot
}

func (s *stage) atWork() *work {
	s.Helper()
	w := &work{stage: s, gp: s.GPs[0], regulator: s.Regulators[0]}
	w.slots = s.publish(w.gp, s.start, 8)
	w.console = s.console("bystander", w.regulator)
	s.await(w.console, "the published slots", func(v proof.View) bool { return follows(v) && len(v.Slots) >= len(w.slots) })
	return w
}

// during books and cancels as long as something is thrown, once at least, and
// returns how often.
func (w *work) during(throw func()) (done int) {
	w.Helper()
	var over atomic.Bool
	var thrown sync.WaitGroup
	thrown.Go(func() {
		defer over.Store(true)
		throw()
	})
	for ok := true; ok && (done == 0 || !over.Load()); done++ {
		ok = w.once(w.slots[done%len(w.slots)])
	}
	thrown.Wait()
	return done
}

// once holds a seat over the line, books it over HTTP, sees it booked on the
// board and by the GP, and cancels it.
func (w *work) once(slot proof.Slot) bool {
	w.Helper()
	hold, err := w.console.Hold(w.soon(), slot.ID, "")
	if err != nil {
		w.Errorf("hold: %v", err)
		return false
	}
	b, err := w.regulator.Book(w.soon(), proof.NewBooking{Hold: hold.Token, Patient: w.patient()}, w.key())
	if err != nil {
		w.Errorf("book: %v", err)
		return false
	}
	if _, err := w.console.Await(w.soon(), func(v proof.View) bool { return v.Slots[slot.ID].Booked == 1 }); err != nil {
		w.Errorf("the board does not show the booking: %v", err)
		return false
	}
	if _, err := w.gp.OwnBookings(w.soon(), slot.Start, slot.End); err != nil {
		w.Errorf("the GP's bookings: %v", err)
		return false
	}
	if _, err := w.regulator.Cancel(w.soon(), b.ID, "regulator", "essai"); err != nil {
		w.Errorf("cancel: %v", err)
		return false
	}
	_, err = w.console.Await(w.soon(), func(v proof.View) bool { return v.Slots[slot.ID].Free == 1 })
	if err != nil {
		w.Errorf("the board does not show the cancellation: %v", err)
	}
	return err == nil
}

// footprint is what the server holds in megabytes, now and at most.
type footprint struct{ now, most int }

func (s *stage) memory() footprint {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", s.PID()))
	if err != nil {
		s.Fatal(err) // without it nothing is bounded
	}
	read := func(name string) int {
		_, rest, _ := strings.Cut(string(text), name+":")
		fields := strings.Fields(rest)
		if len(fields) == 0 {
			return 0
		}
		kilobytes, _ := strconv.Atoi(fields[0])
		return kilobytes >> 10
	}
	return footprint{read("VmRSS"), read("VmHWM")}
}

// from is a client's way to the server from one address of the loopback.
func from(address string) *net.Dialer {
	return &net.Dialer{LocalAddr: &net.TCPAddr{IP: net.ParseIP(address)}, Timeout: 10 * time.Second}
}

func (s *stage) address() string { return strings.TrimPrefix(s.URL, "http://") }

func (s *stage) dial(t *testing.T, source string) net.Conn {
	t.Helper()
	conn, err := from(source).DialContext(s.Context(), "tcp", s.address())
	if err != nil {
		t.Fatal(err)
	}
	_ = conn.SetDeadline(time.Now().Add(25 * time.Second))
	return conn
}

// many is as many sockets as wanted, or as this machine lets a test have beside
// everything else.
func many(t *testing.T, wanted int) int {
	t.Helper()
	var limit syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_NOFILE, &limit); err != nil {
		t.Fatal(err)
	}
	n := min(wanted, int(min(limit.Cur, 1<<20))*6/10)
	t.Logf("%d sockets of %d wanted: at most %d files may be open here", n, wanted, limit.Cur)
	return n
}
