package notice

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"
)

const (
	// pushesAtOnce is how many notices are being pushed at a time.
	pushesAtOnce = 32
	// pushWithin bounds one push; the lease is longer, so that a claim never runs out under it.
	pushWithin = 15 * time.Second
	lease      = time.Minute
	// pushEvery is how often what was left over is looked for.
	pushEvery = 5 * time.Second
	// longestWait bounds what a push service may ask for.
	longestWait = 10 * time.Minute
)

// waits are those before each further try.
var waits = []time.Duration{5 * time.Second, 30 * time.Second, 2 * time.Minute, 10 * time.Minute}

// pushDue pushes what is due until ctx ends and every push in course has.
func (d *Desk) pushDue(ctx context.Context) {
	var all sync.WaitGroup
	defer all.Wait()
	places := make(chan struct{}, pushesAtOnce)
	ticker := time.NewTicker(pushEvery)
	defer ticker.Stop()
	for {
		for _, p := range d.claim(ctx, pushesAtOnce-len(places)) {
			places <- struct{}{}
			all.Go(func() {
				d.push(ctx, p)
				<-places
				d.wake() // there may be more
			})
		}
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		case <-d.due:
		}
	}
}

func (d *Desk) claim(ctx context.Context, limit int) []Push {
	if limit == 0 {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, recordWithin)
	defer cancel()
	now := d.now()
	claimed, err := d.store.ClaimPushes(ctx, now, now.Add(lease), limit)
	if err != nil && ctx.Err() == nil {
		d.log.Warn("due pushes cannot be read", "err", err)
	}
	return claimed
}

// push sends one notice to the devices that are not done with it, and notes what is left to do.
func (d *Desk) push(ctx context.Context, p Push) {
	n := p.Notice
	left := slices.DeleteFunc(p.Devices, func(device Device) bool { return slices.Contains(n.Done, device.ID) })
	if !worthTelling(n, d.now()) {
		left = nil
	}
	within, cancel := context.WithTimeout(ctx, pushWithin)
	defer cancel()
	sent := pushAll(within, d.pusher, left, messageOf(n, p.Practitioner, d.now()), d.now)
	if ctx.Err() != nil {
		d.giveBack(ctx, n, sent)
		return
	}
	n.Push.At = d.next(&n, sent)
	if err := d.store.Settle(ctx, n, sent); err != nil && ctx.Err() == nil {
		d.log.Warn("a push cannot be noted", "notice", n.ID, "err", err)
	}
}

// giveBack notes, when the process stops, who took a notice, so that it does not ring there again, and leaves the others to the next
// process at once: what was cut short says nothing of them.
func (d *Desk) giveBack(ctx context.Context, n Notice, sent []Sent) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), lastWords)
	defer cancel()
	taken := slices.DeleteFunc(sent, func(s Sent) bool { return s.Err != nil })
	n.Push.At = time.Time{}
	if len(taken) < len(sent) {
		n.Push.At = d.now()
	}
	for _, s := range taken {
		n.Done, n.PushedAt = append(n.Done, s.Device), s.At
	}
	if err := d.store.Settle(ctx, n, taken); err != nil {
		d.log.Warn("a push cannot be noted at the end", "notice", n.ID, "err", err) // the lease will end
	}
}

// next notes in n who is done with it, and returns when to try the others again, zero for never.
func (d *Desk) next(n *Notice, sent []Sent) time.Time {
	var again time.Duration
	for _, s := range sent {
		var deferred *Deferred
		switch {
		case s.Err == nil:
			n.Done = append(n.Done, s.Device)
			n.PushedAt = s.At
		case errors.As(s.Err, &deferred) && n.Push.Tries <= len(waits):
			again = max(again, waits[n.Push.Tries-1], min(deferred.After, longestWait))
		case !errors.Is(s.Err, ErrGone):
			n.Done = append(n.Done, s.Device)
			d.log.Info("a push was given up", "notice", n.ID, "device", s.Device, "err", s.Err)
		}
	}
	if again == 0 {
		return time.Time{}
	}
	at := d.now().Add(again)
	if !worthTelling(*n, at) {
		return time.Time{}
	}
	return at
}
