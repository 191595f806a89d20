package regulation_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/fault"
	"github.com/relais-snp/relais/internal/regulation"
	"github.com/relais-snp/relais/internal/territory"
)

func TestOnlyThoseWhoAcceptAreAskedNearestFirst(t *testing.T) {
	each(t, func(w *world) {
		gps := w.willing(3)
		w.doctor(8, "Cesson", "77240") // never chose
		ended := w.doctor(9, "Cesson", "77240")
		w.accepts(ended, w.clock.Now().Add(time.Minute))
		w.clock.Advance(2 * time.Minute)
		c := w.caller("Zoé")

		found, err := w.svc.Candidates(w.Context(), rosa, c.ID)
		w.must(err)
		if got := ids(found); !slices.Equal(got, []string{gps[0].Practitioner, gps[1].Practitioner, gps[2].Practitioner}) {
			w.Errorf("candidates %v", got)
		}
		if found[0].DistanceKm != 0 || found[1].DistanceKm <= 0 || found[0].Unknown || found[0].OwnMT {
			w.Errorf("candidates %+v", found)
		}
		x := w.solicit(w.asking(c, 2))
		if len(x.Asked) != 2 || x.Asked[0].Practitioner != gps[0].Practitioner || x.Asked[1].Practitioner != gps[1].Practitioner {
			w.Errorf("asked %+v", x.Asked)
		}
		for i, want := range []int{1, 1, 0} {
			if kinds := w.notices.kinds(gps[i].Practitioner); len(kinds) != want || want == 1 && kinds[0] != regulation.NoticeSolicitationAsked {
				w.Errorf("GP %d was told %v", i, kinds)
			}
		}
		// Whoever is named without accepting is not asked either.
		named := regulation.SolicitRequest{Case: w.caller("Léa").ID, Practitioners: []string{ended.Practitioner, gps[2].Practitioner}, Minutes: 5, Key: "key-named"}
		if y := w.solicit(named); len(y.Asked) != 1 || y.Asked[0].Practitioner != gps[2].Practitioner {
			w.Errorf("asked %+v", y.Asked)
		}
	})
}

func TestTheOwnMedecinTraitantComesFirstHoweverFar(t *testing.T) {
	each(t, func(w *world) {
		gps := w.willing(3)
		c := w.caller("Zoé")
		w.patientMoves(c, regulation.Patient{Family: "Fictif-Pinson", MT: regulation.MT{Status: regulation.MTHas, RPPS: gps[2].rpps}})

		found, err := w.svc.Candidates(w.Context(), rosa, c.ID)
		w.must(err)
		if found[0].Practitioner != gps[2].Practitioner || !found[0].OwnMT {
			w.Errorf("candidates %+v", found)
		}
		if b := w.accept(gps[2], w.solicit(w.asking(c, 1))); !b.OwnMT {
			w.Errorf("booking %+v", b)
		}
	})
}

func TestWhatCannotBeSolicited(t *testing.T) {
	each(t, func(w *world) {
		w.willing(1)
		bare, shut, twice := w.openCase(rosa), w.caller("Léa"), w.caller("Ana")
		_, err := w.svc.CloseCase(w.Context(), rosa, shut.ID, regulation.Closing{Outcome: regulation.Advice})
		w.must(err)
		w.solicit(w.asking(twice, 1))
		slot := w.publish(1, 0)[0]
		w.book(rosa, w.request(slot, "Zoé"))
		same := w.caller("Zoé")

		for _, one := range []struct {
			kase regulation.Case
			want error
		}{
			{bare, regulation.ErrPatientMissing}, {shut, regulation.ErrCaseClosed},
			{twice, regulation.ErrSolicitationWaiting}, {same, regulation.ErrSamePatient},
			{regulation.Case{ID: "nowhere"}, regulation.ErrCaseUnknown},
		} {
			_, err := w.svc.Solicit(w.Context(), rosa, w.asking(one.kase, 1))
			w.refused(err, one.want)
		}
		known := w.asking(same, 1)
		known.Acknowledge = []string{regulation.AckSamePatient}
		w.solicit(known)
	})
}

func TestAskingIsChecked(t *testing.T) {
	each(t, func(w *world) {
		c := w.caller("Zoé")
		for name, change := range map[string]func(*regulation.SolicitRequest){
			"practitioners": func(r *regulation.SolicitRequest) { r.Nearest = 0 },
			"nearest":       func(r *regulation.SolicitRequest) { r.Nearest = 11 },
			"minutes":       func(r *regulation.SolicitRequest) { r.Minutes = 61 },
			"key":           func(r *regulation.SolicitRequest) { r.Key = "short" },
			"acknowledge":   func(r *regulation.SolicitRequest) { r.Acknowledge = []string{"anything"} },
		} {
			r := w.asking(c, 1)
			change(&r)
			_, err := w.svc.Solicit(w.Context(), rosa, r)
			if f := fault.Of(err); f.Reason != "solicitation.invalid" || len(f.Fields) != 1 || f.Fields[0].Name != name {
				w.Errorf("%s: %v %+v", name, err, f.Fields)
			}
		}
		both := w.asking(c, 1)
		both.Practitioners = []string{"somebody"}
		_, err := w.svc.Solicit(w.Context(), rosa, both)
		w.refused(err, fault.New(fault.Invalid, "solicitation.invalid", ""))
	})
}

func TestAskingAgainWithTheSameKeyAsksOnce(t *testing.T) {
	each(t, func(w *world) {
		gps := w.willing(1)
		r := w.asking(w.caller("Zoé"), 1)
		first := w.solicit(r)
		w.accept(gps[0], first)

		again := w.solicit(r)
		if again.ID != first.ID || again.State != regulation.SolicitationAccepted {
			w.Errorf("asked again: %+v", again)
		}
		if kinds := w.notices.kinds(gps[0].Practitioner); len(kinds) != 1 {
			w.Errorf("the GP was told %v", kinds)
		}
		r.Minutes = 6
		_, err := w.svc.Solicit(w.Context(), rosa, r)
		w.refused(err, fault.New(fault.Conflict, "request.key_reused", ""))
	})
}

func TestWhoMayDoWhatEnSus(t *testing.T) {
	each(t, func(w *world) {
		gps := w.willing(2)
		abroad := regulator("lin")
		abroad.Territories = []string{"cpts-autre"}
		c := w.caller("Zoé")
		x := w.solicit(w.asking(c, 1))
		list := func(a account.Actor, q regulation.SolicitationQuery) error {
			_, err := w.svc.Solicitations(w.Context(), a, q)
			return err
		}
		candidates := func(a account.Actor) error { _, err := w.svc.Candidates(w.Context(), a, c.ID); return err }
		accept := func(a account.Actor) error { _, err := w.svc.Accept(w.Context(), a, w.yes(gps[0], x)); return err }
		choose := func(a account.Actor) error { _, err := w.svc.SetExtras(w.Context(), a, true, time.Time{}); return err }

		for i, one := range []struct{ got, want error }{
			{candidates(gps[0].Actor), account.ErrForbidden},
			{candidates(abroad), regulation.ErrCaseUnknown},
			{list(gps[0].Actor, regulation.SolicitationQuery{Territory: senart}), account.ErrForbidden},
			{list(gps[1].Actor, regulation.SolicitationQuery{Practitioner: gps[0].Practitioner}), account.ErrForbidden},
			{list(abroad, regulation.SolicitationQuery{Territory: senart}), account.ErrForbidden},
			{accept(rosa), account.ErrForbidden},
			{accept(gps[1].Actor), regulation.ErrSolicitationUnknown}, // was not asked
			{w.svc.Decline(w.Context(), gps[1].Actor, x.ID), regulation.ErrSolicitationUnknown},
			{w.svc.Decline(w.Context(), gps[0].Actor, "nowhere"), regulation.ErrSolicitationUnknown},
			{w.svc.Withdraw(w.Context(), gps[0].Actor, x.ID), account.ErrForbidden},
			{w.svc.Withdraw(w.Context(), abroad, x.ID), regulation.ErrSolicitationUnknown},
			{choose(rosa), account.ErrForbidden},
		} {
			if fault.Reason(one.got) != fault.Reason(one.want) {
				w.Errorf("%d: got %v, want %v", i, one.got, one.want)
			}
		}
	})
}

func TestExtrasAreTheGPsOwnChoice(t *testing.T) {
	each(t, func(w *world) {
		gp := w.doctor(1, "Cesson", "77240")
		at := func() regulation.Extras {
			e, err := w.svc.Extras(w.Context(), gp.Actor)
			w.must(err)
			return e
		}
		if at().Accepts {
			w.Error("accepts without having chosen")
		}
		until := w.clock.Now().Add(time.Hour)
		w.accepts(gp, until)
		if e := at(); !e.Accepts || !e.Until.Equal(until) {
			w.Errorf("chosen %+v", e)
		}
		w.clock.Advance(time.Hour)
		if e := at(); e.Accepts || !e.Until.IsZero() {
			w.Errorf("at its end %+v", e)
		}
		_, err := w.svc.SetExtras(w.Context(), gp.Actor, true, w.clock.Now())
		w.refused(err, fault.New(fault.Invalid, "solicitation.invalid", ""))
		w.accepts(gp, time.Time{})
		w.clock.Advance(1000 * time.Hour)
		if !at().Accepts {
			w.Error("further notice ended by itself")
		}
		_, err = w.svc.SetExtras(w.Context(), gp.Actor, false, time.Time{})
		w.must(err)
		if at().Accepts {
			w.Error("still accepts")
		}
	})
}

func ids(found []regulation.Candidate) (all []string) {
	for _, c := range found {
		all = append(all, c.Practitioner)
	}
	return all
}

func TestNearestIsReadable(t *testing.T) {
	c := regulation.Case{Commune: cesson}
	nowhere := regulation.Willing{Practitioner: "a-nowhere"}
	both := regulation.Willing{Practitioner: "both", Communes: []territory.INSEE{lieusant, savigny}}
	far := regulation.Willing{Practitioner: "far", Communes: []territory.INSEE{lieusant}}
	got := regulation.Nearest([]regulation.Willing{nowhere, far, both}, c)
	if fmt.Sprint(ids(got)) != "[both far a-nowhere]" || !got[2].Unknown {
		t.Errorf("nearest %+v", got)
	}
	c.Commune = ""
	if got = regulation.Nearest([]regulation.Willing{far, both}, c); !got[0].Unknown || fmt.Sprint(ids(got)) != "[both far]" {
		t.Errorf("without commune %+v", got)
	}
}
