package proof_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/relais-snp/relais/internal/proof"
)

// load is a working morning: GPs publish, regulators hold, book and cancel,
// consoles follow. Whoever gets no answer asks again until they know.
type load struct {
	*stage
	consoles map[string]*proof.Console
	stop     context.CancelFunc
	all      sync.WaitGroup

	mu     sync.Mutex
	slots  []string
	mine   map[*proof.Client][]string // bookings to cancel some day
	counts map[string]int             // what was done, by name or by reason
	grew   chan struct{}              // closed and replaced at every count
}

func (s *stage) begin(regulators int) *load {
	ctx, stop := context.WithCancel(s.Context())
	l := &load{stage: s, stop: stop, consoles: map[string]*proof.Console{},
		mine: map[*proof.Client][]string{}, counts: map[string]int{}, grew: make(chan struct{})}
	for i := range 3 {
		name := fmt.Sprintf("console %d", i+1)
		l.consoles[name] = s.console(name, s.Regulators[i])
	}
	for i, gp := range s.GPs {
		l.add(s.publish(gp, s.start.Add(time.Duration(i)*time.Minute), 16))
	}
	for name, c := range l.consoles {
		s.await(c, name+" follows", follows)
	}
	for _, gp := range s.GPs {
		first := s.opening(gp, s.start.Add(24*time.Hour), 2)
		l.all.Go(func() { l.publishing(ctx, gp, first) })
	}
	for i := range regulators {
		l.all.Go(func() { l.regulating(ctx, s.Regulators[i%len(s.Regulators)]) })
	}
	return l
}

// finish lets everybody end what they began, and returns when they have.
func (l *load) finish() {
	l.stop()
	l.all.Wait()
}

func (l *load) add(slots []proof.Slot) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, s := range slots {
		l.slots = append(l.slots, s.ID)
	}
}

func (l *load) pick() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.slots[rand.IntN(len(l.slots))]
}

func (l *load) count(what string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.counts[what]++
	close(l.grew)
	l.grew = make(chan struct{})
}

// until waits until something was done n more times.
func (l *load) until(what string, n int) {
	l.Helper()
	ctx, target := l.soon(), -1
	for {
		l.mu.Lock()
		done, grew := l.counts[what], l.grew
		l.mu.Unlock()
		if target < 0 {
			target = done + n
		}
		if done >= target {
			return
		}
		select {
		case <-grew:
		case <-ctx.Done():
			l.Fatalf("%s only %d times of %d; counts %v", what, done, target, l.counts)
		}
	}
}

// publishing publishes half an hour after the other, with a breath between.
func (l *load) publishing(ctx context.Context, gp *proof.Client, next proof.NewOpening) {
	for breathe(ctx, 150*time.Millisecond) {
		key := l.key()
		o, err := insist(l, func() (proof.Opening, error) { return gp.Publish(l.Context(), next, key) })
		if err != nil {
			l.Errorf("publishing refused: %v", err)
			return
		}
		l.add(o.Slots)
		l.count("published")
		length := next.End.Sub(next.Start)
		next.Start, next.End = next.End, next.End.Add(length)
	}
}

func (l *load) regulating(ctx context.Context, who *proof.Client) {
	for breathe(ctx, 20*time.Millisecond) {
		switch n := rand.IntN(10); {
		case n < 2:
			l.cancelOne(who)
		case n < 4:
			if h, err := who.Hold(l.Context(), l.pick(), ""); err == nil {
				_ = who.Release(l.Context(), h.Token) // it expires by itself otherwise
				l.count("released")
			}
		default:
			l.bookOne(who, n < 7)
		}
	}
}

func (l *load) bookOne(who *proof.Client, holdFirst bool) {
	request, key := proof.NewBooking{Slot: l.pick(), Patient: l.patient()}, l.key()
	if holdFirst {
		h, err := who.Hold(l.Context(), request.Slot, "")
		if err != nil {
			l.count(proof.Reason(err))
			return
		}
		request.Hold, request.Slot = h.Token, ""
	}
	b, err := insist(l, func() (proof.Booking, error) { return who.Book(l.Context(), request, key) })
	if err != nil {
		l.count(proof.Reason(err))
		return
	}
	l.checks.Booked(key, b)
	l.count("booked")
	l.mu.Lock()
	defer l.mu.Unlock()
	l.mine[who] = append(l.mine[who], b.ID)
}

func (l *load) cancelOne(who *proof.Client) {
	l.mu.Lock()
	mine := l.mine[who]
	if len(mine) == 0 {
		l.mu.Unlock()
		return
	}
	id := mine[0]
	l.mine[who] = slices.Clone(mine[1:])
	l.mu.Unlock()
	l.checks.Cancelling(id)
	_, err := insist(l, func() (proof.Booking, error) { return who.Cancel(l.Context(), id, "regulator", "essai") })
	if err != nil {
		l.Errorf("cancelling refused: %v", err)
		return
	}
	l.checks.Cancelled(id)
	l.count("cancelled")
}

// insist asks again as long as nobody can say what became of the request.
func insist[T any](l *load, ask func() (T, error)) (T, error) {
	for {
		answer, err := ask()
		if !proof.Unknown(err) || !breathe(l.Context(), 50*time.Millisecond) {
			return answer, err
		}
		l.count("asked again")
	}
}

// breathe waits about that long, false when ctx has ended.
func breathe(ctx context.Context, about time.Duration) bool {
	select {
	case <-time.After(about/2 + rand.N(about)):
		return true
	case <-ctx.Done():
		return false
	}
}

// The server is killed twice at no moment in particular, and started again on
// what it left.
func TestKilledServerLosesNothing(t *testing.T) {
	for _, p := range []pair{small, large} {
		t.Run(p.String(), func(t *testing.T) {
			s := raise(t, p, tune{})
			l := s.begin(20)
			for range 2 {
				l.until("booked", 20+rand.IntN(20))
				s.Kill()
				if err := s.Start(s.soon()); err != nil {
					t.Fatal(err)
				}
			}
			l.until("booked", 10)
			l.finish()

			s.settle(l.consoles)
			for name, c := range l.consoles {
				if v := s.await(c, name+" follows again", follows); v.Lines < 3 {
					t.Errorf("%s opened %d lines over two kills", name, v.Lines)
				}
			}
			if n := s.checks.Acknowledged(); n < 50 {
				t.Errorf("only %d bookings were acknowledged: no load", n)
			}
			t.Logf("%v", l.counts)
		})
	}
}

// Redis is killed under load and comes back, with its data or empty. Booking
// goes on without it, and consoles come back by themselves.
func TestKilledRedisLosesNothing(t *testing.T) {
	for name, how := range map[string]tune{"empty": {}, "with its data": {appendOnly: true}} {
		t.Run(name, func(t *testing.T) {
			s := raise(t, large, how)
			l := s.begin(20)
			l.until("booked", 20)
			before := l.consoles["console 1"].View().At.Epoch

			s.redis.Kill()
			for name, c := range l.consoles {
				s.await(c, name+" says that the present is away", func(v proof.View) bool { return v.Away })
			}
			s.bookWithoutEngine()
			l.until("booked", 5)
			if err := s.redis.Start(s.soon()); err != nil {
				t.Fatal(err)
			}
			for name, c := range l.consoles {
				s.await(c, name+" follows a new epoch", func(v proof.View) bool { return follows(v) && v.At.Epoch != before })
			}
			l.until("booked", 10)
			l.until("released", 1)
			l.finish()

			s.settle(l.consoles)
			t.Logf("%v", l.counts)
		})
	}
}

// bookWithoutEngine proves that what is degraded says so, and works.
func (s *stage) bookWithoutEngine() {
	s.Helper()
	slot := s.publish(s.GPs[0], s.start.Add(72*time.Hour), 1)[0]
	who, key := s.Regulators[5], s.key()
	if _, err := who.Hold(s.Context(), slot.ID, ""); proof.Reason(err) != "live.unavailable" {
		s.Errorf("a hold without Redis: %v", err)
	}
	b, err := who.Book(s.Context(), proof.NewBooking{Slot: slot.ID, Patient: s.patient()}, key)
	if err != nil {
		s.Fatalf("direct booking without Redis: %v", err)
	}
	s.checks.Booked(key, b)
	board, err := who.Slots(s.Context(), proof.Territory, slot.Start, slot.End)
	if err != nil || !board.Degraded || len(board.Slots) != 1 || board.Slots[0].Booked != 1 {
		s.Errorf("the board without Redis: %+v, %v", board, err)
	}
	if resp, err := http.Get(s.URL + "/healthz"); err != nil || resp.StatusCode != http.StatusOK {
		s.Errorf("/healthz without Redis: %v", err)
	}
}
