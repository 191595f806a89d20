package attribution_test

import (
	"context"
	"errors"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/attribution"
	"github.com/relais-snp/relais/internal/fault"
)

func TestANurseTakesBackAnOfferThatWaits(t *testing.T) {
	w := newWorld(t)
	w.takes(iris, 1)
	o := w.offered(iris)

	v := w.withdraws(o.ID)
	w.withdraws(o.ID)

	if v.Offer.State != attribution.OfferWithdrawn || v.Offer.AnsweredBy != nurse.ID || v.Request.State != attribution.Waiting || v.Request.Offer != "" {
		t.Errorf("got %+v", v)
	}
	if diff := cmp.Diff([]string{"mt_offer_withdrawn to gp-iris"}, w.notices()); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]attribution.EventKind{attribution.EventOffered, attribution.EventOfferWithdrawn}, w.history(o.Request)); diff != "" {
		t.Error(diff)
	}
	if !slices.Contains(w.audits(), "mt.offer.withdraw mt_offer:"+o.ID) {
		t.Errorf("not audited: %v", w.audits())
	}
	_, err := w.Answer(t.Context(), iris, o.ID, accept)
	w.refused(err, "attribution.offer_withdrawn")
	if _, err := w.sends(o.Request, iris); err != nil {
		t.Errorf("the same GP cannot be asked again: %v", err)
	}
}

func TestWhatIsNotTakenBack(t *testing.T) {
	for reason, arrange := range map[string]func(*world, attribution.Offer){
		"attribution.offer_answered":  func(w *world, o attribution.Offer) { w.answers(iris, o.ID, accept) },
		"attribution.offer_answered ": func(w *world, o attribution.Offer) { w.answers(iris, o.ID, decline) },
		"attribution.offer_expired":   func(w *world, _ attribution.Offer) { w.days(15) },
		"attribution.offer_expired ":  func(w *world, _ attribution.Offer) { w.days(15); w.must(w.Expire(w.Context())) },
	} {
		w := newWorld(t)
		w.takes(iris, 1)
		o := w.offered(iris)
		arrange(w, o)

		_, err := w.Withdraw(t.Context(), nurse, o.ID)

		if got := fault.Reason(err); got != reason && got+" " != reason {
			t.Errorf("%q, want %s", got, reason)
		}
		if r := w.stands(o.Request); r.State == attribution.Proposed {
			t.Errorf("%s: the request is still proposed", reason)
		}
	}
}

func TestOnlyNursesOfTheTerritoryTakeBack(t *testing.T) {
	w := newWorld(t)
	w.takes(iris, 1)
	o := w.offered(iris)
	for _, a := range []account.Actor{iris, paul, coordinator, pharmacist} {
		_, err := w.Withdraw(t.Context(), a, o.ID)
		w.refused(err, "account.forbidden")
	}
	_, err := w.Withdraw(t.Context(), otherNurse, o.ID)
	w.refused(err, "attribution.offer_unknown")
}

func TestOverdueOffersAreSweptOnceInAnyNumber(t *testing.T) {
	const many = 230 // more than two batches
	w := newWorld(t)
	w.takes(iris, 120)
	w.takes(paul, 120)
	requests := make([]string, many)
	for i := range requests {
		requests[i] = w.offered([]account.Actor{iris, paul}[i%2]).Request
	}
	w.days(10)
	waits := w.offered(iris)
	w.days(5)

	w.must(w.Expire(t.Context()))
	told := len(w.told.took())
	w.must(w.Expire(t.Context()))

	if told != many || len(w.told.took()) != 0 {
		t.Errorf("%d told, want %d once", told, many)
	}
	for _, id := range requests {
		if r := w.stands(id); r.State != attribution.Waiting || r.Offer != "" || r.Practitioner != "" {
			t.Fatalf("the request: %+v", r)
		}
	}
	if diff := cmp.Diff([]attribution.EventKind{attribution.EventOffered, attribution.EventExpired}, w.history(requests[0])); diff != "" {
		t.Error(diff)
	}
	if r := w.stands(waits.Request); r.State != attribution.Proposed {
		t.Errorf("one in time was swept: %s", r.State)
	}
	if !slices.Contains(w.audits(), "mt.offer.expire mt_offer:"+w.offersOf(requests[0])[0].ID) {
		t.Error("not audited")
	}
}

// offersOf lists the offers of a request, the latest first.
func (w *world) offersOf(request string) []attribution.Offer {
	w.Helper()
	list, err := w.record.Offers(w.Context(), attribution.OfferQuery{Territory: senart, Request: request, Limit: 100})
	w.must(err)
	return list
}

// interrupted is a record before whose next transaction something else happens.
type interrupted struct {
	*record

	by func()
}

func (i interrupted) InTx(ctx context.Context, fn func(context.Context, attribution.Tx) error) error {
	i.by()
	return i.record.InTx(ctx, fn)
}

// interrupt lets something happen before the next transaction.
func (w *world) interrupt(by func()) {
	w.Store = interrupted{w.record, func() {
		w.Store = w.record
		by()
	}}
}

func TestExpiryBesideAnAnswerIsHarmless(t *testing.T) {
	w := newWorld(t)
	w.takes(iris, 1)
	o := w.offered(iris)
	w.days(15)
	w.interrupt(func() {
		_, err := w.Answer(t.Context(), iris, o.ID, accept)
		w.refused(err, "attribution.offer_expired")
	})

	err := w.Expire(t.Context())

	w.must(err)
	if diff := cmp.Diff([]attribution.EventKind{attribution.EventOffered, attribution.EventExpired}, w.history(o.Request)); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"mt_expired to account-nina"}, w.notices()); diff != "" {
		t.Error(diff)
	}
}

func TestOneOfferThatCannotBeSweptDoesNotKeepTheOthers(t *testing.T) {
	w := newWorld(t)
	w.takes(iris, 3)
	stuck, fine := w.offered(iris), w.offered(iris)
	w.days(15)
	w.Store = stubborn{w.record, stuck.Request}

	err := w.Expire(t.Context())

	if !errors.Is(err, errStubborn) {
		t.Errorf("got %v", err)
	}
	if r := w.stands(fine.Request); r.State != attribution.Waiting {
		t.Errorf("the other request is %s", r.State)
	}
}

var errStubborn = errors.New("this row is locked")

// stubborn is a record that never gives one request to a transaction.
type stubborn struct {
	*record

	request string
}

func (s stubborn) InTx(ctx context.Context, fn func(context.Context, attribution.Tx) error) error {
	return s.record.InTx(ctx, func(ctx context.Context, tx attribution.Tx) error { return fn(ctx, stubbornTx{tx, s.request}) })
}

type stubbornTx struct {
	attribution.Tx

	request string
}

func (s stubbornTx) Request(ctx context.Context, id string) (attribution.Request, error) {
	if id == s.request {
		return attribution.Request{}, errStubborn
	}
	return s.Tx.Request(ctx, id)
}
