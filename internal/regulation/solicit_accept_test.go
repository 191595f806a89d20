package regulation_test

import (
	"sync"
	"testing"
	"time"

	"github.com/relais-snp/relais/internal/agenda"
	"github.com/relais-snp/relais/internal/fault"
	"github.com/relais-snp/relais/internal/regulation"
)

func TestTheFirstYesIsABookingOnASlotOfItsOwn(t *testing.T) {
	each(t, func(w *world) {
		gps := w.willing(3)
		c := w.caller("Zoé")
		x := w.solicit(w.asking(c, 3))

		b := w.accept(gps[1], x)

		if !b.Extra || b.Practitioner != gps[1].Practitioner || b.Location != gps[1].place || b.Patient.Given != "Zoé" || b.Reason != "toux" ||
			b.Case != c.ID || b.BookedBy != rosa.ID || !b.Start.Equal(w.clock.Now().Add(time.Hour)) || b.End.Sub(b.Start) != 20*time.Minute {
			w.Errorf("booking %+v", b)
		}
		if s := w.state(b.Slot); !s.Slot.Extra || s.Free() != 0 || s.Booked != 1 || s.Slot.Audience != agenda.ForRegulation {
			w.Errorf("slot %+v", s)
		}
		if kase := w.theCase(c.ID); kase.Outcome != regulation.Booked || kase.Solicitation != "" {
			w.Errorf("case %+v", kase)
		}
		if y := w.now(x); y.State != regulation.SolicitationAccepted || y.Booking != b.ID || y.Asked[1].Answer != regulation.AnswerAccepted {
			w.Errorf("solicitation %+v", y)
		}
		for i, want := range []regulation.NoticeKind{regulation.NoticeSolicitationSettled, regulation.NoticeSolicitationAsked, regulation.NoticeSolicitationSettled} {
			if kinds := w.notices.kinds(gps[i].Practitioner); kinds[len(kinds)-1] != want {
				w.Errorf("GP %d was told %v", i, kinds)
			}
		}
		if kinds := w.notices.kinds(rosa.ID); len(kinds) != 1 || kinds[0] != regulation.NoticeSolicitationAccepted {
			w.Errorf("the regulator was told %v", kinds)
		}
		for _, late := range []doctor{gps[0], gps[1], gps[2]} {
			_, err := w.svc.Accept(w.Context(), late.Actor, w.yes(late, x))
			w.refused(err, regulation.ErrSolicitationSettled)
		}
	})
}

func TestAVisitEnSusMayOverlapWhatIsPublished(t *testing.T) {
	each(t, func(w *world) {
		gp := w.signedUp(doctor{Actor: w.gp, place: w.place})
		w.accepts(gp, time.Time{})
		w.publish(1, 6) // in an hour, as the visit
		b := w.accept(gp, w.solicit(w.asking(w.caller("Zoé"), 1)))

		later := w.clock.Now().Add(3 * time.Hour)
		x := w.solicit(w.asking(w.caller("Léa"), 1))
		r := w.yes(gp, x)
		r.Start = later
		_, err := w.svc.Accept(w.Context(), gp.Actor, r)
		w.must(err)
		_, _, err = w.agenda.Publish(w.Context(), w.gp, agenda.Draft{Location: w.place, Start: later, End: later.Add(time.Hour), SlotMinutes: 20,
			Modality: agenda.Cabinet, Audience: agenda.ForRegulation}, "")
		w.must(err) // what is on top stands in nobody's way

		listed, err := w.agenda.Openings(w.Context(), w.gp, "", w.clock.Now(), later.Add(time.Hour))
		w.must(err)
		if len(listed) != 2 {
			w.Errorf("%d openings listed, of 2 published", len(listed))
		}
		_, err = w.agenda.Withdraw(w.Context(), w.gp, b.Slot)
		w.refused(err, agenda.ErrSlotUnknown)
	})
}

func TestACancelledVisitEnSusIsOfferedToNobody(t *testing.T) {
	each(t, func(w *world) {
		gp := w.willing(1)[0]
		c := w.caller("Zoé")
		b := w.accept(gp, w.solicit(w.asking(c, 1)))

		_, err := w.svc.Cancel(w.Context(), gp.Actor, b.ID, regulation.ByPractitioner, "urgence")
		w.must(err)

		if s := w.state(b.Slot); s.Free() != 0 || s.Booked != 0 || !s.Slot.Withdrawn() {
			w.Errorf("slot %+v", s)
		}
		if kase := w.theCase(c.ID); !kase.Open() {
			w.Errorf("case %+v", kase)
		}
		kinds := w.notices.kinds(rosa.ID)
		if len(kinds) != 3 || kinds[1] != regulation.NoticeBookingCancelled || kinds[2] != regulation.NoticeCaseReopened {
			w.Errorf("the regulator was told %v", kinds)
		}
		_, err = w.svc.Book(w.Context(), rosa, w.request(b.Slot, "Léa"))
		w.refused(err, regulation.ErrSeatWithdrawn)
		_, err = w.agenda.Restore(w.Context(), gp.Actor, b.Slot)
		w.refused(err, agenda.ErrSlotUnknown)
		w.solicit(w.asking(c, 1)) // and the caller can be asked for again
	})
}

func TestAYesRepeatedIsTheSameBooking(t *testing.T) {
	each(t, func(w *world) {
		gp := w.willing(1)[0]
		r := w.yes(gp, w.solicit(w.asking(w.caller("Zoé"), 1)))
		first, err := w.svc.Accept(w.Context(), gp.Actor, r)
		w.must(err)

		w.clock.Advance(90 * time.Minute) // its hour has passed
		again, err := w.svc.Accept(w.Context(), gp.Actor, r)
		w.must(err)
		if again.ID != first.ID || again.Patient != first.Patient || !again.Extra {
			w.Errorf("again %+v", again)
		}
		other := r
		other.Start, other.Minutes = w.clock.Now().Add(time.Hour), 30
		_, err = w.svc.Accept(w.Context(), gp.Actor, other)
		w.refused(err, fault.New(fault.Conflict, "request.key_reused", ""))
		if kinds := w.notices.kinds(rosa.ID); len(kinds) != 1 {
			w.Errorf("the regulator was told %v", kinds)
		}
	})
}

func TestAYesIsChecked(t *testing.T) {
	each(t, func(w *world) {
		gps := w.willing(2)
		x := w.solicit(w.asking(w.caller("Zoé"), 1))
		for name, change := range map[string]func(*regulation.Acceptance){
			"start":    func(r *regulation.Acceptance) { r.Start = w.clock.Now() },
			"minutes":  func(r *regulation.Acceptance) { r.Minutes = 4 },
			"location": func(r *regulation.Acceptance) { r.Location = gps[1].place },
			"modality": func(r *regulation.Acceptance) { r.Modality = "smoke signals" },
			"key":      func(r *regulation.Acceptance) { r.Key = "short" },
		} {
			r := w.yes(gps[0], x)
			change(&r)
			_, err := w.svc.Accept(w.Context(), gps[0].Actor, r)
			if f := fault.Of(err); f.Reason != "solicitation.invalid" || len(f.Fields) != 1 || f.Fields[0].Name != name {
				w.Errorf("%s: %v %+v", name, err, f.Fields)
			}
		}
		tomorrow := w.yes(gps[0], x)
		tomorrow.Start = w.clock.Now().Add(24*time.Hour + time.Minute)
		_, err := w.svc.Accept(w.Context(), gps[0].Actor, tomorrow)
		w.refused(err, fault.New(fault.Invalid, "solicitation.invalid", ""))
		w.accept(gps[0], x) // what was refused spoilt nothing
	})
}

// The chore never runs here: the clock alone decides.
func TestNobodyAcceptsAtOrAfterTheEnd(t *testing.T) {
	each(t, func(w *world) {
		gp := w.willing(1)[0]
		last, late := w.caller("Zoé"), w.caller("Léa")
		x, y := w.solicit(w.asking(last, 1)), w.solicit(w.asking(late, 1))

		w.clock.Advance(5*time.Minute - time.Microsecond)
		w.accept(gp, x)
		w.clock.Advance(time.Microsecond)
		_, err := w.svc.Accept(w.Context(), gp.Actor, w.yes(gp, y))
		w.refused(err, regulation.ErrSolicitationSettled)

		if kase := w.theCase(late.ID); !kase.Open() {
			w.Errorf("case %+v", kase)
		}
		if seen := w.now(y); seen.State != regulation.SolicitationExpired {
			w.Errorf("solicitation %+v", seen)
		}
		w.solicit(w.asking(late, 1)) // and it makes room without a chore
	})
}

func TestOfManyAtOnceOneAccepts(t *testing.T) {
	each(t, func(w *world) {
		gps := w.willing(5)
		x := w.solicit(w.asking(w.caller("Zoé"), 5))
		answers := make([]error, len(gps))
		start := make(chan struct{})
		var all sync.WaitGroup
		for i, gp := range gps {
			r := w.yes(gp, x)
			all.Go(func() {
				<-start
				_, answers[i] = w.svc.Accept(w.Context(), gp.Actor, r)
			})
		}
		close(start)
		all.Wait()

		won := 0
		for _, err := range answers {
			if err == nil {
				won++
				continue
			}
			w.refused(err, regulation.ErrSolicitationSettled)
		}
		if won != 1 {
			w.Errorf("%d acceptances of 5 won", won)
		}
	})
}
