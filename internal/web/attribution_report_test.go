package web_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/relais-snp/relais/internal/web/api"
)

const thatMonth = "?territory=" + senart + "&from=2026-11-01&to=2026-11-30"

func TestFollowUpOfAMonth(t *testing.T) {
	h := openHouse(t)
	gp, nurse := h.signIn("gp"), h.signIn("triage_nurse")
	h.proposed(gp)

	report := as[api.AttributionReport](nurse.get("/indicators/attribution" + thatMonth).want(http.StatusOK))

	all, first := report.Tiers[0], report.Tiers[1]
	if all.Tier != 0 || all.Received != 1 || all.Open != 1 || all.OpenProposed != 1 || first.Tier != 1 || first.Received != 1 || first.MedianDays != nil || all.OldestDays == nil {
		t.Errorf("tiers %+v", report.Tiers)
	}
	if len(report.Months) != len(report.Tiers) || report.Months[0].Received != 1 || report.Months[0].Month.String() != "2026-11-01" {
		t.Errorf("months %+v", report.Months)
	}
	if report.Offers.Sent != 1 || report.Offers.Pending != 1 || report.Offers.MedianAnswerDays != nil || len(report.Declines) != 5 || len(report.Outcomes) != 10 {
		t.Errorf("offers %+v, %d declines, %d outcomes", report.Offers, len(report.Declines), len(report.Outcomes))
	}
	if report.Origins[0].Origin != "professional" || report.Origins[0].Count != 1 {
		t.Errorf("origins %+v", report.Origins)
	}
	var savigny api.AttributionCommune
	for _, c := range report.Communes {
		if c.Commune == "77445" {
			savigny = c
		}
	}
	if len(report.Communes) != 7 || savigny.Waiting != 1 || savigny.Gps != 1 || savigny.Places != 5 || savigny.Left != 4 {
		t.Errorf("communes %+v", report.Communes)
	}
}

// What a GP can still take is their own business: an observer sees how requests go, and no capacity.
func TestCapacitiesStayAmongThoseWhoMatch(t *testing.T) {
	h := openHouse(t)
	h.proposed(h.signIn("gp"))
	for _, role := range []string{"observer", "treasurer", "admin"} {
		got := h.signIn(role).get("/indicators/attribution" + thatMonth).want(http.StatusOK)
		report := as[api.AttributionReport](got)
		if report.Tiers[0].Received != 1 || report.Communes == nil || len(report.Communes) > 0 {
			t.Errorf("%s: %s", role, got.body)
		}
	}
}

func TestFollowUpAsCSV(t *testing.T) {
	h := openHouse(t)
	h.proposed(h.signIn("gp"))
	got := h.signIn("coordinator").call("GET", "/indicators/attribution"+thatMonth, nil, "Accept", "text/csv").want(http.StatusOK)
	if !strings.HasPrefix(got.header.Get("Content-Type"), "text/csv") || got.header.Get("Vary") == "" ||
		!strings.Contains(string(got.body), "\r\n2026-11,Tous,1,0,0,\r\n2026-11,1,1,0,0,\r\n") || !strings.Contains(string(got.body), "\r\nTotal,Tous,1,0,0,\r\n") {
		t.Errorf("%v\n%s", got.header, got.body)
	}
}

func TestFollowUpsThatMakeNoSense(t *testing.T) {
	nurse := openHouse(t).signIn("triage_nurse")
	nurse.get("/indicators/attribution?territory="+senart+"&from=2026-11-23&to=2026-11-22").refused(http.StatusBadRequest, "attribution.invalid")
	nurse.get("/indicators/attribution?territory="+senart+"&from=2026-11-23&to=2027-12-28").refused(http.StatusBadRequest, "attribution.invalid")
	nurse.get("/indicators/attribution?territory="+coast+"&from=2026-11-23&to=2026-11-23").refused(http.StatusForbidden, "account.forbidden")
}
