package web_test

import (
	"net/http"
	"testing"

	"github.com/relais-snp/relais/internal/web/api"
)

func TestACommuneOutsideTheTerritoryHasItsName(t *testing.T) {
	h := openHouse(t)
	nurse := h.signIn("triage_nurse")
	for insee, name := range map[string]string{"13055": "Marseille", "77445": "Savigny-le-Temple"} {
		made := as[api.MTRequest](nurse.reports(seeking("Zorglub", map[string]any{"commune": insee}), "commune-"+insee).want(http.StatusCreated))
		if made.CommuneName == nil || *made.CommuneName != name {
			t.Errorf("the request of %s: %+v", insee, made.CommuneName)
		}
	}
}
