package proof_test

import (
	"encoding/json"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"github.com/relais-snp/relais/internal/proof"
)

// secret is submitted wherever a text can be, and must come back nowhere.
const secret = "Quetzalcoatl-Plantee"

// bad is one request that must be refused.
type bad struct {
	who    *proof.Client
	method string
	path   string
	body   string
	status int
	reason string
	field  string // "" when no field is to blame
}

func TestBadRequestsAreRefusedPlainly(t *testing.T) {
	s := raise(t, small, tune{})
	slot := s.publish(s.GPs[0], s.start, 1)[0]
	foreign := s.stranger()
	gp, regulator := s.GPs[0], s.Regulators[0]
	patient := `"patient":{"family":"` + secret + `"}`
	far := func(from, to string) string {
		return `{"location":"` + slot.Location + `","start":"` + from + `","end":"` + to + `","slotMinutes":15,"modality":"cabinet","audience":"regulation"}`
	}
	for name, b := range map[string]bad{
		"cut JSON":              {regulator, "POST", "/bookings", `{"slot":"` + secret, 400, "request.malformed", ""},
		"no JSON":               {regulator, "POST", "/bookings", secret, 400, "request.malformed", ""},
		"two values":            {regulator, "POST", "/cases", `{"territory":"cpts-senart"} {"x":"` + secret + `"}`, 400, "request.malformed", ""},
		"broken UTF-8":          {regulator, "POST", "/cases", "{\"territory\":\"cpts-senart\",\"reason\":\"" + secret + "\xff\"}", 400, "request.malformed", ""},
		"unknown field":         {regulator, "POST", "/cases", `{"territory":"cpts-senart","ssn":"` + secret + `"}`, 400, "request.invalid", "ssn"},
		"unknown inner field":   {regulator, "POST", "/bookings", `{"slot":"` + slot.ID + `","patient":{"family":"` + secret + `","ssn":"1"}}`, 400, "request.invalid", "patient.ssn"},
		"wrong type":            {regulator, "POST", "/bookings", `{"slot":7,` + patient + `}`, 400, "request.invalid", "slot"},
		"body of 100 KB":        {regulator, "POST", "/cases", `{"territory":"cpts-senart","reason":"` + strings.Repeat(secret, 5000) + `"}`, 413, "request.too_large", ""},
		"long text":             {regulator, "POST", "/cases", `{"territory":"cpts-senart","reason":"` + strings.Repeat(secret, 50) + `"}`, 400, "request.invalid", "reason"},
		"year 9999":             {gp, "POST", "/openings", far("9999-01-01T08:00:00Z", "9999-01-01T09:00:00Z"), 400, "request.invalid", "start"},
		"yesterday":             {gp, "POST", "/openings", far("2020-01-01T08:00:00Z", "2020-01-01T09:00:00Z"), 400, "agenda.invalid", "start"},
		"ends before it starts": {gp, "POST", "/openings", far(slot.End.Add(time.Hour).Format(time.RFC3339), slot.Start.Format(time.RFC3339)), 400, "agenda.invalid", "end"},
		"31 February":           {regulator, "POST", "/bookings", `{"slot":"` + slot.ID + `","patient":{"family":"` + secret + `","birthDate":"1990-02-31"}}`, 400, "request.invalid", "patient.birthDate"},
		"foreign board":         {foreign, "GET", "/slots?territory=" + proof.Territory, "", 403, "account.forbidden", ""},
		"foreign case":          {foreign, "POST", "/cases", `{"territory":"cpts-senart","reason":"` + secret + `"}`, 403, "account.forbidden", ""},
		"foreign slot":          {foreign, "POST", "/bookings", `{"slot":"` + slot.ID + `",` + patient + `}`, 404, "regulation.slot_unknown", ""},
		"forged token":          {regulator, "POST", "/bookings", `{"hold":"cpts-senart~` + slot.ID + `~forged",` + patient + `}`, 404, "regulation.hold_unknown", ""},
		"token of nothing":      {regulator, "POST", "/bookings", `{"hold":"` + secret + `",` + patient + `}`, 404, "regulation.hold_unknown", ""},
		"extend a forged token": {regulator, "POST", "/holds/cpts-senart~" + slot.ID + "~forged/extend", "", 404, "regulation.hold_unknown", ""},
		"GP holds":              {gp, "POST", "/slots/" + slot.ID + "/holds", "", 403, "account.forbidden", ""},
		"GP books":              {gp, "POST", "/bookings", `{"slot":"` + slot.ID + `",` + patient + `}`, 403, "account.forbidden", ""},
		"regulator publishes":   {regulator, "POST", "/openings", far(slot.Start.Format(time.RFC3339), slot.End.Format(time.RFC3339)), 403, "account.forbidden", ""},
		"other GP withdraws":    {s.GPs[1], "POST", "/slots/" + slot.ID + "/withdraw", "", 403, "account.forbidden", ""},
		"nobody":                {proof.NewClient(s.URL), "GET", "/me", "", 401, "account.sign_in_required", ""},
		"no such page":          {regulator, "GET", "/" + secret, "", 404, "request.not_found", ""},
		"no such method":        {regulator, "PUT", "/cases", "{}", 405, "request.method_not_allowed", ""},
	} {
		t.Run(name, func(t *testing.T) { s.refuses(t, b) })
	}
	if end, err := s.end(nil); err != nil || len(end.Bookings) != 0 || end.Slots[0].Free != 1 {
		t.Errorf("something bad left a trace: %+v, %v", end, err)
	}
	if log := s.Relais.Log(); strings.Contains(log, secret) || strings.Contains(log, "panic") {
		t.Errorf("the log repeats what was sent, or panicked:\n%s", log)
	}
}

// stranger is a regulator of another territory.
func (s *stage) stranger() *proof.Client {
	s.Helper()
	const email = "etranger@essai.example"
	if err := s.Account(s.Context(), email, "regulator", proof.Elsewhere); err != nil {
		s.Fatal(err)
	}
	who, err := s.SignIn(s.Context(), email)
	if err != nil {
		s.Fatal(err)
	}
	return who
}

func (s *stage) refuses(t *testing.T, b bad) {
	t.Helper()
	status, kind, body := b.who.Raw(t.Context(), b.method, b.path, b.body, "Idempotency-Key", s.key())
	var p proof.Problem
	if !strings.HasPrefix(kind, "application/problem+json") || json.Unmarshal(body, &p) != nil {
		t.Fatalf("no problem+json: %d %s %s", status, kind, body)
	}
	if status != b.status || p.Status != b.status || p.Reason != b.reason {
		t.Errorf("answers %d %s, want %d %s (%s)", status, p.Reason, b.status, b.reason, body)
	}
	if b.field != "" && !slices.ContainsFunc(p.Fields, func(f proof.FieldFault) bool { return f.Name == b.field }) {
		t.Errorf("does not name %s: %s", b.field, body)
	}
	if text := string(body); strings.Contains(text, secret) || strings.Contains(text, "goroutine") || strings.Contains(text, ".go:") {
		t.Errorf("the problem says too much: %s", text)
	}
}

func TestBadCommandsKeepTheLineAndBrokenFramesEndIt(t *testing.T) {
	s := raise(t, small, tune{})
	slot := s.publish(s.GPs[0], s.start, 1)[0]
	line := s.line(s.Regulators[0])
	for name, c := range map[string]struct{ frame, reason string }{
		"unknown op":      {`{"id":1,"op":"` + secret + `"}`, "live.unknown_command"},
		"no op":           {`{"id":1}`, "live.unknown_command"},
		"unknown field":   {`{"id":1,"op":"hold","slot":"x","ssn":"` + secret + `"}`, "request.invalid"},
		"missing field":   {`{"id":1,"op":"hold"}`, "request.invalid"},
		"wrong type":      {`{"id":1,"op":"hold","slot":{"a":"` + secret + `"}}`, "request.invalid"},
		"foreign watch":   {`{"id":1,"op":"watch","territory":"` + proof.Elsewhere + `","day":"2026-11-23","days":1}`, "account.forbidden"},
		"31 November":     {`{"id":1,"op":"watch","territory":"cpts-senart","day":"2026-11-31","days":1}`, "request.invalid"},
		"nine hundred":    {`{"id":1,"op":"watch","territory":"cpts-senart","day":"2026-11-23","days":900}`, "request.invalid"},
		"forged hold":     {`{"id":1,"op":"extend","hold":"cpts-senart~` + slot.ID + `~forged"}`, "regulation.hold_unknown"},
		"book the forged": {`{"id":1,"op":"book","key":"essai-forge-1","hold":"cpts-senart~` + slot.ID + `~forged","patient":{"family":"` + secret + `"}}`, "regulation.hold_unknown"},
		"slot of nobody":  {`{"id":1,"op":"hold","slot":"` + secret + `"}`, "regulation.slot_unknown"},
	} {
		t.Run(name, func(t *testing.T) {
			if err := line.WriteMessage(websocket.TextMessage, []byte(c.frame)); err != nil {
				t.Fatal(err)
			}
			_, raw, err := line.ReadMessage()
			if err != nil {
				t.Fatalf("the line is gone: %v", err)
			}
			var f proof.Frame
			if err := json.Unmarshal(raw, &f); err != nil || f.Type != "reply" || f.ID != 1 || f.Problem == nil || f.Problem.Reason != c.reason {
				t.Errorf("want %s, got %s", c.reason, raw)
			}
			if strings.Contains(string(raw), secret) {
				t.Errorf("the reply repeats what was sent: %s", raw)
			}
		})
	}
	for name, c := range map[string]struct {
		kind  int
		frame string
		code  int
	}{
		"broken JSON":  {websocket.TextMessage, `{"id":1,"op":`, websocket.CloseInvalidFramePayloadData},
		"no UTF-8":     {websocket.TextMessage, "{\"id\":1,\"op\":\"\xff\"}", websocket.CloseInvalidFramePayloadData},
		"binary":       {websocket.BinaryMessage, `{"id":1,"op":"focus"}`, websocket.CloseUnsupportedData},
		"17 kilobytes": {websocket.TextMessage, `{"id":1,"op":"hold","slot":"` + strings.Repeat("x", 17<<10) + `"}`, websocket.CloseMessageTooBig},
	} {
		t.Run(name, func(t *testing.T) {
			line := s.line(s.Regulators[1])
			if err := line.WriteMessage(c.kind, []byte(c.frame)); err != nil {
				t.Fatal(err)
			}
			if _, raw, err := line.ReadMessage(); !websocket.IsCloseError(err, c.code) {
				t.Errorf("want close %d, got %q, %v", c.code, raw, err)
			}
		})
	}
	if log := s.Relais.Log(); strings.Contains(log, secret) || strings.Contains(log, "panic") {
		t.Errorf("the log repeats what was sent, or panicked:\n%s", log)
	}
}

// line opens a bare live line, bounded in time.
func (s *stage) line(who *proof.Client) *websocket.Conn {
	s.Helper()
	line, err := who.Line(s.Context())
	if err != nil {
		s.Fatal(err)
	}
	s.Cleanup(func() { line.Close() })
	if err := line.SetReadDeadline(time.Now().Add(30 * time.Second)); err != nil {
		s.Fatal(err)
	}
	return line
}

// metrics reads what machines are told.
func (s *stage) metrics() string {
	s.Helper()
	resp, err := http.Get(s.URL + "/metrics")
	if err != nil {
		s.Fatal(err)
	}
	defer resp.Body.Close()
	raw, err := io.ReadAll(resp.Body)
	if err != nil || resp.StatusCode != http.StatusOK {
		s.Fatalf("/metrics: %d, %v", resp.StatusCode, err)
	}
	return string(raw)
}
