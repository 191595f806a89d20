package notice_test

import (
	"errors"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/relais-snp/relais/internal/attribution"
	"github.com/relais-snp/relais/internal/notice"
	"github.com/relais-snp/relais/internal/regulation"
)

func TestANoticeIsPassedOnKeptAndPushed(t *testing.T) {
	inWorld(t, func(w *world) {
		d := w.desk()
		defer w.works(d)()
		d.Notify(w.Context(), booked("1"))
		synctest.Wait()
		if len(w.live) != 1 || len(w.rings) != 1 || w.rings[0].at != 0 {
			t.Fatalf("live %v, rings %v", w.live, w.rings)
		}
		m := w.rings[0].message
		if m.Kind != "booked" || m.Booking != "booking-1" || m.ID != "notice-1" || m.URL != "/phone" || m.Worth != 24*time.Hour || !m.Urgent {
			t.Errorf("message %+v", m)
		}
		n := w.record.kept()[0]
		if n.Account != "gp" || !n.PushedAt.Equal(w.began) || !n.Push.At.IsZero() || !slices.Equal(n.Done, []string{"phone"}) {
			t.Errorf("kept %+v", n)
		}
	})
}

func TestToldToNobodyWithoutAnAccountAndInSilenceToWhoHasNoPhone(t *testing.T) {
	inWorld(t, func(w *world) {
		d := w.desk()
		defer w.works(d)()
		d.Notify(w.Context(), regulation.Notice{Practitioner: "stranger", Kind: regulation.NoticeBooked})
		d.Notify(w.Context(), regulation.Notice{Account: "regulator", Kind: regulation.NoticeCaseReopened, Case: "case-1"})
		synctest.Wait()
		kept := w.record.kept()
		if len(kept) != 1 || kept[0].Account != "regulator" || !kept[0].Push.At.IsZero() || !kept[0].Mail.At.IsZero() || len(w.rings) != 0 {
			t.Errorf("kept %+v, rings %v", kept, w.rings)
		}
	})
}

// Nobody works at the desk: a use case must not notice.
func TestAFullQueueIsNotWaitedFor(t *testing.T) {
	inWorld(t, func(w *world) {
		d := w.desk()
		for range 5000 {
			d.Notify(w.Context(), regulation.Notice{Account: "regulator", Kind: regulation.NoticeCaseReopened})
		}
		if len(w.live) != 5000 || time.Since(w.began) != 0 {
			t.Errorf("%d told live after %v", len(w.live), time.Since(w.began))
		}
		w.works(d)()
		if kept := len(w.record.kept()); kept != 4096 || !strings.Contains(w.log.String(), "count=904") {
			t.Errorf("%d kept; log %s", kept, w.log)
		}
	})
}

// Bookings and notices take turns at one writer: many bookings are told in few transactions, one alone at once.
func TestABusyHourIsKeptInFewTransactions(t *testing.T) {
	inWorld(t, func(w *world) {
		d := w.desk()
		defer w.works(d)()
		for i := range 1000 {
			d.Notify(w.Context(), booked(strconv.Itoa(i)))
			w.pass(time.Millisecond)
		}
		w.pass(time.Second)
		if kept := len(w.record.kept()); kept != 1000 || w.record.keeps > 21 || len(w.rings) != 1000 {
			t.Errorf("%d kept in %d transactions, %d rings", kept, w.record.keeps, len(w.rings))
		}
	})
}

func TestWithoutItsRecordTheDeskWaitsAndThenSaysWhatIsLost(t *testing.T) {
	inWorld(t, func(w *world) {
		d := w.desk()
		defer w.works(d)()
		w.record.goes(true)
		d.Notify(w.Context(), booked("1"))
		w.pass(10 * time.Second)
		w.record.goes(false)
		w.pass(10 * time.Second)
		if len(w.record.kept()) != 1 || len(w.rings) != 1 {
			t.Fatalf("kept %v", w.record.kept())
		}
		w.record.goes(true)
		d.Notify(w.Context(), booked("2"))
		w.pass(time.Minute)
		w.record.goes(false)
		w.pass(time.Minute)
		if len(w.record.kept()) != 1 || !strings.Contains(w.log.String(), "notices could not be kept") {
			t.Errorf("kept %v; log %s", w.record.kept(), w.log)
		}
	})
}

func TestWhoStopsKeepsWhatIsQueued(t *testing.T) {
	inWorld(t, func(w *world) {
		d := w.desk()
		stop := w.works(d)
		w.record.goes(true)
		d.Notify(w.Context(), booked("1"))
		w.pass(time.Second / 2)
		d.Notify(w.Context(), booked("2"))
		w.record.goes(false)
		stop()
		if kept := w.record.kept(); len(kept) != 2 {
			t.Errorf("kept %+v", kept)
		}
		defer w.works(w.desk())() // the next process pushes what this one did not
		if len(w.rings) != 2 {
			t.Errorf("rings %v", w.rings)
		}
	})
}

func TestOnlyTheDeviceThatWasAwayIsAskedAgain(t *testing.T) {
	inWorld(t, func(w *world) {
		w.record.devices = append(w.record.devices, notice.Device{ID: "tablet", Account: "gp"}, notice.Device{ID: "lost", Account: "gp"}, notice.Device{ID: "odd", Account: "gp"})
		w.answer["tablet"] = func(try int) error {
			switch try {
			case 1:
				return &notice.Deferred{Why: "status 503"}
			case 2:
				return &notice.Deferred{After: 4 * time.Minute, Why: "status 429"}
			}
			return nil
		}
		w.answer["lost"] = func(int) error { return notice.ErrGone }
		w.answer["odd"] = func(int) error { return notice.ErrRefused }
		d := w.desk()
		defer w.works(d)()
		d.Notify(w.Context(), booked("1"))
		w.pass(time.Hour)
		if len(w.rang("phone")) != 1 || len(w.rang("lost")) != 1 || len(w.rang("odd")) != 1 {
			t.Errorf("rings %v", w.rings)
		}
		want := []time.Duration{0, 5 * time.Second, 4*time.Minute + 5*time.Second}
		if got := w.rang("tablet"); !slices.Equal(got, want) {
			t.Errorf("the tablet was asked at %v, want %v", got, want)
		}
		if n := w.record.kept()[0]; !n.Push.At.IsZero() || len(n.Done) != 3 || len(w.record.devices) != 3 {
			t.Errorf("kept %+v, devices %v", n, w.record.devices)
		}
	})
}

func TestAPushServiceThatStaysAwayIsGivenUp(t *testing.T) {
	inWorld(t, func(w *world) {
		w.answer["phone"] = func(int) error { return &notice.Deferred{Why: "timeout"} }
		d := w.desk()
		defer w.works(d)()
		d.Notify(w.Context(), booked("1"))
		w.pass(2 * time.Hour)
		want := []time.Duration{0, 5 * time.Second, 35 * time.Second, 155 * time.Second, 755 * time.Second}
		if got := w.rang("phone"); !slices.Equal(got, want) {
			t.Errorf("asked at %v, want %v", got, want)
		}
		if n := w.record.kept()[0]; !n.PushedAt.IsZero() || !n.Push.At.IsZero() {
			t.Errorf("kept %+v", n)
		}
	})
}

// A question that stands for minutes is not asked when it is over.
func TestWhatIsNotWorthTellingAnyMoreIsNotPushed(t *testing.T) {
	inWorld(t, func(w *world) {
		w.answer["phone"] = func(int) error { return &notice.Deferred{Why: "timeout", After: 10 * time.Minute} }
		d := w.desk()
		defer w.works(d)()
		d.Notify(w.Context(), asked("question"))
		w.pass(2 * time.Hour)
		if got := w.rang("phone"); len(got) != 2 {
			t.Errorf("asked at %v", got)
		}
		if worth := w.rings[1].message.Worth; worth != 5*time.Minute {
			t.Errorf("the second is worth %v", worth)
		}
	})
}

func TestWhatWasSeenDoesNotRing(t *testing.T) {
	inWorld(t, func(w *world) {
		w.answer["phone"] = func(int) error { return &notice.Deferred{Why: "timeout"} }
		d := w.desk()
		defer w.works(d)()
		d.Notify(w.Context(), booked("1"))
		synctest.Wait()
		w.record.see(0, time.Now())
		w.pass(time.Hour)
		if len(w.rings) != 1 || len(w.mails) != 0 {
			t.Errorf("rings %v, mails %v", w.rings, w.mails)
		}
	})
}

func TestTwoProcessesPushOnce(t *testing.T) {
	inWorld(t, func(w *world) {
		one, other := w.desk(), w.desk()
		defer w.works(one)()
		defer w.works(other)()
		for _, id := range []string{"1", "2", "3", "4"} {
			one.Notify(w.Context(), booked(id))
			other.Notify(w.Context(), booked(id+"b"))
		}
		w.pass(time.Hour)
		if len(w.rings) != 8 || len(w.mails) != 1 {
			t.Errorf("%d rings, %d mails", len(w.rings), len(w.mails))
		}
	})
}

func TestUnseenNoticesAreMailedTogether(t *testing.T) {
	inWorld(t, func(w *world) {
		d := w.desk()
		defer w.works(d)()
		d.Notify(w.Context(), booked("1"))
		w.pass(6 * time.Minute)
		d.Notify(w.Context(), cancelled("another"))
		w.pass(time.Hour)
		if len(w.mails) != 1 {
			t.Fatalf("mails %+v", w.mails)
		}
		m := w.mails[0]
		if m.at != 10*time.Minute || m.To != "gp@relais.example" || m.Subject != "Relais : du nouveau vous attend" ||
			!strings.Contains(m.Text, "un rendez-vous a été pris ; un rendez-vous a été annulé, ouvrez Relais :\nhttps://relais.example.fr/phone\n") {
			t.Errorf("after %v: %+v", m.at, m)
		}
		for _, n := range w.record.kept() {
			if n.MailedAt.IsZero() || !n.Mail.At.IsZero() {
				t.Errorf("kept %+v", n)
			}
		}
	})
}

func TestAQuestionIsMailedSoonUnlessItIsSettled(t *testing.T) {
	inWorld(t, func(w *world) {
		d := w.desk()
		defer w.works(d)()
		d.Notify(w.Context(), asked("open"))
		d.Notify(w.Context(), asked("taken"))
		w.pass(time.Minute)
		settled := asked("taken")
		settled.Kind = regulation.NoticeSolicitationSettled
		d.Notify(w.Context(), settled)
		w.pass(time.Hour)
		if len(w.mails) != 1 || w.mails[0].at != 2*time.Minute || w.mails[0].Subject != "Relais : la régulation vous demande un rendez-vous en sus" {
			t.Errorf("mails %+v", w.mails)
		}
		tags := map[string][]string{}
		for _, r := range w.rings {
			tags[r.message.Solicitation] = append(tags[r.message.Solicitation], r.message.Tag)
		}
		if open, taken := tags["open"], tags["taken"]; len(open) != 1 || len(taken) != 2 || taken[0] != taken[1] || open[0] == taken[0] {
			t.Errorf("tags %v", tags)
		}
	})
}

func TestAnOfferOfAPatientWaitsForDaysAndWakesNobody(t *testing.T) {
	inWorld(t, func(w *world) {
		d := w.desk()
		defer w.works(d)()
		d.NotifyAttribution(w.Context(), attribution.Notice{Territory: "cpts-senart", Practitioner: "dr", Kind: attribution.NoticeOffered, Request: "r-1", Offer: "o-1"})
		d.NotifyAttribution(w.Context(), attribution.Notice{Territory: "cpts-senart", Account: "regulator", Kind: attribution.NoticeCallAsked, Request: "r-2", Offer: "o-2"})
		synctest.Wait()
		if len(w.live) != 2 || w.live[0].Offer != "o-1" || w.live[0].Request != "r-1" || len(w.rings) != 1 {
			t.Fatalf("live %+v, rings %v", w.live, w.rings)
		}
		m := w.rings[0].message
		if m.Kind != "mt_offered" || m.Offer != "o-1" || m.Request != "r-1" || m.URL != "/phone" || m.Worth != 14*24*time.Hour || m.Urgent {
			t.Errorf("message %+v", m)
		}
		w.pass(time.Hour)
		if len(w.mails) != 2 || !strings.Contains(w.mails[0].Text+w.mails[1].Text, "https://relais.example.fr/pilot\n") ||
			!strings.Contains(w.mails[0].Text+w.mails[1].Text, "vous est proposé, ouvrez Relais :\nhttps://relais.example.fr/phone\n") {
			t.Errorf("mails %+v", w.mails)
		}
	})
}

func TestAnOfferTakenBackIsNotMailed(t *testing.T) {
	inWorld(t, func(w *world) {
		d := w.desk()
		defer w.works(d)()
		for _, kind := range []attribution.NoticeKind{attribution.NoticeOffered, attribution.NoticeOfferWithdrawn} {
			d.NotifyAttribution(w.Context(), attribution.Notice{Practitioner: "dr", Kind: kind, Request: "r-1", Offer: "o-1"})
			w.pass(time.Minute)
		}
		w.pass(time.Hour)
		if len(w.mails) != 0 || len(w.rings) != 2 || w.rings[0].message.Tag != w.rings[1].message.Tag {
			t.Errorf("mails %+v, rings %+v", w.mails, w.rings)
		}
	})
}

func TestAMailThatWaitsIsTriedAgainAndOneRefusedIsNot(t *testing.T) {
	inWorld(t, func(w *world) {
		w.server = func(try int) error {
			if try < 3 {
				return &notice.Deferred{Why: "code 451"}
			}
			return errors.New("code 550")
		}
		d := w.desk()
		defer w.works(d)()
		d.Notify(w.Context(), booked("1"))
		w.pass(3 * time.Hour)
		if len(w.mails) != 3 || w.mails[2].at < 13*time.Minute || w.mails[0].ID != w.mails[2].ID {
			t.Errorf("mails %+v", w.mails)
		}
		if n := w.record.kept()[0]; !n.MailedAt.IsZero() || !n.Mail.At.IsZero() {
			t.Errorf("kept %+v", n)
		}
	})
}

func TestAServiceWithoutMailMailsNothing(t *testing.T) {
	inWorld(t, func(w *world) {
		d := notice.NewDesk(w.record, w, w, nil, notice.Rules{MailAfter: time.Minute}, time.Now, w.newID, nil)
		defer w.works(d)()
		d.Notify(w.Context(), booked("1"))
		w.pass(time.Hour)
		if n := w.record.kept()[0]; !n.Mail.At.IsZero() || len(w.mails) != 0 {
			t.Errorf("kept %+v", n)
		}
	})
}

func TestEveryKindHasWordsAndAPage(t *testing.T) {
	for _, kind := range []regulation.NoticeKind{
		regulation.NoticeBooked, regulation.NoticeBookingCancelled, regulation.NoticeCaseReopened, regulation.NoticeSolicitationAsked,
		regulation.NoticeSolicitationAccepted, regulation.NoticeSolicitationSettled, regulation.NoticeSolicitationExpired,
		"mt_offered", "mt_offer_withdrawn", "mt_accepted", "mt_declined", "mt_call_asked", "mt_expired",
	} {
		inWorld(t, func(w *world) {
			d := w.desk()
			defer w.works(d)()
			d.Notify(w.Context(), regulation.Notice{Account: "gp", Kind: kind, Case: "case-1"})
			w.pass(time.Hour)
			if len(w.rings) != 1 {
				t.Fatalf("%s: rings %v", kind, w.rings)
			}
			m := w.rings[0].message
			if m.Title == "" || m.Body == "" || len(m.Tag) != 32 || m.Worth <= 0 || !slices.Contains([]string{"/phone", "/console", "/pilot"}, m.URL) {
				t.Errorf("%s: %+v", kind, m)
			}
			asks := slices.Contains([]regulation.NoticeKind{regulation.NoticeBooked, regulation.NoticeBookingCancelled, regulation.NoticeSolicitationAsked,
				"mt_offered", "mt_accepted", "mt_call_asked"}, kind)
			if (len(w.mails) == 1) != asks {
				t.Errorf("%s: mails %v", kind, w.mails)
			}
		})
	}
}
