package attribution_test

import (
	"context"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/attribution"
	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/fault"
	"github.com/relais-snp/relais/internal/territory"
)

// followed is a world in which Iris declared three places, one of them pending,
// Paul paused, and somebody waits in three communes.
func followed(t *testing.T) *world {
	w := newWorld(t)
	quarter := attribution.QuarterOf(w.today())
	w.must(w.record.InTx(t.Context(), func(ctx context.Context, tx attribution.Tx) error {
		for id, commune := range map[string]territory.INSEE{"r-1": cesson, "r-2": savigny, "r-3": melun} {
			r := attribution.Request{ID: id, Territory: senart, Commune: commune, Origin: attribution.FromDAC, Tier: 2,
				State: attribution.Qualified, Since: w.today(), Patient: &attribution.Patient{Family: "Zorglub"}}
			if id == "r-1" {
				r.State = attribution.Proposed
			}
			if err := tx.AddRequest(ctx, r); err != nil {
				return err
			}
		}
		for _, d := range []attribution.Declaration{
			{Territory: senart, Practitioner: iris.Practitioner, Quarter: quarter, Places: 3},
			{Territory: senart, Practitioner: paul.Practitioner, Quarter: quarter, Places: 2, Paused: true},
		} {
			if err := tx.SaveDeclaration(ctx, d); err != nil {
				return err
			}
		}
		return tx.AddOffer(ctx, attribution.Offer{ID: "o-1", Territory: senart, Request: "r-1", Practitioner: iris.Practitioner,
			State: attribution.Pending, SentAt: w.now, ExpiresAt: w.now.AddDate(0, 0, 14)})
	}))
	return w
}

func TestCapacityLeftByCommune(t *testing.T) {
	w := followed(t)
	f, err := w.FollowUp(t.Context(), coordinator, senart, w.today().AddDays(-30), w.today())
	w.must(err)
	want := []attribution.FollowCommune{
		{Commune: cesson, Name: "Cesson", Waiting: 1, GPs: 1, Places: 3, Left: 2},
		{Commune: lieusant, Name: "Lieusaint", GPs: 1, Places: 2},
		{Commune: melun, Name: "Melun", Waiting: 1},
		{Commune: savigny, Name: "Savigny-le-Temple", Waiting: 1},
	}
	if diff := cmp.Diff(want, f.Communes); diff != "" {
		t.Error(diff)
	}
	if f.Tiers[0].Received != 3 || f.Tiers[2].Proposed != 1 || f.Offers.Pending != 1 || f.Origins[1].Count != 3 {
		t.Errorf("%+v", f)
	}
}

// In the next quarter nobody has declared anything yet.
func TestPlacesOfAnotherQuarterAreNone(t *testing.T) {
	w := followed(t)
	w.now = w.now.AddDate(0, 2, 0)
	f, err := w.FollowUp(t.Context(), nurse, senart, w.today().AddDays(-30), w.today())
	w.must(err)
	if cesson := f.Communes[0]; cesson.GPs != 0 || cesson.Places != 0 || cesson.Left != 0 || cesson.Waiting != 1 {
		t.Errorf("%+v", cesson)
	}
}

func TestWhoFollowsAndWhoSeesCapacities(t *testing.T) {
	w := followed(t)
	for role, sees := range map[account.Role]int{account.TriageNurse: 4, account.Coordinator: 4, account.Treasurer: 0, account.Observer: 0, account.Admin: 0} {
		f, err := w.FollowUp(t.Context(), person("who", role, senart), senart, w.today(), w.today())
		w.must(err)
		if len(f.Communes) != sees || f.Communes == nil || f.Tiers[0].Received != 3 {
			t.Errorf("%s sees %d communes and %d requests", role, len(f.Communes), f.Tiers[0].Received)
		}
	}
	for _, a := range []account.Actor{iris, regulator, pharmacist, otherNurse} {
		_, err := w.FollowUp(t.Context(), a, senart, w.today(), w.today())
		w.refused(err, "account.forbidden")
	}
}

func TestPeriodsThatMakeNoSense(t *testing.T) {
	w := newWorld(t)
	day := civil.MustDate("2026-11-01")
	for name, c := range map[string]struct {
		from, to civil.Date
		reason   string
	}{
		"no first day": {civil.Date{}, day, "attribution.day"},
		"no last day":  {day, civil.Date{Year: 2026, Month: 2, Day: 30}, "attribution.day"},
		"backwards":    {day, day.AddDays(-1), "attribution.to_before_from"},
		"too long":     {day, day.AddDays(400), "attribution.too_long"},
	} {
		_, err := w.FollowUp(t.Context(), nurse, senart, c.from, c.to)
		if refusal := fault.Of(err); refusal.Reason != "attribution.invalid" || len(refusal.Fields) != 1 || refusal.Fields[0].Reason != c.reason {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := w.FollowUp(t.Context(), nurse, senart, day, day.AddDays(399)); err != nil {
		t.Errorf("400 days: %v", err)
	}
}
