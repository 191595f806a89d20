package funding_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.yaml.in/yaml/v3"
	"pgregory.net/rapid"

	"github.com/relais-snp/relais/configs"
	"github.com/relais-snp/relais/internal/fault"
	"github.com/relais-snp/relais/internal/funding"
)

func schemes(t testing.TB) funding.Schemes {
	t.Helper()
	text, err := configs.Funding.ReadFile("funding/schemes.yaml")
	if err != nil {
		t.Fatal(err)
	}
	decoder := yaml.NewDecoder(bytes.NewReader(text))
	decoder.KnownFields(true)
	var s funding.Schemes
	if err := decoder.Decode(&s); err != nil {
		t.Fatal(err)
	}
	if err := s.Validate(); err != nil {
		t.Fatal(err, fault.Of(err).Fields)
	}
	return s
}

func scheme(t testing.TB, code string) funding.Scheme {
	t.Helper()
	s, ok := schemes(t).Scheme(code)
	if !ok {
		t.Fatalf("no scheme %s", code)
	}
	return s
}

var paris = func() *time.Location {
	zone, err := time.LoadLocation("Europe/Paris")
	if err != nil {
		panic(err)
	}
	return zone
}()

// monday is the first moment of a week in Paris.
var monday = time.Date(2026, 3, 2, 0, 0, 0, 0, paris)

func honoured(booking string, start time.Time) funding.Act {
	return funding.Act{Booking: booking, Territory: senart, Practitioner: "doctor", BookedAt: start.Add(-3 * time.Hour), Start: start, ByRegulator: true}
}

func TestAnActEarnsWhenEveryRuleIsMet(t *testing.T) {
	national := scheme(t, "national-snp")
	for name, test := range map[string]struct {
		arrange func(*funding.Act)
		earns   bool
	}{
		"as the rules want it":     {func(*funding.Act) {}, true},
		"not by the regulation":    {func(a *funding.Act) { a.ByRegulator = false }, false},
		"their own doctor":         {func(a *funding.Act) { a.OwnMT = true }, false},
		"48 hours to the second":   {func(a *funding.Act) { a.BookedAt = a.Start.Add(-48 * time.Hour) }, true},
		"a second more":            {func(a *funding.Act) { a.BookedAt = a.Start.Add(-48*time.Hour - time.Second) }, false},
		"before the scheme":        {func(a *funding.Act) { a.Start = time.Date(2022, 3, 31, 23, 59, 0, 0, paris); a.BookedAt = a.Start }, false},
		"the first day, in Paris":  {func(a *funding.Act) { a.Start = time.Date(2022, 4, 1, 0, 0, 0, 0, paris); a.BookedAt = a.Start }, true},
		"entered after it started": {func(a *funding.Act) { a.BookedAt = a.Start.Add(time.Minute) }, true},
	} {
		act := honoured("b", monday.Add(10*time.Hour))
		test.arrange(&act)
		if got := national.Earn([]funding.Act{act}, paris); (len(got) == 1) != test.earns {
			t.Errorf("%s: %+v", name, got)
		}
	}
	own := honoured("b", monday)
	own.OwnMT, own.BookedAt = true, monday.AddDate(0, 0, -9)
	got := scheme(t, "vendee-2020").Earn([]funding.Act{own}, paris)
	if len(got) != 1 || !cmp.Equal(got[0].Because, []funding.Reason{funding.BecauseRegulated, funding.BecauseNoCap}) || got[0].Amount != 1500 {
		t.Errorf("the Vendée scheme asks for the regulation alone: %+v", got)
	}
}

func TestTwentyActsAWeekArePaid(t *testing.T) {
	national := scheme(t, "national-snp")
	var acts []funding.Act
	for i := range 23 {
		acts = append(acts, honoured(fmt.Sprintf("b-%02d", i), monday.Add(time.Duration(i)*time.Hour)))
	}
	sunday := honoured("sunday", monday.Add(7*24*time.Hour-time.Second))
	next := honoured("next", monday.Add(7*24*time.Hour))
	other := honoured("other", monday.Add(50*time.Hour))
	other.Practitioner = "colleague"
	got := national.Earn(append(acts, sunday, next, other), paris)
	byDoctor := map[string]int{}
	for _, m := range got {
		byDoctor[m.Practitioner]++
	}
	if byDoctor["doctor"] != 21 || byDoctor["colleague"] != 1 { // 20 of the week and the first of the next
		t.Errorf("%v", byDoctor)
	}
	if last := got[len(got)-1]; last.Booking != "next" || last.Nth != 1 {
		t.Errorf("%+v", last)
	}
}

func TestTheOrderOfActsDoesNotMatterAndNoCapIsBroken(t *testing.T) {
	national := scheme(t, "national-snp")
	national.CapPerWeek = 3
	rapid.Check(t, func(rt *rapid.T) {
		acts := make([]funding.Act, rapid.IntRange(0, 25).Draw(rt, "acts"))
		for i := range acts {
			acts[i] = honoured(fmt.Sprint(i), monday.Add(time.Duration(rapid.IntRange(0, 30*24).Draw(rt, "hour"))*time.Hour))
			acts[i].Practitioner = rapid.SampledFrom([]string{"a", "b"}).Draw(rt, "doctor")
			acts[i].ByRegulator = rapid.IntRange(0, 3).Draw(rt, "by") > 0
		}
		want := national.Earn(acts, paris)
		rand.New(rand.NewPCG(1, rapid.Uint64().Draw(rt, "seed"))).Shuffle(len(acts), func(i, j int) { acts[i], acts[j] = acts[j], acts[i] })
		if diff := cmp.Diff(want, national.Earn(acts, paris)); diff != "" {
			rt.Fatal(diff)
		}
		perWeek := map[string]int{}
		for _, m := range want {
			year, week := m.Start.In(paris).ISOWeek()
			key := fmt.Sprint(m.Practitioner, year, week)
			if perWeek[key]++; perWeek[key] > 3 || m.Nth != perWeek[key] {
				rt.Fatalf("%s: %d, said to be %d", key, perWeek[key], m.Nth)
			}
		}
	})
}
