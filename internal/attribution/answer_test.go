package attribution_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/attribution"
	"github.com/relais-snp/relais/internal/fault"
)

func TestAGPAcceptsAndSeesWhoItIs(t *testing.T) {
	w := newWorld(t)
	w.takes(iris, 1)
	o := w.offered(iris)
	w.days(2)

	v := w.answers(iris, o.ID, attribution.Answer{Kind: attribution.Accept, Note: " Je rappelle demain. "})

	if v.Offer.State != attribution.OfferAccepted || !v.Offer.AnsweredAt.Equal(w.now) || v.Offer.AnsweredBy != iris.ID || v.Offer.Note != "Je rappelle demain." {
		t.Errorf("the offer: %+v", v.Offer)
	}
	if v.Request.Patient == nil || v.Request.Patient.Family != "Demeure" || v.Request.Medication != "salbutamol" || v.Request.Reporter == "" {
		t.Errorf("the GP does not see whom they accepted: %+v", v.Request)
	}
	r := w.stands(o.Request)
	if r.State != attribution.Accepted || !r.AcceptedAt.Equal(w.now) || r.Practitioner != "gp-iris" || r.Offer != o.ID {
		t.Errorf("the request: %+v", r)
	}
	if diff := cmp.Diff([]string{"mt_accepted to account-nina"}, w.notices()); diff != "" {
		t.Error(diff)
	}
	for _, entry := range []string{"mt.offer.accept mt_offer:" + o.ID, "mt.patient.read mt_request:" + o.Request} {
		if !slices.Contains(w.audits(), entry) {
			t.Errorf("no %s in %v", entry, w.audits())
		}
	}
	events, err := w.record.Events(t.Context(), o.Request)
	w.must(err)
	if last := events[len(events)-1]; last.Kind != attribution.EventAccepted || last.Practitioner != "gp-iris" || last.Note != "Je rappelle demain." {
		t.Errorf("the history: %+v", last)
	}
}

func TestAGPDeclinesAndLearnsNoName(t *testing.T) {
	w := newWorld(t)
	w.takes(iris, 1)
	o := w.offered(iris)

	v := w.answers(iris, o.ID, attribution.Answer{Kind: attribution.Decline, Reason: attribution.DeclineOther, Note: "Je pars en congé."})

	if v.Offer.State != attribution.OfferDeclined || v.Offer.Reason != attribution.DeclineOther || v.Request.Patient != nil {
		t.Errorf("got %+v", v)
	}
	if r := w.stands(o.Request); r.State != attribution.Waiting || r.Offer != "" || r.Practitioner != "" {
		t.Errorf("the request: %+v", r)
	}
	if diff := cmp.Diff([]string{"mt_declined to account-nina"}, w.notices()); diff != "" {
		t.Error(diff)
	}
	if slices.Contains(w.audits(), "mt.patient.read mt_request:"+o.Request) {
		t.Error("a reading was audited that did not take place")
	}
	if list, err := w.Capacities(t.Context(), iris, senart); err != nil || list[0].Pending != 0 {
		t.Errorf("the place is not free again: %+v, %v", list, err)
	}
}

func TestAGPAsksForACallAndTheOfferGoesOnWaiting(t *testing.T) {
	w := newWorld(t)
	w.takes(iris, 1)
	o := w.offered(iris)

	v := w.answers(iris, o.ID, call)
	w.answers(iris, o.ID, call)

	if v.Offer.State != attribution.Pending || !v.Offer.CallAskedAt.Equal(w.now) || v.Offer.Note != "Avant 19 h." || v.Request.Patient != nil {
		t.Errorf("got %+v", v)
	}
	if diff := cmp.Diff([]string{"mt_call_asked to account-nina"}, w.notices()); diff != "" {
		t.Error(diff)
	}
	if r := w.stands(o.Request); r.State != attribution.Proposed {
		t.Errorf("the request is %s", r.State)
	}
	if after := w.answers(iris, o.ID, accept); after.Offer.Note != "Avant 19 h." || after.Offer.State != attribution.OfferAccepted {
		t.Errorf("accepted after the call: %+v", after.Offer)
	}
	want := []attribution.EventKind{attribution.EventOffered, attribution.EventCallAsked, attribution.EventAccepted}
	if diff := cmp.Diff(want, w.history(o.Request)); diff != "" {
		t.Error(diff)
	}
}

func TestAnOfferIsAnsweredOnce(t *testing.T) {
	other := attribution.Answer{Kind: attribution.Decline, Reason: attribution.DeclineFull}
	for name, test := range map[string]struct {
		first, second attribution.Answer
		reason        string
	}{
		"accept twice":          {accept, accept, ""},
		"decline twice":         {decline, decline, ""},
		"decline, then why not": {decline, other, "attribution.offer_answered"},
		"accept, then decline":  {accept, decline, "attribution.offer_answered"},
		"decline, then accept":  {decline, accept, "attribution.offer_answered"},
		"accept, then call":     {accept, call, "attribution.offer_answered"},
		"decline, then call":    {decline, call, "attribution.offer_answered"},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			w.takes(iris, 1)
			o := w.offered(iris)
			v := w.answers(iris, o.ID, test.first)
			events := w.history(o.Request)
			w.told.took()

			again, err := w.Answer(t.Context(), iris, o.ID, test.second)

			w.refused(err, test.reason)
			if diff := cmp.Diff(v, again); test.reason == "" && diff != "" {
				t.Error(diff)
			}
			if !slices.Equal(w.history(o.Request), events) || len(w.notices()) > 0 {
				t.Errorf("the second answer left something: %v", w.history(o.Request))
			}
		})
	}
}

func TestAnOfferPastItsEndIsNotAnsweredAndSweptOnTheWay(t *testing.T) {
	for name, answer := range map[string]attribution.Answer{"accept": accept, "decline": decline, "call": call} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			w.takes(iris, 1)
			o := w.offered(iris)
			w.now = o.ExpiresAt

			_, err := w.Answer(t.Context(), iris, o.ID, answer)

			w.refused(err, "attribution.offer_expired")
			if r := w.stands(o.Request); r.State != attribution.Waiting || r.Offer != "" {
				t.Errorf("the request: %+v", r)
			}
			if diff := cmp.Diff([]string{"mt_expired to account-nina"}, w.notices()); diff != "" {
				t.Error(diff)
			}
			_, err = w.Answer(t.Context(), iris, o.ID, answer)
			w.refused(err, "attribution.offer_expired")
			if diff := cmp.Diff([]attribution.EventKind{attribution.EventOffered, attribution.EventExpired}, w.history(o.Request)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestTheLastInstantIsStillInTime(t *testing.T) {
	w := newWorld(t)
	w.takes(iris, 1)
	o := w.offered(iris)
	w.now = o.ExpiresAt.Add(-1)

	if v := w.answers(iris, o.ID, accept); v.Offer.State != attribution.OfferAccepted {
		t.Errorf("got %s", v.Offer.State)
	}
}

func TestAGPWhoPausedSinceMayStillAccept(t *testing.T) {
	w := newWorld(t)
	w.takes(iris, 1)
	o := w.offered(iris)
	w.takes(iris, 1, func(d *attribution.Declaration) { d.Paused = true })

	if v := w.answers(iris, o.ID, accept); v.Offer.State != attribution.OfferAccepted {
		t.Errorf("got %s", v.Offer.State)
	}
}

func TestANurseAnswersForAGPOnTheLineAndIsNotToldOfIt(t *testing.T) {
	w := newWorld(t)
	w.takes(iris, 1)
	o := w.offered(iris)

	v := w.answers(nurse, o.ID, decline)

	if v.Offer.AnsweredBy != nurse.ID || v.Request.Patient == nil || len(w.notices()) > 0 {
		t.Errorf("got %+v", v)
	}
	if !slices.Contains(w.audits(), "mt.patient.read mt_request:"+o.Request) {
		t.Error("what the nurse saw is not audited")
	}
}

func TestNobodyElseAnswers(t *testing.T) {
	w := newWorld(t)
	w.takes(iris, 1)
	o := w.offered(iris)
	for reason, actors := range map[string][]account.Actor{
		"attribution.offer_unknown": {paul, vera, otherNurse},
		"account.forbidden":         {coordinator, regulator, pharmacist},
	} {
		for _, a := range actors {
			_, err := w.Answer(t.Context(), a, o.ID, accept)
			w.refused(err, reason)
		}
	}
	_, err := w.Answer(t.Context(), iris, "nothing", accept)
	w.refused(err, "attribution.offer_unknown")
}

func TestEveryWrongFieldOfAnAnswerIsNamed(t *testing.T) {
	w := newWorld(t)
	w.takes(iris, 1)
	o := w.offered(iris)
	for want, answer := range map[string]attribution.Answer{
		"kind attribution.answer":            {},
		"reason attribution.decline_reason":  {Kind: attribution.Decline, Reason: "tired"},
		"note attribution.note_missing":      {Kind: attribution.Decline, Reason: attribution.DeclineOther, Note: "  "},
		"note attribution.control_character": {Kind: attribution.Call, Note: "a\u202eb"},
		"note attribution.note_long":         {Kind: attribution.Call, Note: strings.Repeat("é", 501)},
	} {
		_, err := w.Answer(t.Context(), iris, o.ID, answer)
		w.refused(err, "attribution.invalid")
		if f := fault.Of(err).Fields; len(f) != 1 || f[0].Name+" "+f[0].Reason != want {
			t.Errorf("%s: %+v", want, f)
		}
	}
	if _, err := w.Answer(t.Context(), iris, o.ID, attribution.Answer{Kind: attribution.Call, Note: strings.Repeat("é", 500)}); err != nil {
		t.Errorf("500 characters: %v", err)
	}
}
