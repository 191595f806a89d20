package web_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/relais-snp/relais/internal/live"
	"github.com/relais-snp/relais/internal/notice"
	"github.com/relais-snp/relais/internal/web/api"
)

func TestABookingRingsOnThePhoneAndWaitsToBeSeen(t *testing.T) {
	h := openHouse(t)
	slots := h.published()
	gp, regulator := h.signIn("gp"), h.signIn("regulator")
	device := as[api.Subscription](gp.post("/push/subscriptions", subscription(t, "Téléphone", "gp")).want(http.StatusCreated))
	made := as[api.Booking](regulator.call("POST", "/bookings", map[string]any{"slot": slots[0].Id, "patient": patient("Zorglub")},
		"Idempotency-Key", "notice-01").want(http.StatusCreated))

	m := arrives(t, h.bells.rung)
	if m.Kind != "booked" || m.Booking != made.Id || m.Slot != slots[0].Id || m.URL != "/phone" || m.ID == "" {
		t.Errorf("rung %+v", m)
	}
	unseen := as[api.NoticeList](gp.get("/notices?unseen=true").want(http.StatusOK))
	if len(unseen.Items) != 1 || unseen.Items[0].Id != m.ID || *unseen.Items[0].Booking != made.Id || unseen.Items[0].SeenAt != nil {
		t.Fatalf("unseen %+v", unseen)
	}
	if others := as[api.NoticeList](regulator.get("/notices").want(http.StatusOK)); len(others.Items) != 0 {
		t.Errorf("the regulator was told %+v", others)
	}
	regulator.post("/notices/seen", map[string]any{"ids": []string{m.ID}}).want(http.StatusNoContent)
	if unseen := as[api.NoticeList](gp.get("/notices?unseen=true")); len(unseen.Items) != 1 {
		t.Error("somebody else saw it")
	}
	gp.post("/notices/seen", map[string]any{"ids": []string{m.ID, "unknown"}}).want(http.StatusNoContent)
	if unseen := as[api.NoticeList](gp.get("/notices?unseen=true")); len(unseen.Items) != 0 {
		t.Errorf("still unseen: %+v", unseen)
	}
	if seen := as[api.NoticeList](gp.get("/notices")); len(seen.Items) != 1 || !seen.Items[0].SeenAt.Equal(monday) {
		t.Errorf("seen: %+v", seen)
	}
	gp.call("DELETE", "/push/subscriptions/"+device.Id, nil).want(http.StatusNoContent)
	gp.call("DELETE", "/push/subscriptions/"+device.Id, nil).refused(http.StatusNotFound, "notice.device_unknown")
}

func TestNoticesComeInPages(t *testing.T) {
	h := openHouse(t)
	slots := h.published()
	gp, regulator := h.signIn("gp"), h.signIn("regulator")
	gp.post("/push/subscriptions", subscription(t, "", "gp")).want(http.StatusCreated)
	for i, s := range slots[:3] {
		h.pass(time.Second)
		regulator.call("POST", "/bookings", map[string]any{"slot": s.Id, "patient": patient("Zorglub" + string(rune('a'+i)))},
			"Idempotency-Key", "paged-0"+string(rune('a'+i))).want(http.StatusCreated)
		arrives(t, h.bells.rung)
	}
	first := as[api.NoticeList](gp.get("/notices?limit=2").want(http.StatusOK))
	if len(first.Items) != 2 || first.Next == nil || *first.Items[0].Slot != slots[2].Id {
		t.Fatalf("first page %+v", first)
	}
	second := as[api.NoticeList](gp.get("/notices?limit=2&cursor=" + *first.Next).want(http.StatusOK))
	if len(second.Items) != 1 || second.Next != nil || *second.Items[0].Slot != slots[0].Id {
		t.Errorf("second page %+v", second)
	}
	gp.get("/notices?cursor=nonsense").refused(http.StatusBadRequest, "request.invalid")
}

func TestWhatStaysUnseenIsMailedToWhoWantsIt(t *testing.T) {
	h := openHouse(t)
	slots := h.published()
	gp, regulator := h.signIn("gp"), h.signIn("regulator")
	if a := as[api.Alerts](gp.get("/me/alerts").want(http.StatusOK)); !a.Mail || !*a.MailPossible {
		t.Fatalf("at first %+v", a)
	}
	gp.post("/push/subscriptions", subscription(t, "", "gp")).want(http.StatusCreated)
	for _, who := range []string{"a", "b"} {
		regulator.call("POST", "/bookings", map[string]any{"slot": slots[len(who)+int(who[0]-'a')].Id, "patient": patient("Zorglub" + who)},
			"Idempotency-Key", "mailed-0"+who).want(http.StatusCreated)
		arrives(t, h.bells.rung)
	}
	h.pass(11 * time.Minute)
	h.desk(live.NewHub(h.engine, h.clock), h.quiet()) // as another process, or this one after a restart
	m := arrives(t, h.bells.mailed)
	if m.To != "gp@relais.example" || m.Subject != "Relais : du nouveau vous attend" || len(h.bells.mailed) != 0 {
		t.Errorf("mailed %+v, and %d more", m, len(h.bells.mailed))
	}
	if a := as[api.Alerts](gp.call("PUT", "/me/alerts", map[string]any{"mail": false}).want(http.StatusOK)); a.Mail {
		t.Errorf("then %+v", a)
	}
	if a := as[api.Alerts](gp.get("/me/alerts")); a.Mail {
		t.Errorf("kept %+v", a)
	}
}

func TestDevicesAreTriedAndGoneOnesForgotten(t *testing.T) {
	h := openHouse(t)
	gp := h.signIn("gp")
	for _, name := range []string{"here", "gone", "away"} {
		gp.post("/push/subscriptions", subscription(t, name, name)).want(http.StatusCreated)
	}
	if got := as[api.PushTrial](gp.post("/push/trial", nil).want(http.StatusOK)); got != (api.PushTrial{Sent: 1, Gone: 1, Failed: 1}) {
		t.Errorf("trial %+v", got)
	}
	if m := arrives(t, h.bells.rung); m.Kind != "trial" {
		t.Errorf("rung %+v", m)
	}
	left := as[api.SubscriptionList](gp.get("/push/subscriptions").want(http.StatusOK))
	names := map[string]bool{}
	for _, d := range left.Items {
		names[d.Device] = d.LastSentAt != nil
	}
	if len(names) != 2 || !names["here"] || names["away"] {
		t.Errorf("left %v", names)
	}
	if key := as[api.PushKey](gp.get("/push/key").want(http.StatusOK)); key.Key != h.bells.Key() {
		t.Errorf("key %s", key.Key)
	}
}

func TestAPhoneThatChangesHandsRingsForItsNewOwner(t *testing.T) {
	h := openHouse(t)
	gp, other := h.signIn("gp"), h.signIn("gp2")
	first := as[api.Subscription](gp.post("/push/subscriptions", subscription(t, "mine", "shared")).want(http.StatusCreated))
	again := as[api.Subscription](gp.post("/push/subscriptions", subscription(t, "still mine", "shared")).want(http.StatusCreated))
	if again.Id != first.Id || again.Device != "still mine" {
		t.Errorf("twice: %+v, %+v", first, again)
	}
	moved := as[api.Subscription](other.post("/push/subscriptions", subscription(t, "now theirs", "shared")).want(http.StatusCreated))
	if left := as[api.SubscriptionList](gp.get("/push/subscriptions")); len(left.Items) != 0 || moved.Id == first.Id {
		t.Errorf("the first owner keeps %+v", left)
	}
	for n := range notice.MaxDevices {
		gp.post("/push/subscriptions", subscription(t, "", "d"+string(rune('a'+n)))).want(http.StatusCreated)
	}
	gp.post("/push/subscriptions", subscription(t, "", "one too many")).refused(http.StatusBadRequest, "notice.invalid") // a blank in an address
	gp.post("/push/subscriptions", subscription(t, "", "one-too-many")).refused(http.StatusConflict, "notice.device_limit")
	gp.post("/push/subscriptions", subscription(t, "", "da")).want(http.StatusCreated) // one of the ten
}

func TestOnlyPushServicesAreAccepted(t *testing.T) {
	h := openHouse(t)
	gp := h.signIn("gp")
	for _, endpoint := range []string{
		"http://" + pushHost + "/x", "https://user@" + pushHost + "/x", "https://" + pushHost + ":8443/x", "https://evil.exemple.example/x",
		"https://127.0.0.1/x-y-z", "https://[::1]/x-y-z", "https://localhost/x", "ftp://" + pushHost + "/x", "https:///x-y-z-x-y-z", "https://" + pushHost + "/x#y",
		"https://" + pushHost + ".exemple.org/x", "javascript:alert(1)//x",
	} {
		s := subscription(t, "", "x")
		s["endpoint"] = endpoint
		p := gp.post("/push/subscriptions", s).refused(http.StatusBadRequest, "notice.invalid")
		if len(p.Fields) != 1 || p.Fields[0].Name != "endpoint" {
			t.Errorf("%s: %+v", endpoint, p.Fields)
		}
	}
	s := subscription(t, "", "x")
	s["keys"] = map[string]any{"p256dh": "BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB", "auth": "AAAAAAAAAAAAAAAAAAAA"}
	if p := gp.post("/push/subscriptions", s).refused(http.StatusBadRequest, "notice.invalid"); len(p.Fields) != 2 {
		t.Errorf("keys: %+v", p.Fields)
	}
}
