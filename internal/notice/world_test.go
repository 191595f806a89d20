package notice_test

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/relais-snp/relais/internal/notice"
	"github.com/relais-snp/relais/internal/regulation"
)

// world is a desk at work, on a clock of its own.
type world struct {
	*testing.T
	record *record
	began  time.Time
	log    *bytes.Buffer
	newID  func() string

	mu     sync.Mutex
	live   []regulation.Notice
	rings  []ring
	mails  []post
	answer map[string]func(try int) error // of a device, by how often it was asked
	server func(try int) error            // of the mail server
	hangs  string                         // a device that gets no answer while somebody waits
	posted func()                         // happens while the mail server answers
}

type ring struct {
	device  string
	at      time.Duration // since the world began
	message notice.Message
}

type post struct {
	notice.Mail
	at time.Duration
}

// inWorld runs a test with a GP who has a phone and a regulator who has none.
func inWorld(t *testing.T, test func(w *world)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		var made atomic.Int64 // desks of two processes ask at once
		w := &world{T: t, began: time.Now(), log: &bytes.Buffer{}, answer: map[string]func(int) error{},
			newID: func() string { return fmt.Sprintf("notice-%d", made.Add(1)) },
			record: &record{
				receivers: []notice.Receiver{{Account: "gp", Practitioner: "dr", WantsMail: true, Territories: []string{"cpts-senart"}},
					{Account: "regulator", WantsMail: true, Territories: []string{"cpts-senart"}}},
				devices: []notice.Device{{ID: "phone", Account: "gp"}},
			}}
		test(w)
	})
}

func (w *world) desk() *notice.Desk {
	rules := notice.Rules{MailAfter: 10 * time.Minute, Address: "https://relais.example.fr"}
	return notice.NewDesk(w.record, w, w, w, rules, time.Now, w.newID, slog.New(slog.NewTextHandler(w.log, nil)))
}

// works lets a desk work until stop.
func (w *world) works(d *notice.Desk) (stop func()) {
	ctx, cancel := context.WithCancel(w.Context())
	over := make(chan struct{})
	go func() { defer close(over); d.Run(ctx) }()
	synctest.Wait()
	return func() { cancel(); <-over }
}

// pass lets time go by, and what it brings be done.
func (w *world) pass(d time.Duration) {
	<-time.After(d)
	synctest.Wait()
}

func (w *world) Notify(_ context.Context, n regulation.Notice) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.live = append(w.live, n)
}

func (w *world) Key() string { return "" }

func (w *world) Push(ctx context.Context, d notice.Device, m notice.Message) error {
	if d.ID == w.hangs {
		<-ctx.Done()
		return &notice.Deferred{Why: "stopped"}
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	tries := 1
	for _, r := range w.rings {
		if r.device == d.ID {
			tries++
		}
	}
	w.rings = append(w.rings, ring{d.ID, time.Since(w.began), m})
	if answer := w.answer[d.ID]; answer != nil {
		return answer(tries)
	}
	return nil
}

func (w *world) Mail(_ context.Context, m notice.Mail) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.mails = append(w.mails, post{m, time.Since(w.began)})
	if w.posted != nil {
		w.posted()
	}
	if w.server != nil {
		return w.server(len(w.mails))
	}
	return nil
}

func booked(id string) regulation.Notice {
	return regulation.Notice{Territory: "cpts-senart", Practitioner: "dr", Kind: regulation.NoticeBooked, Slot: "slot-" + id, Booking: "booking-" + id}
}

func cancelled(id string) regulation.Notice {
	n := booked(id)
	n.Kind = regulation.NoticeBookingCancelled
	return n
}

func asked(id string) regulation.Notice {
	return regulation.Notice{Territory: "cpts-senart", Practitioner: "dr", Kind: regulation.NoticeSolicitationAsked, Solicitation: id}
}

// rang are the times at which a device was asked to ring.
func (w *world) rang(device string) (at []time.Duration) {
	for _, r := range w.rings {
		if r.device == device {
			at = append(at, r.at)
		}
	}
	return at
}
