package store_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/relais-snp/relais/internal/attribution"
	"github.com/relais-snp/relais/internal/civil"
)

func TestGroundIsWhoSeeksWhoCanTakeAndWhoSaidNo(t *testing.T) {
	eachSeeking(t, func(w seeking) {
		in := func(state attribution.State) func(*attribution.Request) {
			return func(r *attribution.Request) { r.State = state }
		}
		first := sought("first", in(attribution.Waiting), func(r *attribution.Request) { r.Since = civil.MustDate("2026-10-01") })
		second := sought("second", in(attribution.Qualified))
		w.asks(second, first)
		for _, state := range []attribution.State{attribution.Received, attribution.Proposed, attribution.Accepted, attribution.Attached, attribution.Closed} {
			w.asks(sought(string(state), in(state)))
		}
		w.asks(sought("elsewhere", func(r *attribution.Request) { r.Territory = "cpts-ailleurs" }))
		w.offers(
			proposal("o-1", "first", "gp-3", func(o *attribution.Offer) { o.State = attribution.OfferDeclined }),
			proposal("o-2", "first", "gp-1", func(o *attribution.Offer) { o.State = attribution.OfferExpired }),
			proposal("o-3", "first", "gp-2", func(o *attribution.Offer) { o.State = attribution.OfferWithdrawn }),
			proposal("o-4", "second", "gp-2", func(o *attribution.Offer) { o.ExpiresAt = noon }), // not swept yet
			proposal("o-5", "second", "gp-1", func(o *attribution.Offer) { o.State = attribution.OfferEnded }),
			proposal("o-6", "proposed", "gp-1", func(o *attribution.Offer) { o.State = attribution.OfferDeclined }),
		)
		w.happens(
			attribution.Event{ID: "e-1", Request: "second", At: noon, Actor: "acc-nurse", Kind: attribution.EventPatientDeclined, Practitioner: "gp-3"},
			attribution.Event{ID: "e-2", Request: "second", At: noon, Actor: "acc-nurse", Kind: attribution.EventOfferWithdrawn, Practitioner: "gp-1"},
			attribution.Event{ID: "e-3", Request: "second", At: noon, Actor: "acc-nurse", Kind: attribution.EventPatientDeclined, Practitioner: "gp-2"},
		)
		w.declares(declared("gp-2", 4), declared("gp-1", 3))

		got, err := w.Ground(w.Context(), senart, now)
		w.must(err)
		two := declared("gp-2", 4)
		want := attribution.Ground{
			Requests:     []attribution.Request{sketch(first), sketch(second)},
			Declarations: []attribution.Declaration{declared("gp-1", 3), two},
			NotBy:        map[string][]string{"first": {"gp-1", "gp-3"}, "second": {"gp-2", "gp-3"}},
		}
		if diff := cmp.Diff(want, got); diff != "" {
			w.Error(diff)
		}
	})
}

func TestGroundKnowsWhoSaidNoToWhatWasMerged(t *testing.T) {
	eachSeeking(t, func(w seeking) {
		into := func(id string) func(*attribution.Request) {
			return func(r *attribution.Request) {
				r.State, r.ClosedAt, r.ClosedReason, r.MergedInto = attribution.Closed, noon, attribution.Duplicate, id
			}
		}
		w.asks(sought("stays"), sought("between", into("stays")), sought("first", into("between")), sought("back"))
		w.offers(
			proposal("o-1", "first", "gp-1", func(o *attribution.Offer) { o.State = attribution.OfferDeclined }),
			proposal("o-2", "back", "gp-3", func(o *attribution.Offer) { o.State = attribution.OfferDeclined }),
		)
		absorbed := func(id, request, other string) attribution.Event {
			return attribution.Event{ID: id, Request: request, At: noon, Actor: "acc-nurse", Kind: attribution.EventAbsorbed, Detail: other}
		}
		w.happens(
			attribution.Event{ID: "e-1", Request: "between", At: noon, Actor: "acc-nurse", Kind: attribution.EventPatientDeclined, Practitioner: "gp-2"},
			absorbed("e-2", "between", "first"), absorbed("e-3", "stays", "between"),
			absorbed("e-4", "stays", "back"), // and reopened since
		)

		got, err := w.Ground(w.Context(), senart, now)
		w.must(err)
		want := map[string][]string{"stays": {"gp-1", "gp-2"}, "back": {"gp-3"}}
		if diff := cmp.Diff(want, got.NotBy); diff != "" {
			w.Error(diff)
		}
	})
}

// sketch is what a request shows without what is sealed.
func sketch(r attribution.Request) attribution.Request {
	r.Patient, r.Reporter, r.Consent.Collector = nil, "", ""
	r.ChronicDisease, r.Medication, r.Synthesis, r.TierReason = "", "", "", ""
	return r
}

func TestGroundOpensNothing(t *testing.T) {
	eachSeeking(t, func(w seeking) {
		w.asks(sought("r-1"))
		w.must(w.db.Exec(w.Context(), `UPDATE mt_requests SET private = $1`, []byte("no key opens this")))
		if _, err := w.Request(w.Context(), "r-1"); err == nil {
			w.Fatal("the request was opened: nothing is proved")
		}
		_, err := w.Ground(w.Context(), senart, now)
		w.must(err)
		_, err = w.RequestFacts(w.Context(), senart)
		w.must(err)
	})
}

func TestFactsAreEveryRequestAndOffer(t *testing.T) {
	eachSeeking(t, func(w seeking) {
		aged := sought("r-1", func(r *attribution.Request) {
			r.BirthYear, r.State, r.AcceptedAt, r.AttachedOn = 1940, attribution.Attached, noon, civil.MustDate("2026-11-25")
		})
		gone := sought("r-2", func(r *attribution.Request) {
			r.State, r.ClosedAt, r.ClosedReason, r.Tier = attribution.Closed, noon, attribution.Moved, 2
		})
		w.asks(aged, gone)
		w.erases("r-1")
		w.offers(proposal("o-1", "r-1", "gp-1", func(o *attribution.Offer) {
			o.State, o.AnsweredAt, o.CallAskedAt, o.Reason = attribution.OfferDeclined, noon, noon.Add(-time.Hour), attribution.DeclineFull
		}))
		requests, err := w.RequestFacts(w.Context(), senart)
		w.must(err)
		want := []attribution.RequestFact{
			{Origin: attribution.FromCPAM, Commune: "91577", Tier: 1, Criteria: criteria(attribution.ALD, attribution.Aged70), State: attribution.Attached,
				Since: aged.Since, AcceptedAt: noon, AttachedOn: aged.AttachedOn},
			{Origin: attribution.FromCPAM, Commune: "91577", Tier: 2, Criteria: criteria(attribution.ALD), State: attribution.Closed,
				Since: gone.Since, ClosedAt: noon, ClosedReason: attribution.Moved},
		}
		if diff := cmp.Diff(want, requests); diff != "" {
			w.Error(diff)
		}
		offers, err := w.OfferFacts(w.Context(), senart)
		w.must(err)
		sent := proposal("o-1", "r-1", "gp-1")
		if diff := cmp.Diff([]attribution.OfferFact{{State: attribution.OfferDeclined, SentAt: sent.SentAt, ExpiresAt: sent.ExpiresAt,
			AnsweredAt: noon, CallAsked: true, Reason: attribution.DeclineFull}}, offers); diff != "" {
			w.Error(diff)
		}
	})
}

func TestIdentitiesAreForgettableOnceTheirTimeIsOver(t *testing.T) {
	eachSeeking(t, func(w seeking) {
		closed := func(at time.Time) func(*attribution.Request) {
			return func(r *attribution.Request) { r.State, r.ClosedAt = attribution.Closed, at }
		}
		attached := func(on string) func(*attribution.Request) {
			return func(r *attribution.Request) { r.State, r.AttachedOn = attribution.Attached, civil.MustDate(on) }
		}
		w.asks(
			sought("closed", closed(noon.Add(-time.Microsecond))), sought("closed-later", closed(noon)),
			sought("attached", attached("2026-11-22")), sought("attached-later", attached("2026-11-23")),
			sought("erased", closed(noon.AddDate(-1, 0, 0))), sought("open"),
		)
		w.erases("erased")
		got, err := w.Forgettable(w.Context(), senart, noon, 10)
		w.must(err)
		if diff := cmp.Diff([]string{"attached", "closed"}, got); diff != "" {
			w.Error(diff)
		}
		if got, err := w.Forgettable(w.Context(), senart, noon, 1); err != nil || len(got) != 1 {
			w.Errorf("%v, %v", got, err)
		}
	})
}

// erases does what the use case does to a request.
func (w seeking) erases(id string) {
	w.Helper()
	w.attributes(func(ctx context.Context, tx attribution.Tx) error {
		r, err := tx.Request(ctx, id)
		if err != nil {
			return err
		}
		if err := tx.Erase(ctx, id, noon); err != nil {
			return err
		}
		r = sketch(r)
		r.BirthYear, r.ErasedAt = 0, noon
		return tx.SaveRequest(ctx, r)
	})
}
