package store

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/relais-snp/relais/internal/notice"
)

// What is due is looked for without a transaction first: most looks find nothing.
// A claim then asks again in the statement that takes, which on PostgreSQL sees
// what another process took while this one waited for the row.

// ClaimPushes claims notices whose push is due; see notice.Store.
func (s Notices) ClaimPushes(ctx context.Context, now, until time.Time, limit int) ([]notice.Push, error) {
	due, err := list(ctx, s.DB, scanID, `SELECT id FROM notices WHERE push_at <= $1 AND seen_at IS NULL ORDER BY push_at LIMIT $2`, stamp(now), limit)
	if err != nil || len(due) == 0 {
		return nil, err
	}
	var claimed []notice.Notice
	err = s.DB.inTx(ctx, func(ctx context.Context, t *tx) (err error) {
		args := append([]any{stamp(now), stamp(until)}, anys(due)...)
		claimed, err = list(ctx, t, scanNotice, `UPDATE notices SET push_at = $2, push_tries = push_tries + 1
WHERE push_at <= $1 AND seen_at IS NULL AND id IN `+parametersFrom(3, len(due))+` RETURNING `+noticeColumns, args...)
		return err
	})
	if err != nil || len(claimed) == 0 {
		return nil, err
	}
	slices.SortFunc(claimed, byAge)
	return s.withDevices(ctx, claimed)
}

func (s Notices) withDevices(ctx context.Context, claimed []notice.Notice) ([]notice.Push, error) {
	accounts := accountsOf(claimed)
	owned, err := list(ctx, s.DB, s.scanOwned, `SELECT p.id, p.account, p.device, p.private, p.private_key, p.created_at, p.last_sent_at, p.failures, a.practitioner
FROM push_subscriptions p JOIN accounts a ON a.id = p.account WHERE a.active AND p.account IN `+parameters(1, len(accounts)), anys(accounts)...)
	if err != nil {
		return nil, err
	}
	pushes := make([]notice.Push, len(claimed))
	for i, n := range claimed {
		pushes[i].Notice = n
		for _, o := range owned {
			if o.Account == n.Account {
				pushes[i].Devices = append(pushes[i].Devices, o.Device)
				pushes[i].Practitioner = o.practitioner != ""
			}
		}
	}
	return pushes, nil
}

// Settle writes what became of a push; see notice.Store. A notice that was seen
// or ended meanwhile stays so: it has no time to push any more.
func (s Notices) Settle(ctx context.Context, n notice.Notice, sent []notice.Sent) error {
	return s.DB.inTx(ctx, func(ctx context.Context, t *tx) error {
		if err := run(ctx, t, `UPDATE notices SET pushed_at = $2, push_done = $3 WHERE id = $1`,
			n.ID, stamp(n.PushedAt), strings.Join(n.Done, " ")); err != nil {
			return err
		}
		if err := run(ctx, t, `UPDATE notices SET push_at = $2 WHERE id = $1 AND push_at IS NOT NULL`, n.ID, stamp(n.Push.At)); err != nil {
			return err
		}
		return t.noteSent(ctx, sent)
	})
}

// NoteSent keeps what became of messages to devices.
func (s Notices) NoteSent(ctx context.Context, sent []notice.Sent) error {
	if len(sent) == 0 {
		return nil
	}
	return s.DB.inTx(ctx, func(ctx context.Context, t *tx) error { return t.noteSent(ctx, sent) })
}

func (t *tx) noteSent(ctx context.Context, sent []notice.Sent) error {
	for _, one := range slices.SortedFunc(slices.Values(sent), func(a, b notice.Sent) int { return cmp.Compare(a.Device, b.Device) }) { // one order of locks
		query, args := `UPDATE push_subscriptions SET failures = failures + 1 WHERE id = $1`, []any{one.Device}
		switch {
		case one.Err == nil:
			query, args = `UPDATE push_subscriptions SET failures = 0, last_sent_at = $2 WHERE id = $1`, append(args, stamp(one.At))
		case errors.Is(one.Err, notice.ErrGone):
			query = `DELETE FROM push_subscriptions WHERE id = $1`
		}
		if err := run(ctx, t, query, args...); err != nil {
			return err
		}
	}
	return nil
}

// ClaimMails claims letters; see notice.Store.
func (s Notices) ClaimMails(ctx context.Context, now, until time.Time, limit int) ([]notice.Letter, error) {
	people, err := list(ctx, s.DB, scanAddressee, `SELECT a.id, a.email, a.practitioner FROM accounts a
WHERE a.active AND NOT EXISTS (SELECT 1 FROM alerts l WHERE l.account = a.id AND NOT l.mail)
  AND a.id IN (SELECT account FROM notices WHERE mail_at <= $1 AND seen_at IS NULL) ORDER BY a.id LIMIT $2`, stamp(now), limit)
	if err != nil {
		return nil, err
	}
	var letters []notice.Letter
	for _, p := range people {
		var claimed []notice.Notice
		err := s.DB.inTx(ctx, func(ctx context.Context, t *tx) (err error) {
			claimed, err = list(ctx, t, scanNotice, `UPDATE notices SET mail_at = $3, mail_tries = mail_tries + 1
WHERE account = $1 AND seen_at IS NULL AND mail_at IS NOT NULL AND (mail_at <= $2 OR mail_tries = 0) RETURNING `+noticeColumns, p.id, stamp(now), stamp(until))
			return err
		})
		if err != nil {
			return letters, err
		}
		if len(claimed) > 0 {
			slices.SortFunc(claimed, byAge)
			letters = append(letters, notice.Letter{To: p.email, Practitioner: p.practitioner != "", Notices: claimed})
		}
	}
	return letters, nil
}

// SettleMails writes what became of a mail; see notice.Store. What was seen or
// ended meanwhile, or is not wanted by mail any more, is not tried again.
func (s Notices) SettleMails(ctx context.Context, ids []string, mailedAt, next time.Time) error {
	return s.DB.inTx(ctx, func(ctx context.Context, t *tx) error {
		for some := range slices.Chunk(ids, atOnce) {
			which := `id IN ` + parametersFrom(2, len(some))
			if err := run(ctx, t, `UPDATE notices SET mailed_at = $1 WHERE `+which, append([]any{stamp(mailedAt)}, anys(some)...)...); err != nil {
				return err
			}
			if err := run(ctx, t, `UPDATE notices SET mail_at = $1 WHERE mail_at IS NOT NULL AND `+which, append([]any{stamp(next)}, anys(some)...)...); err != nil {
				return err
			}
		}
		return nil
	})
}

func byAge(a, b notice.Notice) int { return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.ID, b.ID)) }

func accountsOf(notices []notice.Notice) []string {
	ids := make([]string, len(notices))
	for i, n := range notices {
		ids[i] = n.Account
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

type addressee struct{ id, email, practitioner string }

func scanAddressee(row scanner) (a addressee, err error) {
	err = row.Scan(&a.id, &a.email, text{&a.practitioner})
	return a, err
}
