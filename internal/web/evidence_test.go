package web_test

import (
	"context"
	"net/http"
	"strings"
	"testing"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/indicator"
	"github.com/relais-snp/relais/internal/web"
	"github.com/relais-snp/relais/internal/web/api"
)

func TestEvidenceThatIsNotWhatItSays(t *testing.T) {
	h := openHouse(t)
	coordinator := h.signIn("coordinator")
	for name, test := range map[string]struct {
		file, content string
		status        int
		reason        string
	}{
		"a program":          {"feuille.pdf", "MZ\x90\x00\x03;,", 400, "indicator.evidence_type"},
		"a picture of code":  {"feuille.svg", `<svg xmlns="http://www.w3.org/2000/svg"><script>1,2</script></svg>`, 400, "indicator.evidence_type"},
		"code, called so":    {"feuille.png", `<svg xmlns="http://www.w3.org/2000/svg"/>`, 400, "indicator.evidence_type"},
		"a page":             {"feuille.html", "<!doctype html><script>alert(1,2)</script>", 400, "indicator.evidence_type"},
		"a page as a sheet":  {"feuille.pdf", "<!doctype html>", 400, "indicator.evidence_type"},
		"cut short":          {"feuille.pdf", somePDF[:12], 400, "indicator.evidence_type"},
		"nothing":            {"feuille.pdf", "", 400, "request.invalid"},
		"six megabytes":      {"feuille.csv", strings.Repeat("a;", 3<<20), 413, "indicator.evidence_too_large"},
		"a byte beyond five": {"feuille.csv", strings.Repeat("a;", indicator.MaxEvidence/2) + ";", 413, "indicator.evidence_too_large"},
	} {
		got := coordinator.post("/mission/evidence", document(test.file, test.content))
		got.what = name
		got.refused(test.status, test.reason)
	}
	for _, text := range []string{"%%%%", "JVBER", "JVBERi==JVBE", "JVB====", "-_-_", "JVBERi0\n", "é€é€"} {
		broken := document("feuille.pdf", "")
		broken["file"] = text
		got := coordinator.post("/mission/evidence", broken)
		got.what = "file " + text
		got.refused(http.StatusBadRequest, "request.invalid")
	}
	if kept := as[api.EvidenceList](coordinator.get("/mission/evidence?territory=" + senart).want(http.StatusOK)); len(kept.Items) != 0 {
		t.Errorf("kept %+v", kept.Items)
	}
	// The largest there may be is taken.
	h.proves("registre.csv", strings.Repeat("a;", indicator.MaxEvidence/2))
}

func TestEvidenceComesBackToBeSavedAndNotShown(t *testing.T) {
	h := openHouse(t)
	treasurer := h.signIn("treasurer")
	added := as[api.Evidence](treasurer.post("/mission/evidence", document(`../Décision « n° 1 ».pdf`, somePDF)).want(http.StatusCreated))
	if added.Name != "Décision « n° 1 ».pdf" || added.Type != "application/pdf" || added.Size != len(somePDF) || *added.By != "Personne treasurer" {
		t.Errorf("%+v", added)
	}
	if again := h.proves("autre.pdf", somePDF); again.Hash != added.Hash || again.Name != added.Name || *again.By != "Personne treasurer" {
		t.Errorf("the same content is another file: %+v", again)
	}

	got := h.signIn("observer").get("/mission/evidence/" + added.Hash + "?territory=" + senart).want(http.StatusOK)

	if string(got.body) != somePDF {
		t.Errorf("%q", got.body)
	}
	for header, want := range map[string]string{
		"Content-Type": "application/octet-stream", "X-Content-Type-Options": "nosniff", "Cache-Control": "no-store",
		"Content-Security-Policy": "default-src 'none'; sandbox",
		"Content-Disposition":     "attachment; filename*=utf-8''D%C3%A9cision%20%C2%AB%20n%C2%B0%201%20%C2%BB.pdf",
	} {
		if got := got.header.Get(header); got != want {
			t.Errorf("%s: %q, not %q", header, got, want)
		}
	}
	treasurer.get("/mission/evidence/"+strings.Repeat("0", 64)+"?territory="+senart).refused(http.StatusNotFound, "indicator.evidence_unknown")
	treasurer.get("/mission/evidence/"+added.Hash+"?territory="+coast).refused(http.StatusForbidden, "account.forbidden")
	treasurer.get("/mission/evidence/nonsense?territory="+senart).refused(http.StatusBadRequest, "request.invalid")
	if strings.Contains(h.log.String(), "Décision") {
		t.Error("the log names a file")
	}
}

// slowMissions keeps a file when it is told to.
type slowMissions struct {
	web.Missions
	asked, rest chan struct{}
}

func (m slowMissions) AddEvidence(ctx context.Context, a account.Actor, territory, name string, content []byte) (indicator.Evidence, error) {
	m.asked <- struct{}{}
	<-m.rest
	return m.Missions.AddEvidence(ctx, a, territory, name, content)
}

func TestOneFileAtATime(t *testing.T) {
	slow := slowMissions{asked: make(chan struct{}), rest: make(chan struct{})}
	h := openHouse(t, func(c *web.Config) {
		slow.Missions = c.Missions
		c.Missions = slow
	})
	coordinator, observer := h.signIn("coordinator"), h.signIn("observer")
	first := make(chan answer)
	go func() { first <- coordinator.post("/mission/evidence", document("a.csv", someCSV)) }()
	<-slow.asked

	// While a file of an account is in course, its next one is not read; who may not add any takes nobody's place.
	coordinator.post("/mission/evidence", document("b.csv", someCSV+"x;y")).refused(http.StatusServiceUnavailable, "service.busy")
	observer.post("/mission/evidence", document("b.csv", someCSV)).refused(http.StatusForbidden, "account.forbidden")

	close(slow.rest)
	(<-first).want(http.StatusCreated)
}
