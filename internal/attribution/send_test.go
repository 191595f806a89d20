package attribution_test

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/attribution"
	"github.com/relais-snp/relais/internal/fault"
	"github.com/relais-snp/relais/internal/territory"
)

func TestAnOfferIsSentAndItsPlaceIsKept(t *testing.T) {
	w := newWorld(t)
	w.takes(iris, 1)
	r := w.sought(func(r *attribution.Request) { r.KnownTo = "gp-iris" })
	p, err := w.Compute(t.Context(), nurse, senart)
	w.must(err)

	sent, err := w.Send(t.Context(), nurse, attribution.Sending{Territory: senart, Plan: p.ID, Lines: []attribution.Line{{Request: r.ID, Practitioner: "gp-iris"}}})

	w.must(err)
	w.must(sent[0].Err)
	o := sent[0].Offer
	want := attribution.Offer{ID: o.ID, Territory: senart, Request: r.ID, Practitioner: "gp-iris", Plan: p.ID, SentBy: nurse.ID, SentAt: w.now,
		ExpiresAt: time.Date(2026, 12, 7, 23, 0, 0, 0, time.UTC), // the end of the 14th day after, in Paris
		State:     attribution.Pending, Metres: p.Plan.Served[0].Metres, Known: true, Revision: 1}
	if diff := cmp.Diff(want, o); diff != "" {
		t.Error(diff)
	}
	if now := w.stands(r.ID); now.State != attribution.Proposed || now.Offer != o.ID || now.Practitioner != "gp-iris" {
		t.Errorf("the request: %+v", now)
	}
	if diff := cmp.Diff([]string{"mt_offered to gp-iris"}, w.notices()); diff != "" {
		t.Error(diff)
	}
	if !slices.Contains(w.audits(), "mt.offer.send mt_offer:"+o.ID) || !slices.Equal(w.history(r.ID), []attribution.EventKind{attribution.EventOffered}) {
		t.Errorf("recorded: %v, %v", w.audits(), w.history(r.ID))
	}
	list, err := w.Capacities(t.Context(), iris, senart)
	w.must(err)
	if list[0].Pending != 1 || list[0].LeftIn(list[0].Quarter) != 0 {
		t.Errorf("the capacity: %+v", list[0])
	}
}

func TestAnOfferExpiresAtTheEndOfACivilDayAcrossTheChangeOfHour(t *testing.T) {
	w := newWorld(t)
	w.now = time.Date(2026, 10, 15, 22, 30, 0, 0, time.UTC) // the 16th in Paris, in summer time
	w.takes(iris, 1)

	o := w.offered(iris)

	if want := time.Date(2026, 10, 30, 23, 0, 0, 0, time.UTC); !o.ExpiresAt.Equal(want) {
		t.Errorf("expires at %s, want %s", o.ExpiresAt, want)
	}
}

func TestWhyALineIsRefused(t *testing.T) {
	state := func(s attribution.State) func(*attribution.Request) {
		return func(r *attribution.Request) { r.State = s }
	}
	for name, test := range map[string]struct {
		reason  string
		arrange func(w *world) attribution.Line
	}{
		"nobody qualified it": {"attribution.state", func(w *world) attribution.Line { return lineTo(iris, w.sought(state(attribution.Received))) }},
		"it is attached":      {"attribution.state", func(w *world) attribution.Line { return lineTo(iris, w.sought(state(attribution.Attached))) }},
		"it is closed":        {"attribution.state", func(w *world) attribution.Line { return lineTo(iris, w.sought(state(attribution.Closed))) }},
		"its identity is gone": {"attribution.erased", func(w *world) attribution.Line {
			return lineTo(iris, w.sought(func(r *attribution.Request) { r.Patient, r.ErasedAt = nil, w.now }))
		}},
		"no such request": {"attribution.request_unknown", func(*world) attribution.Line { return attribution.Line{Request: "nothing", Practitioner: "gp-iris"} }},
		"another territory's request": {"attribution.request_unknown", func(w *world) attribution.Line {
			return lineTo(iris, w.sought(func(r *attribution.Request) { r.Territory = valley }))
		}},
		"another territory's GP": {"attribution.practitioner_unknown", func(w *world) attribution.Line { return lineTo(vera, w.sought()) }},
		"no physician": {"attribution.practitioner_unknown", func(w *world) attribution.Line {
			return attribution.Line{Request: w.sought().ID, Practitioner: "pharmacist-phil"}
		}},
		"another GP has it": {"attribution.already_offered", func(w *world) attribution.Line {
			w.takes(paul, 1)
			return lineTo(iris, w.stands(w.offered(paul).Request))
		}},
		"another GP took it": {"attribution.already_offered", func(w *world) attribution.Line {
			w.takes(paul, 1)
			o := w.offered(paul)
			w.answers(paul, o.ID, accept)
			return lineTo(iris, w.stands(o.Request))
		}},
		"the same GP took it": {"attribution.already_offered", func(w *world) attribution.Line {
			o := w.offered(iris)
			w.answers(iris, o.ID, accept)
			return lineTo(iris, w.stands(o.Request))
		}},
		"the GP said no": {"attribution.refused_before", func(w *world) attribution.Line {
			o := w.offered(iris)
			w.answers(iris, o.ID, decline)
			return lineTo(iris, w.stands(o.Request))
		}},
		"the patient said no": {"attribution.refused_before", func(w *world) attribution.Line {
			o := w.offered(iris)
			w.patientDeclines(w.answers(iris, o.ID, accept).Offer)
			return lineTo(iris, w.stands(o.Request))
		}},
		"the GP declared nothing": {"attribution.no_place", func(w *world) attribution.Line { return lineTo(paul, w.sought()) }},
		"the GP is full": {"attribution.no_place", func(w *world) attribution.Line {
			w.takes(iris, 1)
			w.offered(iris)
			return lineTo(iris, w.sought())
		}},
		"the GP pauses": {"attribution.paused", func(w *world) attribution.Line {
			w.takes(iris, 9, func(d *attribution.Declaration) { d.Paused = true })
			return lineTo(iris, w.sought())
		}},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			w.takes(iris, 2)
			line := test.arrange(w)
			fine := lineTo(paul, w.sought())
			events := len(w.history(line.Request))
			if test.reason != "attribution.no_place" || line.Practitioner != "gp-paul" {
				w.takes(paul, 3)
			}
			w.told.took()

			sent, err := w.Send(t.Context(), nurse, attribution.Sending{Territory: senart, Lines: []attribution.Line{line, fine}})

			w.must(err)
			w.refused(sent[0].Err, test.reason)
			if fault.Of(sent[0].Err).Kind != fault.Conflict && fault.Of(sent[0].Err).Kind != fault.NotFound {
				t.Errorf("kind %v", fault.Of(sent[0].Err).Kind)
			}
			if n := len(w.history(line.Request)); n != events {
				t.Errorf("a refused line left %d events", n-events)
			}
			if line.Practitioner != "gp-paul" && sent[1].Err != nil {
				t.Errorf("it stopped the line after it: %v", sent[1].Err)
			}
		})
	}
}

func lineTo(gp account.Actor, r attribution.Request) attribution.Line {
	return attribution.Line{Request: r.ID, Practitioner: gp.Practitioner}
}

func TestANurseMayOfferBeyondAGPsWishesAndTheHistorySaysSo(t *testing.T) {
	for want, arrange := range map[attribution.Hurdle]func(*attribution.Request, *attribution.Declaration){
		attribution.WrongCriteria: func(_ *attribution.Request, d *attribution.Declaration) { d.Criteria = 1 },
		attribution.WrongCommune:  func(_ *attribution.Request, d *attribution.Declaration) { d.Communes = []territory.INSEE{melun} },
		attribution.NoHomeVisits: func(r *attribution.Request, d *attribution.Declaration) {
			r.HomeVisits, d.HomeVisits = true, false
		},
		attribution.TooFar:   func(r *attribution.Request, _ *attribution.Declaration) { r.Commune = "75056" },
		attribution.NoHurdle: func(*attribution.Request, *attribution.Declaration) {},
	} {
		t.Run(string(want), func(t *testing.T) {
			w := newWorld(t)
			var r attribution.Request
			w.takes(iris, 1, func(d *attribution.Declaration) { r = w.sought(func(r *attribution.Request) { arrange(r, d) }) })

			_, err := w.sends(r.ID, iris)

			w.must(err)
			events, err := w.record.Events(t.Context(), r.ID)
			w.must(err)
			if events[0].Detail != string(want) || events[0].Practitioner != "gp-iris" || events[0].Actor != nurse.ID {
				t.Errorf("got %+v", events[0])
			}
		})
	}
}

func TestRepeatingALineGivesTheSameOffer(t *testing.T) {
	w := newWorld(t)
	w.takes(iris, 1)
	w.takes(paul, 1)
	r := w.sought()

	sent, err := w.Send(t.Context(), nurse, attribution.Sending{Territory: senart, Lines: []attribution.Line{lineTo(iris, r), lineTo(iris, r), lineTo(paul, r)}})

	w.must(err)
	again, err := w.sends(r.ID, iris)
	w.must(err)
	if sent[0].Err != nil || sent[1].Err != nil || sent[0].Offer.ID != sent[1].Offer.ID || again.ID != sent[0].Offer.ID {
		t.Errorf("got %+v", sent)
	}
	w.refused(sent[2].Err, "attribution.already_offered")
	if diff := cmp.Diff([]string{"mt_offered to gp-iris"}, w.notices()); diff != "" {
		t.Error(diff)
	}
}

func TestAnOverdueOfferMakesWayBeforeItIsSwept(t *testing.T) {
	w := newWorld(t)
	w.takes(iris, 1)
	w.takes(paul, 1)
	old := w.offered(iris)
	w.days(15)

	o, err := w.sends(old.Request, paul)

	w.must(err)
	kept, err := w.record.Offer(t.Context(), old.ID)
	w.must(err)
	if kept.State != attribution.OfferExpired || kept.AnsweredBy != "system" || o.State != attribution.Pending {
		t.Errorf("the old one %+v, the new one %+v", kept, o)
	}
	want := []attribution.EventKind{attribution.EventOffered, attribution.EventExpired, attribution.EventOffered}
	if diff := cmp.Diff(want, w.history(old.Request)); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"mt_expired to account-nina", "mt_offered to gp-paul"}, w.notices()); diff != "" {
		t.Error(diff)
	}
	if _, err := w.sends(w.sought().ID, iris); err != nil {
		t.Errorf("the place of the overdue offer is not free: %v", err)
	}
}

func TestAGPWhoSaysNoWhileTheLineIsOnItsWayIsNotAskedAgain(t *testing.T) {
	w := newWorld(t)
	w.takes(iris, 2)
	o := w.offered(iris)
	w.interrupt(func() { w.answers(iris, o.ID, decline) })

	_, err := w.sends(o.Request, iris)

	w.refused(err, "attribution.refused_before")
}

// Nobody said no: a plan goes on to others, a nurse may ask once more.
func TestAGPWhoLetAnOfferExpireIsAskedAgainByHandAlone(t *testing.T) {
	for name, expires := range map[string]func(*world, attribution.Offer){
		"swept":                  func(w *world, _ attribution.Offer) { w.days(15); w.must(w.Expire(w.Context())) },
		"unswept":                func(w *world, _ attribution.Offer) { w.days(15) },
		"while it is on its way": func(w *world, o attribution.Offer) { w.interrupt(func() { w.now = o.ExpiresAt }) },
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			w.takes(iris, 1)
			old := w.offered(iris)
			expires(w, old)
			if name == "swept" {
				plan, err := w.Compute(t.Context(), nurse, senart)
				w.must(err)
				if len(plan.Plan.Served) != 0 || len(plan.Plan.Unserved) != 1 || plan.Plan.Unserved[0].Hurdles[0].Hurdle != attribution.Refused {
					t.Errorf("planned %+v", plan.Plan)
				}
				list, err := w.Choices(t.Context(), nurse, old.Request)
				w.must(err)
				if len(list) != 1 || list[0].Hurdle != attribution.NoHurdle {
					t.Errorf("choices %+v", list)
				}
			}

			o, err := w.sends(old.Request, iris)

			w.must(err)
			if o.ID == old.ID || o.State != attribution.Pending || w.stands(old.Request).Offer != o.ID {
				t.Errorf("offered %+v", o)
			}
		})
	}
}

func TestWhatASendingMayHold(t *testing.T) {
	w := newWorld(t)
	r := w.sought()
	for _, n := range []int{0, 201} {
		_, err := w.Send(t.Context(), nurse, attribution.Sending{Territory: senart, Lines: make([]attribution.Line, n)})
		w.refused(err, "attribution.invalid")
	}
	p, err := w.Compute(t.Context(), otherNurse, valley)
	w.must(err)
	for _, plan := range []string{"nothing", p.ID} {
		_, err := w.Send(t.Context(), nurse, attribution.Sending{Territory: senart, Plan: plan, Lines: []attribution.Line{lineTo(iris, r)}})
		w.refused(err, "attribution.plan_unknown")
	}
	for _, a := range []account.Actor{coordinator, iris, pharmacist, otherNurse} {
		_, err := w.Send(t.Context(), a, attribution.Sending{Territory: senart, Lines: []attribution.Line{lineTo(iris, r)}})
		w.refused(err, "account.forbidden")
	}
}
