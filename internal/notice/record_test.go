package notice_test

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"

	"github.com/relais-snp/relais/internal/notice"
)

// record is a store in memory, with the promises of notice.Store.
type record struct {
	mu        sync.Mutex
	receivers []notice.Receiver
	notices   []notice.Notice
	devices   []notice.Device
	away      bool // answers nothing
	keeps     int  // transactions that kept something
}

var errAway = errors.New("the record is away")

func (r *record) Receivers(_ context.Context, accounts, practitioners []string) ([]notice.Receiver, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.away {
		return nil, errAway
	}
	var found []notice.Receiver
	for _, one := range r.receivers {
		if slices.Contains(accounts, one.Account) || slices.Contains(practitioners, one.Practitioner) {
			one.HasDevices = slices.ContainsFunc(r.devices, func(d notice.Device) bool { return d.Account == one.Account })
			found = append(found, one)
		}
	}
	return found, nil
}

func (r *record) Keep(_ context.Context, notices []notice.Notice) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.keeps++
	for _, n := range notices {
		ended := notice.Ends(n.Kind)
		for i, earlier := range r.notices {
			if ended == "" {
				break
			}
			if earlier.Account == n.Account && earlier.Kind == ended && earlier.Subject() == n.Subject() {
				r.notices[i].Push.At, r.notices[i].Mail.At = time.Time{}, time.Time{}
			}
		}
		r.notices = append(r.notices, n)
	}
	return nil
}

func (r *record) ClaimPushes(_ context.Context, now, until time.Time, limit int) ([]notice.Push, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	var claimed []notice.Push
	for i := range r.notices {
		n := &r.notices[i]
		if len(claimed) == limit || n.Push.At.IsZero() || n.Push.At.After(now) || !n.SeenAt.IsZero() {
			continue
		}
		n.Push.At, n.Push.Tries = until, n.Push.Tries+1
		p := notice.Push{Notice: *n}
		p.Notice.Done = slices.Clone(n.Done)
		for _, d := range r.devices {
			if d.Account == n.Account {
				p.Devices = append(p.Devices, d)
			}
		}
		claimed = append(claimed, p)
	}
	return claimed, nil
}

func (r *record) Settle(_ context.Context, n notice.Notice, sent []notice.Sent) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	kept := r.find(n.ID)
	kept.PushedAt, kept.Done = n.PushedAt, n.Done
	if !kept.Push.At.IsZero() {
		kept.Push.At = n.Push.At
	}
	for _, s := range sent {
		if errors.Is(s.Err, notice.ErrGone) {
			r.devices = slices.DeleteFunc(r.devices, func(d notice.Device) bool { return d.ID == s.Device })
		}
	}
	return nil
}

func (r *record) ClaimMails(_ context.Context, now, until time.Time, limit int) ([]notice.Letter, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	var letters []notice.Letter
	for _, who := range r.receivers {
		waits := func(n notice.Notice) bool {
			return n.Account == who.Account && !n.Mail.At.IsZero() && n.SeenAt.IsZero()
		}
		if len(letters) == limit || !slices.ContainsFunc(r.notices, func(n notice.Notice) bool { return waits(n) && !n.Mail.At.After(now) }) {
			continue
		}
		l := notice.Letter{To: who.Account + "@relais.example", Practitioner: who.Practitioner != ""}
		for i := range r.notices {
			if n := &r.notices[i]; waits(*n) && (n.Mail.Tries == 0 || !n.Mail.At.After(now)) {
				n.Mail.At, n.Mail.Tries = until, n.Mail.Tries+1
				l.Notices = append(l.Notices, *n)
			}
		}
		letters = append(letters, l)
	}
	return letters, nil
}

func (r *record) SettleMails(_ context.Context, ids []string, mailedAt, next time.Time) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, id := range ids {
		n := r.find(id)
		n.MailedAt = mailedAt
		if !n.Mail.At.IsZero() {
			n.Mail.At = next
		}
	}
	return nil
}

func (r *record) Forget(context.Context, time.Time) error { return nil }

func (r *record) find(id string) *notice.Notice {
	return &r.notices[slices.IndexFunc(r.notices, func(n notice.Notice) bool { return n.ID == id })]
}

// kept is what the record has now.
func (r *record) kept() []notice.Notice {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Clone(r.notices)
}

func (r *record) goes(away bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.away = away
}

func (r *record) see(i int, at time.Time) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.notices[i].SeenAt = at
}
