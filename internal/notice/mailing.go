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
		d.mail(ctx, l)
	}
	return len(letters)
}

func (d *Desk) mail(ctx context.Context, l Letter) {
	within, cancel := context.WithTimeout(ctx, mailWithin)
	defer cancel()
	err := d.mailer.Mail(within, mailOf(l, d.rules.Address, d.now()))
	if ctx.Err() != nil {
		return // stopping; the lease will end
	}
	ids := make([]string, len(l.Notices))
	tries := 0
	for i, n := range l.Notices {
		ids[i], tries = n.ID, max(tries, n.Mail.Tries)
	}
	now := d.now()
	mailedAt, next := now, time.Time{}
	if err != nil {
		mailedAt, next = time.Time{}, d.mailAgain(err, tries, now)
	}
	if err := d.store.SettleMails(ctx, ids, mailedAt, next); err != nil && ctx.Err() == nil {
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
