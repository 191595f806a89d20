package proof_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/relais-snp/relais/internal/proof"
)

// The whole day of a slot: a GP publishes, two regulators watch, one holds and
// books over the live line, the GP sees who comes and cancels.
func TestStoryOfASlot(t *testing.T) {
	for _, p := range []pair{small, large} {
		t.Run(p.String(), func(t *testing.T) {
			s := raise(t, p, tune{})
			gp, coordinator := s.GPs[0], s.Coordinators[0]
			one, two := s.console("one", s.Regulators[0]), s.console("two", s.Regulators[1])
			phone := s.console("phone", gp)
			for _, c := range []*proof.Console{one, two, phone} {
				s.await(c, "follows", follows)
			}

			slot := s.publish(gp, s.start, 2)[0]
			s.await(one, "the slot appears", shows(slot.ID, func(v proof.Slot) bool { return v.Free == 1 }))
			feed := s.feedOf(gp)
			before := s.fill(coordinator)

			call, err := s.Regulators[0].Open(t.Context(), proof.NewCase{Territory: proof.Territory, Commune: "77067", Reason: "fièvre"})
			if err != nil {
				t.Fatal(err)
			}
			hold, err := one.Hold(t.Context(), slot.ID, call.ID)
			if err != nil {
				t.Fatal(err)
			}
			held := s.await(two, "held by name", shows(slot.ID, func(v proof.Slot) bool { return len(v.Held) == 1 })).Slots[slot.ID]
			if held.Held[0].By != s.Regulators[0].Me.Name || held.Held[0].Holder != s.Regulators[0].Me.ID {
				t.Errorf("held by %+v, not by %s", held.Held[0], s.Regulators[0].Me.Name)
			}
			if _, err := two.Hold(t.Context(), slot.ID, ""); proof.Reason(err) != "regulation.slot_taken" {
				t.Errorf("a second hold: %v", err)
			}

			patient := proof.Patient{Family: "Zéphirin-Planté", Given: "Colombe", BirthDate: "1951-03-04", Phone: "06 39 98 12 34"}
			key := s.key()
			booked, err := one.Book(t.Context(), proof.NewBooking{Hold: hold.Token, Case: call.ID, Patient: patient}, key)
			if err != nil {
				t.Fatal(err)
			}
			s.checks.Booked(key, booked)
			s.await(two, "booked", shows(slot.ID, func(v proof.Slot) bool { return v.Booked == 1 && len(v.Held) == 0 }))
			s.await(phone, "the GP is told", told("booked", booked.ID))

			s.comes(gp, booked.ID, patient)
			s.calendarShows(gp, feed, booked, patient)
			if after := s.fill(coordinator); after.Total.Offered != before.Total.Offered || after.Total.Taken != before.Total.Taken+1 {
				t.Errorf("fill rate went from %+v to %+v", before.Total, after.Total)
			}

			s.checks.Cancelling(booked.ID)
			if _, err := gp.Cancel(t.Context(), booked.ID, "practitioner", "urgence au cabinet"); err != nil {
				t.Fatal(err)
			}
			s.checks.Cancelled(booked.ID)
			s.await(one, "the regulator is told", told("booking_cancelled", booked.ID))
			s.await(one, "free again", shows(slot.ID, func(v proof.Slot) bool { return v.Free == 1 }))
			open, err := s.Regulators[0].OpenCases(t.Context(), proof.Territory)
			if err != nil || !slices.ContainsFunc(open, func(c proof.Case) bool { return c.ID == call.ID }) {
				t.Errorf("the case is not open again: %v, %v", open, err)
			}
			for _, n := range two.View().Notices {
				t.Errorf("a notice of others reached the second console: %+v", n)
			}
			s.settle(map[string]*proof.Console{"one": one, "two": two, "phone": phone})
		})
	}
}

func shows(slot string, as func(proof.Slot) bool) func(proof.View) bool {
	return func(v proof.View) bool {
		s, ok := v.Slots[slot]
		return ok && as(s)
	}
}

func told(kind, booking string) func(proof.View) bool {
	return func(v proof.View) bool {
		return slices.ContainsFunc(v.Notices, func(n proof.Frame) bool { return n.Kind == kind && n.Booking == booking })
	}
}

func (s *stage) fill(who *proof.Client) proof.Fill {
	s.Helper()
	f, err := who.Fill(s.Context(), proof.Territory, s.start.AddDate(0, 0, -1), s.start.AddDate(0, 0, 1))
	if err != nil {
		s.Fatal(err)
	}
	return f
}

func (s *stage) feedOf(gp *proof.Client) string {
	s.Helper()
	feed, err := gp.NewFeed(s.Context(), "practitioner", gp.Me.Practitioner)
	if err != nil {
		s.Fatal(err)
	}
	if strings.HasPrefix(feed.URL, "/") {
		return s.URL + feed.URL
	}
	return feed.URL
}

// comes fails unless the GP sees who comes.
func (s *stage) comes(gp *proof.Client, booking string, patient proof.Patient) {
	s.Helper()
	list, err := gp.OwnBookings(s.Context(), s.start, s.start.Add(time.Hour))
	if err != nil || len(list) != 1 {
		s.Fatalf("the GP's list: %v, %v", list, err)
	}
	if b := list[0]; b.ID != booking || b.Patient == nil || b.Patient.Family != patient.Family || b.Patient.BirthDate != patient.BirthDate {
		s.Errorf("the GP sees %+v", b)
	}
}

// calendarShows fails unless the GP's calendar has the booking, and nobody's
// name.
func (s *stage) calendarShows(gp *proof.Client, url string, b proof.Booking, patient proof.Patient) {
	s.Helper()
	text, err := gp.Fetch(s.Context(), url)
	if err != nil {
		s.Fatal(err)
	}
	unfolded := strings.ReplaceAll(text, "\r\n ", "")
	if !strings.Contains(unfolded, "SUMMARY:SNP réservé") || !strings.Contains(unfolded, b.ID) {
		s.Errorf("the calendar does not show the booking:\n%s", text)
	}
	for _, secret := range []string{patient.Family, patient.Given, "39 98 12 34", "39981234", "1951"} {
		if strings.Contains(unfolded, secret) {
			s.Errorf("the calendar says %q", secret)
		}
	}
}
