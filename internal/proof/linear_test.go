package proof_test

import (
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/Shopify/toxiproxy/v2"
	"github.com/anishathalye/porcupine"
	"github.com/rs/zerolog"

	"github.com/relais-snp/relais/internal/proof"
)

// asked is an operation on a one-seat slot; got is what became of it.
type asked struct {
	op, slot, booking string // book; cancel booking; read
}

type got struct {
	booking string // of book and read; "" for none
	refused bool   // book: the seat was taken
}

// seat is the specification: a seat is free ("") or has one booking. A refusal
// says that it was taken, unless a colleague's attempt may have been in the way.
func seat(refusalsTell bool) porcupine.Model {
	return porcupine.Model{
		Partition: func(history []porcupine.Operation) [][]porcupine.Operation {
			bySlot := map[string][]porcupine.Operation{}
			for _, op := range history {
				bySlot[op.Input.(asked).slot] = append(bySlot[op.Input.(asked).slot], op)
			}
			var parts [][]porcupine.Operation
			for _, part := range bySlot {
				parts = append(parts, part)
			}
			return parts
		},
		Init: func() any { return "" },
		Step: func(state, input, output any) (bool, any) {
			now, in, out := state.(string), input.(asked), output.(got)
			switch {
			case in.op == "read":
				return out.booking == now, now
			case in.op == "cancel":
				return now == in.booking, ""
			case out.refused:
				return now != "" || !refusalsTell, now
			}
			return now == "", out.booking
		},
		DescribeOperation: func(input, output any) string { return fmt.Sprintf("%+v → %+v", input, output) },
	}
}

// history is what clients did, with the times between which each thing happened.
type history struct {
	mu   sync.Mutex
	born time.Time
	ops  []porcupine.Operation
}

func (h *history) now() int64 { return time.Since(h.born).Nanoseconds() }

func (h *history) note(client int, in asked, out got, call int64) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.ops = append(h.ops, porcupine.Operation{ClientId: client, Input: in, Output: out, Call: call, Return: h.now()})
}

// A seat given twice, and a seat refused while it was free, are no order of
// events: the specification must see it.
func TestSeatSpecificationSeesLies(t *testing.T) {
	book := func(client int, from, to int64, out got) porcupine.Operation {
		return porcupine.Operation{ClientId: client, Input: asked{"book", "a", ""}, Output: out, Call: from, Return: to}
	}
	cancel := porcupine.Operation{ClientId: 0, Input: asked{"cancel", "a", "1"}, Output: got{}, Call: 3, Return: 4}
	for name, c := range map[string]struct {
		history []porcupine.Operation
		right   bool
	}{
		"one after the other":   {[]porcupine.Operation{book(0, 1, 2, got{booking: "1"}), cancel, book(1, 5, 6, got{booking: "2"})}, true},
		"given twice":           {[]porcupine.Operation{book(0, 1, 2, got{booking: "1"}), book(1, 1, 3, got{booking: "2"})}, false},
		"refused while free":    {[]porcupine.Operation{book(0, 1, 2, got{booking: "1"}), cancel, book(1, 5, 6, got{refused: true})}, false},
		"refused in the middle": {[]porcupine.Operation{book(0, 1, 2, got{booking: "1"}), cancel, book(1, 3, 6, got{refused: true})}, true},
	} {
		t.Run(name, func(t *testing.T) {
			if got := porcupine.CheckOperations(seat(true), c.history); got != c.right {
				t.Errorf("linearizable: %v", got)
			}
		})
	}
}

// Eight clients book, cancel and read three seats while connections are reset
// on both sides of the server. Every answer fits one order of events.
func TestBookingsAreLinearizable(t *testing.T) {
	for _, p := range []pair{small, large} {
		t.Run(p.String(), func(t *testing.T) {
			faults := newFaults(t)
			s := raise(t, p, tune{settings: []string{"RELAIS_PIN_SECONDS=2"}, redisBy: func(address string) string {
				u, err := url.Parse(address)
				if err != nil {
					t.Fatal(err)
				}
				u.Host = faults.between(u.Host)
				return u.String()
			}})
			slots := s.publish(s.GPs[0], s.start, 3)
			by := "http://" + faults.between(strings.TrimPrefix(s.URL, "http://"))
			h := &history{born: time.Now()}

			ctx, stop := context.WithTimeout(t.Context(), 6*time.Second)
			defer stop()
			faults.begin()
			var all sync.WaitGroup
			for i := range 8 {
				who := s.Regulators[i].Through(by)
				all.Go(func() { s.disturb(ctx, h, i, who, slots) })
			}
			all.Wait()
			faults.end()

			s.settle(nil)
			verdict := porcupine.CheckOperationsTimeout(seat(p.engine == "memory"), h.ops, 20*time.Second)
			if verdict != porcupine.Ok {
				t.Errorf("a history of %d operations is not linearizable: %s", len(h.ops), verdict)
			}
			if n := s.checks.Acknowledged(); n < 10 || faults.resets() == 0 {
				t.Errorf("%d bookings and %d faulty links: nothing was tried", n, faults.resets())
			}
			t.Logf("%d operations, %d bookings, %d faulty links", len(h.ops), s.checks.Acknowledged(), faults.resets())
		})
	}
}

// disturb is one client's morning. A booking of its own is cancelled before it
// takes another, so that seats change hands.
func (s *stage) disturb(ctx context.Context, h *history, client int, who *proof.Client, slots []proof.Slot) {
	mine, at := "", ""
	for breathe(ctx, 30*time.Millisecond) {
		call := h.now()
		slot := slots[rand.IntN(len(slots))].ID
		switch {
		case mine != "":
			s.checks.Cancelling(mine)
			_, err := known(s, func(ctx context.Context) (proof.Booking, error) { return who.Cancel(ctx, mine, "regulator", "essai") })
			if err != nil {
				s.Errorf("cancelling refused: %v", err)
				return
			}
			s.checks.Cancelled(mine)
			h.note(client, asked{"cancel", at, mine}, got{}, call)
			mine = ""
		case rand.IntN(3) == 0:
			h.note(client, asked{"read", slot, ""}, got{booking: s.reads(who, slot)}, call)
		default:
			mine, at = s.takes(h, client, who, slot, call), slot
		}
	}
}

// takes books and notes the answer, except a refusal by a colleague's attempt
// that holds the seat for a moment: it tells nothing about bookings.
func (s *stage) takes(h *history, client int, who *proof.Client, slot string, call int64) (booking string) {
	request, key := proof.NewBooking{Slot: slot, Patient: s.patient()}, s.key()
	b, err := known(s, func(ctx context.Context) (proof.Booking, error) { return who.Book(ctx, request, key) })
	if err == nil {
		s.checks.Booked(key, b)
		h.note(client, asked{"book", slot, ""}, got{booking: b.ID}, call)
		return b.ID
	}
	p, ok := err.(*proof.Problem)
	if !ok || p.Reason != "regulation.slot_taken" {
		s.Errorf("booking refused: %v", err)
		return ""
	}
	if p.HeldBy == "" {
		h.note(client, asked{"book", slot, ""}, got{refused: true}, call)
	}
	return ""
}

// reads asks the record which booking the slot has.
func (s *stage) reads(who *proof.Client, slot string) (booking string) {
	list, err := known(s, func(ctx context.Context) ([]proof.Booking, error) {
		return who.Bookings(ctx, proof.Territory, s.start, s.start.Add(time.Hour))
	})
	if err != nil {
		s.Errorf("reading: %v", err)
	}
	for _, b := range list {
		if b.Slot == slot && b.Live() {
			return b.ID
		}
	}
	return ""
}

// known asks until somebody can say what became of it. A link may swallow a
// question without a word, so no answer is waited for long.
func known[T any](s *stage, ask func(context.Context) (T, error)) (T, error) {
	for {
		ctx, cancel := context.WithTimeout(s.Context(), 3*time.Second)
		answer, err := ask(ctx)
		cancel()
		if !proof.Unknown(err) || !breathe(s.Context(), 20*time.Millisecond) {
			return answer, err
		}
	}
}

// faults stand between the parts of a stage and reset connections.
type faults struct {
	*testing.T
	api     *toxiproxy.ApiServer
	proxies []*toxiproxy.Proxy
	rounds  int
	stop    context.CancelFunc
	done    chan struct{}
}

func newFaults(t *testing.T) *faults {
	return &faults{T: t, api: toxiproxy.NewServer(toxiproxy.NewMetricsContainer(nil), zerolog.Nop())}
}

// between returns an address that leads to another one.
func (f *faults) between(upstream string) string {
	f.Helper()
	p := toxiproxy.NewProxy(f.api, upstream, "127.0.0.1:0", upstream)
	if err := p.Start(); err != nil {
		f.Fatal(err)
	}
	f.Cleanup(p.Stop)
	f.proxies = append(f.proxies, p)
	return p.Listen
}

// begin makes rounds of resets: answers are lost in one, questions in the next,
// and a moment of peace follows.
func (f *faults) begin() {
	ctx, stop := context.WithCancel(f.Context())
	f.stop, f.done = stop, make(chan struct{})
	go func() {
		defer close(f.done)
		for {
			for _, stream := range []string{"downstream", "upstream"} {
				f.toxic(stream)
				on := breathe(ctx, 150*time.Millisecond)
				for _, p := range f.proxies {
					p.Toxics.ResetToxics(context.Background())
				}
				if !on || !breathe(ctx, 150*time.Millisecond) {
					return
				}
			}
		}
	}()
}

func (f *faults) toxic(stream string) {
	for _, p := range f.proxies {
		if _, err := p.Toxics.AddToxicJson(reset(stream)); err != nil {
			f.Errorf("toxiproxy: %v", err)
		}
		f.rounds++
	}
}

func reset(stream string) io.Reader {
	return strings.NewReader(`{"name":"reset","type":"reset_peer","stream":"` + stream + `","toxicity":0.5,"attributes":{"timeout":2}}`)
}

func (f *faults) end() {
	f.stop()
	<-f.done
}

// resets counts the rounds; it is read after end.
func (f *faults) resets() int { return f.rounds }
