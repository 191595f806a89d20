package web_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/relais-snp/relais/internal/funding"
	"github.com/relais-snp/relais/internal/web/api"
)

// comes lets the regulation book a seat for a patient, who comes.
func (h *house) comes(patient map[string]any) string {
	h.t.Helper()
	slots := h.published()
	made := as[api.Booking](h.signIn("regulator").call("POST", "/bookings", map[string]any{"slot": slots[0].Id, "patient": patient, "reason": "colique-secrete"},
		"Idempotency-Key", "certified-1").want(http.StatusCreated))
	h.pass(4 * time.Hour)
	h.tells("honoured", made.Id)
	return made.Id
}

func (h *house) tells(outcome, booking string) {
	h.t.Helper()
	h.signIn("gp").post("/bookings/"+booking+"/outcome", map[string]any{"outcome": outcome}).want(http.StatusOK)
}

func TestACertificateSaysWhatTheRegulationSentAndNotWhom(t *testing.T) {
	h := openHouse(t)
	h.signs("national-snp", "vendee-2020")
	booking := h.comes(map[string]any{"family": "Zorglubine", "given": "Anastazie", "birthDate": "1931-12-29", "phone": "0199007788", "mt": map[string]any{"status": "none"}})
	gp := h.signIn("gp")

	got := gp.get("/certificates/" + booking).want(http.StatusOK)
	one := as[api.Certificate](got)
	if one.Booking != booking || *one.PractitionerName != "Dr Ada Fictif" || *one.Rpps != "10000000015" || one.TerritoryName != "CPTS Sénart" || one.OwnMT {
		t.Errorf("%+v", one)
	}
	if one.DelayMinutes != 120 || !one.Start.Equal(time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)) {
		t.Errorf("%d minutes to %s", one.DelayMinutes, one.Start)
	}
	if len(one.Majorations) != 2 || one.Majorations[0].Amount != "15.00" || len(one.Majorations[0].Because) == 0 || one.Majorations[0].Nth == nil {
		t.Errorf("%+v", one.Majorations)
	}
	month := gp.get("/certificates?territory=" + senart + "&practitioner=" + h.doctor.ID + "&month=2026-11-17").want(http.StatusOK)
	if list := as[api.CertificateList](month); len(list.Items) != 1 || list.Total != "30.00" || list.Month.String() != "2026-11-01" {
		t.Errorf("%s", month.body)
	}
	for _, secret := range planted {
		if text := string(got.body) + string(month.body) + h.log.String(); strings.Contains(text, secret) {
			t.Errorf("%q came out: %s", secret, around(text, secret))
		}
	}
	october := as[api.CertificateList](gp.get("/certificates?territory=" + senart + "&practitioner=" + h.doctor.ID + "&month=2026-10-01").want(http.StatusOK))
	if len(october.Items) != 0 || october.Total != "0.00" {
		t.Errorf("%+v", october)
	}
}

func TestWhoReadsACertificate(t *testing.T) {
	h := openHouse(t)
	booking := h.comes(patient("Zorglub"))
	list := "/certificates?territory=" + senart + "&month=2026-11-01"
	for role, status := range map[string]int{
		"gp": 200, "treasurer": 200, "coordinator": 200, "gp2": 403, "regulator": 403, "professional": 403, "triage_nurse": 403, "observer": 403, "admin": 403, "foreign": 403,
	} {
		h.signIn(role).get("/certificates/" + booking).want(status)
	}
	if all := as[api.CertificateList](h.signIn("treasurer").get(list).want(http.StatusOK)); len(all.Items) != 1 {
		t.Errorf("%+v", all)
	}
	h.signIn("gp").get(list).refused(http.StatusForbidden, "account.forbidden") // of all doctors
	h.signIn("gp2").get(list+"&practitioner="+h.doctor.ID).refused(http.StatusForbidden, "account.forbidden")
	h.signIn("gp").get("/certificates/unknown").refused(http.StatusNotFound, "funding.act_unknown")
	h.signIn("regulator").get("/certificates/unknown").refused(http.StatusForbidden, "account.forbidden")
	h.tells("no_show", booking)
	h.signIn("gp").get("/certificates/"+booking).refused(http.StatusNotFound, "funding.act_unknown")
}

// From 8:18:50 to 8:40:00 it is 22 minutes to whoever reads both.
func TestADelayIsThatOfTheMinutesShown(t *testing.T) {
	h := openHouse(t)
	h.pass(10 * time.Second)
	booking := h.comes(patient("Zorglub"))
	if one := as[api.Certificate](h.signIn("gp").get("/certificates/" + booking).want(http.StatusOK)); one.DelayMinutes != 120 || one.BookedAt.Second() != 10 {
		t.Errorf("%d minutes from %s", one.DelayMinutes, one.BookedAt)
	}
}

// Whatever is entered how often, an act that earns a majoration is expected once.
func TestAnOutcomeToldTwiceOrCorrectedEarnsOnce(t *testing.T) {
	h := openHouse(t)
	h.signs("national-snp")
	booking := h.comes(patient("Zorglub"))
	earns := func(when string, want funding.ExpectationState, amount funding.Cents) {
		t.Helper()
		for range 2 {
			if err := h.books.ReconcileMajorations(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		all, err := h.books.Expectations(t.Context(), treasurer, funding.ExpectationQuery{Territory: senart, Prefix: "majoration:", Limit: 100})
		if err != nil || len(all) != 1 || all[0].State != want || all[0].Amount != amount || !strings.Contains(all[0].Key, booking) {
			t.Errorf("%s: %+v %v", when, all, err)
		}
	}
	earns("honoured", funding.Pending, 1500)
	h.tells("honoured", booking)
	earns("told twice", funding.Pending, 1500)
	h.tells("no_show", booking)
	earns("corrected", funding.Withdrawn, 1500)
	h.tells("honoured", booking)
	earns("corrected back", funding.Pending, 1500)
}
