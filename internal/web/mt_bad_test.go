package web_test

import (
	"context"
	"encoding/base64"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/attribution"
	"github.com/relais-snp/relais/internal/web"
	"github.com/relais-snp/relais/internal/web/api"
)

func TestReportsThatCannotBe(t *testing.T) {
	h := openHouse(t)
	pharmacist := h.signIn("professional")
	patient := func(more ...string) map[string]any {
		p := map[string]any{"family": "Zorglub", "birthDate": "1950-03-02"}
		for i := 0; i < len(more); i += 2 {
			p[more[i]] = more[i+1]
		}
		return map[string]any{"patient": p}
	}
	for i, test := range []struct {
		wrong               map[string]any
		reason, name, field string
	}{
		{patient("birthDate", "1950-02-30"), "request.invalid", "patient.birthDate", "request.format"},
		{patient("birthDate", "2027-01-01"), "attribution.invalid", "patient.birthDate", "attribution.birth"},
		{patient("phone", "06 39 98"), "attribution.invalid", "patient.phone", "attribution.phone"},
		{map[string]any{"commune": "99999"}, "attribution.invalid", "commune", "attribution.commune_unknown"},
		{map[string]any{"since": "2026-11-24"}, "attribution.invalid", "since", "attribution.day_future"},
		{map[string]any{"consent": map[string]any{"on": "2026-12-01", "collector": "Fictive"}}, "attribution.invalid", "consent.on", "attribution.day_future"},
		{map[string]any{"consent": map[string]any{"on": "2026-11-20"}}, "request.invalid", "consent.collector", "request.required"},
		{map[string]any{"criteria": []string{"aged_70"}}, "request.invalid", "criteria.0", "request.enum"},
		{map[string]any{"knownTo": h.stranger.ID}, "attribution.invalid", "knownTo", "attribution.practitioner_unknown"},
	} {
		p := pharmacist.reports(seeking("Zorglub", test.wrong), fmt.Sprintf("impossible-%d", i)).refused(http.StatusBadRequest, test.reason)
		if len(p.Fields) != 1 || p.Fields[0].Name != test.name || p.Fields[0].Reason != test.field || p.Fields[0].Message == nil {
			t.Errorf("%v: %+v", test.wrong, p.Fields)
		}
	}
	pharmacist.reports(seeking("Zorglub"), "deux-fois").want(http.StatusCreated)
	pharmacist.reports(seeking("Bulgroz"), "deux-fois").refused(http.StatusConflict, "request.key_reused")
	pharmacist.reports(seeking("Zorglub", map[string]any{"synthesis": "Vit seule."}), "infirmiere").refused(http.StatusForbidden, "account.forbidden")
}

func TestACallerWithoutDoctorBecomesARequestOnce(t *testing.T) {
	h := openHouse(t)
	regulator := h.signIn("regulator")
	kase := as[api.Case](regulator.post("/cases", map[string]any{"territory": senart, "commune": "77445", "patient": patient("Zorglub")}).want(http.StatusCreated)).Id
	report := seeking("Zorglub", map[string]any{"origin": "regulation", "case": kase})

	made := as[api.MTRequest](regulator.reports(report, "appel-0001").want(http.StatusCreated))
	if made.Case == nil || *made.Case != kase || made.Origin != "regulation" {
		t.Errorf("made %+v", made)
	}
	regulator.reports(report, "appel-0002").refused(http.StatusConflict, "attribution.case_reported")
	withMT := as[api.Case](regulator.post("/cases", map[string]any{"territory": senart, "commune": "77445", "mt": map[string]any{"status": "has"}}).want(http.StatusCreated)).Id
	report["case"] = withMT
	p := regulator.reports(report, "appel-0004").refused(http.StatusBadRequest, "attribution.invalid")
	if len(p.Fields) != 1 || p.Fields[0].Name != "case" || p.Fields[0].Reason != "attribution.case_has_mt" {
		t.Errorf("a patient who has a médecin traitant: %+v", p.Fields)
	}
	report["case"] = "unknown"
	regulator.reports(report, "appel-0003").refused(http.StatusNotFound, "attribution.case_unknown")
}

func TestOnePatientReportedTwiceIsMerged(t *testing.T) {
	h := openHouse(t)
	nurse, pharmacist := h.signIn("triage_nurse"), h.signIn("professional")
	first := as[api.MTRequest](pharmacist.reports(seeking("Le Zorglub", map[string]any{"chronicDisease": "diabète"}), "double-01").want(http.StatusCreated))
	second := as[api.MTRequest](nurse.reports(seeking("LE-ZORGLÜB", map[string]any{"origin": "cpam"}), "double-02").want(http.StatusCreated))
	if len(first.Duplicates) != 0 || len(second.Duplicates) != 1 || second.Duplicates[0] != first.Id {
		t.Fatalf("duplicates %v, %v", first.Duplicates, second.Duplicates)
	}
	nurse.steps(second.Id, "merged", map[string]any{"into": second.Id}).refused(http.StatusConflict, "attribution.merge")
	merged := as[api.MTRequest](nurse.steps(second.Id, "merged", map[string]any{"into": first.Id}).want(http.StatusOK))
	if merged.State != "closed" || *merged.ClosedReason != "duplicate" || *merged.MergedInto != first.Id {
		t.Errorf("merged %+v", merged)
	}
	nurse.steps(second.Id, "qualified").refused(http.StatusConflict, "attribution.state")
	if left := as[api.MTRequest](nurse.get("/mt/requests/" + first.Id)); len(left.Duplicates) != 0 || left.State != "received" || *left.ChronicDisease != "diabète" {
		t.Errorf("left %+v", left)
	}
}

func TestAnOfferIsAnsweredInTimeOrNotAtAll(t *testing.T) {
	h := openHouse(t)
	request, offer := h.proposed(h.signIn("gp"))
	h.pass(15 * 24 * time.Hour)
	gp, nurse := h.signIn("gp"), h.signIn("triage_nurse")

	gp.post("/mt/offers/"+offer+"/answer", map[string]any{"kind": "accept"}).refused(http.StatusConflict, "attribution.offer_expired")
	if o := as[api.MTOfferList](gp.get("/mt/offers?territory=" + senart + "&state=expired&state=ended").want(http.StatusOK)); len(o.Items) != 1 || o.Items[0].State != "expired" || o.Items[0].Request != nil {
		t.Errorf("offers %+v", o.Items)
	}
	if err := h.attribution.Expire(t.Context()); err != nil {
		t.Fatal(err)
	}
	if r := as[api.MTRequest](nurse.get("/mt/requests/" + request)); r.State != "waiting" || r.Offer != nil {
		t.Errorf("the request %+v", r)
	}
	if elsewhere := nurse.offers(request, h.doctor2.ID); elsewhere.Offer != nil || *elsewhere.Reason != "attribution.no_place" {
		t.Errorf("offered to who has no place: %+v", elsewhere)
	}
	if unknown := nurse.offers("unknown", h.doctor.ID); *unknown.Reason != "attribution.request_unknown" {
		t.Errorf("unknown: %+v", unknown)
	}
	nurse.post("/mt/offers/"+offer+"/withdraw", nil).refused(http.StatusConflict, "attribution.offer_expired")
	if again := nurse.offers(request, h.doctor.ID); again.Offer == nil || *again.Offer == offer {
		t.Errorf("nobody said no, and a nurse cannot ask again: %+v", again)
	}
}

func TestWhoWithdrawsTheirConsentIsForgotten(t *testing.T) {
	h := openHouse(t)
	gp := h.signIn("gp")
	request, offer := h.proposed(gp)
	nurse, pharmacist := h.signIn("triage_nurse"), h.signIn("professional")

	gone := as[api.MTRequest](nurse.steps(request, "erased").want(http.StatusOK))
	if gone.State != "closed" || *gone.ClosedReason != "withdrawn" || gone.Patient != nil || gone.BirthYear != nil || gone.Erased == nil || gone.Commune != "77445" || gone.Tier != 1 {
		t.Errorf("erased: %+v", gone)
	}
	for _, who := range []*person{nurse, pharmacist, h.signIn("coordinator")} {
		if body := string(who.get("/mt/requests/" + request).want(http.StatusOK).body); strings.Contains(body, "Proposée") || strings.Contains(body, "Pharmacie") {
			t.Errorf("still told: %s", body)
		}
	}
	if o := as[api.MTOffer](gp.get("/mt/offers/" + offer).want(http.StatusOK)); o.State != "withdrawn" || o.Request != nil {
		t.Errorf("the offer: %+v", o)
	}
	gp.post("/mt/offers/"+offer+"/answer", map[string]any{"kind": "accept"}).refused(http.StatusConflict, "attribution.offer_withdrawn")
	nurse.call("PATCH", "/mt/requests/"+request, map[string]any{"homeVisits": true}).refused(http.StatusConflict, "attribution.erased")
}

func TestTheWorklistComesInPages(t *testing.T) {
	h := openHouse(t)
	nurse := h.signIn("triage_nurse")
	for i, criteria := range [][]string{{}, {"ald"}, {"ald"}, {"c2s"}} {
		patient := map[string]any{"family": fmt.Sprintf("Zorglub%d", i), "birthDate": "1990-01-01"}
		nurse.reports(seeking("", map[string]any{"patient": patient, "criteria": criteria, "since": fmt.Sprintf("2026-11-2%d", i)}), fmt.Sprintf("page-000%d", i)).want(http.StatusCreated)
	}
	var names []string
	path := "/mt/requests?territory=" + senart + "&limit=1"
	for next := ""; len(names) < 9; {
		page := as[api.MTRequestList](nurse.get(path + next).want(http.StatusOK))
		for _, r := range page.Items {
			names = append(names, fmt.Sprint(r.Tier, r.Patient.Family))
		}
		if page.Next == nil {
			break
		}
		next = "&cursor=" + *page.Next
	}
	if got := strings.Join(names, " "); got != "1Zorglub1 1Zorglub2 3Zorglub0 3Zorglub3" {
		t.Errorf("pages %s", got)
	}
	for _, cursor := range []string{"x", "MQBh", base64.RawURLEncoding.EncodeToString([]byte("1.2026-02-31.1\x00a")), base64.RawURLEncoding.EncodeToString([]byte("1.2026-02-01.zzzzzzzzzzzz\x00a"))} {
		nurse.get(path+"&cursor="+cursor).refused(http.StatusBadRequest, "request.invalid")
	}
	nurse.get(path+"&state=received&state=Zorglub").refused(http.StatusBadRequest, "request.invalid")
	nurse.get(path+"&state=received&state=received").refused(http.StatusBadRequest, "request.invalid")
	nurse.get(path+"&tier=1&tier=2").refused(http.StatusBadRequest, "request.invalid")
}

// asBuilt is the requests of a house, under a name that is none of their methods.
type asBuilt = web.Requests

// slowFile holds imports until told.
type slowFile struct {
	asBuilt
	began, goOn chan struct{}
}

func (s slowFile) Import(ctx context.Context, a account.Actor, territory string, r io.Reader, dryRun bool) (attribution.ImportReport, error) {
	s.began <- struct{}{}
	<-s.goOn
	return s.asBuilt.Import(ctx, a, territory, r, dryRun)
}

func TestFilesAreTakenOneAtATime(t *testing.T) {
	slow := slowFile{began: make(chan struct{}), goOn: make(chan struct{})}
	h := openHouse(t, func(c *web.Config) { slow.asBuilt = c.Requests; c.Requests = slow })
	nurse := h.signIn("triage_nurse")
	file := map[string]any{"territory": senart, "file": base64.StdEncoding.EncodeToString([]byte("nom\nZorglub\n")), "dryRun": true}
	ended := make(chan answer, 1)
	go func() { ended <- nurse.post("/mt/requests/import", file) }()
	<-slow.began

	second := nurse.post("/mt/requests/import", file)
	second.refused(http.StatusServiceUnavailable, "service.busy")
	if second.header.Get("Retry-After") == "" {
		t.Error("nothing says when to come back")
	}
	nurse.get("/mt/requests?territory=" + senart).want(http.StatusOK)
	h.signIn("professional").post("/mt/requests/import", file).refused(http.StatusForbidden, "account.forbidden") // and takes no place
	close(slow.goOn)
	if first := <-ended; first.status >= 500 {
		t.Errorf("the first: %d %s", first.status, first.body)
	}
	go func() { <-slow.began }()
	if third := nurse.post("/mt/requests/import", file); third.status >= 500 {
		t.Errorf("afterwards: %d %s", third.status, third.body)
	}
}

func TestAFileOfRequestsIsTakenLineByLine(t *testing.T) {
	h := openHouse(t)
	nurse := h.signIn("triage_nurse")
	h.signIn("professional").reports(seeking("Bulgroz"), "avant-le-fichier").want(http.StatusCreated)
	lines := "Nom;Prénom;Né(e) le;Commune;ALD;Consentement le;Consentement recueilli par;Remarque\r\n" +
		"Zorglub;Camille;02/03/1950;Savigny-le-Temple;oui;20/11/2026;Infirmière Fictive;x\r\n" +
		"Bulgroz;Camille;02/03/1950;Savigny-le-Temple;non;20/11/2026;Infirmière Fictive;\r\n" +
		"Sansaccord;Camille;31/02/1950;Nulle-Part;peut-être;;Infirmière Fictive;\r\n"
	send := func(dryRun bool) api.MTImportReport {
		return as[api.MTImportReport](nurse.post("/mt/requests/import", map[string]any{
			"territory": senart, "dryRun": dryRun, "file": base64.StdEncoding.EncodeToString([]byte(lines)),
		}).want(http.StatusOK))
	}
	count := func() int {
		return len(as[api.MTRequestList](nurse.get("/mt/requests?territory=" + senart).want(http.StatusOK)).Items)
	}

	tried := send(true)
	if tried.Created != 2 || *tried.Duplicates != 1 || len(tried.Problems) == 0 || tried.Problems[0].Line != 4 || count() != 1 {
		t.Errorf("tried: %+v, %d kept", tried, count())
	}
	if made := send(false); made.Created != 2 || made.Unchanged != 0 || *made.Duplicates != 1 || len(made.Problems) != len(tried.Problems) || count() != 3 {
		t.Errorf("made: %+v, %d kept", made, count())
	}
	again := send(false)
	if again.Created != 0 || again.Unchanged != 2 || count() != 3 {
		t.Errorf("again: %+v, %d kept", again, count())
	}
	for _, p := range again.Problems {
		if p.Line != 4 || p.Column == nil || p.Message == "" || strings.Contains(p.Message, "Sansaccord") || strings.Contains(p.Message, "Nulle-Part") {
			t.Errorf("problem %+v", p)
		}
	}
	if len(again.Aside) != 1 || again.Aside[0] != "Remarque" {
		t.Errorf("aside %v", again.Aside)
	}
}

func TestFilesThatCannotBeRead(t *testing.T) {
	nurse := openHouse(t).signIn("triage_nurse")
	send := func(file string) answer {
		return nurse.post("/mt/requests/import", map[string]any{"territory": senart, "file": file})
	}
	send("pas du base64 !").refused(http.StatusBadRequest, "attribution.file")
	send("AAA").refused(http.StatusBadRequest, "request.invalid")
	send(strings.Repeat("A", 1_400_004)).refused(http.StatusBadRequest, "request.invalid")
	send(strings.Repeat("A", 3<<19)).refused(http.StatusRequestEntityTooLarge, "request.too_large")
	// Everything else stays small.
	nurse.reports(seeking(strings.Repeat("A", 64<<10)), "trop-long").refused(http.StatusRequestEntityTooLarge, "request.too_large")
}

func TestWhereFindingADoctorIsNotOffered(t *testing.T) {
	h := openHouse(t, func(c *web.Config) { c.Requests, c.Matching, c.Offers, c.FollowUps = nil, nil, nil, nil })
	nurse := h.signIn("triage_nurse")
	nurse.get("/mt/requests?territory="+senart).refused(http.StatusNotFound, "request.not_found")
	nurse.post("/mt/plan", map[string]any{"territory": senart}).refused(http.StatusNotFound, "request.not_found")
	nurse.get("/mt/offers?territory="+senart).refused(http.StatusNotFound, "request.not_found")
	h.anyone().get("/mt/offers?territory="+senart).refused(http.StatusUnauthorized, "account.sign_in_required")
}

func TestADossierThatChangedMeanwhileIsNotWrittenOver(t *testing.T) {
	h := openHouse(t)
	nurse := h.signIn("triage_nurse")
	r := as[api.MTRequest](nurse.reports(seeking("Deux"), "deux-nurses-1").want(http.StatusCreated))
	path := "/mt/requests/" + r.Id
	now := as[api.MTRequest](nurse.call("PATCH", path, map[string]any{"revision": r.Revision, "homeVisits": true}).want(http.StatusOK))

	nurse.call("PATCH", path, map[string]any{"revision": r.Revision, "homeVisits": false}).refused(http.StatusConflict, "attribution.changed")
	nurse.steps(r.Id, "qualified", map[string]any{"revision": r.Revision}).refused(http.StatusConflict, "attribution.changed")

	kept := as[api.MTRequest](nurse.get(path).want(http.StatusOK))
	if !kept.HomeVisits || kept.State != "received" || kept.Revision != now.Revision {
		t.Errorf("kept %+v after %+v", kept, now)
	}
	nurse.steps(r.Id, "qualified", map[string]any{"revision": kept.Revision}).want(http.StatusOK)
}
