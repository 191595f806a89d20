package indicator_test

import (
	"testing"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/indicator"
)

func TestAnObjectiveIsDeletedWhileNothingIsKnownOfIt(t *testing.T) {
	c := newCabinet()
	seen := c.aims(t, same)
	if _, err := c.missions().Observe(t.Context(), coordinator(), seen, byHand(2, 50), "k"); err != nil {
		t.Fatal(err)
	}
	shown := c.aims(t, func(o *indicator.Objective) { o.Code = "c2s" })
	if _, err := c.missions().Freeze(t.Context(), coordinator(), senart, 1); err != nil {
		t.Fatal(err)
	}
	mistake := c.aims(t, func(o *indicator.Objective) { o.Code = "faute" })

	for _, id := range []string{seen, shown} {
		refused(t, c.missions().DeleteObjective(t.Context(), coordinator(), id), "indicator.observed")
	}
	elsewhere := coordinator()
	elsewhere.Territories = []string{"cpts-other"}
	refused(t, c.missions().DeleteObjective(t.Context(), elsewhere, mistake), "indicator.objective_unknown")
	refused(t, c.missions().DeleteObjective(t.Context(), holder(account.GP), mistake), "account.forbidden")
	if err := c.missions().DeleteObjective(t.Context(), coordinator(), mistake); err != nil {
		t.Fatal(err)
	}
	refused(t, c.missions().DeleteObjective(t.Context(), coordinator(), mistake), "indicator.objective_unknown")
	if last := c.audited[len(c.audited)-1]; last.Action != "indicator.objective.delete" || last.Target != "objective:"+mistake || len(c.objectives) != 2 {
		t.Errorf("%+v, %d objectives", last, len(c.objectives))
	}
}
