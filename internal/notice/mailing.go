package notice

import (
	"context"
	"errors"
	"time"
)

const (
	mailEvery   = 15 * time.Second
	mailsAtOnce = 20
	mailWithin  = 30 * time.Second
	// mailLease is longer than a round of mails can take.
	mailLease = (mailsAtOnce + 1) * mailWithin
	mailTries = 5
)

// mailDue mails what stayed unseen until ctx ends.
func (d *Desk) mailDue(ctx context.Context) {
	ticker := time.NewTicker(mailEvery)
	defer ticker.Stop()
	for {
		for d.mailSome(ctx) == mailsAtOnce {
		}
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
	}
}

// mailSome mails a round of letters and returns how many there were.
func (d *Desk) mailSome(ctx context.Context) int {
	now := d.now()
	letters, err := d.store.ClaimMails(ctx, now, now.Add(mailLease), mailsAtOnce)
	if err != nil && ctx.Err() == nil {
		d.log.Warn("due mails cannot be read", "err", err)
	}
	for _, l := range letters {
		if ctx.Err() != nil {
			break // stopping; the lease will end
		}
		d.mail(ctx, l)
	}
	return len(letters)
}

func (d *Desk) mail(ctx context.Context, l Letter) {
	l.Notices = d.worthMailing(ctx, l.Notices)
	if len(l.Notices) == 0 {
		return
	}
	within, cancel := context.WithTimeout(ctx, mailWithin)
	defer cancel()
	err := d.mailer.Mail(within, mailOf(l, d.rules.Address, d.now()))
	if err != nil && ctx.Err() != nil {
		return // stopping; the lease will end
	}
	tries := 0
	for _, n := range l.Notices {
		tries = max(tries, n.Mail.Tries)
	}
	now := d.now()
	mailedAt, next := now, time.Time{}
	if err != nil {
		mailedAt, next = time.Time{}, d.mailAgain(err, tries, now)
	}
	d.settleMails(ctx, l.Notices, mailedAt, next)
}

// worthMailing drops, for good, what came too late to be of use: after an outage, a question is over long since.
func (d *Desk) worthMailing(ctx context.Context, claimed []Notice) []Notice {
	var fresh, stale []Notice
	for _, n := range claimed {
		if worthTelling(n, d.now()) {
			fresh = append(fresh, n)
		} else {
			stale = append(stale, n)
		}
	}
	if len(stale) > 0 {
		d.settleMails(ctx, stale, time.Time{}, time.Time{})
	}
	return fresh
}

// settleMails notes what became of a mail, also when the process is stopping: a mail that left must not leave again.
func (d *Desk) settleMails(ctx context.Context, notices []Notice, mailedAt, next time.Time) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), recordWithin)
	defer cancel()
	ids := make([]string, len(notices))
	for i, n := range notices {
		ids[i] = n.ID
	}
	if err := d.store.SettleMails(ctx, ids, mailedAt, next); err != nil {
		d.log.Warn("a mail cannot be noted", "err", err)
	}
}

// mailAgain is when to try a mail again, zero for never.
func (d *Desk) mailAgain(err error, tries int, now time.Time) time.Time {
	var deferred *Deferred
	if errors.As(err, &deferred) && tries < mailTries {
		d.log.Info("a mail waits", "err", err)
		return now.Add(time.Duration(tries) * time.Minute)
	}
	d.log.Warn("a mail was given up", "err", err)
	return time.Time{}
}
