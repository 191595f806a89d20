package notice_test

import (
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/relais-snp/relais/internal/notice"
	"github.com/relais-snp/relais/internal/regulation"
)

// A push service that was busy is asked again, but not for what has ended meanwhile.
func TestWhatEndedWhileItWasBeingPushedIsNotPushedAgain(t *testing.T) {
	for _, c := range []struct{ first, then regulation.Notice }{
		{asked("question"), regulation.Notice{Territory: "cpts-senart", Practitioner: "dr", Kind: regulation.NoticeSolicitationSettled, Solicitation: "question"}},
		{booked("1"), cancelled("1")},
	} {
		inWorld(t, func(w *world) {
			w.answer["phone"] = func(try int) error {
				if try == 1 {
					return &notice.Deferred{Why: "status 503"}
				}
				return nil
			}
			d := w.desk()
			defer w.works(d)()
			d.Notify(w.Context(), c.first)
			synctest.Wait()
			d.Notify(w.Context(), c.then)
			w.pass(time.Hour)
			if len(w.rings) != 2 || w.rings[1].message.Kind != string(c.then.Kind) {
				t.Errorf("%s: rings %+v", c.then.Kind, w.rings)
			}
		})
	}
}

func TestABookingThatWasCancelledIsMailedAsCancelledOnly(t *testing.T) {
	inWorld(t, func(w *world) {
		d := w.desk()
		defer w.works(d)()
		d.Notify(w.Context(), booked("1"))
		w.pass(time.Minute)
		d.Notify(w.Context(), cancelled("1"))
		w.pass(time.Hour)
		if len(w.mails) != 1 || w.mails[0].Subject != "Relais : un rendez-vous a été annulé" {
			t.Errorf("mails %+v", w.mails)
		}
	})
}

// A question stands for a quarter of an hour; a service that was down for one has nothing to ask.
func TestAQuestionIsNotMailedWhenItIsLongOver(t *testing.T) {
	inWorld(t, func(w *world) {
		first := w.desk()
		first.Notify(w.Context(), asked("question"))
		first.Notify(w.Context(), booked("1"))
		w.works(first)() // keeps both, and stops
		w.pass(time.Hour)
		defer w.works(w.desk())()
		w.pass(time.Hour)
		if len(w.mails) != 1 || w.mails[0].Subject != "Relais : un rendez-vous a été pris" {
			t.Errorf("mails %+v", w.mails)
		}
		for _, n := range w.record.kept() {
			if !n.Mail.At.IsZero() || n.MailedAt.IsZero() != (n.Kind == regulation.NoticeSolicitationAsked) {
				t.Errorf("kept %+v", n)
			}
		}
	})
}

func TestWhoLeftTheTerritoryIsToldNothingOfIt(t *testing.T) {
	inWorld(t, func(w *world) {
		w.record.receivers[0].Territories = []string{"cpts-other"}
		d := w.desk()
		defer w.works(d)()
		d.Notify(w.Context(), booked("1"))
		w.pass(time.Hour)
		if kept := w.record.kept(); len(kept) != 0 || len(w.rings) != 0 || len(w.mails) != 0 {
			t.Errorf("kept %+v, rings %v, mails %v", kept, w.rings, w.mails)
		}
	})
}

func TestWhoStopsWhileItPushesNotesWhoTookItAndGivesTheRestBack(t *testing.T) {
	inWorld(t, func(w *world) {
		w.record.devices = append(w.record.devices, notice.Device{ID: "tablet", Account: "gp"})
		w.hangs = "tablet"
		d := w.desk()
		stop := w.works(d)
		d.Notify(w.Context(), booked("1"))
		synctest.Wait()
		stop()
		if n := w.record.kept()[0]; !slices.Equal(n.Done, []string{"phone"}) || n.Push.At.After(time.Now()) || n.Push.At.IsZero() {
			t.Errorf("given back as %+v", n)
		}
		w.hangs = ""
		defer w.works(w.desk())()
		w.pass(time.Second)
		if len(w.rang("phone")) != 1 || len(w.rang("tablet")) != 1 {
			t.Errorf("rings %+v", w.rings)
		}
	})
}

func TestAMailThatLeftWhileTheProcessStoppedDoesNotLeaveAgain(t *testing.T) {
	inWorld(t, func(w *world) {
		d := w.desk()
		stop := w.works(d)
		stopped := make(chan struct{})
		w.posted = func() {
			go func() { stop(); close(stopped) }()
			<-time.After(time.Second)
		}
		d.Notify(w.Context(), booked("1"))
		<-stopped
		if n := w.record.kept()[0]; n.MailedAt.IsZero() || !n.Mail.At.IsZero() {
			t.Errorf("kept %+v", n)
		}
	})
}
