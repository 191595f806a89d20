package attribution_test

import (
	"context"
	"time"

	"github.com/relais-snp/relais/internal/attribution"
)

// propose puts an offer of a request to a GP into the record.
func (w *world) propose(request, gp string) attribution.Offer {
	w.Helper()
	o := attribution.Offer{ID: w.id(), Territory: senart, Request: request, Practitioner: gp, SentBy: nurse.ID,
		SentAt: w.now, ExpiresAt: w.now.Add(14 * 24 * time.Hour), State: attribution.Pending}
	w.must(w.record.InTx(w.Context(), func(ctx context.Context, tx attribution.Tx) error {
		r, err := tx.Request(ctx, request)
		if err != nil {
			return err
		}
		r.State, r.Offer, r.Practitioner = attribution.Proposed, o.ID, gp
		if err := tx.AddOffer(ctx, o); err != nil {
			return err
		}
		if err := tx.AddEvent(ctx, attribution.Event{ID: w.id(), Request: request, At: w.now, Actor: nurse.ID, Kind: attribution.EventOffered, Practitioner: gp}); err != nil {
			return err
		}
		return tx.SaveRequest(ctx, r)
	}))
	return o
}

// accept answers the offer that a request waits for, as its GP would.
func (w *world) accept(request string) {
	w.Helper()
	w.must(w.record.InTx(w.Context(), func(ctx context.Context, tx attribution.Tx) error {
		r, err := tx.Request(ctx, request)
		if err != nil {
			return err
		}
		o, err := tx.Offer(ctx, r.Offer)
		if err != nil {
			return err
		}
		o.State, o.AnsweredAt, o.AnsweredBy, o.Note = attribution.OfferAccepted, w.now, iris.ID, "Je la connais."
		r.State, r.AcceptedAt = attribution.Accepted, w.now
		if err := tx.SaveOffer(ctx, o); err != nil {
			return err
		}
		if err := tx.AddEvent(ctx, attribution.Event{ID: w.id(), Request: request, At: w.now, Actor: iris.ID, Kind: attribution.EventAccepted, Practitioner: o.Practitioner}); err != nil {
			return err
		}
		return tx.SaveRequest(ctx, r)
	}))
}
