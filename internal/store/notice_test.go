package store_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/notice"
	"github.com/relais-snp/relais/internal/regulation"
	"github.com/relais-snp/relais/internal/store"
	"github.com/relais-snp/relais/internal/store/storetest"
)

// told is a record with a GP and a regulator who may be told something.
type told struct {
	world
	store.Notices
}

func eachTold(t *testing.T, test func(told)) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := told{newWorld(t, db), store.Notices{DB: db}}
		w.person("gp", "gp-1", true)
		w.person("regulator", "", true)
		w.person("gone", "", false)
		test(w)
	})
}

func (w told) person(id, practitioner string, active bool) {
	w.Helper()
	w.must(store.Accounts{DB: w.db}.InTx(w.Context(), func(ctx context.Context, tx account.Tx) error {
		return tx.AddPerson(ctx, account.Person{ID: id, Email: id + "@relais.example", Name: id, Practitioner: practitioner, Active: active,
			Territories: []string{senart}, PasswordHash: "x", PasswordSetAt: noon, CreatedAt: noon})
	}))
}

func (w told) notice(id string, at time.Time) notice.Notice {
	return notice.Notice{ID: id, Account: "gp", Kind: regulation.NoticeBooked, At: at, Territory: senart, Slot: "slot", Booking: "booking-" + id,
		Case: "case", Push: notice.Delivery{At: at}, Mail: notice.Delivery{At: at.Add(10 * time.Minute)}}
}

func (w told) device(id, account, endpoint string) notice.Device {
	return notice.Device{ID: id, Account: account, Name: "Téléphone", Endpoint: "https://push.exemple.example/" + endpoint, P256dh: "p256", Auth: "auth", CreatedAt: noon}
}

func (w told) saves(devices ...notice.Device) {
	w.Helper()
	w.must(w.InDeviceTx(w.Context(), func(ctx context.Context, tx notice.DeviceTx) error {
		for _, d := range devices {
			if err := tx.SaveDevice(ctx, d); err != nil {
				return err
			}
		}
		return nil
	}))
}

func (w told) all() []notice.Notice {
	w.Helper()
	found, err := w.Notices.Notices(w.Context(), notice.Query{Account: "gp", Since: noon.Add(-time.Hour), Limit: 100})
	w.must(err)
	return found
}

func TestReceiversAreActivePeopleWithWhatTheyHave(t *testing.T) {
	eachTold(t, func(w told) {
		w.saves(w.device("d-1", "gp", "a"))
		w.must(w.SetWantsMail(w.Context(), "regulator", false))
		found, err := w.Receivers(w.Context(), []string{"regulator", "gone", "nobody"}, []string{"gp-1", "gp-9"})
		w.must(err)
		slices.SortFunc(found, func(a, b notice.Receiver) int { return strings.Compare(a.Account, b.Account) })
		here := []string{senart}
		want := []notice.Receiver{{Account: "gp", Practitioner: "gp-1", HasDevices: true, WantsMail: true, Territories: here}, {Account: "regulator", Territories: here}}
		if diff := cmp.Diff(want, found); diff != "" {
			w.Error(diff)
		}
		if none, err := w.Receivers(w.Context(), nil, nil); err != nil || len(none) != 0 {
			w.Errorf("%v, %v", none, err)
		}
	})
}

func TestNoticesAreReadNewestFirstInPagesUntilSeen(t *testing.T) {
	eachTold(t, func(w told) {
		var kept []notice.Notice
		for i := range 5 {
			kept = append(kept, w.notice(fmt.Sprintf("n-%d", i), noon.Add(time.Duration(i/2)*time.Second))) // two at one time
		}
		other := w.notice("other", noon)
		other.Account = "regulator"
		w.must(w.Keep(w.Context(), append(kept, other)))
		slices.Reverse(kept)
		if diff := cmp.Diff(kept, w.all()); diff != "" {
			w.Error(diff)
		}
		page, err := w.Notices.Notices(w.Context(), notice.Query{Account: "gp", Since: noon.Add(-time.Hour), After: regulation.Key{At: kept[1].At, ID: kept[1].ID}, Limit: 2})
		w.must(err)
		if diff := cmp.Diff(kept[2:4], page); diff != "" {
			w.Error(diff)
		}
		w.must(w.See(w.Context(), "gp", []string{"n-0", "n-4", "other", "unknown"}, noon.Add(time.Minute)))
		unseen, err := w.Notices.Notices(w.Context(), notice.Query{Account: "gp", Since: noon.Add(-time.Hour), UnseenOnly: true, Limit: 10})
		w.must(err)
		if diff := cmp.Diff(kept[1:4], unseen); diff != "" {
			w.Error(diff)
		}
		if seen := w.all()[0]; !seen.SeenAt.Equal(noon.Add(time.Minute)) || !seen.Push.At.IsZero() || !seen.Mail.At.IsZero() {
			w.Errorf("seen %+v", seen)
		}
	})
}

func TestAPushIsClaimedByOneAndAgainWhenItsLeaseEnds(t *testing.T) {
	eachTold(t, func(w told) {
		w.saves(w.device("d-1", "gp", "a"), w.device("d-2", "gp", "b"), w.device("d-3", "regulator", "c"))
		for i := range 40 {
			w.must(w.Keep(w.Context(), []notice.Notice{w.notice(fmt.Sprintf("n-%02d", i), noon)}))
		}
		lease := noon.Add(time.Minute)
		var all sync.WaitGroup
		var mu sync.Mutex
		got := map[string]int{}
		for range 6 {
			all.Go(func() {
				for {
					claimed, err := w.ClaimPushes(w.Context(), noon, lease, 5)
					if err != nil {
						w.Errorf("claim: %v", err)
					}
					mu.Lock()
					for _, p := range claimed {
						got[p.Notice.ID]++
						if len(p.Devices) != 2 || !p.Practitioner || p.Notice.Push.Tries != 1 || p.Devices[0].Endpoint == "" {
							w.Errorf("claimed %+v", p)
						}
					}
					done := len(got) == 40
					mu.Unlock()
					if done {
						return
					}
				}
			})
		}
		all.Wait()
		for id, n := range got {
			if n != 1 {
				w.Errorf("%s was claimed %d times", id, n)
			}
		}
		if early, err := w.ClaimPushes(w.Context(), lease.Add(-time.Second), lease, 5); err != nil || len(early) != 0 {
			w.Errorf("under the lease: %v, %v", early, err)
		}
		late, err := w.ClaimPushes(w.Context(), lease, lease.Add(time.Minute), 50)
		if err != nil || len(late) != 40 || late[0].Notice.Push.Tries != 2 {
			w.Errorf("after the lease: %d, %v", len(late), err)
		}
	})
}

func TestWhatBecameOfAPushIsKeptAndGoneDevicesAreForgotten(t *testing.T) {
	eachTold(t, func(w told) {
		w.saves(w.device("d-1", "gp", "a"), w.device("d-2", "gp", "b"), w.device("d-3", "gp", "c"))
		w.must(w.Keep(w.Context(), []notice.Notice{w.notice("n-1", noon)}))
		claimed, err := w.ClaimPushes(w.Context(), noon, noon.Add(time.Minute), 5)
		w.must(err)
		n := claimed[0].Notice
		n.Push.At, n.PushedAt, n.Done = noon.Add(5*time.Second), noon.Add(time.Second), []string{"d-1", "d-9"}
		w.must(w.Settle(w.Context(), n, []notice.Sent{{Device: "d-3", Err: &notice.Deferred{}}, {Device: "d-1", At: noon.Add(time.Second)}, {Device: "d-2", Err: notice.ErrGone}}))
		if diff := cmp.Diff([]notice.Notice{n}, w.all()); diff != "" {
			w.Error(diff)
		}
		left, err := w.Devices(w.Context(), "gp")
		w.must(err)
		taken, failed := w.device("d-1", "gp", "a"), w.device("d-3", "gp", "c")
		taken.LastSentAt, failed.Failures = noon.Add(time.Second), 1
		if diff := cmp.Diff([]notice.Device{failed, taken}, left); diff != "" {
			w.Error(diff)
		}
	})
}

func TestALetterGathersWhatOneAccountHasNotSeen(t *testing.T) {
	eachTold(t, func(w told) {
		settled := w.notice("n-2", noon.Add(time.Minute))
		settled.Mail = notice.Delivery{}
		for _, id := range []string{"regulator", "gone"} {
			n := w.notice("of-"+id, noon)
			n.Account = id
			w.must(w.Keep(w.Context(), []notice.Notice{n}))
		}
		w.must(w.SetWantsMail(w.Context(), "regulator", false))
		w.must(w.Keep(w.Context(), []notice.Notice{w.notice("n-1", noon), settled, w.notice("n-3", noon.Add(5*time.Minute))}))
		due, lease := noon.Add(10*time.Minute), noon.Add(20*time.Minute)
		if early, err := w.ClaimMails(w.Context(), due.Add(-time.Second), lease, 5); err != nil || len(early) != 0 {
			w.Errorf("early: %+v, %v", early, err)
		}
		var all sync.WaitGroup
		var mu sync.Mutex
		var letters []notice.Letter
		for range 4 {
			all.Go(func() {
				some, err := w.ClaimMails(w.Context(), due, lease, 5)
				mu.Lock()
				defer mu.Unlock()
				if letters = append(letters, some...); err != nil {
					w.Errorf("claim: %v", err)
				}
			})
		}
		all.Wait()
		if len(letters) != 1 || letters[0].To != "gp@relais.example" || !letters[0].Practitioner || len(letters[0].Notices) != 2 || letters[0].Notices[0].ID != "n-1" {
			w.Fatalf("letters %+v", letters)
		}
		w.must(w.SettleMails(w.Context(), []string{"n-1", "n-3"}, time.Time{}, due.Add(time.Minute)))
		again, err := w.ClaimMails(w.Context(), due.Add(time.Minute), lease, 5)
		if err != nil || len(again) != 1 || again[0].Notices[0].Mail.Tries != 2 {
			w.Fatalf("again: %+v, %v", again, err)
		}
		w.must(w.SettleMails(w.Context(), []string{"n-1", "n-3"}, due, time.Time{}))
		if last, err := w.ClaimMails(w.Context(), lease.Add(time.Hour), lease.Add(2*time.Hour), 5); err != nil || len(last) != 0 {
			w.Errorf("after it was mailed: %+v, %v", last, err)
		}
	})
}

func TestASettledQuestionIsNeitherPushedNorMailed(t *testing.T) {
	eachTold(t, func(w told) {
		ask := func(id, solicitation string, kind regulation.NoticeKind) notice.Notice {
			n := w.notice(id, noon)
			n.Kind, n.Solicitation = kind, solicitation
			return n
		}
		w.must(w.Keep(w.Context(), []notice.Notice{ask("n-1", "s-1", regulation.NoticeSolicitationAsked), ask("n-2", "s-2", regulation.NoticeSolicitationAsked)}))
		w.must(w.Keep(w.Context(), []notice.Notice{ask("n-3", "s-1", regulation.NoticeSolicitationSettled)}))
		claimed, err := w.ClaimPushes(w.Context(), noon, noon.Add(time.Minute), 5)
		w.must(err)
		if len(claimed) != 2 || claimed[0].Notice.ID != "n-2" || claimed[1].Notice.ID != "n-3" {
			w.Errorf("claimed %+v", claimed)
		}
	})
}

func TestAnOfferTakenBackIsNotToldAnyMore(t *testing.T) {
	eachTold(t, func(w told) {
		about := func(id, offer string, kind regulation.NoticeKind) notice.Notice {
			return notice.Notice{ID: id, Account: "gp", Kind: kind, At: noon, Territory: senart, Offer: offer, Request: "r-1", Push: notice.Delivery{At: noon}}
		}
		w.must(w.Keep(w.Context(), []notice.Notice{about("n-1", "o-1", "mt_offered"), about("n-2", "o-2", "mt_offered")}))
		w.must(w.Keep(w.Context(), []notice.Notice{about("n-3", "o-1", "mt_offer_withdrawn")}))
		claimed, err := w.ClaimPushes(w.Context(), noon, noon.Add(time.Minute), 5)
		w.must(err)
		if len(claimed) != 2 || claimed[0].Notice.Offer != "o-2" || claimed[0].Notice.Request != "r-1" || claimed[1].Notice.ID != "n-3" {
			w.Errorf("claimed %+v", claimed)
		}
	})
}

func TestACancellationEndsWhatWasToldOfItsBookingAlone(t *testing.T) {
	eachTold(t, func(w told) {
		cancelled, elsewhere := w.notice("n-4", noon), w.notice("n-3", noon)
		cancelled.Kind, cancelled.Booking = regulation.NoticeBookingCancelled, "booking-n-1"
		elsewhere.Account, elsewhere.Booking = "regulator", "booking-n-1"
		w.must(w.Keep(w.Context(), []notice.Notice{w.notice("n-1", noon), w.notice("n-2", noon), elsewhere}))
		w.must(w.Keep(w.Context(), []notice.Notice{cancelled}))
		claimed, err := w.ClaimPushes(w.Context(), noon, noon.Add(time.Minute), 5)
		w.must(err)
		var ids []string
		for _, p := range claimed {
			ids = append(ids, p.Notice.ID)
		}
		if !slices.Equal(ids, []string{"n-2", "n-3", "n-4"}) {
			w.Errorf("claimed %v", ids)
		}
	})
}

// Whoever is sending a notice does not bring it back when it has ended in the meantime.
func TestWhatEndedWhileItWasClaimedStaysEnded(t *testing.T) {
	eachTold(t, func(w told) {
		later := noon.Add(time.Hour)
		w.must(w.Keep(w.Context(), []notice.Notice{w.notice("n-1", noon), w.notice("n-2", noon)}))
		claimed, err := w.ClaimPushes(w.Context(), noon, noon.Add(time.Minute), 5)
		w.must(err)
		_, err = w.ClaimMails(w.Context(), later, later.Add(time.Minute), 5)
		w.must(err)
		cancelled := w.notice("n-3", noon)
		cancelled.Kind, cancelled.Booking, cancelled.Push, cancelled.Mail = regulation.NoticeBookingCancelled, "booking-n-1", notice.Delivery{}, notice.Delivery{}
		w.must(w.Keep(w.Context(), []notice.Notice{cancelled}))
		for _, p := range claimed {
			p.Notice.Push.At = noon.Add(5 * time.Second)
			w.must(w.Settle(w.Context(), p.Notice, nil))
		}
		w.must(w.SettleMails(w.Context(), []string{"n-1", "n-2"}, time.Time{}, later.Add(time.Minute)))
		for _, n := range w.all() {
			if goesOn := n.ID == "n-2"; goesOn == n.Push.At.IsZero() || goesOn == n.Mail.At.IsZero() {
				w.Errorf("kept %+v", n)
			}
		}
		w.must(w.SetWantsMail(w.Context(), "gp", false))
		w.must(w.SettleMails(w.Context(), []string{"n-2"}, time.Time{}, later.Add(time.Minute)))
		w.must(w.SetWantsMail(w.Context(), "gp", true))
		if letters, err := w.ClaimMails(w.Context(), later.Add(time.Hour), later.Add(2*time.Hour), 5); err != nil || len(letters) != 0 {
			w.Errorf("letters %+v, %v", letters, err)
		}
	})
}

func TestADeviceIsSealedFoundByItsAddressAndItsOwnersAlone(t *testing.T) {
	eachTold(t, func(w told) {
		d := w.device("d-1", "gp", "secret-address")
		w.saves(d)
		w.must(w.InDeviceTx(w.Context(), func(ctx context.Context, tx notice.DeviceTx) error {
			found, ok, err := tx.DeviceAt(ctx, d.Endpoint)
			if diff := cmp.Diff(d, found); diff != "" || !ok {
				w.Error(diff)
			}
			if _, ok, err := tx.DeviceAt(ctx, d.Endpoint+"x"); ok || err != nil {
				w.Errorf("another address: %v, %v", ok, err)
			}
			if n, err := tx.DevicesOf(ctx, "gp"); n != 1 || err != nil {
				w.Errorf("%d devices, %v", n, err)
			}
			if err := tx.ForgetDevice(ctx, "regulator", "d-1"); !errors.Is(err, notice.ErrDeviceUnknown) {
				w.Errorf("forgotten by somebody else: %v", err)
			}
			return err
		}))
		hexed := `SELECT hex(private) FROM push_subscriptions`
		if w.db.Kind() == "PostgreSQL" {
			hexed = `SELECT upper(encode(private, 'hex')) FROM push_subscriptions`
		}
		raw, err := w.db.QueryTexts(w.Context(), hexed)
		w.must(err)
		if len(raw) != 1 || len(raw[0]) < 60 || strings.Contains(raw[0], fmt.Sprintf("%X", "secret")) {
			w.Errorf("kept as %v", raw)
		}
		n, err := w.CountDevices(w.Context())
		if n != 1 || err != nil {
			w.Errorf("%d devices, %v", n, err)
		}
	})
}

func TestTheSameAddressTwiceAtOnceIsOneDevice(t *testing.T) {
	eachTold(t, func(w told) {
		ids := make(chan string, 8)
		for i := range 8 {
			ids <- fmt.Sprintf("d-%d", i)
		}
		close(ids)
		devices := notice.Devices{Store: w.Notices, Hosts: notice.Hosts{"push.exemple.example"}, Now: func() time.Time { return noon },
			NewID: func() string { return <-ids }}
		s := notice.Subscription{Endpoint: "https://push.exemple.example/one", Auth: "AAAAAAAAAAAAAAAAAAAAAA",
			P256dh: "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"}
		var all sync.WaitGroup
		for i := range 8 {
			all.Go(func() {
				who := account.Actor{ID: []string{"gp", "regulator"}[i%2]}
				if _, err := devices.Subscribe(w.Context(), who, s); err != nil {
					w.Errorf("subscribe: %v", err)
				}
			})
		}
		all.Wait()
		if n, err := w.CountDevices(w.Context()); n != 1 || err != nil {
			w.Errorf("%d devices, %v", n, err)
		}
	})
}

func TestThePushKeyIsMadeOnceAndResealed(t *testing.T) {
	eachTold(t, func(w told) {
		own, _, err := store.OpenKeys(filepath.Join(t.TempDir(), "keys.json"))
		w.must(err)
		w.db.SetKeys(own)
		w.saves(w.device("d-1", "gp", "a"))
		var all sync.WaitGroup
		keys := make([]string, 4)
		for i := range keys {
			all.Go(func() {
				key, err := w.PushKey(w.Context(), []byte(fmt.Sprintf("draft-%d", i)))
				if keys[i] = string(key); err != nil {
					w.Errorf("key: %v", err)
				}
			})
		}
		all.Wait()
		if len(slices.Compact(slices.Clone(keys))) != 1 || keys[0] == "" {
			w.Fatalf("keys %v", keys)
		}
		w.must(own.Rotate())
		if rows, err := w.db.Reseal(w.Context()); rows != 2 || err != nil {
			w.Errorf("resealed %d, %v", rows, err)
		}
		if left, err := w.Devices(w.Context(), "gp"); err != nil || len(left) != 1 || left[0].Endpoint == "" {
			w.Errorf("devices %+v, %v", left, err)
		}
		later, err := w.PushKey(w.Context(), []byte("another"))
		if string(later) != keys[0] || err != nil {
			w.Errorf("later %q, %v", later, err)
		}
	})
}

func TestOldNoticesAndDeadDevicesAreForgotten(t *testing.T) {
	eachTold(t, func(w told) {
		dead, silent, lively := w.device("dead", "gp", "a"), w.device("silent", "gp", "b"), w.device("lively", "gp", "c")
		dead.Failures, lively.Failures, lively.LastSentAt = 10, 50, noon.Add(2*time.Hour)
		w.saves(dead, silent, lively)
		w.must(w.Keep(w.Context(), []notice.Notice{w.notice("old", noon.Add(-time.Second)), w.notice("new", noon.Add(time.Hour))}))
		w.must(w.Forget(w.Context(), noon.Add(time.Hour)))
		if left := w.all(); len(left) != 1 || left[0].ID != "new" {
			w.Errorf("left %+v", left)
		}
		devices, err := w.Devices(w.Context(), "gp")
		if err != nil || len(devices) != 2 || slices.ContainsFunc(devices, func(d notice.Device) bool { return d.ID == "dead" }) {
			w.Errorf("devices %+v, %v", devices, err)
		}
	})
}
