package web_test

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/regulation"
	"github.com/relais-snp/relais/internal/store"
	"github.com/relais-snp/relais/internal/web"
	"github.com/relais-snp/relais/internal/web/api"
)

// broken is a desk with a mistake in it, which knows a patient.
type broken struct{}

func (broken) Slots(context.Context, account.Actor, regulation.BoardQuery) (regulation.Board, error) {
	panic("Zorglubine")
}

func (broken) Hold(context.Context, account.Actor, string, string) (regulation.Hold, error) {
	panic("Zorglubine")
}

func (broken) Extend(context.Context, account.Actor, string) (regulation.Hold, error) {
	return regulation.Hold{}, context.DeadlineExceeded
}

func (broken) Release(context.Context, account.Actor, string) error { return nil }

func TestAPanicTakesNothingDown(t *testing.T) {
	h := openHouse(t, func(c *web.Config) { c.Board, c.Holds = broken{}, broken{} })
	regulator := h.signIn("regulator")

	p := regulator.get("/slots?territory="+senart).refused(http.StatusInternalServerError, "internal")
	if strings.Contains(p.Title, "Zorglubine") {
		t.Error("the problem tells what broke")
	}
	line := regulator.live()
	line.refused(line.ask("hold", "slot", "a"), "internal")
	line.refused(line.ask("extend", "hold", "a"), "request.timeout")
	ok[struct{}](line, line.ask("release", "hold", "a"))
	regulator.get("/me").want(http.StatusOK)

	if strings.Contains(h.log.String(), "Zorglubine") {
		t.Error("the log holds what the panic said")
	}
	if !strings.Contains(h.log.String(), *p.RequestId) || !strings.Contains(h.log.String(), "faults_test.go") {
		t.Error("the log does not tell where it broke, under the number that the caller was given")
	}
}

func TestWithoutTheEngineTheServiceGoesOn(t *testing.T) {
	h := openHouse(t)
	slots := h.published()
	regulator := h.signIn("regulator")
	if _, err := h.engine.Begin(t.Context(), senart, h.clock(), 0); err != nil { // as after a loss, before the rebuild
		t.Fatal(err)
	}

	board := as[api.SlotList](regulator.get("/slots?territory=" + senart).want(http.StatusOK))
	if board.Degraded == nil || !*board.Degraded || board.Epoch != nil || len(board.Items) != 3 {
		t.Errorf("board: %+v", board)
	}
	away := regulator.post("/slots/"+slots[0].Id+"/holds", nil)
	away.refused(http.StatusServiceUnavailable, "live.unavailable")
	if away.header.Get("Retry-After") == "" {
		t.Error("does not say when to try again")
	}
	line := regulator.live()
	ok[struct{}](line, line.ask("watch", "territory", senart, "day", "2026-11-23", "days", 1))
	line.next("away")
	ok[api.Booking](line, line.ask("book", "slot", slots[0].Id, "key", "away-0001", "patient", patient("Zorglub")))
	regulator.call("POST", "/bookings", map[string]any{"slot": slots[0].Id, "patient": patient("Bulgroz")}, "Idempotency-Key", "away-0002").
		refused(http.StatusConflict, "regulation.slot_taken")
}

func TestRightsAreReadAnew(t *testing.T) {
	h := openHouse(t, func(c *web.Config) { c.RecheckEvery = 10 * time.Millisecond })
	regulator := h.signIn("regulator")
	regulator.get("/me").want(http.StatusOK)
	line, _ := regulator.board()
	accounts := account.NewService(store.Accounts{DB: h.db}, quickHasher{}, h.clock, newID)

	if err := accounts.SetActive(t.Context(), "system", "regulator@relais.example", false); err != nil {
		t.Fatal(err)
	}
	h.pass(time.Second) // another process has made the change

	regulator.get("/me").refused(http.StatusUnauthorized, "account.sign_in_required")
	if c, resp := regulator.dial(nil); c != nil || resp.StatusCode != http.StatusUnauthorized {
		t.Error("a line was opened")
	}
	if code := line.closed(); code != 4401 {
		t.Errorf("the open line was closed with %d", code)
	}
}
