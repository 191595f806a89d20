package web_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/relais-snp/relais/internal/web/api"
)

// aMonday is a day on which a GP published three slots in the morning, one caller was booked and another was not.
func aMonday(t *testing.T) *house {
	h := openHouse(t)
	slots := h.published()
	regulator := h.signIn("regulator")
	taken := as[api.Case](regulator.post("/cases", map[string]any{"territory": senart, "commune": "77445"}).want(http.StatusCreated))
	regulator.call("POST", "/bookings", map[string]any{"slot": slots[0].Id, "case": taken.Id, "patient": patient("Zorglub")}, "Idempotency-Key", "monday-01").want(http.StatusCreated)
	lost := as[api.Case](regulator.post("/cases", map[string]any{"territory": senart, "commune": "77067"}).want(http.StatusCreated))
	regulator.post("/cases/"+lost.Id+"/close", map[string]any{"outcome": "no_solution", "whyKind": "home_visit"}).want(http.StatusOK)
	return h
}

const thatWeek = "?territory=" + senart + "&from=2026-11-23&to=2026-11-29"

func TestIndicatorsOfAWeek(t *testing.T) {
	h := aMonday(t)
	observer := h.signIn("observer")

	unmet := as[api.UnmetReport](observer.get("/indicators/unmet" + thatWeek).want(http.StatusOK))
	if diff := cmp.Diff([]api.UnmetRow{{Commune: "77067", Name: "Cesson", WhyKind: "home_visit", Cases: 1}}, unmet.Rows); diff != "" || unmet.Total != 1 {
		t.Errorf("unmet %d: %s", unmet.Total, diff)
	}

	calls := as[api.CallReport](observer.get("/indicators/calls" + thatWeek).want(http.StatusOK))
	if calls.By != "week" || len(calls.Rows) != 1 || calls.Total.Calls != 2 || calls.Total.Booked != 1 || calls.Total.NoSolution != 1 || calls.Total.BookSeconds != nil {
		t.Errorf("calls %+v", calls)
	}
	if days := as[api.CallReport](observer.get("/indicators/calls" + thatWeek + "&by=day").want(http.StatusOK)); len(days.Rows) != 7 {
		t.Errorf("%d days", len(days.Rows))
	}

	weeks := as[api.WeekReport](observer.get("/indicators/weeks" + thatWeek).want(http.StatusOK))
	want := []api.WeekRow{{Practitioner: h.doctor.ID, Name: "Dr Ada Fictif", Week: "2026-W48", HoursOpened: 1, Offered: 3, Taken: 1, Cap: 20}}
	if diff := cmp.Diff(want, weeks.Rows); diff != "" {
		t.Error(diff)
	}

	cover := as[api.CoverReport](observer.get("/indicators/cover" + thatWeek).want(http.StatusOK))
	monday := cover.Days[0].Parts[0]
	if len(cover.Days) != 7 || cover.Gaps != 4 || monday.Gap || monday.Wanted != 1 || monday.Seats != 3 || monday.Free != 2 ||
		len(monday.Practitioners) != 1 || monday.Label != "matin" || !cover.Days[1].Parts[0].Gap || cover.KnownTo == nil {
		t.Errorf("cover %+v", cover)
	}
}

func TestHeatMapOfAWeek(t *testing.T) {
	h := aMonday(t)
	heat := as[api.FillReport](h.signIn("coordinator").get("/indicators/fill" + thatWeek + "&by=hour").want(http.StatusOK))
	if len(heat.Rows) != 2 || heat.Rows[0].Key != "1-08" || heat.Rows[0].CasesWithoutSolution != 1 || heat.Rows[1].Key != "1-10" || heat.Rows[1].Offered != 3 || heat.Rows[1].Extra != 0 {
		t.Errorf("%+v", heat.Rows)
	}
}

func TestIndicatorsAsCSV(t *testing.T) {
	h := aMonday(t)
	coordinator := h.signIn("coordinator")
	for name, line := range map[string]string{
		"unmet": "77067,Cesson,Visite à domicile nécessaire,1\r\n",
		"calls": "total,Total,2,1,0,0,0,0,1,0,0,,,,,\r\n",
		"weeks": "CPTS Sénart,Dr Ada Fictif,10000000015,2026-W48,2026-11-23,2026-11-29,1,3,1,0,20,0,2026-11-23,2026-11-29,2026-11-23 08:00\r\n",
		"cover": "2026-11-23,lundi 23 novembre 2026,matin,,1,1,0,3,2,Dr Ada Fictif\r\n",
	} {
		got := coordinator.call("GET", "/indicators/"+name+thatWeek, nil, "Accept", "text/csv").want(http.StatusOK)
		if !strings.HasPrefix(got.header.Get("Content-Type"), "text/csv") || !strings.Contains(string(got.body), line) || got.header.Get("Vary") == "" {
			t.Errorf("%s: %v\n%s", name, got.header, got.body)
		}
	}
}

func TestIndicatorsRefuseWhatMakesNoSense(t *testing.T) {
	h := openHouse(t)
	coordinator := h.signIn("coordinator")
	for _, name := range []string{"unmet", "calls", "weeks", "cover"} {
		path := "/indicators/" + name
		coordinator.get(path+"?territory="+senart+"&from=2026-11-23&to=2026-11-22").refused(http.StatusBadRequest, "indicator.invalid")
		coordinator.get(path+"?territory="+senart+"&from=2026-11-23&to=2027-12-28").refused(http.StatusBadRequest, "indicator.invalid")
		coordinator.get(path+"?territory="+coast+"&from=2026-11-23&to=2026-11-23").refused(http.StatusForbidden, "account.forbidden")
	}
	coordinator.get("/indicators/calls"+thatWeek+"&by=practitioner").refused(http.StatusBadRequest, "request.invalid")
}

// What a GP's cancellation gives back to the regulator was answered once: the case keeps the time it took.
func TestACaseThatOpensAgainKeepsWhatItTook(t *testing.T) {
	h := openHouse(t)
	slots := h.published()
	first, second, gp := h.signIn("regulator"), h.signIn("regulator2"), h.signIn("gp")
	var last string
	for n := range 5 {
		regulator := first
		if n == 4 {
			regulator = second // a median stands on two people at least
		}
		kase := as[api.Case](regulator.post("/cases", map[string]any{"territory": senart}).want(http.StatusCreated))
		h.pass(20 * time.Second)
		last = as[api.Booking](regulator.call("POST", "/bookings", map[string]any{"slot": slots[n%2].Id, "case": kase.Id, "patient": patient("Zorglub"), "acknowledge": []string{"same_patient"}},
			"Idempotency-Key", "again-0"+string(rune('0'+n))).want(http.StatusCreated)).Id
		gp.post("/bookings/"+last+"/cancel", map[string]any{"by": "practitioner", "reason": "empêchement"}).want(http.StatusOK)
		h.pass(time.Minute)
		regulator.call("POST", "/bookings", map[string]any{"slot": slots[2].Id, "case": kase.Id, "patient": patient("Zorglub"), "acknowledge": []string{"same_patient"}},
			"Idempotency-Key", "twice-0"+string(rune('0'+n))).want(http.StatusCreated)
		if n < 4 {
			b := as[api.BookingList](gp.get("/bookings?from=2026-11-23T00:00:00Z&to=2026-11-24T00:00:00Z").want(http.StatusOK))
			for _, one := range b.Items {
				if one.State == "booked" {
					gp.post("/bookings/"+one.Id+"/cancel", map[string]any{"by": "patient", "reason": "va mieux"}).want(http.StatusOK)
				}
			}
		}
	}
	calls := as[api.CallReport](h.signIn("coordinator").get("/indicators/calls" + thatWeek).want(http.StatusOK))
	if calls.Total.Booked != 5 || calls.Total.BookSeconds == nil || *calls.Total.BookSeconds != 20 {
		t.Errorf("%+v", calls.Total)
	}
}
