package notice

import (
	"context"
	"time"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/regulation"
)

// Inbox is what a person can do with what they were told. Everything in it is their own.
type Inbox struct {
	Store InboxStore
	// MailPossible says whether this service can send e-mail.
	MailPossible bool
	Now          func() time.Time
}

// Alerts is how a person wants to be alerted.
type Alerts struct {
	Mail         bool // an e-mail when a notice stays unseen
	MailPossible bool // whether this service can send one
}

// List returns what the actor was told in the last 30 days, newest first, and the key of the next page, zero for none.
func (i Inbox) List(ctx context.Context, a account.Actor, unseenOnly bool, after regulation.Key, limit int) ([]Notice, regulation.Key, error) {
	found, err := i.Store.Notices(ctx, Query{Account: a.ID, UnseenOnly: unseenOnly, Since: i.Now().Add(-Kept), After: after, Limit: limit + 1})
	if err != nil || len(found) <= limit {
		return found, regulation.Key{}, err
	}
	last := found[limit-1]
	return found[:limit], regulation.Key{At: last.At, ID: last.ID}, nil
}

// See notes that the actor saw notices, so that no push and no e-mail follows. Ids of others are ignored.
func (i Inbox) See(ctx context.Context, a account.Actor, ids []string) error {
	return i.Store.See(ctx, a.ID, ids, i.Now())
}

// Alerts returns the actor's choice.
func (i Inbox) Alerts(ctx context.Context, a account.Actor) (Alerts, error) {
	mail, err := i.Store.WantsMail(ctx, a.ID)
	return Alerts{Mail: mail, MailPossible: i.MailPossible}, err
}

// SetAlerts keeps the actor's choice and returns it.
func (i Inbox) SetAlerts(ctx context.Context, a account.Actor, mail bool) (Alerts, error) {
	return Alerts{Mail: mail, MailPossible: i.MailPossible}, i.Store.SetWantsMail(ctx, a.ID, mail)
}
