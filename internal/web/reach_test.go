package web_test

import (
	"encoding/base64"
	"math"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/web/api"
)

func TestBookingsOfAGPAreListedInATerritory(t *testing.T) {
	h := openHouse(t)
	slots := h.published()
	h.signIn("regulator").call("POST", "/bookings", map[string]any{"slot": slots[0].Id, "patient": patient("Zorglub")},
		"Idempotency-Key", "reach-01").want(http.StatusCreated)
	for name, lands := range map[string][]string{"near": {senart, "cpts-tierce"}, "abroad": {coast, "cpts-tierce"}} {
		h.person(name, account.NewPerson{Name: "Régulatrice", Roles: []account.Role{account.Regulator}, Territories: lands})
	}
	near, abroad := h.signIn("near"), h.signIn("abroad")
	list := "/bookings?practitioner=" + h.doctor.ID

	near.get(list).refused(http.StatusBadRequest, "request.invalid")
	abroad.get(list).refused(http.StatusBadRequest, "request.invalid")
	abroad.get(list+"&territory="+senart).refused(http.StatusForbidden, "account.forbidden")
	if got := as[api.BookingList](abroad.get(list + "&territory=" + coast).want(http.StatusOK)); len(got.Items) != 0 {
		t.Errorf("a foreign regulator reads %d bookings", len(got.Items))
	}
	if got := as[api.BookingList](near.get(list + "&territory=" + senart).want(http.StatusOK)); len(got.Items) != 1 {
		t.Errorf("the regulator reads %d bookings of 1", len(got.Items))
	}
}

func TestAForgedCursorIsAnErrorInItsField(t *testing.T) {
	h := openHouse(t)
	regulator := h.signIn("regulator")
	at := strconv.FormatInt(monday.UnixMicro(), 36)
	for name, text := range map[string]string{
		"before all times":  strconv.FormatInt(math.MinInt64, 36) + "\x00a",
		"after all times":   strconv.FormatInt(math.MaxInt64, 36) + "\x00a",
		"before our times":  strconv.FormatInt(time.Date(-5000, 1, 1, 0, 0, 0, 0, time.UTC).UnixMicro(), 36) + "\x00a",
		"NUL in the id":     at + "\x00a\x00b",
		"broken characters": at + "\x00\xff\xfe",
	} {
		cursor := base64.RawURLEncoding.EncodeToString([]byte(text))
		for _, list := range []string{"/cases?cursor=", "/bookings?cursor=", "/slots?territory=" + senart + "&cursor="} {
			t.Run(name+list, func(*testing.T) { regulator.get(list+cursor).refused(http.StatusBadRequest, "request.invalid") })
		}
	}
}

func TestAMemberSentTwiceIsReadAsItWasChecked(t *testing.T) {
	h := openHouse(t)
	slots := h.published()
	regulator := h.signIn("regulator")
	unchecked := `"patient":{"family":"Zorglub","phone":"` + strings.Repeat("9", 5000) + `","birthDate":"1980-01-31"}`
	checked := `"patient":{"family":"Zorglub","given":"Ida"}`

	kase := as[api.Case](regulator.post("/cases", `{"territory":"`+senart+`",`+unchecked+`,`+checked+`}`).want(http.StatusCreated))
	if p := kase.Patient; p == nil || p.Phone != nil || p.BirthDate != nil {
		t.Errorf("over HTTP: %+v", p)
	}
	line, _ := regulator.board()
	if err := line.ws.WriteMessage(websocket.TextMessage, []byte(`{"id":77,"op":"book","slot":"`+slots[0].Id+`","key":"twice-01",`+unchecked+`,`+checked+`}`)); err != nil {
		t.Fatal(err)
	}
	if p := ok[api.Booking](line, line.next("reply")).Patient; p == nil || p.Phone != nil || p.BirthDate != nil {
		t.Errorf("over the line: %+v", p)
	}
}
