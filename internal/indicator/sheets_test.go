package indicator_test

import (
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/indicator"
	"github.com/relais-snp/relais/internal/regulation"
)

func sheet(t *testing.T, report interface{ WriteCSV(io.Writer) error }) string {
	t.Helper()
	var out strings.Builder
	if err := report.WriteCSV(&out); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestSheetOfUnmetDemand(t *testing.T) {
	facts := []indicator.CallFact{
		call("2026-11-16 09:00", ended(regulation.NoSolution), func(c *indicator.CallFact) { c.WhyKind = regulation.WhyHomeVisit }),
		call("2026-11-16 09:00", ended(regulation.NoSolution), func(c *indicator.CallFact) { c.Commune = "" }),
	}
	r := indicator.Unmet(facts, november(indicator.ByDay))
	r.Simulated = true
	want := "Code INSEE,Commune,Raison,Appels sans solution\r\n" +
		",Commune inconnue,Autre raison,1\r\n" +
		"77445,Savigny-le-Temple,Visite à domicile nécessaire,1\r\n" +
		",Total (données simulées),,2\r\n"
	if diff := cmp.Diff(want, sheet(t, r)); diff != "" {
		t.Error(diff)
	}
}

func TestSheetOfCalls(t *testing.T) {
	q := november(indicator.ByMonth)
	q.To = civil.MustDate("2026-11-30")
	facts := []indicator.CallFact{call("2026-11-16 09:00"), call("2026-11-16 09:00", ended(regulation.ToMT))}
	for n := range 5 {
		facts = append(facts, call(fmt.Sprintf("2026-11-16 %02d:00", 9+n), took(4, 9, 30), effort(11, 0)))
	}
	want := "Clé,Libellé,Appels,Rendez-vous,Vers le médecin traitant,Conseil,Vers le 15,Vers les urgences,Sans solution,Abandonnés,En cours," +
		"\"Première proposition, médiane (secondes)\",\"Première retenue, médiane (secondes)\",\"Rendez-vous pris, médiane (secondes)\",\"Touches, médiane\",Places perdues pour 100 appels\r\n" +
		"2026-11,novembre 2026,7,5,1,0,0,0,0,0,1,4,9,30,11,0\r\n" +
		"total,Total,7,5,1,0,0,0,0,0,1,4,9,30,11,0\r\n"
	if diff := cmp.Diff(want, sheet(t, indicator.Calls(facts, q))); diff != "" {
		t.Error(diff)
	}
}

func TestSheetOfCover(t *testing.T) {
	got := sheet(t, cover("2026-12-25", "2026-12-26", usual())(
		slot("2026-12-25 09:00", booked(1, regulation.StateBooked)), slot("2026-12-25 09:30", of("dr-durand")),
	))
	want := "Jour,Libellé,Demi-journée,Férié,Médecins souhaités,Médecins présents,Médecins manquants,Places,Places libres,Noms\r\n" +
		"2026-12-25,vendredi 25 décembre 2026 (Noël),matin,oui,0,2,0,2,1,Dr Ada Martin ; Dr Zoé Durand\r\n" +
		"2026-12-25,vendredi 25 décembre 2026 (Noël),après-midi,oui,0,0,0,0,0,\r\n" +
		"2026-12-25,vendredi 25 décembre 2026 (Noël),soir,oui,0,0,0,0,0,\r\n" +
		"2026-12-26,samedi 26 décembre 2026,matin,,1,0,1,0,0,\r\n" +
		"2026-12-26,samedi 26 décembre 2026,après-midi,,0,0,0,0,0,\r\n" +
		"2026-12-26,samedi 26 décembre 2026,soir,,0,0,0,0,0,\r\n" +
		",Total,,,1,2,1,2,1,\r\n"
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
