package main

import (
	"context"
	"fmt"
	"path/filepath"
	"time"

	"github.com/relais-snp/relais/internal/proof"
)

// lastBookings bounds how many seats are booked to see that they can be.
const lastBookings = 12

// bookTheRest books slots that show a free seat, those that changed hands first:
// a seat that nobody can take is lost, too. Nobody else is at work by now.
func (r *run) bookTheRest(ctx context.Context, l *load) {
	d := l.desk("closing", 0, r.people.Regulators[1])
	end, err := r.end(ctx, d.door(), l)
	if err != nil {
		r.violated("nobody could look at the end: %v", err)
		return
	}
	cancelled := map[string]bool{}
	for _, b := range end.Bookings {
		if !b.Live() {
			cancelled[b.Slot] = true
		}
	}
	left := lastBookings
	now := time.Now().Add(r.ahead)
	for _, handed := range []bool{true, false} {
		for _, s := range end.Slots {
			if left == 0 || cancelled[s.ID] != handed || s.Withdrawn || s.Free == 0 || s.Start.Before(now.Add(2*time.Minute)) {
				continue
			}
			left--
			r.bookLast(ctx, l, d, s)
		}
	}
}

func (r *run) bookLast(ctx context.Context, l *load, d *desk, s proof.Slot) {
	key, request := l.key(), proof.NewBooking{Slot: s.ID, Patient: l.patient()}
	ctx, cancel := context.WithTimeout(ctx, settleWithin)
	defer cancel()
	b, err := d.bookOnce(ctx, request, key)
	for proof.Unknown(err) && ctx.Err() == nil { // a busy machine is slow, and no liar
		wait(ctx, 100*time.Millisecond)
		b, err = d.bookOnce(ctx, request, key)
	}
	if err != nil {
		r.violated("slot %s shows %d free seats, and booking one is refused: %s: %v", s.ID, s.Free, why(err), err)
		return
	}
	l.checks.Booked(key, b)
	r.count("booked at the end")
}

func (d *desk) bookOnce(ctx context.Context, request proof.NewBooking, key string) (proof.Booking, error) {
	ctx, cancel := context.WithTimeout(ctx, answerWithin)
	defer cancel()
	return d.door().Book(ctx, request, key)
}

// accountWithin is how long the relay may take to empty the outbox.
const accountWithin = 10 * time.Second

// accountSoon looks into the record: the outbox, the audit, the keys; and asks the
// program itself whether its chain is whole.
func (r *run) accountSoon(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, accountWithin)
	defer cancel()
	driver, address := "pgx", r.database
	if !r.Postgres {
		driver, address = "sqlite", "file:"+filepath.Join(r.servers[0].Folder, "data", "relais.db")+"?_pragma=busy_timeout(5000)"
	}
	lines, err := r.accounts(ctx, driver, address)
	for err == nil && len(lines) > 0 && ctx.Err() == nil { // the relay comes by every now and then
		wait(ctx, 200*time.Millisecond)
		var later []string
		if later, err = r.accounts(context.WithoutCancel(ctx), driver, address); err == nil {
			lines = later
		}
	}
	if err != nil {
		r.violated("the record cannot be read: %v", err)
	}
	for _, line := range lines {
		r.violated("%s", line)
	}
	if said, err := r.servers[0].Do(context.WithoutCancel(ctx), "check"); err != nil {
		r.violated("relais check: %v", fmt.Sprintf("%.400s", said))
	}
}

func (r *run) accounts(ctx context.Context, driver, address string) ([]string, error) {
	record, err := proof.ReadRecord(ctx, driver, address)
	if err != nil {
		return nil, err
	}
	return r.checks.Accounts(record), nil
}
