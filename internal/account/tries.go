package account

import (
	"crypto/sha256"
	"encoding/hex"
	"net/netip"
	"time"
)

// Tries counts sign-ins in a row that did not succeed, for one account, one
// source or the pair of both. A sign-in counts from its beginning, so that guesses sent at the same
// moment cannot all be the first.
type Tries struct {
	Count  int
	LastAt time.Time
}

// patience is how a kind of key is slowed down.
type patience struct {
	free  int           // tries without any wait
	first time.Duration // the wait after the last free one; it doubles with each more
	most  time.Duration
}

// Guessing from one source keeps that source away from the account, so that
// nobody is locked out of their own account by a stranger elsewhere: it gets
// some thirty guesses a day. All sources together get the hundred in a row that
// NIST SP 800-63B allows, and then about as many a day; only many sources, or
// days without a visit of the account's owner, bring it there. A source may be
// a whole regulation centre behind one address, so it is given more.
var (
	perPair    = patience{free: 5, first: 15 * time.Second, most: time.Hour}
	perAccount = patience{free: 100, first: 15 * time.Second, most: 15 * time.Minute}
	perSource  = patience{free: 30, first: 15 * time.Second, most: 15 * time.Minute}
)

// forgetAfter is when a key that is left alone starts again from nothing.
const forgetAfter = 24 * time.Hour

// wait returns how long after now the next try is looked at, 0 for at once.
func (p patience) wait(t Tries, now time.Time) time.Duration {
	if t.Count < p.free || t.stale(now) {
		return 0
	}
	delay := p.most
	if doublings := t.Count - p.free; doublings < 16 {
		delay = min(p.first<<doublings, p.most)
	}
	return max(0, t.LastAt.Add(delay).Sub(now))
}

// another is one more try at now.
func (t Tries) another(now time.Time) Tries {
	if t.stale(now) {
		return Tries{Count: 1, LastAt: now}
	}
	return Tries{Count: t.Count + 1, LastAt: now}
}

// forgiven takes one try back after a success: a shared source keeps what
// others of it have failed.
func (t Tries) forgiven() Tries {
	return Tries{Count: max(0, t.Count-1), LastAt: t.LastAt}
}

func (t Tries) stale(now time.Time) bool { return now.Sub(t.LastAt) >= forgetAfter }

// accountKey names an address without storing it: it may be nobody's account.
func accountKey(email string) string {
	sum := sha256.Sum256([]byte(email))
	return "account:" + hex.EncodeToString(sum[:16])
}

// pairKey names an account as one source tries it. A new password is a new key:
// what was guessed at the old one does not count.
func pairKey(email, passwordHash string, source netip.Addr) string {
	sum := sha256.Sum256([]byte(email + "\n" + passwordHash + "\n" + sourceKey(source)))
	return "pair:" + hex.EncodeToString(sum[:16])
}

// sourceKey names where a try comes from. An IPv6 subscriber owns a whole /64.
func sourceKey(source netip.Addr) string {
	source = source.Unmap().WithZone("")
	if source.Is6() {
		if prefix, err := source.Prefix(64); err == nil {
			return "source:" + prefix.String()
		}
	}
	return "source:" + source.String()
}
