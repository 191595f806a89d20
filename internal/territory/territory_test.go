package territory_test

import (
	"slices"
	"testing"

	"github.com/relais-snp/relais/internal/fault"
	"github.com/relais-snp/relais/internal/territory"
)

// spec is a correct territory that a test then changes.
func spec() territory.Spec {
	s := territory.Spec{ID: "cpts-senart", Name: "CPTS Sénart", Zone: "Europe/Paris"}
	for _, code := range senart {
		s.Communes = append(s.Communes, string(code))
	}
	return s
}

func TestPopulationAndTailleFollowFromTheCommunes(t *testing.T) {
	got, err := spec().Territory()
	if err != nil {
		t.Fatal(err)
	}
	if got.Population != 113_889 || got.Taille != 3 || got.Zone.String() != "Europe/Paris" {
		t.Errorf("Sénart: %d inhabitants, taille %d, %s", got.Population, got.Taille, got.Zone)
	}
	if !got.Has("77445") || got.Has("77288") || !slices.IsSorted(got.Communes) {
		t.Errorf("communes: %v", got.Communes)
	}
}

func TestZoneFollowsFromTheCommunesToo(t *testing.T) {
	got, err := territory.New("cpts-ouest", "CPTS Ouest", "", []string{"97415"})
	if err != nil || got.Zone.String() != "Indian/Reunion" {
		t.Errorf("zone %v, %v", got.Zone, err)
	}
}

func TestAnArrondissementIsPartOfItsCommune(t *testing.T) {
	paris, err := territory.New("paris", "Paris", "", []string{"75056"})
	if err != nil || !paris.Has("75113") {
		t.Errorf("Paris holds its thirteenth: %v, %v", paris.Has("75113"), err)
	}
	thirteenth, err := territory.New("cpts-paris-13", "CPTS Paris 13", "", []string{"75113"})
	if err != nil || thirteenth.Has("75056") {
		t.Errorf("the thirteenth does not hold Paris: %v", err)
	}
}

func TestBadTerritoriesNameEveryFault(t *testing.T) {
	tests := []struct {
		name   string
		change func(*territory.Spec)
		want   []string // field and reason
	}{
		{"id with capitals", func(s *territory.Spec) { s.ID = "CPTS" }, []string{"id territory.id"}},
		{"id with braces", func(s *territory.Spec) { s.ID = "{a}" }, []string{"id territory.id"}},
		{"no name", func(s *territory.Spec) { s.Name = " " }, []string{"name territory.name"}},
		{"unknown zone", func(s *territory.Spec) { s.Zone = "Europe/Cesson" }, []string{"zone territory.zone"}},
		{"the machine's zone", func(s *territory.Spec) { s.Zone = "Local" }, []string{"zone territory.zone"}},
		{"postal code for INSEE", func(s *territory.Spec) { s.Communes[1] = "77550" }, []string{"communes[1] territory.commune_unknown"}},
		{"twice", func(s *territory.Spec) { s.Communes[2] = s.Communes[0] }, []string{"communes[2] territory.commune_twice"}},
		{"Paris and a part of it", func(s *territory.Spec) { s.Communes = []string{"75056", "75113"} }, []string{"communes[1] territory.commune_twice"}},
		{"nothing", func(s *territory.Spec) { *s = territory.Spec{} }, []string{
			"communes territory.no_commune", "id territory.id", "name territory.name", "zone territory.zone",
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := spec()
			tt.change(&s)
			_, err := s.Territory()
			if fault.Reason(err) != "territory.invalid" {
				t.Fatalf("reason %q", fault.Reason(err))
			}
			var got []string
			for _, f := range fault.Of(err).Fields {
				got = append(got, f.Name+" "+f.Reason)
			}
			if !slices.Equal(got, tt.want) {
				t.Errorf("fields %q, want %q", got, tt.want)
			}
		})
	}
}

func TestTailleThresholds(t *testing.T) {
	for population, want := range map[int]territory.Taille{
		0: 1, 39_999: 1, 40_000: 2, 80_000: 2, 80_001: 3, 175_000: 3, 175_001: 4,
	} {
		if got := territory.TailleOf(population); got != want {
			t.Errorf("TailleOf(%d) = %d, want %d", population, got, want)
		}
	}
}
