package territory_test

import (
	"math"
	"slices"
	"testing"

	"github.com/relais-snp/relais/internal/territory"
)

func TestDistancesAreStraightLines(t *testing.T) {
	tests := []struct {
		name        string
		a, b        territory.INSEE
		km          float64
		approximate bool
	}{
		{"Savigny-le-Temple to Cesson", "77445", "77067", 2.3, false},
		{"Lille to Marseille", "59350", "13055", 834, false},
		{"Paris to Saint-Denis de la Réunion", "75056", "97411", 9369, false},
		{"to a commune with a borrowed point", "85194", "85112", 0, true},
		{"a commune without point to itself", "85113", "85113", 0, false},
	}
	for _, tt := range tests {
		d := territory.Between(commune(t, tt.a), commune(t, tt.b))
		back := territory.Between(commune(t, tt.b), commune(t, tt.a))
		if d.Unknown || d.Approximate != tt.approximate || math.Abs(d.Km-tt.km) > 0.5+tt.km/200 {
			t.Errorf("%s: %+v, want about %v km", tt.name, d, tt.km)
		}
		if d != back {
			t.Errorf("%s: %+v there, %+v back", tt.name, d, back)
		}
	}
}

func TestUnknownDistancesSortLast(t *testing.T) {
	cesson := commune(t, "77067")
	communes := []territory.Commune{
		commune(t, "85113"), commune(t, "97411"), commune(t, "77495"), commune(t, "97608"), cesson,
	}
	slices.SortStableFunc(communes, func(a, b territory.Commune) int {
		return territory.Between(cesson, a).Compare(territory.Between(cesson, b))
	})
	if got := names(communes); got != "Cesson, Vert-Saint-Denis, Saint-Denis, L'Île-d'Yeu, Dzaoudzi" {
		t.Errorf("order: %s", got)
	}
}
