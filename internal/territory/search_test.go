package territory_test

import (
	"strings"
	"testing"

	"github.com/relais-snp/relais/internal/territory"
)

var senart = []territory.INSEE{"77067", "77122", "77251", "77296", "77326", "77445", "77495"}

func names(found []territory.Commune) string {
	var list []string
	for _, c := range found {
		list = append(list, c.Name)
	}
	return strings.Join(list, ", ")
}

func TestSearchOrdersLikeATypeahead(t *testing.T) {
	tests := []struct {
		name, q   string
		limit     int
		preferred []territory.INSEE
		want      string
	}{
		{"the territory's own first", "cesson", 2, senart, "Cesson, Cesson-Sévigné"},
		{"whole name before a larger one", "cesson", 2, nil, "Cesson, Cesson-Sévigné"},
		{"own by a later word", "temple", 1, senart, "Savigny-le-Temple"},
		{"most populated first", "lieusaint", 2, nil, "Lieusaint, Lieusaint"},
		{"no accents, no hyphens", "moissy cra", 1, nil, "Moissy-Cramayel"},
		{"capitals and accents", "ÉVRY-C", 1, nil, "Évry-Courcouronnes"},
		{"st is saint", "vert st d", 1, nil, "Vert-Saint-Denis"},
		{"ste is sainte", "ste foy les lyon", 1, nil, "Sainte-Foy-lès-Lyon"},
		{"st is also the beginning of a word", "stras", 1, nil, "Strasbourg"},
		{"words in any order", "vie gilles", 1, nil, "Saint-Gilles-Croix-de-Vie"},
		{"apostrophes", "l'ile d'yeu", 1, nil, "L'Île-d'Yeu"},
		{"postal code", "77240", 5, nil, "Cesson, Vert-Saint-Denis, Seine-Port"},
		{"beginning of a postal code, own first", "771", 3, senart, "Savigny-le-Temple, Lieusaint, Nandy"},
		{"name and postal code", "lieusaint 77", 5, nil, "Lieusaint"},
		{"an arrondissement", "paris 13e", 1, nil, "Paris 13e Arrondissement"},
		{"nothing typed yet", " ", 3, senart, "Savigny-le-Temple, Combs-la-Ville, Moissy-Cramayel"},
		{"no such commune", "zzzz", 5, senart, ""},
		{"letters that no commune has", "東京", 1, nil, ""},
		{"far too long", strings.Repeat("saint ", 1000), 1, nil, "Saint-Étienne"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := names(territory.Communes().Search(tt.q, tt.limit, tt.preferred)); got != tt.want {
				t.Errorf("Search(%.20q) = %s; want %s", tt.q, got, tt.want)
			}
		})
	}
}

func TestSearchIsBounded(t *testing.T) {
	if n := len(territory.Communes().Search("s", 10_000, nil)); n != 50 {
		t.Errorf("%d communes, want at most 50", n)
	}
	if n := len(territory.Communes().Search("s", 0, nil)); n != 10 {
		t.Errorf("%d communes by default, want 10", n)
	}
}

func BenchmarkSearch(b *testing.B) {
	table := territory.Communes()
	table.Search("warm", 1, nil)
	for _, q := range []string{"s", "saint", "moissy", "77", "vert st d"} {
		b.Run(q, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				table.Search(q, 10, senart)
			}
		})
	}
}
