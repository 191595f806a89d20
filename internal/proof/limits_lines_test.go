package proof_test

import (
	"bytes"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"github.com/relais-snp/relais/internal/proof"
)

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
