package web

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/relais-snp/relais/internal/fault"
	"github.com/relais-snp/relais/internal/regulation"
	"github.com/relais-snp/relais/internal/web/api"
)

// identity is planted where somebody's name may stand, and must not come back in a refusal.
const identity = "Zorglub-Fictif"

// bodies are the schemas of every request body, with the types that the generated code reads them into.
var bodies = []struct {
	schema string
	into   func() any
}{
	{"SignIn", func() any { return new(api.SignIn) }},
	{"NewOpening", func() any { return new(api.NewOpening) }},
	{"OpeningChange", func() any { return new(api.OpeningChange) }},
	{"NewCase", func() any { return new(api.NewCase) }},
	{"CaseChange", func() any { return new(api.CaseChange) }},
	{"CaseClosing", func() any { return new(api.CaseClosing) }},
	{"NewHold", func() any { return new(api.NewHold) }},
	{"NewBooking", func() any { return new(api.NewBooking) }},
	{"Cancellation", func() any { return new(api.Cancellation) }},
	{"BookingOutcome", func() any { return new(api.BookingOutcome) }},
	{"NewFeed", func() any { return new(api.NewFeed) }},
}

// FuzzBody takes any bytes as the body of every call: what the contract lets through is read by the generated code, what it refuses
// is named without its value.
func FuzzBody(f *testing.F) {
	for _, text := range []string{
		`{"email":"ada@relais.example","password":"` + identity + `"}`,
		`{"location":"l","start":"2026-11-23T08:00:00+01:00","end":"2026-11-23T12:00:00+01:00","slotMinutes":15,"modality":"cabinet","audience":"cpts","repeat":{"weekdays":[1,3],"until":"2027-01-31"}}`,
		`{"territory":"cpts-senart","commune":"77445","patient":{"family":"` + identity + `","birthDate":"1980-01-31","mt":{"status":"has","rpps":"10000000015"}}}`,
		`{"outcome":"booked"}`, `{"case":"c1"}`, `{"kind":"practitioner"}`, `{"by":"patient","reason":"` + identity + `"}`,
		`{"slot":"a","case":"b","patient":{"family":"` + identity + `"},"acknowledge":["same_patient"]}`,
		`{"a":1,"a":2}`, `{"slot":1e400}`, `{"` + identity + `":{"x":[1,"\u0000"]}}`, `null`, `{`, "\xff", `"\ud800"`,
		strings.Repeat("[", 9000) + strings.Repeat("]", 9000), `{"patient":` + strings.Repeat(`{"a":`, 5000) + "1" + strings.Repeat("}", 5001),
	} {
		for i := range bodies {
			f.Add(i, []byte(text))
		}
	}
	f.Fuzz(func(t *testing.T, which int, raw []byte) {
		raw = raw[:min(len(raw), maxBody)]
		body := bodies[uint(which)%uint(len(bodies))]
		value, anew, err := decodeJSON(raw)
		if err != nil {
			if fault.Reason(err) != "request.malformed" || strings.Contains(err.Error(), identity) {
				t.Errorf("refused with %v", err)
			}
			return
		}
		fields := check(loadContract().schema(body.schema), value)
		if len(fields) == 0 {
			if err := json.Unmarshal(anew, body.into()); err != nil {
				t.Errorf("%s passes as %s and is not read: %v", anew, body.schema, err)
			}
			return
		}
		soundFields(t, fields)
	})
}

// soundFields checks what holds for every refusal of fields: bounded, worded, and nobody's value in it.
func soundFields(t *testing.T, fields []fault.Field) {
	t.Helper()
	if len(fields) > 100 || !slices.IsSortedFunc(fields, func(a, b fault.Field) int { return strings.Compare(a.Name+" "+a.Reason, b.Name+" "+b.Reason) }) {
		t.Errorf("%d fields, out of order or too many", len(fields))
	}
	for _, field := range fields {
		if messages[field.Reason] == "" || len(field.Name) > 33*maxDepth || !utf8.ValidString(field.Name) || strings.Contains(field.Name, identity) {
			t.Errorf("field %+v", field)
		}
	}
}

// FuzzParameter takes any text as every parameter of the contract.
func FuzzParameter(f *testing.F) {
	for i, text := range []string{"", "cpts-senart", "2026-11-23T08:00:00+01:00", "2026-02-31", "500", "-1", "0x1", "1e3", "99999999999999999999", "true", "TRUE", "day", identity, "\xff", "a\x00b", strings.Repeat("a", 5000)} {
		f.Add(i, text)
	}
	type asked struct{ op, name string }
	var all []asked
	for name, op := range loadContract().operations {
		for _, p := range op.parameters {
			all = append(all, asked{name, p.Name})
		}
	}
	slices.SortFunc(all, func(a, b asked) int { return strings.Compare(a.op+a.name, b.op+b.name) })
	f.Fuzz(func(t *testing.T, which int, text string) {
		chosen := all[uint(which)%uint(len(all))]
		for _, p := range loadContract().operations[chosen.op].parameters {
			if p.Name != chosen.name {
				continue
			}
			fields := checkParameter(p, []string{text})
			soundFields(t, fields)
			if value, ok := parameterValue(p.Schema.Value, text); len(fields) == 0 && (!ok || !utf8.ValidString(text) || value == nil) {
				t.Errorf("%s lets %q through", chosen, text)
			}
		}
	})
}

// FuzzCursor takes any text as the cursor of a page: those that a page gave are read as they were, any other is refused or leads to
// some place within reason.
func FuzzCursor(f *testing.F) {
	f.Add("", int64(0), "")
	f.Add("MQBh", int64(1795420800000000), "0195a1b2-0000-7000-8000-000000000000")
	f.Add("LTk5OTk5OTk5OTk5OTk5AGE", int64(-1<<62), "\x00")
	f.Add("!!", int64(1<<62), "\xff")
	f.Fuzz(func(t *testing.T, text string, micros int64, id string) {
		if key, err := keyOf(&text); err == nil {
			if !withinReason(key.At) || !utf8.ValidString(key.ID) {
				t.Errorf("%q leads to %+v", text, key)
			}
		} else if fault.Reason(err) != "request.invalid" || len(text) > 16 && strings.Contains(err.Error(), text) {
			t.Errorf("refused with %v", err)
		}
		given := regulation.Key{At: time.UnixMicro(micros).UTC(), ID: id}
		if given == (regulation.Key{}) || !withinReason(given.At) || !utf8.ValidString(id) || strings.ContainsFunc(id, forbiddenRune) {
			return
		}
		if back, err := keyOf(cursorOf(given)); err != nil || back != given {
			t.Errorf("%+v comes back as %+v, %v", given, back, err)
		}
	})
}

// FuzzConditional takes the headers by which programs ask whether anything is new, and what they can unpack.
func FuzzConditional(f *testing.F) {
	for _, tag := range []string{"", "*", `"r1"`, `W/"r1"`, `"r0", W/"r1"`, `"r1`, ",,,", "\xff", strings.Repeat(`"x",`, 5000)} {
		f.Add(tag, "Mon, 23 Nov 2026 07:00:00 GMT", "gzip;q=0, br")
	}
	f.Add("", "Mon, 30 Feb 2026 07:00:00 GMT", "gzip ; Q=0.0")
	modified := time.Date(2026, 11, 23, 7, 0, 0, 0, time.UTC)
	f.Fuzz(func(t *testing.T, tag, since, encoding string) {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.Header.Set("If-None-Match", tag)
		r.Header.Set("If-Modified-Since", since)
		r.Header.Set("Accept-Encoding", encoding)
		known := fresh(r, `"r1"`, modified.Format(http.TimeFormat))
		if known && tag != "" && tag != "*" && !strings.Contains(tag, `"r1"`) && !strings.Contains(tag, "*") {
			t.Errorf("%q is taken for r1", tag)
		}
		if known && tag == "" {
			if at, err := http.ParseTime(since); err != nil || at.Before(modified) {
				t.Errorf("%q is taken for fresh", since)
			}
		}
		if acceptsGzip(r) && !strings.Contains(strings.ToLower(encoding), "gzip") {
			t.Errorf("%q is taken for gzip", encoding)
		}
	})
}
