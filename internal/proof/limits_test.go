package proof_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"github.com/relais-snp/relais/internal/proof"
)

// ceiling bounds what the server may hold at any time, in megabytes: half as
// much again as ten thousand silent sockets and the rest were seen to take.
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

// footprint is what the server holds in megabytes, now and at most; zeros where
// the system does not tell.
type footprint struct{ now, most int }

func (s *stage) memory() footprint {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", s.PID()))
	if err != nil {
		return footprint{}
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

// silentSockets opens sockets and says nothing. The server ends them by itself.
func (s *stage) silentSockets(t *testing.T) {
	conns := make([]net.Conn, many(t, 10_000))
	var dialling sync.WaitGroup
	for part := range 8 {
		dialling.Go(func() {
			for i := part; i < len(conns); i += 8 {
				conns[i], _ = from(crowd).DialContext(s.Context(), "tcp", s.address())
			}
		})
	}
	dialling.Wait()
	open := 0
	for _, conn := range conns {
		if conn == nil {
			continue
		}
		open++
		defer conn.Close()
	}
	if open < len(conns) {
		t.Errorf("%d of %d connected", open, len(conns))
	}
	last := conns[len(conns)-1]
	_ = last.SetDeadline(time.Now().Add(20 * time.Second))
	if n, err := last.Read(make([]byte, 1)); n != 0 || err == nil || isTimeout(err) {
		t.Errorf("a silent socket is kept: %d, %v", n, err)
	}
}

func isTimeout(err error) bool {
	timeout, ok := err.(net.Error)
	return ok && timeout.Timeout()
}

// dribbles sends requests a byte at a time: headers first, then bodies.
func (s *stage) dribbles(t *testing.T) {
	const body = "POST /api/v1/session HTTP/1.1\r\nHost: relais\r\nContent-Type: application/json\r\nContent-Length: 5000\r\n\r\n{"
	var all sync.WaitGroup
	var ended atomic.Int64
	for i := range 400 {
		start := "GET /api/v1/me HTTP/1.1\r\nX-Essai: "
		if i%2 == 1 {
			start = body
		}
		all.Go(func() {
			conn, err := from(crowd).DialContext(s.Context(), "tcp", s.address())
			if err != nil {
				return
			}
			defer conn.Close()
			if _, err := io.WriteString(conn, start); err != nil {
				return
			}
			pace := time.NewTicker(200 * time.Millisecond)
			defer pace.Stop()
			for range 33 {
				<-pace.C
				if _, err := conn.Write([]byte("a")); err != nil {
					ended.Add(1)
					return
				}
			}
		})
	}
	all.Wait()
	if n := ended.Load(); n < 190 { // every header is ended within 5 s; bodies are given longer
		t.Errorf("%d of 200 dribbled headers were ended", n)
	}
}

// hugeBodies sends 100 MB, announced and in chunks, signed in and not.
func (s *stage) hugeBodies(t *testing.T) {
	cookie := s.Regulators[1].Cookie()
	var all sync.WaitGroup
	for _, head := range []string{
		"POST /api/v1/session HTTP/1.1\r\nContent-Length: 104857600\r\n",
		"POST /api/v1/session HTTP/1.1\r\nTransfer-Encoding: chunked\r\n",
		"POST /api/v1/cases HTTP/1.1\r\nContent-Length: 104857600\r\nCookie: " + cookie + "\r\n",
		"POST /api/v1/cases HTTP/1.1\r\nTransfer-Encoding: chunked\r\nCookie: " + cookie + "\r\n",
	} {
		for range 4 {
			all.Go(func() {
				if answer := s.pour(t, head, 100<<20); !strings.Contains(answer, "413 ") || !strings.Contains(answer, "request.too_large") {
					t.Errorf("%.60q is answered %.300q", head, answer)
				}
			})
		}
	}
	all.Wait()
}

// pour sends a head and then bytes until the server has heard enough; it returns
// the answer.
func (s *stage) pour(t *testing.T, head string, size int) string {
	conn := s.dial(t, flooder)
	defer conn.Close()
	piece := bytes.Repeat([]byte("[ "), 8<<10)
	chunked := strings.Contains(head, "chunked")
	go func() {
		if _, err := io.WriteString(conn, head+"Host: relais\r\nContent-Type: application/json\r\n\r\n"); err != nil {
			return
		}
		for sent := 0; sent < size; sent += len(piece) {
			out := piece
			if chunked {
				out = fmt.Appendf(nil, "%x\r\n%s\r\n", len(piece), piece)
			}
			if _, err := conn.Write(out); err != nil {
				return // it has heard enough
			}
		}
	}()
	answer, _ := io.ReadAll(conn) // cut short after the answer
	return string(answer)
}

// oddRequests nests, packs and swells.
func (s *stage) oddRequests(t *testing.T) {
	anybody, regulator := proof.NewClient(s.URL), s.Regulators[1]
	deep := strings.Repeat("[", 9000) + strings.Repeat("]", 9000)
	var packed bytes.Buffer
	pack := gzip.NewWriter(&packed)
	_, _ = pack.Write(bytes.Repeat([]byte(" "), 30<<20)) // into memory: cannot fail
	_ = pack.Close()
	for range 10 {
		s.wantRefused(t, anybody, http.MethodPost, "/session", deep, 400, "request.malformed")
		s.wantRefused(t, regulator, http.MethodPost, "/cases", `{"patient":`+strings.Repeat(`{"mt":`, 9000)+`1`+strings.Repeat("}", 9001), 400, "request.malformed")
		s.wantRefused(t, regulator, http.MethodPost, "/cases", packed.String(), 400, "request.malformed", "Content-Encoding", "gzip")
		s.wantRefused(t, regulator, http.MethodPost, "/cases", `{"territory":[`+strings.Repeat(`"x",`, 16000)+`""]}`, 400, "request.invalid")
	}
	for name, head := range map[string]string{
		"one huge header": "GET /healthz HTTP/1.1\r\nHost: relais\r\nX-Essai: " + strings.Repeat("a", 1<<20) + "\r\n\r\n",
		"many headers":    "GET /healthz HTTP/1.1\r\nHost: relais\r\n" + strings.Repeat("X-Essai: a\r\n", 20_000) + "\r\n",
		"a huge address":  "GET /" + strings.Repeat("a", 100_000) + " HTTP/1.1\r\nHost: relais\r\n\r\n",
	} {
		conn := s.dial(t, flooder)
		go func() { _, _ = io.WriteString(conn, head) }() // it may be cut short
		answer, _ := io.ReadAll(conn)
		conn.Close()
		if !strings.HasPrefix(string(answer), "HTTP/1.1 431") {
			t.Errorf("%s: answer %.100q", name, answer)
		}
	}
}

// wantRefused fails the test unless a request is refused with this status and
// reason.
func (s *stage) wantRefused(t *testing.T, who *proof.Client, method, path, body string, status int, reason string, headers ...string) {
	t.Helper()
	got, kind, answer := who.Raw(s.Context(), method, path, body, headers...)
	if got != status || !strings.HasPrefix(kind, "application/problem+json") || !strings.Contains(string(answer), `"`+reason+`"`) {
		t.Errorf("%s %.80s: want %d %s, got %d %s %.200s", method, path, status, reason, got, kind, answer)
	}
}

// absurdQuestions asks for more than there can be.
func (s *stage) absurdQuestions(t *testing.T) {
	who, boss := s.Regulators[1], s.Coordinators[0]
	in := "territory=" + proof.Territory
	for range 5 {
		for path, reason := range map[string]string{
			"/slots?" + in + "&limit=100000":                                                    "request.invalid",
			"/slots?" + in + "&cursor=" + strings.Repeat("A", 5000):                             "request.invalid",
			"/slots?" + in + "&from=0001-01-01T00:00:00Z&to=9999-12-31T00:00:00Z":               "request.invalid",
			"/communes?q=" + strings.Repeat("a", 5000):                                          "request.invalid",
			"/bookings?" + in + "&limit=0":                                                      "request.invalid",
			"/cases?" + in + "&limit=-1":                                                        "request.invalid",
			"/slots?" + in + strings.Repeat("&free=true", 3000):                                 "request.invalid",
			"/slots?" + strings.Repeat("a=1&", 5000):                                            "request.invalid",
			"/holds/" + strings.Repeat("x", 5000):                                               "request.method_not_allowed",
			"/openings?practitioner=x&from=1880-01-01T00:00:00Z&to=2200-12-31T00:00:00Z&limit=": "request.invalid",
		} {
			status := 400
			if reason == "request.method_not_allowed" {
				status = 405
			}
			s.wantRefused(t, who, http.MethodGet, path, "", status, reason)
		}
		s.wantRefused(t, boss, http.MethodGet, "/indicators/fill?"+in+"&from=1900-01-01&to=2199-12-31", "", 400, "indicator.invalid")
		if status, _, answer := who.Raw(s.Context(), http.MethodGet, "/slots?"+in+"&from=1900-01-01T00:00:00Z&to=2199-12-31T00:00:00Z&limit=500", ""); status >= 500 {
			t.Errorf("three centuries of slots: %d %.200s", status, answer)
		}
	}
}

// hugeOpenings publishes a hundred thousand slots at once, and as many as the
// rules let.
func (s *stage) hugeOpenings(t *testing.T) {
	gp := s.GPs[1]
	o := s.opening(gp, s.start, 1)
	text := func(start, end time.Time, minutes int, more string) string {
		return fmt.Sprintf(`{"location":%q,"start":%q,"end":%q,"slotMinutes":%d,"modality":"cabinet","audience":"regulation"%s}`,
			o.Location, start.Format(time.RFC3339), end.Format(time.RFC3339), minutes, more)
	}
	year := s.start.AddDate(1, 0, 0)
	for range 5 {
		s.wantRefused(t, gp, http.MethodPost, "/openings", text(s.start, s.start.AddDate(0, 11, 0), 5, ""), 400, "agenda.invalid")
		s.wantRefused(t, gp, http.MethodPost, "/openings", text(s.start, year, 0, `,"seats":100000`), 400, "request.invalid")
		s.wantRefused(t, gp, http.MethodPost, "/openings", text(s.start, s.start.Add(time.Hour), 15,
			`,"repeat":{"until":"2199-12-31","weekdays":[`+strings.Repeat("1,", 20_000)+`1]}`), 400, "request.invalid")
	}
	day := s.start.AddDate(0, 0, 2).Truncate(24 * time.Hour).Add(7 * time.Hour)
	everyDay := text(day, day.Add(12*time.Hour), 5, fmt.Sprintf(`,"repeat":{"until":%q,"weekdays":[1,2,3,4,5,6,7],"skipHolidays":false}`, day.AddDate(1, 0, 0).Format(time.DateOnly)))
	status, _, answer := gp.Raw(s.Context(), http.MethodPost, "/openings", everyDay, "Idempotency-Key", s.key())
	if status != http.StatusCreated && (status < 400 || status >= 500) {
		t.Errorf("every five minutes for a year: %d %.300s", status, answer)
	}
	t.Logf("every five minutes, twelve hours a day, for a year: %d, %d kB", status, len(answer)>>10)
	s.wantRefused(t, gp, http.MethodPost, "/openings", everyDay, 409, "agenda.overlap", "Idempotency-Key", s.key())
}

// frames breaks the live line's own rules.
func (s *stage) frames(t *testing.T) {
	for range 6 {
		line := s.lineOf(t, s.Regulators[2])
		_ = line.WriteMessage(websocket.TextMessage, bytes.Repeat([]byte("x"), 1<<20)) // cut short
		wantClosed(t, line, "a frame of 1 MB", websocket.CloseMessageTooBig)

		line = s.lineOf(t, s.Regulators[2])
		message, err := line.NextWriter(websocket.TextMessage)
		for i := 0; err == nil && i < 8; i++ {
			_, err = message.Write(bytes.Repeat([]byte("["), 4<<10)) // a fragment each
		}
		wantClosed(t, line, "a message of many fragments", websocket.CloseMessageTooBig)

		line = s.lineOf(t, s.Regulators[2])
		_, _ = line.NetConn().Write([]byte{0xc1, 0x80, 0, 0, 0, 0}) // says that it is compressed
		wantClosed(t, line, "a packed frame", websocket.CloseProtocolError)
	}
	line := s.lineOf(t, s.Regulators[2])
	for range 20_000 {
		if line.WriteControl(websocket.PingMessage, nil, time.Now().Add(10*time.Second)) != nil {
			return // it may be ended for that
		}
	}
}

func (s *stage) lineOf(t *testing.T, who *proof.Client) *websocket.Conn {
	t.Helper()
	line, err := who.Line(s.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { line.Close() })
	_ = line.SetReadDeadline(time.Now().Add(20 * time.Second))
	return line
}

func wantClosed(t *testing.T, line *websocket.Conn, what string, code int) {
	t.Helper()
	defer line.Close()
	for {
		if _, _, err := line.ReadMessage(); err != nil {
			// What was on its way when the server hung up may reset the line first.
			if _, told := err.(*websocket.CloseError); told && !websocket.IsCloseError(err, code) || isTimeout(err) {
				t.Errorf("%s: %v", what, err)
			}
			return
		}
	}
}

// commandFlood asks more than anybody types.
func (s *stage) commandFlood(t *testing.T) {
	line := s.lineOf(t, s.Regulators[3])
	const asked = 1000
	go func() {
		for i := range asked {
			frame := fmt.Sprintf(`{"id":%d,"op":"release","hold":"forged"}`, i+1)
			if i%2 == 0 {
				frame = fmt.Sprintf(`{"id":%d,"op":"watch","territory":%q,"day":%q,"days":2}`, i+1, proof.Territory, s.start.Format(time.DateOnly))
			}
			if line.WriteMessage(websocket.TextMessage, []byte(frame)) != nil {
				return
			}
		}
	}()
	refused := 0
	for answered := 0; answered < asked; {
		_, frame, err := line.ReadMessage()
		if err != nil {
			t.Fatalf("after %d answers: %v", answered, err)
		}
		if !bytes.HasPrefix(frame, []byte(`{"type":"reply"`)) {
			continue
		}
		answered++
		if bytes.Contains(frame, []byte(`"request.too_many"`)) {
			refused++
		}
	}
	if refused < asked/2 {
		t.Errorf("%d of %d commands were refused", refused, asked)
	}
}

// lines opens as many lines as some accounts may have.
func (s *stage) lines(t *testing.T, perHead int) {
	heads := s.Regulators[4:8]
	most := many(t, perHead*len(heads)*3) / 3 // both ends may be counted on this machine
	each := min(perHead, most/len(heads))
	var all sync.WaitGroup
	for _, head := range heads {
		all.Go(func() {
			for range each {
				line, err := head.Line(s.Context())
				if err != nil {
					t.Errorf("a line: %v", err)
					return
				}
				t.Cleanup(func() { line.Close() })
			}
		})
	}
	all.Wait()
	if each == perHead {
		s.wantNoLine(t, heads[0])
	}
}

func (s *stage) wantNoLine(t *testing.T, who *proof.Client) {
	t.Helper()
	line, err := who.Line(s.Context())
	if err == nil {
		line.Close()
		t.Error("one more line was let in")
	}
}

// feeds makes as many calendars as it can and fetches one again and again.
func (s *stage) feeds(t *testing.T) {
	gp := s.GPs[2]
	var made proof.Feed
	for i := range 55 {
		feed, err := gp.NewFeed(s.Context(), "practitioner", "")
		switch {
		case i < 50 && err == nil:
			made = feed
		case i >= 50 && proof.Reason(err) == "feed.limit":
		default:
			t.Fatalf("feed %d: %v", i, err)
		}
	}
	var all sync.WaitGroup
	for range 16 {
		all.Go(func() {
			for range 10 {
				if _, err := gp.Fetch(s.Context(), made.URL); err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	all.Wait()
}

// guesses tries passwords of one account from one address a thousand times a
// second, then from forty addresses at once; the account's owner signs in
// meanwhile from their own.
func (s *stage) guesses(t *testing.T) {
	const email = "regulator6@essai.example"
	one := s.guesser(flooder)
	tally := s.flood(1500, time.Millisecond, func(int) *http.Client { return one }, email)
	t.Logf("a thousand guesses a second from one address: %v", tally)
	if tally[http.StatusTooManyRequests] < 1400 || tally[http.StatusUnauthorized] > 40 || tally.other() > 0 {
		t.Errorf("answers %v", tally)
	}
	if _, err := s.SignIn(s.Context(), email); err != nil {
		t.Errorf("the owner of the account, from elsewhere: %v", err)
	}
	crowd := make([]*http.Client, 40)
	for i := range crowd {
		crowd[i] = s.guesser(fmt.Sprintf("127.0.1.%d", i+1))
	}
	entered := make(chan error, 1)
	go func() { entered <- s.signInSoon("regulator7@essai.example") }()
	tally = s.flood(600, time.Millisecond, func(i int) *http.Client { return crowd[i%len(crowd)] }, "")
	t.Logf("six hundred guesses from forty addresses: %v", tally)
	if tally.other() > 0 {
		t.Errorf("answers %v", tally)
	}
	if err := <-entered; err != nil {
		t.Errorf("somebody else signs in meanwhile: %v", err)
	}
}

func (s *stage) guesser(source string) *http.Client {
	transport := &http.Transport{DialContext: from(source).DialContext, MaxIdleConnsPerHost: 64, MaxConnsPerHost: 64}
	s.Cleanup(transport.CloseIdleConnections)
	return &http.Client{Transport: transport, Timeout: 20 * time.Second}
}

// answers counts statuses; 0 is none.
type answers map[int]int

// other counts what is neither a refusal of the password nor one of the pace
// that says when to come back.
func (a answers) other() int {
	n := 0
	for status, count := range a {
		if status != http.StatusUnauthorized && status != http.StatusTooManyRequests {
			n += count
		}
	}
	return n
}

// flood sends guesses at a pace that no answer slows down; email "" is another
// account each time.
func (s *stage) flood(count int, pace time.Duration, by func(int) *http.Client, email string) answers {
	var all sync.WaitGroup
	var mu sync.Mutex
	tally := answers{}
	every := time.NewTicker(pace)
	defer every.Stop()
	for i := range count {
		<-every.C
		all.Go(func() {
			status := s.guess(by(i), email, i)
			mu.Lock()
			defer mu.Unlock()
			tally[status]++
		})
	}
	all.Wait()
	return tally
}

func (s *stage) guess(by *http.Client, email string, i int) int {
	if email == "" {
		email = fmt.Sprintf("inconnu%d@essai.example", i)
	}
	resp, err := by.Post(s.URL+"/api/v1/session", "application/json", strings.NewReader(fmt.Sprintf(`{"email":%q,"password":"pas-le-bon-mot-%d"}`, email, i)))
	if err != nil {
		return 0
	}
	defer resp.Body.Close()
	if resp.StatusCode == http.StatusTooManyRequests && resp.Header.Get("Retry-After") == "" {
		return -1
	}
	return resp.StatusCode
}

// signInSoon signs in as a person does who is told to come back.
func (s *stage) signInSoon(email string) error {
	ctx, cancel := context.WithTimeout(s.Context(), 30*time.Second)
	defer cancel()
	again := time.NewTicker(500 * time.Millisecond)
	defer again.Stop()
	for {
		_, err := s.SignIn(ctx, email)
		if err == nil || proof.Reason(err) != "account.busy" {
			return err
		}
		select {
		case <-again.C:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}
