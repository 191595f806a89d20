package account_test

import (
	"errors"
	"fmt"
	"net/netip"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/fault"
)

var (
	office  = netip.MustParseAddr("192.0.2.7")
	seaside = netip.MustParseAddr("198.51.100.9")
)

func waitOf(t *testing.T, err error) time.Duration {
	t.Helper()
	if !errors.Is(err, account.ErrLocked) {
		t.Fatalf("not locked: %v", err)
	}
	return fault.Of(err).Detail.(account.LockedDetail).RetryAfter()
}

func TestSignInGivesTheActor(t *testing.T) {
	d := newDesk()
	p := d.mustAdd(t, marie())

	got, err := d.SignIn(t.Context(), "  Marie.Fictive@Example.org ", goodPassword, office)
	if err != nil || got.ID != p.ID || !got.Has(account.Regulator) || !got.In(home) {
		t.Fatalf("%+v, %v", got, err)
	}
	last := d.entries[len(d.entries)-1]
	if last.Action != "account.sign_in" || last.Actor != p.ID || last.Target != "account:"+p.ID {
		t.Errorf("audit %+v", last)
	}
}

func TestUnknownWrongAndInactiveAreOneAnswerAndOneEffort(t *testing.T) {
	d := newDesk()
	d.mustAdd(t, marie())
	gone := marie()
	gone.Email = "paul.parti@example.org"
	d.mustAdd(t, gone)
	if err := d.SetActive(t.Context(), "system", gone.Email, false); err != nil {
		t.Fatal(err)
	}

	for _, try := range []struct{ email, password string }{
		{marie().Email, "pas-le-bon-mot"},
		{"inconnu@example.org", goodPassword},
		{"pas une adresse", goodPassword},
		{gone.Email, goodPassword},
	} {
		before := d.hasher.compared
		_, err := d.SignIn(t.Context(), try.email, try.password, office)
		if err != account.ErrBadCredentials || d.hasher.compared != before+1 {
			t.Errorf("%s: %v after %d comparisons", try.email, err, d.hasher.compared-before)
		}
	}
}

func TestASourceWaitsLongerWithEveryFurtherFailureAtAnAccount(t *testing.T) {
	d := newDesk()
	d.mustAdd(t, marie())
	guess := func() error {
		_, err := d.SignIn(t.Context(), marie().Email, "pas-le-bon-mot", office)
		return err
	}
	for range 5 {
		if err := guess(); err != account.ErrBadCredentials {
			t.Fatal(err)
		}
	}

	for _, seconds := range []int{15, 30, 60, 120, 240, 480, 960, 1920, 3600, 3600} {
		want := time.Duration(seconds) * time.Second
		if got := waitOf(t, guess()); got != want {
			t.Fatalf("waits %v, want %v", got, want)
		}
		_, err := d.SignIn(t.Context(), marie().Email, goodPassword, office)
		waitOf(t, err) // the right password is not looked at either
		if _, err := d.SignIn(t.Context(), marie().Email, goodPassword, seaside); err != nil {
			t.Fatalf("a stranger elsewhere locks her out: %v", err)
		}
		d.now = d.now.Add(want)
		if err := guess(); err != account.ErrBadCredentials {
			t.Fatal(err)
		}
	}
	d.now = d.now.Add(time.Hour)
	if _, err := d.SignIn(t.Context(), marie().Email, goodPassword, office); err != nil {
		t.Fatalf("the wait is over: %v", err)
	}
	if err := guess(); err != account.ErrBadCredentials {
		t.Errorf("a success starts the count again: %v", err)
	}
}

func TestGuessingFromEverywhereWaitsToo(t *testing.T) {
	d := newDesk()
	d.mustAdd(t, marie())
	for i := range 100 {
		source := netip.AddrFrom4([4]byte{192, 0, 2, byte(i)})
		if _, err := d.SignIn(t.Context(), marie().Email, "pas-le-bon-mot", source); err != account.ErrBadCredentials {
			t.Fatalf("guess %d: %v", i, err)
		}
	}

	_, err := d.SignIn(t.Context(), marie().Email, "pas-le-bon-mot", seaside)

	if got := waitOf(t, err); got != 15*time.Second {
		t.Errorf("waits %v", got)
	}
	d.now = d.now.Add(15 * time.Second)
	if _, err := d.SignIn(t.Context(), marie().Email, goodPassword, seaside); err != nil {
		t.Errorf("after the wait: %v", err)
	}
}

func TestAnUnknownAddressIsLockedLikeAKnownOne(t *testing.T) {
	d := newDesk()
	var err error
	for range 6 {
		_, err = d.SignIn(t.Context(), "inconnu@example.org", goodPassword, office)
	}
	waitOf(t, err)
}

func TestASourceThatTriesManyAccountsWaits(t *testing.T) {
	d := newDesk()
	d.mustAdd(t, marie())
	attacker := netip.MustParseAddr("2001:db8:1:2::1")
	for i := range 30 {
		if _, err := d.SignIn(t.Context(), fmt.Sprintf("essai%d@example.org", i), goodPassword, attacker); err != account.ErrBadCredentials {
			t.Fatal(err)
		}
	}

	sameNetwork := netip.MustParseAddr("2001:db8:1:2:ffff::2")
	_, err := d.SignIn(t.Context(), marie().Email, goodPassword, sameNetwork)
	waitOf(t, err)
	if _, err := d.SignIn(t.Context(), marie().Email, goodPassword, office); err != nil {
		t.Errorf("others are not kept out: %v", err)
	}
}

func TestABusyOfficeIsNotLockedBySuccesses(t *testing.T) {
	d := newDesk()
	d.mustAdd(t, marie())
	for range 60 {
		if _, err := d.SignIn(t.Context(), marie().Email, goodPassword, office); err != nil {
			t.Fatal(err)
		}
	}
}

func TestGuessesAtTheSameMomentAreCountedOneByOne(t *testing.T) {
	d := newDesk()
	d.mustAdd(t, marie())
	var looked, refused int
	var mu sync.Mutex
	var guesses sync.WaitGroup
	for range 20 {
		guesses.Go(func() {
			_, err := d.SignIn(t.Context(), marie().Email, "pas-le-bon-mot", office)
			mu.Lock()
			defer mu.Unlock()
			if errors.Is(err, account.ErrLocked) {
				refused++
			} else {
				looked++
			}
		})
	}
	guesses.Wait()
	if looked != 5 || refused != 15 {
		t.Errorf("%d looked at, %d refused", looked, refused)
	}
}

func TestOldFailuresAreForgotten(t *testing.T) {
	d := newDesk()
	d.mustAdd(t, marie())
	for range 5 {
		_, _ = d.SignIn(t.Context(), marie().Email, "pas-le-bon-mot", office)
	}
	for key := range d.tries {
		if strings.Contains(key, "@") {
			t.Errorf("a key tells an address: %s", key)
		}
	}
	if len(d.tries) != 3 {
		t.Fatalf("%d keys counted", len(d.tries))
	}
	d.now = d.now.Add(24*time.Hour + time.Second)
	if err := d.ForgetOldTries(t.Context()); err != nil || len(d.tries) != 0 {
		t.Errorf("%d keys left, %v", len(d.tries), err)
	}
}

func TestASessionEndsWithItsReason(t *testing.T) {
	d := newDesk()
	p := d.mustAdd(t, marie())
	began := d.now
	if a, err := d.Actor(t.Context(), p.ID, began); err != nil || a.ID != p.ID {
		t.Fatal(err)
	}

	d.now = d.now.Add(time.Hour)
	if err := d.Reset(t.Context(), "system", p.Email, "un-autre-mot-solide"); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Actor(t.Context(), p.ID, began); err != account.ErrSignInRequired {
		t.Errorf("a session outlives its password: %v", err)
	}
	if _, err := d.SignIn(t.Context(), p.Email, "un-autre-mot-solide", office); err != nil {
		t.Error(err)
	}
	if err := d.SetActive(t.Context(), "system", p.Email, false); err != nil {
		t.Fatal(err)
	}
	for _, id := range []string{p.ID, "nobody"} {
		if _, err := d.Actor(t.Context(), id, d.now); err != account.ErrSignInRequired {
			t.Errorf("%s: %v", id, err)
		}
	}
}

func TestAChangeElsewhereCountsWithinASecond(t *testing.T) {
	d := newDesk()
	p := d.mustAdd(t, marie())
	now := func() time.Time { return d.now }
	elsewhere := account.NewService(d, d.hasher, now, nil)
	acts := func() error {
		_, err := d.Actor(t.Context(), p.ID, d.now)
		return err
	}
	if err := acts(); err != nil {
		t.Fatal(err)
	}

	if err := elsewhere.SetActive(t.Context(), "system", p.Email, false); err != nil {
		t.Fatal(err)
	}
	d.now = d.now.Add(time.Second)
	if err := acts(); err != account.ErrSignInRequired {
		t.Errorf("a second after: %v", err)
	}

	if err := elsewhere.SetActive(t.Context(), "system", p.Email, true); err != nil {
		t.Fatal(err)
	}
	if err := acts(); err != nil {
		t.Errorf("back in the same second: %v", err)
	}
}

func TestAResetForgetsFailures(t *testing.T) {
	d := newDesk()
	d.mustAdd(t, marie())
	for range 6 {
		_, _ = d.SignIn(t.Context(), marie().Email, "pas-le-bon-mot", office)
	}
	if err := d.Reset(t.Context(), "system", marie().Email, "un-autre-mot-solide"); err != nil {
		t.Fatal(err)
	}
	if _, err := d.SignIn(t.Context(), marie().Email, "un-autre-mot-solide", office); err != nil {
		t.Error(err)
	}
}

func TestSessionsDoNotComeBackWithTheAccount(t *testing.T) {
	d := newDesk()
	p := d.mustAdd(t, marie())
	began := d.now
	for _, active := range []bool{false, true} {
		d.now = d.now.Add(time.Hour)
		if err := d.SetActive(t.Context(), "system", p.Email, active); err != nil {
			t.Fatal(err)
		}
	}

	if _, err := d.Actor(t.Context(), p.ID, began); err != account.ErrSignInRequired {
		t.Errorf("a session of before: %v", err)
	}
	if _, err := d.Actor(t.Context(), p.ID, d.now); err != nil {
		t.Errorf("a session of today: %v", err)
	}
}
