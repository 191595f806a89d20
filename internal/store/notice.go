package store

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/relais-snp/relais/internal/notice"
	"github.com/relais-snp/relais/internal/regulation"
)

// Notices is the record as notices need it.
type Notices struct{ DB *DB }

var (
	_ notice.Store       = Notices{}
	_ notice.InboxStore  = Notices{}
	_ notice.DeviceStore = Notices{}
	_ notice.DeviceTx    = (*tx)(nil)
)

const (
	noticeColumns = `id, account, kind, at, territory, slot, booking, case_id, solicitation, seen_at, push_at, push_tries, pushed_at, push_done, mail_at, mail_tries, mailed_at, offer, request`
	selectNotice  = `SELECT ` + noticeColumns + ` FROM notices`
)

// Receivers lists the active accounts that are named, or whose practitioner is.
func (s Notices) Receivers(ctx context.Context, accounts, practitioners []string) ([]notice.Receiver, error) {
	named := append(anys(accounts), anys(practitioners)...)
	if len(named) == 0 {
		return nil, nil
	}
	var who []string
	if n := len(accounts); n > 0 {
		who = append(who, `a.id IN `+parameters(1, n))
	}
	if n := len(practitioners); n > 0 {
		who = append(who, `a.practitioner IN `+parametersFrom(len(accounts)+1, n))
	}
	return list(ctx, s.DB, scanReceiver, `SELECT a.id, a.practitioner, EXISTS (SELECT 1 FROM push_subscriptions p WHERE p.account = a.id),
  NOT EXISTS (SELECT 1 FROM alerts l WHERE l.account = a.id AND NOT l.mail),
  (SELECT string_agg(t.territory, ' ') FROM account_territories t WHERE t.account = a.id)
FROM accounts a WHERE a.active AND (`+strings.Join(who, ` OR `)+`)`, named...)
}

// endNotices stops the pushes and mails of a kind about a subject; see
// notice.Notice.Subject.
const endNotices = `UPDATE notices SET push_at = NULL, mail_at = NULL
WHERE account = $1 AND kind = $2 AND (push_at IS NOT NULL OR mail_at IS NOT NULL)
  AND COALESCE(NULLIF(offer, ''), NULLIF(solicitation, ''), NULLIF(booking, ''), NULLIF(case_id, ''), NULLIF(slot, ''), NULLIF(request, ''), id) = $3`

// Keep inserts notices; see notice.Store.
func (s Notices) Keep(ctx context.Context, notices []notice.Notice) error {
	return s.DB.inTx(ctx, func(ctx context.Context, t *tx) error {
		for some := range slices.Chunk(notices, atOnceOf(19)) {
			var args []any
			for _, n := range some {
				args = append(args, noticeRow(n)...)
			}
			if err := run(ctx, t, `INSERT INTO notices (`+noticeColumns+`) VALUES `+parameters(len(some), 19), args...); err != nil {
				return err
			}
		}
		for _, n := range notices {
			ended := notice.Ends(n.Kind)
			if ended == "" {
				continue
			}
			if err := run(ctx, t, endNotices, n.Account, ended, n.Subject()); err != nil {
				return err
			}
		}
		return nil
	})
}

func noticeRow(n notice.Notice) []any {
	return []any{n.ID, n.Account, n.Kind, stamp(n.At), n.Territory, n.Slot, n.Booking, n.Case, n.Solicitation, stamp(n.SeenAt),
		stamp(n.Push.At), n.Push.Tries, stamp(n.PushedAt), strings.Join(n.Done, " "), stamp(n.Mail.At), n.Mail.Tries, stamp(n.MailedAt), n.Offer, n.Request}
}

// Notices lists notices of an account, newest first.
func (s Notices) Notices(ctx context.Context, q notice.Query) ([]notice.Notice, error) {
	where, args := ` WHERE account = $1 AND at >= $2`, []any{q.Account, stamp(q.Since)}
	if q.UnseenOnly {
		where += ` AND seen_at IS NULL`
	}
	if q.After != (regulation.Key{}) {
		where += ` AND (at, id) < ($3, $4)`
		args = append(args, stamp(q.After.At), q.After.ID)
	}
	return list(ctx, s.DB, scanNotice, selectNotice+where+` ORDER BY at DESC, id DESC LIMIT `+strconv.Itoa(q.Limit), args...)
}

// See notes that an account saw notices.
func (s Notices) See(ctx context.Context, account string, ids []string, at time.Time) error {
	return s.DB.inTx(ctx, func(ctx context.Context, t *tx) error {
		for some := range slices.Chunk(ids, atOnce) {
			args := append([]any{account, stamp(at)}, anys(some)...)
			if err := run(ctx, t, `UPDATE notices SET seen_at = $2, push_at = NULL, mail_at = NULL
WHERE account = $1 AND seen_at IS NULL AND id IN `+parametersFrom(3, len(some)), args...); err != nil {
				return err
			}
		}
		return nil
	})
}

// WantsMail reports an account's choice, true when it made none.
func (s Notices) WantsMail(ctx context.Context, account string) (bool, error) {
	wants, chosen, err := first(list(ctx, s.DB, scanChoice, `SELECT mail FROM alerts WHERE account = $1`, account))
	return wants || !chosen, err
}

// SetWantsMail keeps an account's choice.
func (s Notices) SetWantsMail(ctx context.Context, account string, mail bool) error {
	return s.DB.inTx(ctx, func(ctx context.Context, t *tx) error {
		if !mail {
			if err := run(ctx, t, `UPDATE notices SET mail_at = NULL WHERE account = $1 AND mail_at IS NOT NULL`, account); err != nil {
				return err
			}
		}
		return run(ctx, t, `INSERT INTO alerts (account, mail) VALUES ($1, $2) ON CONFLICT (account) DO UPDATE SET mail = excluded.mail`, account, mail)
	})
}

// Forget drops what is too old to be of use; see notice.Store.
func (s Notices) Forget(ctx context.Context, before time.Time) error {
	return s.DB.inTx(ctx, func(ctx context.Context, t *tx) error {
		if err := run(ctx, t, `DELETE FROM notices WHERE at < $1`, stamp(before)); err != nil {
			return err
		}
		return run(ctx, t, `DELETE FROM push_subscriptions WHERE failures >= 10 AND COALESCE(last_sent_at, created_at) < $1`, stamp(before))
	})
}

// parametersFrom writes one row of parameters that begins at a number.
func parametersFrom(from, n int) string {
	all := make([]string, n)
	for i := range all {
		all[i] = "$" + strconv.Itoa(from+i)
	}
	return "(" + strings.Join(all, ",") + ")"
}

func scanReceiver(row scanner) (r notice.Receiver, err error) {
	err = row.Scan(&r.Account, text{&r.Practitioner}, &r.HasDevices, &r.WantsMail, words[string]{&r.Territories})
	return r, err
}

func scanChoice(row scanner) (mail bool, err error) {
	err = row.Scan(&mail)
	return mail, err
}

func scanNotice(row scanner) (n notice.Notice, err error) {
	err = row.Scan(&n.ID, &n.Account, &n.Kind, instant{&n.At}, &n.Territory, &n.Slot, &n.Booking, &n.Case, &n.Solicitation,
		instant{&n.SeenAt}, instant{&n.Push.At}, &n.Push.Tries, instant{&n.PushedAt}, words[string]{&n.Done},
		instant{&n.Mail.At}, &n.Mail.Tries, instant{&n.MailedAt}, &n.Offer, &n.Request)
	return n, err
}
