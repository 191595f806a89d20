package attribution_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/attribution"
	"github.com/relais-snp/relais/internal/territory"
)

func TestChoicesAreTheNearestFirstAndSayWhatSpeaksAgainstThem(t *testing.T) {
	w := newWorld(t)
	w.takes(iris, 2) // Cesson, further from Savigny than Lieusaint
	w.takes(paul, 1, func(d *attribution.Declaration) { d.Communes = []territory.INSEE{lieusant} })
	r := w.sought()

	list, err := w.Choices(t.Context(), nurse, r.ID)

	w.must(err)
	metres := func(from, to territory.INSEE) int {
		return int(territory.Between(place(t, from), place(t, to)).Km*1000 + 0.5)
	}
	byIris := attribution.Choice{Practitioner: "gp-iris", Metres: metres(savigny, cesson), Left: 2}
	byPaul := attribution.Choice{Practitioner: "gp-paul", Metres: metres(savigny, lieusant), Left: 1, Hurdle: attribution.WrongCommune}
	want := []attribution.Choice{byIris, byPaul}
	if byPaul.Metres < byIris.Metres {
		want = []attribution.Choice{byPaul, byIris}
	}
	if diff := cmp.Diff(want, list); diff != "" {
		t.Error(diff)
	}
}

func TestAChoiceWhoKnowsThePatientComesFirst(t *testing.T) {
	for _, knows := range []account.Actor{iris, paul} {
		w := newWorld(t)
		w.takes(iris, 1)
		w.takes(paul, 1)

		list, err := w.Choices(t.Context(), nurse, w.sought(func(r *attribution.Request) { r.KnownTo = knows.Practitioner }).ID)

		w.must(err)
		if list[0].Practitioner != knows.Practitioner || !list[0].Known || list[1].Known {
			t.Errorf("got %+v", list)
		}
	}
}

func TestWhatForbidsAnOfferIsSaidBeforeWhatSpeaksAgainstIt(t *testing.T) {
	elsewhere := func(d *attribution.Declaration) { d.Communes = []territory.INSEE{melun} }
	for want, arrange := range map[attribution.Hurdle]func(*world, string){
		attribution.Full: func(w *world, _ string) { w.takes(iris, 0, elsewhere) },
		attribution.Paused: func(w *world, _ string) {
			w.takes(iris, 0, elsewhere, func(d *attribution.Declaration) { d.Paused = true })
		},
		attribution.Refused: func(w *world, request string) {
			w.takes(iris, 1)
			o, err := w.sends(request, iris)
			w.must(err)
			w.answers(iris, o.ID, decline)
			w.takes(iris, 0, elsewhere)
		},
	} {
		t.Run(string(want), func(t *testing.T) {
			w := newWorld(t)
			r := w.sought()
			arrange(w, r.ID)

			list, err := w.Choices(t.Context(), nurse, r.ID)

			w.must(err)
			if len(list) != 1 || list[0].Hurdle != want {
				t.Errorf("got %+v", list)
			}
		})
	}
}

func TestChoicesAreForNursesOfTheTerritory(t *testing.T) {
	w := newWorld(t)
	r := w.sought()
	for _, a := range []account.Actor{coordinator, iris, pharmacist} {
		_, err := w.Choices(t.Context(), a, r.ID)
		w.refused(err, "account.forbidden")
	}
	_, err := w.Choices(t.Context(), otherNurse, r.ID)
	w.refused(err, "attribution.request_unknown")
	_, err = w.Choices(t.Context(), nurse, "nothing")
	w.refused(err, "attribution.request_unknown")
}
