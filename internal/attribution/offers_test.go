package attribution_test

import (
	"context"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/attribution"
)

func TestBeforeAcceptanceAGPSeesWhatTheOfferNeedsAndNobodysName(t *testing.T) {
	w := newWorld(t)
	w.takes(iris, 1)
	o := w.offered(iris, func(r *attribution.Request) { r.KnownTo = "gp-paul" })

	v, err := w.Offer(t.Context(), iris, o.ID)

	w.must(err)
	r := w.stands(o.Request)
	want := attribution.Request{ID: r.ID, Territory: senart, Since: r.Since, State: attribution.Proposed, Revision: r.Revision, Commune: savigny, BirthYear: 1980,
		Criteria: r.Criteria, Tier: 2, Because: r.Because, Draw: 7, Synthesis: "Suivi régulier souhaité."}
	if diff := cmp.Diff(want, v.Request); diff != "" {
		t.Error(diff)
	}
	if slices.Contains(w.audits(), "mt.patient.read mt_request:"+o.Request) {
		t.Error("a reading was audited that did not take place")
	}
}

func TestWhoSeesWhomInAnOffer(t *testing.T) {
	for name, test := range map[string]struct {
		arrange func(w *world, o attribution.Offer)
		gp      bool // sees the patient
	}{
		"it waits":               {func(*world, attribution.Offer) {}, false},
		"a call was asked for":   {func(w *world, o attribution.Offer) { w.answers(iris, o.ID, call) }, false},
		"it was accepted":        {func(w *world, o attribution.Offer) { w.answers(iris, o.ID, accept) }, true},
		"it was declined":        {func(w *world, o attribution.Offer) { w.answers(iris, o.ID, decline) }, false},
		"it was withdrawn":       {func(w *world, o attribution.Offer) { w.withdraws(o.ID) }, false},
		"it expired":             {func(w *world, o attribution.Offer) { w.days(15); w.must(w.Expire(w.Context())) }, false},
		"it expired, unswept":    {func(w *world, _ attribution.Offer) { w.days(15) }, false},
		"the patient said no":    {func(w *world, o attribution.Offer) { w.patientDeclines(w.answers(iris, o.ID, accept).Offer) }, false},
		"the patient is theirs":  {func(w *world, o attribution.Offer) { w.answers(iris, o.ID, accept); w.attaches(o.Request) }, true},
		"another took them then": {func(w *world, o attribution.Offer) { w.answers(iris, o.ID, decline); w.passesOn(o.Request) }, false},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			w.takes(iris, 1)
			o := w.offered(iris)
			test.arrange(w, o)
			for _, reader := range []account.Actor{iris, nurse} {
				sees := test.gp || reader.ID == nurse.ID
				before := len(w.audits())

				one, err := w.Offer(t.Context(), reader, o.ID)
				w.must(err)
				list, err := w.Offers(t.Context(), reader, attribution.OfferQuery{Territory: senart, Practitioner: "gp-iris"})
				w.must(err)

				if diff := cmp.Diff(one, list[0]); diff != "" {
					t.Errorf("%s: one and the list differ: %s", reader.ID, diff)
				}
				if (one.Request.Patient != nil) != sees || (one.Request.Reporter != "") != sees || one.Request.Synthesis == "" ||
					(one.Request.TierReason != "") != (reader.ID == nurse.ID) {
					t.Errorf("%s sees %+v", reader.ID, one.Request)
				}
				reads := w.audits()[before:]
				if want := map[bool]int{true: 2, false: 0}[sees]; len(reads) != want {
					t.Errorf("%s: audited %v", reader.ID, reads)
				}
			}
		})
	}
}

// withdraws takes an offer back.
func (w *world) withdraws(offer string) attribution.OfferView {
	w.Helper()
	v, err := w.Withdraw(w.Context(), nurse, offer)
	w.must(err)
	return v
}

// attaches makes the GP who accepted the patient's médecin traitant.
func (w *world) attaches(request string) {
	w.Helper()
	w.rewrites(request, func(r *attribution.Request) { r.State, r.AttachedOn = attribution.Attached, w.today() })
}

// passesOn lets Paul accept a request.
func (w *world) passesOn(request string) {
	w.Helper()
	w.takes(paul, 1)
	o, err := w.sends(request, paul)
	w.must(err)
	w.answers(paul, o.ID, accept)
}

func TestOffersAreListedForWhomTheyConcern(t *testing.T) {
	w := newWorld(t)
	w.takes(iris, 2)
	w.takes(paul, 2)
	one, two, three := w.offered(iris), w.offered(paul), w.offered(iris)
	for _, test := range []struct {
		actor account.Actor
		asked string
		want  []string
	}{
		{nurse, "", []string{three.ID, two.ID, one.ID}}, {nurse, "gp-paul", []string{two.ID}},
		{iris, "", []string{three.ID, one.ID}}, {paul, "gp-paul", []string{two.ID}},
	} {
		list, err := w.Offers(t.Context(), test.actor, attribution.OfferQuery{Territory: senart, Practitioner: test.asked})
		w.must(err)
		if diff := cmp.Diff(test.want, offerIDs(list)); diff != "" {
			t.Errorf("%s: %s", test.actor.ID, diff)
		}
	}
	for _, a := range []account.Actor{coordinator, pharmacist, regulator, otherNurse, vera} {
		_, err := w.Offers(t.Context(), a, attribution.OfferQuery{Territory: senart})
		w.refused(err, "account.forbidden")
	}
	_, err := w.Offers(t.Context(), iris, attribution.OfferQuery{Territory: senart, Practitioner: "gp-paul"})
	w.refused(err, "account.forbidden")
	for _, a := range []account.Actor{paul, vera, otherNurse} {
		_, err := w.Offer(t.Context(), a, one.ID)
		w.refused(err, "attribution.offer_unknown")
	}
}

func offerIDs(list []attribution.OfferView) (ids []string) {
	for _, v := range list {
		ids = append(ids, v.Offer.ID)
	}
	return ids
}

func TestOffersAreListedByTheStateThatHoldsPageByPage(t *testing.T) {
	w := newWorld(t)
	w.takes(iris, 9)
	answered := w.offered(iris)
	w.answers(iris, answered.ID, decline)
	w.told.took()
	overdue := []string{w.offered(iris).ID, w.offered(iris).ID}
	w.days(15)
	waiting := []string{w.offered(iris).ID, w.offered(iris).ID, w.offered(iris).ID}
	slices.Reverse(overdue)
	slices.Reverse(waiting)
	for _, test := range []struct {
		states []attribution.OfferState
		want   []string
	}{
		{nil, slices.Concat(waiting, overdue, []string{answered.ID})},
		{[]attribution.OfferState{attribution.Pending}, waiting},
		{[]attribution.OfferState{attribution.OfferExpired}, overdue},
		{[]attribution.OfferState{attribution.OfferExpired, attribution.OfferDeclined}, append(slices.Clone(overdue), answered.ID)},
		{[]attribution.OfferState{attribution.OfferAccepted}, nil},
	} {
		for _, limit := range []int{1, 2, 100} {
			var got []string
			q := attribution.OfferQuery{Territory: senart, States: test.states, Limit: limit}
			for {
				page, err := w.Offers(t.Context(), iris, q)
				w.must(err)
				got = append(got, offerIDs(page)...)
				if len(page) < limit {
					break
				}
				last := page[len(page)-1].Offer
				q.After = attribution.OfferKey{SentAt: last.SentAt, ID: last.ID}
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("%v, %d a page: %s", test.states, limit, diff)
			}
		}
	}
}

func TestAnIdentityIsNotShownWhenItsReadingCannotBeAudited(t *testing.T) {
	w := newWorld(t)
	w.takes(iris, 1)
	o := w.offered(iris)
	w.answers(iris, o.ID, accept)
	w.Store = unwritable{w.record}

	one, err := w.Offer(t.Context(), iris, o.ID)
	list, wrong := w.Offers(t.Context(), iris, attribution.OfferQuery{Territory: senart})

	if err == nil || wrong == nil || one.Request.Patient != nil || len(list) > 0 {
		t.Errorf("shown: %+v, %+v", one, list)
	}
}

// unwritable is a record that only reads.
type unwritable struct{ *record }

func (unwritable) InTx(context.Context, func(context.Context, attribution.Tx) error) error {
	return context.DeadlineExceeded
}
