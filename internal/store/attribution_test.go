package store_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/relais-snp/relais/internal/attribution"
	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/regulation"
	"github.com/relais-snp/relais/internal/territory"
)

// whole is a request with something in every field.
func whole() attribution.Request {
	return sought("r-1", func(r *attribution.Request) {
		r.Origin, r.Case = attribution.FromRegulation, "c-1"
		r.Patient = &attribution.Patient{Family: "Fictive-Attente", Given: "Léa", BirthDate: civil.MustDate("1988-02-29"), Phone: "01 99 00 00 10", Address: "3 rue du Lavoir"}
		r.Criteria = criteria(attribution.ALD, attribution.MTGone)
		r.HomeVisits, r.MTGoneSince, r.KnownTo = true, civil.MustDate("2026-06-30"), "gp-2"
		r.ChronicDisease, r.Medication, r.Synthesis, r.TierReason = "diabète", "metformine", "Suivi régulier.", "plus urgent qu’il ne semble"
		r.State, r.TierSet, r.Offer, r.Practitioner = attribution.Closed, true, "o-1", "gp-1"
		r.AcceptedAt, r.ClosedAt, r.ClosedReason, r.MergedInto = noon, noon.Add(time.Hour), attribution.Duplicate, "r-0"
		r.AppointmentOn, r.AttachedOn = civil.MustDate("2026-11-20"), civil.MustDate("2026-11-21")
	})
}

func TestARequestIsKeptWithAllItsFields(t *testing.T) {
	eachSeeking(t, func(w seeking) {
		w.regulates(func(ctx context.Context, tx regulation.Tx) error {
			return tx.SaveCase(ctx, regulation.Case{ID: "c-1", Territory: senart, OpenedBy: "acc-reg", OpenedAt: noon})
		})
		r := whole()
		w.asks(sought("r-0"), r)
		got, err := w.Request(w.Context(), "r-1")
		w.must(err)
		if diff := cmp.Diff(r, got); diff != "" {
			w.Error(diff)
		}
		// When all that may change is changed
		r.Patient = &attribution.Patient{Family: "Fictive-Autre", Given: "Mia"}
		r.Reporter, r.Consent, r.Commune, r.BirthYear = "PRADO", attribution.Consent{On: civil.MustDate("2026-11-05"), Collector: "M. Exemple"}, "91228", 1950
		r.Criteria, r.Because, r.Tier, r.TierSet = 0, nil, 2, false
		r.Origin = attribution.FromDAC
		r.HomeVisits, r.MTGoneSince, r.KnownTo, r.Since = false, civil.Date{}, "", civil.MustDate("2026-10-01")
		r.ChronicDisease, r.Medication, r.Synthesis, r.TierReason = "", "", "", ""
		r.State, r.Offer, r.Practitioner, r.Draw = attribution.Waiting, "", "", 7
		r.AcceptedAt, r.ClosedAt, r.ClosedReason, r.MergedInto = time.Time{}, time.Time{}, "", ""
		r.AppointmentOn, r.AttachedOn = civil.Date{}, civil.Date{}
		w.attributes(func(ctx context.Context, tx attribution.Tx) error { return tx.SaveRequest(ctx, r) })
		w.attributes(func(ctx context.Context, tx attribution.Tx) (err error) {
			got, err = tx.Request(ctx, "r-1")
			return err
		})
		r.Revision = 2
		if diff := cmp.Diff(r, got); diff != "" {
			w.Error(diff)
		}
	})
}

func TestWhatIsUnknownIsSaidSo(t *testing.T) {
	eachSeeking(t, func(w seeking) {
		ctx := w.Context()
		_, err := w.Request(ctx, "nobody")
		w.reason(err, "attribution.request_unknown")
		_, err = w.Offer(ctx, "nothing")
		w.reason(err, "attribution.offer_unknown")
		_, err = w.Plan(ctx, "none")
		w.reason(err, "attribution.plan_unknown")
		_, err = w.LastPlan(ctx, senart)
		w.reason(err, "attribution.plan_unknown")
		for reason, act := range map[string]func(ctx context.Context, tx attribution.Tx) error{
			"attribution.request_unknown": func(ctx context.Context, tx attribution.Tx) error {
				_, read := tx.Request(ctx, "nobody")
				w.reason(read, "attribution.request_unknown")
				w.reason(tx.Erase(ctx, "nobody", noon), "attribution.request_unknown")
				return tx.SaveRequest(ctx, sought("nobody"))
			},
			"attribution.offer_unknown": func(ctx context.Context, tx attribution.Tx) error {
				_, read := tx.Offer(ctx, "nothing")
				w.reason(read, "attribution.offer_unknown")
				return tx.SaveOffer(ctx, proposal("nothing", "nobody", "gp-1"))
			},
			"attribution.case_unknown": func(ctx context.Context, tx attribution.Tx) error {
				_, _, err := tx.CalledAbout(ctx, "no-call")
				return err
			},
		} {
			w.reason(w.InTx(ctx, act), reason)
		}
	})
}

func TestACallIsReportedOnce(t *testing.T) {
	eachSeeking(t, func(w seeking) {
		w.regulates(func(ctx context.Context, tx regulation.Tx) error {
			return tx.SaveCase(ctx, regulation.Case{ID: "c-1", Territory: senart, OpenedBy: "acc-reg", OpenedAt: noon})
		})
		of := func(id string) attribution.Request {
			return sought(id, func(r *attribution.Request) { r.Case = "c-1" })
		}
		w.asks(of("r-1"), sought("r-2"), sought("r-3")) // calls apart, there may be many
		err := w.InTx(w.Context(), func(ctx context.Context, tx attribution.Tx) error {
			if where, hasMT, err := tx.CalledAbout(ctx, "c-1"); where != senart || hasMT || err != nil {
				w.Errorf("case of %q, who has one: %t, %v", where, hasMT, err)
			}
			return tx.AddRequest(ctx, of("r-4"))
		})
		w.reason(err, "attribution.case_reported")

		w.erases("r-1") // and nothing of it leads to the call any more
		if r, err := w.Request(w.Context(), "r-1"); err != nil || r.Case != "" {
			w.Errorf("erased %+v, %v", r, err)
		}
		w.asks(of("r-4"))
	})
}

func TestACallTellsWhetherThePatientHasAMedecinTraitant(t *testing.T) {
	eachSeeking(t, func(w seeking) {
		for _, status := range []regulation.MTStatus{regulation.MTHas, regulation.MTNone, regulation.MTUnknown, ""} {
			id := "call-" + string(status)
			w.regulates(func(ctx context.Context, tx regulation.Tx) error {
				call := regulation.Case{ID: id, Territory: senart, OpenedBy: "acc-reg", OpenedAt: noon}
				call.MT.Status = status
				return tx.SaveCase(ctx, call)
			})
			w.attributes(func(ctx context.Context, tx attribution.Tx) error {
				if _, hasMT, err := tx.CalledAbout(ctx, id); err != nil || hasMT != (status == regulation.MTHas) {
					w.Errorf("%q: has one: %t, %v", status, hasMT, err)
				}
				return nil
			})
		}
	})
}

func TestARequestReadWithoutItsPatientIsNotWrittenBack(t *testing.T) {
	eachSeeking(t, func(w seeking) {
		w.asks(sought("r-1"))
		g, err := w.Ground(w.Context(), senart, now)
		w.must(err)
		err = w.InTx(w.Context(), func(ctx context.Context, tx attribution.Tx) error { return tx.SaveRequest(ctx, g.Requests[0]) })
		w.reason(err, "internal")
		if r, err := w.Request(w.Context(), "r-1"); err != nil || r.Patient == nil || r.Patient.Family != "Fictive-Attente" {
			w.Errorf("%+v, %v", r, err)
		}
	})
}

func ids(all []attribution.Request) (list []string) {
	for _, r := range all {
		list = append(list, r.ID)
	}
	return list
}

// inLine asks for requests so that ids follow priority: tier, waiting, draw, id.
func (w seeking) inLine() (order []string) {
	w.Helper()
	for _, tier := range []int{1, 2} {
		for _, since := range []string{"2026-09-30", "2026-10-01"} {
			for _, draw := range []uint64{3, 3, 1<<53 - 1} {
				id := fmt.Sprintf("r-%02d", len(order))
				w.asks(sought(id, func(r *attribution.Request) { r.Tier, r.Since, r.Draw = tier, civil.MustDate(since), draw }))
				order = append(order, id)
			}
		}
	}
	return order
}

func TestPagesOfRequestsFollowPriority(t *testing.T) {
	eachSeeking(t, func(w seeking) {
		order := w.inLine()
		w.asks(sought("elsewhere", func(r *attribution.Request) { r.Territory = "cpts-ailleurs" }))
		var got []string
		q := attribution.RequestQuery{Territory: senart, Limit: 5}
		for {
			page, err := w.Requests(w.Context(), q)
			w.must(err)
			got = append(got, ids(page)...)
			if len(page) < q.Limit {
				break
			}
			last := page[len(page)-1]
			q.After = attribution.Key{Tier: last.Tier, Since: last.Since, Draw: last.Draw, ID: last.ID}
		}
		if diff := cmp.Diff(order, got); diff != "" {
			w.Error(diff)
		}
	})
}

func TestRequestsAreChosenByWhatIsAsked(t *testing.T) {
	eachSeeking(t, func(w seeking) {
		with := func(id string, change func(r *attribution.Request)) attribution.Request { return sought(id, change) }
		w.asks(
			with("closed", func(r *attribution.Request) { r.State, r.Tier = attribution.Closed, 3 }),
			with("other-commune", func(r *attribution.Request) { r.Commune, r.Tier = "91228", 3 }),
			with("received", func(r *attribution.Request) { r.State = attribution.Received }),
			with("reported", func(r *attribution.Request) { r.By, r.Tier = "acc-pro", 2 }),
		)
		for _, c := range []struct {
			q    attribution.RequestQuery
			want []string
		}{
			{attribution.RequestQuery{}, []string{"received", "reported", "closed", "other-commune"}},
			{attribution.RequestQuery{States: []attribution.State{attribution.Closed, attribution.Received}}, []string{"received", "closed"}},
			{attribution.RequestQuery{States: []attribution.State{attribution.Qualified, attribution.Received}}, []string{"received", "reported", "other-commune"}},
			{attribution.RequestQuery{Tier: 3}, []string{"closed", "other-commune"}},
			{attribution.RequestQuery{Commune: "91228"}, []string{"other-commune"}},
			{attribution.RequestQuery{By: "acc-pro"}, []string{"reported"}},
			{attribution.RequestQuery{Tier: 1, By: "acc-pro"}, nil},
		} {
			c.q.Territory, c.q.Limit = senart, 10
			got, err := w.Requests(w.Context(), c.q)
			w.must(err)
			if diff := cmp.Diff(c.want, ids(got)); diff != "" {
				w.Errorf("%+v: %s", c.q, diff)
			}
		}
	})
}

func TestOpenRequestsAreFoundByName(t *testing.T) {
	eachSeeking(t, func(w seeking) {
		named := func(id, family string, change ...func(*attribution.Request)) attribution.Request {
			return sought(id, append(change, func(r *attribution.Request) { r.Patient = &attribution.Patient{Family: family} })...)
		}
		w.asks(
			named("r-1", "Éxemple-Fictif"), named("r-2", "EXEMPLE FICTIF"), named("r-3", "Exemple"),
			named("r-4", "Exemple Fictif", func(r *attribution.Request) { r.State = attribution.Attached }),
			named("r-5", "Exemple Fictif", func(r *attribution.Request) { r.Territory = "cpts-ailleurs" }),
		)
		got, err := w.RequestsNamed(w.Context(), senart, "exemple-fictif")
		w.must(err)
		if diff := cmp.Diff([]string{"r-1", "r-2"}, ids(got)); diff != "" {
			w.Error(diff)
		}
	})
}

func TestRequestsAreFoundByNameOnceTheyEnded(t *testing.T) {
	eachSeeking(t, func(w seeking) {
		named := func(id, family string, change ...func(*attribution.Request)) attribution.Request {
			return sought(id, append(change, func(r *attribution.Request) { r.Patient = &attribution.Patient{Family: family} })...)
		}
		ended := func(r *attribution.Request) { r.State = attribution.Attached }
		w.asks(named("r-1", "Exemple Fictif", ended), named("r-2", "EXEMPLE FICTIF"), named("r-3", "Modèle"), named("r-4", "Autre"),
			named("r-5", "Exemple Fictif", func(r *attribution.Request) { r.Territory = "cpts-ailleurs" }), named("r-6", "Modèle", ended))
		w.erases("r-6")
		got, err := w.RequestsEverNamed(w.Context(), senart, []string{"exemplefictif", "modele"})
		w.must(err)
		if diff := cmp.Diff([]string{"r-2", "r-3", "r-1"}, ids(got)); diff != "" {
			w.Error(diff)
		}
		if none, err := w.RequestsEverNamed(w.Context(), senart, nil); err != nil || len(none) > 0 {
			w.Errorf("nobody's name: %v %v", ids(none), err)
		}
	})
}

func TestEventsAreListedAsTheyCame(t *testing.T) {
	eachSeeking(t, func(w seeking) {
		w.asks(sought("r-1"), sought("r-2"))
		all := []attribution.Event{
			{ID: "z", Request: "r-1", At: noon, Actor: "acc-nurse", Kind: attribution.EventReceived},
			{ID: "y", Request: "r-1", At: noon, Actor: "system", Kind: attribution.EventTierChanged, Detail: "2"},
			{ID: "x", Request: "r-1", At: noon.Add(time.Hour), Actor: "acc-nurse", Kind: attribution.EventPatientDeclined, Practitioner: "gp-1", Note: "trop loin"},
		}
		w.happens(append(slices.Clone(all), attribution.Event{ID: "other", Request: "r-2", At: noon, Actor: "acc-nurse", Kind: attribution.EventNoted})...)
		got, err := w.Events(w.Context(), "r-1")
		w.must(err)
		if diff := cmp.Diff(all, got); diff != "" {
			w.Error(diff)
		}
	})
}

func TestOffersAreKeptAndListedLatestFirst(t *testing.T) {
	eachSeeking(t, func(w seeking) {
		plan := attribution.StoredPlan{ID: "p-1", Territory: senart, At: noon, By: "acc-nurse", Day: civil.MustDate("2026-11-23"), Rule: civil.MustDate("2026-01-01")}
		w.attributes(func(ctx context.Context, tx attribution.Tx) error { return tx.SavePlan(ctx, plan) })
		var sent []attribution.Offer
		for i := range 5 {
			w.asks(sought(fmt.Sprintf("r-%d", i)))
			sent = append(sent, proposal(fmt.Sprintf("o-%d", i), fmt.Sprintf("r-%d", i), "gp-1", func(o *attribution.Offer) {
				o.SentAt = noon.Add(time.Duration(i/2) * time.Second) // two at one time
				o.Plan, o.Known, o.Unlocated = "p-1", i == 1, i == 2
			}))
		}
		sent[3].Practitioner = "gp-2"
		w.offers(sent...)
		// When a GP asks for a call and another one declines
		sent[1].CallAskedAt = noon.Add(time.Minute)
		sent[2].State, sent[2].AnsweredAt, sent[2].AnsweredBy, sent[2].Reason, sent[2].Note =
			attribution.OfferDeclined, noon.Add(time.Hour), "acc-gp", attribution.DeclineOther, "je pars à la retraite"
		for i := 1; i < 3; i++ {
			w.attributes(func(ctx context.Context, tx attribution.Tx) error { return tx.SaveOffer(ctx, sent[i]) })
			sent[i].Revision = 2
		}
		for _, o := range sent {
			got, err := w.Offer(w.Context(), o.ID)
			w.must(err)
			if diff := cmp.Diff(o, got); diff != "" {
				w.Error(diff)
			}
		}
		for _, c := range []struct {
			q    attribution.OfferQuery
			want []int
		}{
			{attribution.OfferQuery{Limit: 3}, []int{4, 3, 2}},
			{attribution.OfferQuery{After: attribution.OfferKey{SentAt: sent[3].SentAt, ID: "o-3"}, Limit: 2}, []int{2, 1}},
			{attribution.OfferQuery{Practitioner: "gp-1"}, []int{4, 2, 1, 0}},
			{attribution.OfferQuery{Request: "r-3"}, []int{3}},
			{attribution.OfferQuery{States: []attribution.OfferState{attribution.OfferDeclined, attribution.OfferEnded}}, []int{2}},
		} {
			c.q.Territory = senart
			got, err := w.Offers(w.Context(), c.q)
			w.must(err)
			var want []attribution.Offer
			for _, i := range c.want {
				want = append(want, sent[i])
			}
			if diff := cmp.Diff(want, got); diff != "" {
				w.Errorf("%+v: %s", c.q, diff)
			}
		}
	})
}

func TestAPatientIsOfferedToOneGPAtATime(t *testing.T) {
	eachSeeking(t, func(w seeking) {
		w.asks(sought("r-1"))
		o := proposal("o-1", "r-1", "gp-1")
		w.offers(o)
		again := func(id string) error {
			return w.InTx(w.Context(), func(ctx context.Context, tx attribution.Tx) error {
				return tx.AddOffer(ctx, proposal(id, "r-1", "gp-2"))
			})
		}
		for _, state := range []attribution.OfferState{attribution.Pending, attribution.OfferAccepted} {
			o.State = state
			w.attributes(func(ctx context.Context, tx attribution.Tx) error { return tx.SaveOffer(ctx, o) })
			w.reason(again("o-2"), "attribution.already_offered")
		}
		o.State = attribution.OfferDeclined
		w.attributes(func(ctx context.Context, tx attribution.Tx) error { return tx.SaveOffer(ctx, o) })
		w.must(again("o-3"))
	})
}

func TestOverdueOffersAreThoseThatNobodyAnswered(t *testing.T) {
	eachSeeking(t, func(w seeking) {
		for i, expires := range []time.Time{noon.Add(-time.Hour), noon, noon.Add(time.Microsecond), noon.Add(-2 * time.Hour)} {
			id := fmt.Sprint(i)
			w.asks(sought("r-" + id))
			w.offers(proposal("o-"+id, "r-"+id, "gp-1", func(o *attribution.Offer) { o.ExpiresAt = expires }))
		}
		w.asks(sought("r-9"))
		w.offers(proposal("o-9", "r-9", "gp-1", func(o *attribution.Offer) { o.ExpiresAt, o.State = noon.Add(-time.Hour), attribution.OfferAccepted }))
		overdue := func(limit int) (list []string) {
			found, err := w.Overdue(w.Context(), noon, limit)
			w.must(err)
			for _, o := range found {
				list = append(list, o.ID)
			}
			return list
		}
		if diff := cmp.Diff([]string{"o-3", "o-0", "o-1"}, overdue(10)); diff != "" {
			w.Error(diff)
		}
		if diff := cmp.Diff([]string{"o-3"}, overdue(1)); diff != "" {
			w.Error(diff)
		}
	})
}

func TestADeclarationCountsItsOffers(t *testing.T) {
	eachSeeking(t, func(w seeking) {
		d := declared("gp-1", 12)
		d.Criteria, d.Communes, d.HomeVisits, d.Paused = criteria(attribution.ALD, attribution.Disability), []territory.INSEE{"91228", "91577"}, true, true
		w.declares(d, declared("gp-2", 0))
		offer := func(id, gp string, change func(o *attribution.Offer)) {
			w.asks(sought("r-" + id))
			w.offers(proposal(id, "r-"+id, gp, change))
		}
		accepted := func(at time.Time) func(o *attribution.Offer) {
			return func(o *attribution.Offer) { o.State, o.AnsweredAt = attribution.OfferAccepted, at }
		}
		offer("waits", "gp-1", func(*attribution.Offer) {})
		offer("waits-still", "gp-1", func(o *attribution.Offer) { o.ExpiresAt = noon.Add(time.Microsecond) })
		offer("unswept", "gp-1", func(o *attribution.Offer) { o.ExpiresAt = noon })
		offer("first", "gp-1", accepted(now.From))
		offer("last-quarter", "gp-1", accepted(now.From.Add(-time.Microsecond)))
		offer("next-quarter", "gp-1", accepted(now.To))
		offer("late", "gp-1", accepted(now.To.Add(-time.Microsecond)))
		offer("middle", "gp-1", accepted(noon))
		offer("ended", "gp-1", func(o *attribution.Offer) { o.State, o.AnsweredAt = attribution.OfferEnded, noon })
		offer("other", "gp-2", func(*attribution.Offer) {})
		offer("undeclared", "gp-3", func(*attribution.Offer) {})

		d.Pending, d.Taken = 2, 3
		other := declared("gp-2", 0)
		other.Pending = 1
		got, err := w.Declarations(w.Context(), senart, now)
		w.must(err)
		if diff := cmp.Diff([]attribution.Declaration{d, other}, got); diff != "" {
			w.Error(diff)
		}
		// When it is said anew
		d.Places, d.Quarter, d.Criteria, d.Communes, d.HomeVisits, d.Paused = 5, attribution.Quarter{Year: 2027, Number: 1}, 0, nil, false, false
		w.declares(d)
		w.attributes(func(ctx context.Context, tx attribution.Tx) error {
			got, there, err := tx.Declaration(ctx, senart, "gp-1", now)
			d.Revision = 2
			if diff := cmp.Diff(d, got); diff != "" || !there {
				w.Errorf("%v: %s", there, diff)
			}
			if _, there, err := tx.Declaration(ctx, senart, "gp-3", now); there || err != nil {
				w.Errorf("gp-3 declared nothing: %v, %v", there, err)
			}
			return err
		})
	})
}

func TestPlansAreKeptAsComputed(t *testing.T) {
	eachSeeking(t, func(w seeking) {
		plan := func(id string, at time.Time) attribution.StoredPlan {
			return attribution.StoredPlan{ID: id, Territory: senart, At: at, By: "acc-nurse", Day: civil.MustDate("2026-11-23"), Rule: civil.MustDate("2026-01-01"),
				Inputs: "5f2c", Seekers: 2, GPs: 3, Places: 7, Plan: attribution.Plan{
					Served:   []attribution.Proposal{{Seeker: "r-1", Tier: 1, Practitioner: "gp-1", Metres: 900, Unlocated: true, Known: true, NearerFull: 2}},
					Unserved: []attribution.Unserved{{Seeker: "r-2", Tier: 3, Hurdles: []attribution.Count{{Hurdle: attribution.Full, GPs: 2}, {Hurdle: attribution.Paused, GPs: 1}}}},
				}}
		}
		old, last := plan("p-1", noon), plan("p-2", noon.Add(time.Hour))
		last.Plan = attribution.Plan{}
		w.attributes(func(ctx context.Context, tx attribution.Tx) error {
			if err := tx.SavePlan(ctx, last); err != nil {
				return err
			}
			return tx.SavePlan(ctx, old)
		})
		for id, want := range map[string]attribution.StoredPlan{"p-1": old, "p-2": last} {
			got, err := w.Plan(w.Context(), id)
			w.must(err)
			if diff := cmp.Diff(want, got); diff != "" {
				w.Error(diff)
			}
		}
		got, err := w.LastPlan(w.Context(), senart)
		w.must(err)
		if diff := cmp.Diff(last, got); diff != "" {
			w.Error(diff)
		}
	})
}
