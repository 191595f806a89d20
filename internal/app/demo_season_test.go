package app_test

import (
	"encoding/json"
	"net/http"
	"net/http/cookiejar"
	"strings"
	"testing"
	"time"

	"github.com/relais-snp/relais/internal/civil"
)

// figures are what the reports of the demo say, as far as it is looked at here.
type figures struct {
	Total json.RawMessage
	Rows  []struct {
		WhyKind           string
		SnpActs, Cap      int
		BookSeconds, Keys *float64
	}
	Days []struct {
		Day   string
		Parts []struct {
			Part string
			Gap  bool
		}
	}
}

func TestTheDemoHasSomethingForEachPicture(t *testing.T) {
	o := newOffice(t, "RELAIS_DEMO_PASSWORD=corbeau-lilas-42")
	address, _ := o.serving("--demo-quiet")
	freeInBoth(t, address)
	theSearchIsThere(t, address)
	theBooksAreThere(t, address)
	ask := signedIn(t, address, "coordination@relais.demo", "corbeau-lilas-42")
	paris, err := civil.LoadZone("Europe/Paris")
	if err != nil {
		t.Fatal(err)
	}
	today := civil.DateOf(time.Now(), paris)
	period := func(from, to int) string {
		return "?territory=cpts-senart&from=" + today.AddDays(from).String() + "&to=" + today.AddDays(to).String()
	}
	past := period(-60, -1)

	var total struct {
		Fill                                                              float64
		CancelledByPatient, CancelledByRegulator, CancelledByPractitioner int
		NoShow, WithMT, WithoutMT, UnknownMT, Extra                       int
	}
	if err := json.Unmarshal(ask("/indicators/fill"+past+"&by=month").Total, &total); err != nil {
		t.Fatal(err)
	}
	if total.Fill < 0.57 || total.Fill > 0.61 {
		t.Errorf("filled to %.3f, want about 0.59", total.Fill)
	}
	for name, n := range map[string]int{
		"cancelled by patients": total.CancelledByPatient, "by regulators": total.CancelledByRegulator, "by GPs": total.CancelledByPractitioner,
		"no-shows": total.NoShow, "with MT": total.WithMT, "without": total.WithoutMT, "unknown": total.UnknownMT, "en sus": total.Extra,
	} {
		if n == 0 {
			t.Errorf("nothing %s", name)
		}
	}
	kinds := map[string]bool{}
	for _, row := range ask("/indicators/unmet" + past).Rows {
		kinds[row.WhyKind] = true
	}
	if len(kinds) < 5 {
		t.Errorf("unmet for %v alone", kinds)
	}
	weeks := ask("/indicators/calls" + past).Rows
	if first, last := weeks[1], weeks[len(weeks)-2]; *first.BookSeconds <= *last.BookSeconds || *first.Keys <= *last.Keys {
		t.Errorf("regulators do not learn: %v s to %v s", *first.BookSeconds, *last.BookSeconds)
	}
	near := 0
	for _, row := range ask("/indicators/weeks" + past).Rows {
		if row.SnpActs >= 16 && row.Cap == 20 {
			near++
		}
	}
	if near < 2 {
		t.Errorf("%d weeks near the cap", near)
	}
	saturday := today.AddDays((12-today.Weekday())%7 + 1)
	gaps := missing(ask("/indicators/cover" + period(1, 8)))
	if !civil.IsHoliday(saturday, civil.National) && (len(gaps) != 1 || gaps[0] != saturday.String()+" am") {
		t.Errorf("gaps of the coming week: %v, want next Saturday morning", gaps)
	}
}

// missing lists the half-days of a report that nobody covers.
func missing(r figures) (list []string) {
	for _, day := range r.Days {
		for _, part := range day.Parts {
			if part.Gap {
				list = append(list, day.Day+" "+part.Part)
			}
		}
	}
	return list
}

// freeInBoth looks at what a regulation centre finds in its two territories.
func freeInBoth(t *testing.T, address string) {
	t.Helper()
	jar, _ := cookiejar.New(nil)
	client := &http.Client{Jar: jar}
	post(t, client, address+"/api/v1/session", `{"email":"centre@relais.demo","password":"corbeau-lilas-42"}`)
	for _, territory := range []string{"cpts-senart", "cpts-littoral-vendeen"} {
		var found struct{ Items []json.RawMessage }
		read(t, client, address+"/api/v1/slots?free=true&territory="+territory, &found)
		if len(found.Items) == 0 {
			t.Errorf("nothing is free in %s", territory)
		}
	}
}

// theSearchIsThere looks at what those find who came for a médecin traitant.
func theSearchIsThere(t *testing.T, address string) {
	t.Helper()
	for email, path := range map[string]string{
		"infirmiere@relais.demo":  "/mt/requests?state=received&territory=cpts-senart",
		"pharmacie@relais.demo":   "/mt/requests?territory=cpts-senart",
		"gp@relais.demo":          "/mt/offers?territory=cpts-senart&state=pending",
		"observation@relais.demo": "/indicators/declared?territory=cpts-senart",
	} {
		jar, _ := cookiejar.New(nil)
		client := &http.Client{Jar: jar}
		post(t, client, address+"/api/v1/session", `{"email":"`+email+`","password":"corbeau-lilas-42"}`)
		var found struct{ Items []json.RawMessage }
		read(t, client, address+"/api/v1"+path, &found)
		if len(found.Items) == 0 {
			t.Errorf("%s finds nothing at %s", email, path)
		}
	}
}

// theBooksAreThere looks at what those find who came for the money of the contract.
func theBooksAreThere(t *testing.T, address string) {
	t.Helper()
	for path, email := range map[string]string{
		"/funding/entries":                      "tresorerie@relais.demo",
		"/funding/envelopes":                    "coordination@relais.demo",
		"/funding/expectations?kind=payment":    "tresorerie@relais.demo",
		"/funding/expectations?kind=majoration": "tresorerie@relais.demo",
		"/mission/objectives":                   "observation@relais.demo",
	} {
		jar, _ := cookiejar.New(nil)
		client := &http.Client{Jar: jar}
		post(t, client, address+"/api/v1/session", `{"email":"`+email+`","password":"corbeau-lilas-42"}`)
		mark := "?"
		if strings.Contains(path, mark) {
			mark = "&"
		}
		var found struct{ Items []json.RawMessage }
		read(t, client, address+"/api/v1"+path+mark+"territory=cpts-senart", &found)
		if len(found.Items) == 0 {
			t.Errorf("%s finds nothing at %s", email, path)
		}
	}
}

func signedIn(t *testing.T, address, email, password string) func(path string) figures {
	jar, _ := cookiejar.New(nil)
	client := &http.Client{Jar: jar}
	post(t, client, address+"/api/v1/session", `{"email":"`+email+`","password":"`+password+`"}`)
	return func(path string) (f figures) {
		t.Helper()
		read(t, client, address+"/api/v1"+path, &f)
		return f
	}
}

func post(t *testing.T, client *http.Client, url, body string) {
	t.Helper()
	r, err := client.Post(url, "application/json", strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	if r.StatusCode != http.StatusNoContent {
		t.Fatalf("%s: %d", url, r.StatusCode)
	}
}

func read(t *testing.T, client *http.Client, url string, into any) {
	t.Helper()
	r, err := client.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	if r.StatusCode != http.StatusOK {
		t.Fatalf("%s: %d", url, r.StatusCode)
	}
	if err := json.NewDecoder(r.Body).Decode(into); err != nil {
		t.Fatal(err)
	}
}
