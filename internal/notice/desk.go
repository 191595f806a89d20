package notice

import (
	"context"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"github.com/relais-snp/relais/internal/attribution"
	"github.com/relais-snp/relais/internal/regulation"
)

const (
	// queued is how many notices may wait to be kept.
	queued = 4096
	// keptAtOnce is how many one transaction keeps.
	keptAtOnce = 200
	// keepEvery is the least time between two transactions that keep notices: bookings and notices take turns at one writer.
	keepEvery = 50 * time.Millisecond
	// recordWithin bounds how long a record that hangs is waited for.
	recordWithin = 10 * time.Second
	// lastWords bounds how long a process that stops takes to write down what it still knows.
	lastWords = 3 * time.Second
)

// Mailer sends mails.
type Mailer interface {
	// Mail returns nil when a server took the mail, *Deferred when it may pass later, or another error.
	Mail(ctx context.Context, m Mail) error
}

// Desk passes on what regulation and attribution tell. It is the Notifier of both.
type Desk struct {
	store  Store
	live   regulation.Notifier
	pusher Pusher
	mailer Mailer
	rules  Rules
	now    func() time.Time
	newID  func() string
	log    *slog.Logger

	queue chan told
	due   chan struct{} // something was kept that is to be pushed
	lost  atomic.Int64  // notices that found the queue full, since it was last told
}

// Rules say when and how a Desk mails.
type Rules struct {
	// MailAfter is how long a notice may stay unseen before it is mailed.
	MailAfter time.Duration
	// Address is where links in mails lead, without a slash at its end.
	Address string
}

var (
	_ regulation.Notifier  = (*Desk)(nil)
	_ attribution.Notifier = (*Desk)(nil)
)

type told struct {
	regulation.Notice
	at time.Time
}

// NewDesk returns a desk that passes notices on to live. It keeps, pushes and mails while Run does. mailer is nil for a service that
// cannot send mail.
func NewDesk(store Store, live regulation.Notifier, pusher Pusher, mailer Mailer, rules Rules, now func() time.Time, newID func() string, log *slog.Logger) *Desk {
	return &Desk{
		store: store, live: live, pusher: pusher, mailer: mailer, rules: rules, now: now, newID: newID, log: log,
		queue: make(chan told, queued), due: make(chan struct{}, 1),
	}
}

// Notify passes a notice on to the live line and queues it. It never waits for more than the live line does.
func (d *Desk) Notify(ctx context.Context, n regulation.Notice) {
	d.live.Notify(ctx, n)
	select {
	case d.queue <- told{n, d.now()}:
	default:
		d.lost.Add(1)
	}
}

// NotifyAttribution is Notify for what concerns an offer of a médecin traitant.
func (d *Desk) NotifyAttribution(ctx context.Context, n attribution.Notice) {
	d.Notify(ctx, regulation.Notice{
		Territory: n.Territory, Account: n.Account, Practitioner: n.Practitioner, Kind: regulation.NoticeKind(n.Kind),
		Offer: n.Offer, Request: n.Request,
	})
}

// Run keeps, pushes and mails until ctx ends, and returns when what was queued is kept.
func (d *Desk) Run(ctx context.Context) {
	var all sync.WaitGroup
	all.Go(func() { d.keepAll(ctx) })
	all.Go(func() { d.pushDue(ctx) })
	if d.mailer != nil {
		all.Go(func() { d.mailDue(ctx) })
	}
	all.Wait()
}

func (d *Desk) keepAll(ctx context.Context) {
	for {
		select {
		case first := <-d.queue:
			d.keepPatiently(ctx, d.rest(first))
			if len(d.queue) < keptAtOnce {
				pause(ctx, keepEvery)
			}
		case <-ctx.Done():
			d.sayLast(ctx)
			return
		}
	}
}

// pause waits, or until ctx ends.
func pause(ctx context.Context, d time.Duration) {
	select {
	case <-time.After(d):
	case <-ctx.Done():
	}
}

// sayLast keeps what is queued when the process stops.
func (d *Desk) sayLast(ctx context.Context) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), lastWords)
	defer cancel()
	for {
		select {
		case first := <-d.queue:
			if err := d.keep(ctx, d.rest(first)); err != nil {
				d.log.Warn("notices lost at the end", "err", err)
				return
			}
		default:
			return
		}
	}
}

// rest is a notice and those that wait behind it.
func (d *Desk) rest(first told) []told {
	batch := []told{first}
	for len(batch) < keptAtOnce {
		select {
		case next := <-d.queue:
			batch = append(batch, next)
		default:
			return batch
		}
	}
	return batch
}

// keepPatiently keeps notices through half a minute without a database; then they are lost, and said to be.
func (d *Desk) keepPatiently(ctx context.Context, batch []told) {
	if n := d.lost.Swap(0); n > 0 {
		d.log.Warn("notices found the queue full and will not be pushed", "count", n)
	}
	var err error
	for wait := time.Second; wait <= 16*time.Second; wait *= 2 {
		if err = d.keep(ctx, batch); err == nil {
			return
		}
		select {
		case <-time.After(wait):
		case <-ctx.Done():
			d.again(batch)
			return
		}
	}
	d.log.Warn("notices could not be kept", "count", len(batch), "err", err)
}

// again gives a batch back to the queue, whose room it came from.
func (d *Desk) again(batch []told) {
	for _, t := range batch {
		select {
		case d.queue <- t:
		default:
			d.lost.Add(1)
		}
	}
}

// keep finds out who is told and writes it down.
func (d *Desk) keep(ctx context.Context, batch []told) error {
	ctx, cancel := context.WithTimeout(ctx, recordWithin)
	defer cancel()
	var accounts, practitioners []string
	for _, t := range batch {
		if t.Account != "" {
			accounts = append(accounts, t.Account)
		}
		if t.Practitioner != "" {
			practitioners = append(practitioners, t.Practitioner)
		}
	}
	receivers, err := d.store.Receivers(ctx, accounts, practitioners)
	if err != nil {
		return err
	}
	var notices []Notice
	pushing := false
	for _, t := range batch {
		for _, r := range receivers {
			if known(t.Kind) && r.hears(t.Notice) {
				notices = append(notices, d.noticeFor(t, r))
				pushing = pushing || r.HasDevices
			}
		}
	}
	if len(notices) == 0 {
		return nil
	}
	if err := d.store.Keep(ctx, notices); err != nil {
		return err
	}
	if pushing {
		d.wake()
	}
	return nil
}

func (d *Desk) noticeFor(t told, r Receiver) Notice {
	n := Notice{ID: d.newID(), Account: r.Account, Kind: t.Kind, At: t.at, Territory: t.Territory,
		Slot: t.Slot, Booking: t.Booking, Case: t.Case, Solicitation: t.Solicitation, Offer: t.Offer, Request: t.Request}
	if r.HasDevices {
		n.Push.At = t.at
	}
	if after, mails := kinds[t.Kind].mailAfter(d.rules.MailAfter); mails && r.WantsMail && d.mailer != nil {
		n.Mail.At = t.at.Add(after)
	}
	return n
}

func (d *Desk) wake() {
	select {
	case d.due <- struct{}{}:
	default:
	}
}
