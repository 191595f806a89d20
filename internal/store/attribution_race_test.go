package store_test

import (
	"context"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/attribution"
	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/fault"
	"github.com/relais-snp/relais/internal/store"
	"github.com/relais-snp/relais/internal/territory"
)

var nurse = account.Actor{ID: "acc-nurse", Name: "Nina Démo", Roles: []account.Role{account.TriageNurse}, Territories: []string{senart}}

// land is the one territory of a record.
type land struct{ here territory.Territory }

// Territory knows the one.
func (l land) Territory(id string) (territory.Territory, error) {
	if id != l.here.ID {
		return territory.Territory{}, fault.New(fault.NotFound, "territory.unknown", "Ce territoire n’existe pas.")
	}
	return l.here, nil
}

type quiet struct{}

// NotifyAttribution tells nobody.
func (quiet) NotifyAttribution(context.Context, attribution.Notice) {}

// desk is attribution on the record, with a clock that can be moved.
type desk struct {
	seeking
	*attribution.Service
	late *atomic.Int64 // how far the clock was moved
}

func eachDesk(t *testing.T, test func(desk)) { eachSeeking(t, func(w seeking) { test(w.desk()) }) }

func (w seeking) desk() desk {
	w.Helper()
	here, err := territory.New(senart, "Sénart", "Europe/Paris", []string{"91577", "91228"})
	w.must(err)
	late := &atomic.Int64{}
	rule := attribution.Rule{From: civil.MustDate("2024-01-01"), Tiers: [][]attribution.Criterion{{attribution.ALD}}, MaxKm: 30, OfferDays: 14, KeepMonths: 24}
	s := &attribution.Service{
		Store: w.Attribution, People: store.Directory{DB: w.db}, Territories: land{here}, Notifier: quiet{},
		Rules: attribution.Rules{Attribution: []attribution.Rule{rule}},
		Lands: func() []string { return []string{senart} },
		Now:   func() time.Time { return noon.Add(time.Duration(late.Load())) },
		NewID: func() string { return uuid.Must(uuid.NewV7()).String() }, Draw: func() uint64 { return 7 },
	}
	return desk{w, s, late}
}

// sends asks a GP to take a patient, as a nurse does.
func (d desk) sends(request, gp string) (attribution.Offer, error) {
	sent, err := d.Send(d.Context(), nurse, attribution.Sending{Territory: senart, Lines: []attribution.Line{{Request: request, Practitioner: gp}}})
	if err != nil {
		return attribution.Offer{}, err
	}
	return sent[0].Offer, sent[0].Err
}

// happened counts the events of a request, by kind.
func (d desk) happened(request string) map[attribution.EventKind]int {
	d.Helper()
	events, err := d.Service.Events(d.Context(), nurse, request)
	d.must(err)
	counts := map[attribution.EventKind]int{}
	for _, e := range events {
		counts[e.Kind]++
	}
	return counts
}

// audited counts the entries of an action.
func (d desk) audited(prefix string) (n int) {
	d.Helper()
	actions, err := d.db.QueryTexts(d.Context(), `SELECT action FROM audit`)
	d.must(err)
	for _, action := range actions {
		if strings.HasPrefix(action, prefix) {
			n++
		}
	}
	return n
}

func TestTheLastPlaceGoesToOnePatient(t *testing.T) {
	eachDesk(t, func(d desk) {
		d.declares(declared("gp-1", 1))
		for i := range 32 {
			d.asks(sought(fmt.Sprintf("r-%d", i)))
		}
		reasons := crowd(func(i int) error {
			_, err := d.sends(fmt.Sprintf("r-%d", i), "gp-1")
			return err
		})
		if want := map[string]int{"": 1, "attribution.no_place": 31}; !cmp.Equal(reasons, want) {
			d.Errorf("%v", reasons)
		}
		if sent, err := d.Attribution.Offers(d.Context(), attribution.OfferQuery{Territory: senart, Limit: 50}); err != nil || len(sent) != 1 {
			d.Errorf("%d offers, %v", len(sent), err)
		}
	})
}

// A GP who never declared has no row to lock: their places are claimed all the same.
func TestPlacesAreClaimedBeforeTheyAreDeclared(t *testing.T) {
	eachSeeking(t, func(w seeking) {
		for i := range 32 {
			w.asks(sought(fmt.Sprintf("r-%d", i)))
		}
		reasons := crowd(func(i int) error {
			return w.InTx(w.Context(), func(ctx context.Context, tx attribution.Tx) error {
				if _, err := tx.Request(ctx, fmt.Sprintf("r-%d", i)); err != nil {
					return err
				}
				d, there, err := tx.Declaration(ctx, senart, "gp-1", now)
				if err != nil {
					return err
				}
				if there && d.LeftIn(quarter) == 0 {
					return attribution.ErrNoPlace
				}
				if err := tx.SaveDeclaration(ctx, declared("gp-1", 1)); err != nil {
					return err
				}
				return tx.AddOffer(ctx, proposal(fmt.Sprintf("o-%d", i), fmt.Sprintf("r-%d", i), "gp-1"))
			})
		})
		if want := map[string]int{"": 1, "attribution.no_place": 31}; !cmp.Equal(reasons, want) {
			w.Errorf("%v", reasons)
		}
	})
}

// With every GP free, one patient is sent to three of them at once.
func TestOnePatientGoesToOneGPOfMany(t *testing.T) {
	eachDesk(t, func(d desk) {
		d.asks(sought("r-1"))
		for _, gp := range []string{"gp-1", "gp-2", "gp-3"} {
			d.declares(declared(gp, 40))
		}
		reasons := crowd(func(i int) error {
			_, err := d.sends("r-1", fmt.Sprintf("gp-%d", i%3+1))
			return err
		})
		sent, err := d.Attribution.Offers(d.Context(), attribution.OfferQuery{Territory: senart, Limit: 50})
		d.must(err)
		// Who repeats the line that went out is answered with its offer.
		if len(sent) != 1 || reasons[""]+reasons["attribution.already_offered"]+reasons["attribution.state"] != 32 {
			d.Errorf("%d offers, %v", len(sent), reasons)
		}
	})
}

func TestAnOfferIsAnsweredOnce(t *testing.T) {
	eachDesk(t, func(d desk) {
		d.declares(declared("gp-1", 1))
		d.asks(sought("r-1"))
		o, err := d.sends("r-1", "gp-1")
		d.must(err)
		// When it is accepted, and declined for every reason, at once
		answers := []attribution.Answer{{Kind: attribution.Accept}}
		for _, reason := range attribution.DeclineReasons() {
			answers = append(answers, attribution.Answer{Kind: attribution.Decline, Reason: reason, Note: "désolé"})
		}
		said := func(o attribution.Offer) attribution.Answer {
			if o.State == attribution.OfferAccepted {
				return answers[0]
			}
			return attribution.Answer{Kind: attribution.Decline, Reason: o.Reason, Note: "désolé"}
		}
		given := make([]error, 32)
		reasons := crowd(func(i int) error {
			_, given[i] = d.Answer(d.Context(), nurse, o.ID, answers[i%len(answers)])
			return given[i]
		})
		// Then one answer stands, and only who gave it was told so.
		o, err = d.Attribution.Offer(d.Context(), o.ID)
		d.must(err)
		for i, err := range given {
			if won := answers[i%len(answers)] == said(o); won != (err == nil) || !won && fault.Reason(err) != "attribution.offer_answered" {
				d.Errorf("%v to %+v, %v stands", err, answers[i%len(answers)], o.State)
			}
		}
		events := d.happened("r-1")
		if n := events[attribution.EventAccepted] + events[attribution.EventDeclined]; n != 1 || d.audited("mt.offer.accept")+d.audited("mt.offer.decline") != 1 {
			d.Errorf("%d answers in the history %v; %v", n, events, reasons)
		}
	})
}

// The time of an offer ends while it is answered and swept.
func TestAnOfferIsEitherAnsweredOrExpired(t *testing.T) {
	eachDesk(t, func(d desk) {
		d.declares(declared("gp-1", 40))
		for round := range 4 {
			d.late.Store(0)
			request := fmt.Sprintf("r-%d", round)
			d.asks(sought(request))
			o, err := d.sends(request, "gp-1")
			d.must(err)
			reasons := crowd(func(i int) error {
				if i == 15 { // some are early, some late
					d.late.Store(int64(o.ExpiresAt.Sub(noon)))
				}
				if i%2 == 0 {
					return d.Expire(d.Context())
				}
				_, err := d.Answer(d.Context(), nurse, o.ID, attribution.Answer{Kind: attribution.Accept})
				return err
			})
			o, err = d.Attribution.Offer(d.Context(), o.ID)
			d.must(err)
			r, err := d.Attribution.Request(d.Context(), request)
			d.must(err)
			events := d.happened(request)
			accepted := o.State == attribution.OfferAccepted && r.State == attribution.Accepted && events[attribution.EventAccepted] == 1 && events[attribution.EventExpired] == 0
			expired := o.State == attribution.OfferExpired && r.State == attribution.Waiting && events[attribution.EventExpired] == 1 && events[attribution.EventAccepted] == 0
			if !accepted && !expired {
				d.Errorf("offer %s, request %s, %v; %v", o.State, r.State, events, reasons)
			}
			if known := reasons[""] + reasons["attribution.offer_expired"] + reasons["attribution.offer_answered"]; known != 32 {
				d.Errorf("%v", reasons)
			}
		}
	})
}
