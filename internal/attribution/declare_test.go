package attribution_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/attribution"
	"github.com/relais-snp/relais/internal/fault"
	"github.com/relais-snp/relais/internal/territory"
)

func TestAGPDeclaresWhatTheyTakeThisQuarter(t *testing.T) {
	w := newWorld(t)
	ald, err := attribution.SetOf(attribution.ALD)
	w.must(err)

	made, err := w.Declare(t.Context(), iris, attribution.Declaration{Territory: senart, Places: 3, Criteria: ald,
		Communes: []territory.INSEE{savigny, cesson, savigny}, HomeVisits: true})

	w.must(err)
	want := attribution.Declaration{Territory: senart, Practitioner: "gp-iris", Quarter: attribution.Quarter{Year: 2026, Number: 4}, Places: 3,
		Criteria: ald, Communes: []territory.INSEE{cesson, savigny}, HomeVisits: true, DeclaredAt: w.now, DeclaredBy: "account-iris", Revision: 1}
	if diff := cmp.Diff(want, made); diff != "" {
		t.Error(diff)
	}
	if !slices.Contains(w.audits(), "mt.capacity.declare practitioner:gp-iris") {
		t.Errorf("not audited: %v", w.audits())
	}
}

func TestWhoMayDeclareForWhom(t *testing.T) {
	for name, test := range map[string]struct {
		actor        account.Actor
		practitioner string
		reason       string
	}{
		"a GP for themselves":         {iris, "gp-iris", ""},
		"a nurse who asked":           {nurse, "gp-iris", ""},
		"a nurse for nobody":          {nurse, "", "attribution.practitioner_unknown"},
		"a nurse for a pharmacist":    {nurse, "pharmacist-phil", "attribution.practitioner_unknown"},
		"a nurse for a GP elsewhere":  {nurse, "gp-vera", "attribution.practitioner_unknown"},
		"a GP for another":            {iris, "gp-paul", "account.forbidden"},
		"a GP of another territory":   {vera, "gp-vera", "account.forbidden"},
		"a nurse of another":          {otherNurse, "gp-iris", "account.forbidden"},
		"a coordinator, who reads it": {coordinator, "gp-iris", "account.forbidden"},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			_, err := w.Declare(t.Context(), test.actor, attribution.Declaration{Territory: senart, Practitioner: test.practitioner, Places: 1})
			w.refused(err, test.reason)
		})
	}
}

func TestEveryWrongFieldOfADeclarationIsNamed(t *testing.T) {
	w := newWorld(t)
	for want, d := range map[string]attribution.Declaration{
		"places attribution.places":                    {Places: -1},
		"places attribution.places ":                   {Places: 201},
		"criteria attribution.criterion_unknown":       {Criteria: 1 << 12},
		"communes attribution.communes_many":           {Communes: slices.Repeat([]territory.INSEE{cesson}, 101)},
		"communes.1 attribution.commune_unknown":       {Communes: []territory.INSEE{cesson, "99999"}},
		"communes.0 attribution.commune_unknown again": {Communes: []territory.INSEE{""}},
	} {
		d.Territory = senart
		_, err := w.Declare(t.Context(), iris, d)
		w.refused(err, "attribution.invalid")
		fields := fault.Of(err).Fields
		if len(fields) != 1 || !strings.HasPrefix(want, fields[0].Name+" "+fields[0].Reason) {
			t.Errorf("%s: %+v", want, fields)
		}
	}
}

func TestPlacesNeverGoBelowWhatIsGivenAndPausingIsAlwaysPossible(t *testing.T) {
	w := newWorld(t)
	w.takes(iris, 3)
	w.answers(iris, w.offered(iris).ID, accept)
	w.offered(iris)

	_, err := w.Declare(t.Context(), iris, attribution.Declaration{Territory: senart, Places: 1})

	w.refused(err, "attribution.capacity_below")
	if detail := fault.Of(err).Detail; detail != (attribution.CapacityDetail{Pending: 1, Taken: 1}) {
		t.Errorf("the refusal says %+v", detail)
	}
	made := w.takes(iris, 2, func(d *attribution.Declaration) { d.Paused = true })
	if made.Pending != 1 || made.Taken != 1 || !made.Paused || made.LeftIn(made.Quarter) != 0 {
		t.Errorf("got %+v", made)
	}
}

func TestPlacesOfAnotherQuarterCountAsNone(t *testing.T) {
	w := newWorld(t)
	w.takes(iris, 3)
	w.days(35) // 28 December
	waits := w.offered(iris)
	w.days(7) // the next quarter: the offer still waits

	_, err := w.sends(w.sought().ID, iris)

	w.refused(err, "attribution.no_place")
	_, err = w.Declare(t.Context(), iris, attribution.Declaration{Territory: senart})
	w.refused(err, "attribution.capacity_below")
	paused := w.takes(iris, 0, func(d *attribution.Declaration) { d.Paused = true })
	if paused.Quarter.String() != "2027-Q1" || paused.Pending != 1 {
		t.Errorf("got %+v", paused)
	}
	if v := w.answers(iris, waits.ID, accept); v.Offer.State != attribution.OfferAccepted {
		t.Errorf("a place that was kept is lost with its quarter: %+v", v.Offer)
	}
}

func TestCapacitiesAreReadByNursesAndCoordinatorsAndAGPsOwnByTheGP(t *testing.T) {
	w := newWorld(t)
	w.takes(paul, 1)
	w.takes(iris, 2)
	w.takes(vera, 9)
	for _, test := range []struct {
		actor account.Actor
		want  []string
	}{{nurse, []string{"gp-iris", "gp-paul"}}, {coordinator, []string{"gp-iris", "gp-paul"}}, {paul, []string{"gp-paul"}}} {
		list, err := w.Capacities(t.Context(), test.actor, senart)
		w.must(err)
		var who []string
		for _, d := range list {
			who = append(who, d.Practitioner)
		}
		if diff := cmp.Diff(test.want, who); diff != "" {
			t.Errorf("%s: %s", test.actor.ID, diff)
		}
	}
	for _, a := range []account.Actor{regulator, pharmacist, otherNurse, vera} {
		_, err := w.Capacities(t.Context(), a, senart)
		w.refused(err, "account.forbidden")
	}
}
