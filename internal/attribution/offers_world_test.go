package attribution_test

import (
	"context"
	"fmt"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/attribution"
	"github.com/relais-snp/relais/internal/civil"
)

// sought records a request that a nurse has qualified: a patient of Savigny, of
// tier 2 because of C2S.
func (w *world) sought(change ...func(*attribution.Request)) attribution.Request {
	w.Helper()
	c2s, err := attribution.SetOf(attribution.C2S)
	w.must(err)
	r := attribution.Request{
		ID: w.id(), Territory: senart, Origin: attribution.FromCPAM, By: nurse.ID, ReceivedAt: w.now, Since: w.today(),
		Patient:  &attribution.Patient{Family: "Demeure", Given: "Odile", Phone: "01 99 00 11 22", BirthDate: civil.MustDate("1980-05-06")},
		Reporter: "Mme Relais, 01 99 00 33 44", Consent: attribution.Consent{On: w.today(), Collector: "Mme Relais"}, Commune: savigny, BirthYear: 1980,
		Criteria: c2s, ChronicDisease: "asthme", Medication: "salbutamol", Synthesis: "Suivi régulier souhaité.",
		State: attribution.Qualified, Tier: 2, Because: []attribution.Criterion{attribution.C2S}, TierReason: "vu avec le DAC", Draw: 7,
	}
	for _, c := range change {
		c(&r)
	}
	w.write(func(ctx context.Context, tx attribution.Tx) error { return tx.AddRequest(ctx, r) })
	return w.stands(r.ID)
}

// write changes the record directly.
func (w *world) write(fn func(ctx context.Context, tx attribution.Tx) error) {
	w.Helper()
	w.must(w.record.InTx(w.Context(), fn))
}

// patientDeclines is what a nurse's step leaves: the accepted offer ended, and
// the request waits again.
func (w *world) patientDeclines(o attribution.Offer) {
	w.Helper()
	w.write(func(ctx context.Context, tx attribution.Tx) error {
		r := w.stands(o.Request)
		r.State, r.Offer, r.Practitioner = attribution.Waiting, "", ""
		o.State = attribution.OfferEnded
		if err := tx.SaveOffer(ctx, o); err != nil {
			return err
		}
		e := attribution.Event{ID: w.id(), Request: r.ID, At: w.now, Actor: nurse.ID, Kind: attribution.EventPatientDeclined, Practitioner: o.Practitioner}
		if err := tx.AddEvent(ctx, e); err != nil {
			return err
		}
		return tx.SaveRequest(ctx, r)
	})
}

// stands is a request as the record has it.
func (w *world) stands(id string) attribution.Request {
	w.Helper()
	r, err := w.record.Request(w.Context(), id)
	w.must(err)
	return r
}

// takes declares a GP's places.
func (w *world) takes(gp account.Actor, places int, change ...func(*attribution.Declaration)) attribution.Declaration {
	w.Helper()
	d := attribution.Declaration{Territory: gp.Territories[0], Places: places, HomeVisits: true}
	for _, c := range change {
		c(&d)
	}
	made, err := w.Declare(w.Context(), gp, d)
	w.must(err)
	return made
}

// sends offers one request to one GP.
func (w *world) sends(request string, gp account.Actor) (attribution.Offer, error) {
	w.Helper()
	sent, err := w.Send(w.Context(), nurse, attribution.Sending{Territory: senart, Lines: []attribution.Line{{Request: request, Practitioner: gp.Practitioner}}})
	w.must(err)
	return sent[0].Offer, sent[0].Err
}

// offered records a new request and offers it to a GP.
func (w *world) offered(gp account.Actor, change ...func(*attribution.Request)) attribution.Offer {
	w.Helper()
	o, err := w.sends(w.sought(change...).ID, gp)
	w.must(err)
	w.told.took()
	return o
}

// answers gives a GP's answer, which is taken.
func (w *world) answers(a account.Actor, offer string, answer attribution.Answer) attribution.OfferView {
	w.Helper()
	v, err := w.Answer(w.Context(), a, offer, answer)
	w.must(err)
	return v
}

// days moves the clock on.
func (w *world) days(n int) { w.now = w.now.AddDate(0, 0, n) }

// notices lists what was told since the last call, as "kind to".
func (w *world) notices() (list []string) {
	for _, n := range w.told.took() {
		list = append(list, fmt.Sprintf("%s to %s%s", n.Kind, n.Account, n.Practitioner))
	}
	return list
}

var (
	accept  = attribution.Answer{Kind: attribution.Accept}
	decline = attribution.Answer{Kind: attribution.Decline, Reason: attribution.DeclineNeeds}
	call    = attribution.Answer{Kind: attribution.Call, Note: "Avant 19 h."}
)
