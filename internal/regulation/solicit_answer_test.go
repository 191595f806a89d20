package regulation_test

import (
	"slices"
	"testing"
	"time"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/regulation"
)

func TestDeclinedByAllIsOverAtOnce(t *testing.T) {
	each(t, func(w *world) {
		gps := w.willing(2)
		x := w.solicit(w.asking(w.caller("Zoé"), 2))
		w.must(w.svc.Decline(w.Context(), gps[0].Actor, x.ID))
		w.must(w.svc.Decline(w.Context(), gps[0].Actor, x.ID)) // twice is no error
		if y := w.now(x); y.State != regulation.SolicitationWaiting || y.Asked[0].Answer != regulation.AnswerDeclined || len(w.notices.kinds(rosa.ID)) != 0 {
			w.Errorf("one declined: %+v", y)
		}

		w.must(w.svc.Decline(w.Context(), gps[1].Actor, x.ID))

		if y := w.now(x); y.State != regulation.SolicitationExpired {
			w.Errorf("all declined: %+v", y)
		}
		if kinds := w.notices.kinds(rosa.ID); !slices.Equal(kinds, []regulation.NoticeKind{regulation.NoticeSolicitationExpired}) {
			w.Errorf("the regulator was told %v", kinds)
		}
		_, err := w.svc.Accept(w.Context(), gps[0].Actor, w.yes(gps[0], x))
		w.refused(err, regulation.ErrSolicitationSettled)
	})
}

func TestANoCanBecomeAYesWhileItWaits(t *testing.T) {
	each(t, func(w *world) {
		gps := w.willing(2)
		x := w.solicit(w.asking(w.caller("Zoé"), 2))
		w.must(w.svc.Decline(w.Context(), gps[0].Actor, x.ID))
		w.accept(gps[0], x)
		w.refused(w.svc.Decline(w.Context(), gps[1].Actor, x.ID), regulation.ErrSolicitationSettled)
		w.refused(w.svc.Decline(w.Context(), gps[0].Actor, x.ID), regulation.ErrSolicitationSettled)
	})
}

func TestAWithdrawnSolicitationIsSettled(t *testing.T) {
	each(t, func(w *world) {
		gps := w.willing(2)
		x := w.solicit(w.asking(w.caller("Zoé"), 2))

		w.must(w.svc.Withdraw(w.Context(), omar, x.ID)) // a colleague may
		w.must(w.svc.Withdraw(w.Context(), rosa, x.ID))

		for _, gp := range gps {
			if kinds := w.notices.kinds(gp.Practitioner); len(kinds) != 2 || kinds[1] != regulation.NoticeSolicitationSettled {
				w.Errorf("the GP was told %v", kinds)
			}
			_, err := w.svc.Accept(w.Context(), gp.Actor, w.yes(gp, x))
			w.refused(err, regulation.ErrSolicitationSettled)
		}
		y := w.solicit(w.asking(w.theCase(x.Case), 1))
		w.accept(gps[0], y)
		w.refused(w.svc.Withdraw(w.Context(), rosa, y.ID), regulation.ErrSolicitationSettled)
	})
}

func TestWhatWaitsEndsWithItsCase(t *testing.T) {
	for name, end := range map[string]func(w *world, c regulation.Case){
		"closed": func(w *world, c regulation.Case) {
			_, err := w.svc.CloseCase(w.Context(), rosa, c.ID, regulation.Closing{Outcome: regulation.Abandoned})
			w.must(err)
		},
		"booked": func(w *world, c regulation.Case) {
			r := w.request(w.publish(1, 0)[0], "Zoé")
			r.Case = c.ID
			w.book(rosa, r)
		},
	} {
		t.Run(name, func(t *testing.T) {
			each(t, func(w *world) {
				gp := w.willing(1)[0]
				c := w.caller("Zoé")
				x := w.solicit(w.asking(c, 1))
				if open := w.theCase(c.ID); open.Solicitation != x.ID {
					w.Errorf("case %+v", open)
				}

				end(w, c)

				if y := w.now(x); y.State != regulation.SolicitationWithdrawn || !y.SettledAt.Equal(w.clock.Now()) {
					w.Errorf("solicitation %+v", y)
				}
				if kinds := w.notices.kinds(gp.Practitioner); !slices.Contains(kinds, regulation.NoticeSolicitationSettled) {
					w.Errorf("the GP was told %v", kinds)
				}
				_, err := w.svc.Accept(w.Context(), gp.Actor, w.yes(gp, x))
				w.refused(err, regulation.ErrSolicitationSettled)
			})
		})
	}
}

func TestTheChoreEndsWhatIsOverdueOnce(t *testing.T) {
	each(t, func(w *world) {
		gp := w.willing(1)[0]
		x := w.solicit(w.asking(w.caller("Zoé"), 1))
		w.clock.Advance(5*time.Minute - time.Second)
		w.must(w.svc.Expire(w.Context()))
		if y := w.now(x); y.State != regulation.SolicitationWaiting {
			w.Errorf("before its end: %+v", y)
		}

		w.clock.Advance(time.Second)
		w.must(w.svc.Expire(w.Context()))
		w.must(w.svc.Expire(w.Context()))

		if kinds := w.notices.kinds(rosa.ID); !slices.Equal(kinds, []regulation.NoticeKind{regulation.NoticeSolicitationExpired}) {
			w.Errorf("the regulator was told %v", kinds)
		}
		if kase := w.theCase(x.Case); !kase.Open() || kase.Solicitation != "" {
			w.Errorf("case %+v", kase)
		}
		w.refused(w.svc.Withdraw(w.Context(), rosa, x.ID), regulation.ErrSolicitationSettled)
		w.refused(w.svc.Decline(w.Context(), gp.Actor, x.ID), regulation.ErrSolicitationSettled)
	})
}

func TestAGPSeesWhatTheyDecideByAndNoMore(t *testing.T) {
	each(t, func(w *world) {
		gps := w.willing(2)
		w.solicit(w.asking(w.caller("Zoé"), 2))
		mine := func(d doctor, waiting bool) []regulation.Solicitation {
			all, err := w.svc.Solicitations(w.Context(), d.Actor, regulation.SolicitationQuery{Practitioner: d.Practitioner, Waiting: waiting, Limit: 9})
			w.must(err)
			return all
		}
		x := mine(gps[0], true)[0]
		if x.Commune != cesson || x.Reason != "toux" || len(x.Asked) != 1 || x.Asked[0].Practitioner != gps[0].Practitioner {
			w.Errorf("while it waits %+v", x)
		}
		w.accept(gps[0], x)
		if x = mine(gps[0], false)[0]; x.Booking == "" || x.Reason != "" {
			w.Errorf("who accepted sees %+v", x)
		}
		if x = mine(gps[1], false)[0]; x.Booking != "" || x.Reason != "" || x.Commune != "" || x.Asked[0].Answer != regulation.AnswerWaiting {
			w.Errorf("who came too late sees %+v", x)
		}
		if left := mine(gps[1], true); len(left) != 0 {
			w.Errorf("still waiting: %+v", left)
		}
	})
}

func TestAYesIsAuditedAsReadingThePatient(t *testing.T) {
	each(t, func(w *world) {
		gp := w.willing(1)[0]
		x := w.solicit(w.asking(w.caller("Zoé"), 1))
		tap := w.tap()
		_, err := w.svc.Solicitations(w.Context(), gp.Actor, regulation.SolicitationQuery{Practitioner: gp.Practitioner, Limit: 9})
		w.must(err)
		if len(tap.audited) != 0 {
			w.Errorf("no identity was shown, yet %+v", tap.audited)
		}
		r := w.yes(gp, x)
		for range 2 { // the second answer shows the patient again
			_, err = w.svc.Accept(w.Context(), gp.Actor, r)
			w.must(err)
		}
		read := 0
		for _, e := range tap.audited {
			if e.Action == "patient.read" && e.Actor == gp.ID {
				read++
			}
		}
		if read != 2 {
			w.Errorf("%d readings audited of 2: %+v", read, tap.audited)
		}
	})
}

func TestACaseNobodyWasAskedForEndsWithoutALookForWhoWaits(t *testing.T) {
	each(t, func(w *world) {
		w.willing(1)
		slots := w.publish(2, 0)
		tap := w.tap()
		books := func(c regulation.Case, slot string) {
			r := w.request(slot, c.Patient.Given)
			r.Case = c.ID
			w.book(rosa, r)
		}
		// Given nobody was asked, when cases end, then none looks.
		books(w.caller("Zoé"), slots[0])
		_, err := w.svc.CloseCase(w.Context(), rosa, w.caller("Léa").ID, regulation.Closing{Outcome: regulation.Advice})
		if w.must(err); tap.looked != 0 {
			w.Errorf("looked %d times", tap.looked)
		}

		// Given somebody was, then it no longer waits.
		c := w.caller("Éva")
		x := w.solicit(w.asking(c, 1))
		books(c, slots[1])
		if y := w.now(x); y.State != regulation.SolicitationWithdrawn {
			w.Errorf("after the booking: %+v", y)
		}
	})
}

func TestNobodyReadsOfCallersOfATerritoryThatIsNotTheirs(t *testing.T) {
	each(t, func(w *world) {
		gp, rosa := w.willing(1)[0].Actor, rosa
		w.solicit(w.asking(w.caller("Zoé"), 1))
		reads := func(who account.Actor) int {
			all, err := w.svc.Solicitations(w.Context(), who, regulation.SolicitationQuery{Practitioner: who.Practitioner, Limit: 50})
			w.must(err)
			return len(all)
		}
		if reads(gp) != 1 || reads(rosa) != 1 {
			w.Error("who asked or was asked sees nothing")
		}
		for _, territories := range [][]string{{valley}, nil} { // they left
			gp.Territories, rosa.Territories = territories, territories
			if reads(gp)+reads(rosa) != 0 {
				w.Errorf("in %v they read of a caller elsewhere", territories)
			}
		}
	})
}
