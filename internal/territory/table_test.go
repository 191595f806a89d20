package territory_test

import (
	"testing"
	_ "time/tzdata"

	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/territory"
)

func commune(t testing.TB, code territory.INSEE) territory.Commune {
	t.Helper()
	c, ok := territory.Communes().ByINSEE(code)
	if !ok {
		t.Fatalf("no commune %s", code)
	}
	return c
}

func TestTableCountsWhatItsDocumentationSays(t *testing.T) {
	counts := map[territory.Precision]int{}
	arrondissements, people, located := 0, 0, 0
	for c := range territory.Communes().All() {
		if c.PartOf != "" {
			arrondissements++
			continue
		}
		counts[c.Located]++
		people += c.Population
		if c.Located == territory.Exact {
			located += c.Population
		}
	}
	if counts[territory.Exact] != 14_741 || counts[territory.Approximate] != 18_904 || counts[territory.Unlocated] != 1_324 {
		t.Errorf("communes by precision: %v", counts)
	}
	if arrondissements != 45 {
		t.Errorf("%d arrondissements, want 45", arrondissements)
	}
	if share := 100 * located / people; share != 89 {
		t.Errorf("exact points cover %d%% of the population, want 89", share)
	}
}

func TestEveryCommuneIsSound(t *testing.T) {
	var last territory.INSEE
	for c := range territory.Communes().All() {
		if c.INSEE <= last || c.Name == "" || c.Population < 0 {
			t.Fatalf("after %s: %+v", last, c)
		}
		if c.Located != territory.Unlocated && (c.Lat < -28 || c.Lat > 52 || c.Lon < -63 || c.Lon > 56) {
			t.Errorf("%s %s lies at %v, %v", c.INSEE, c.Name, c.Lat, c.Lon)
		}
		if again, ok := territory.Communes().ByINSEE(c.INSEE); !ok || again.Name != c.Name {
			t.Errorf("ByINSEE(%s) = %v, %v", c.INSEE, again, ok)
		}
		if _, err := civil.LoadZone(c.Zone()); err != nil {
			t.Errorf("%s %s: zone %q", c.INSEE, c.Name, c.Zone())
		}
		last = c.INSEE
	}
}

func TestByINSEE(t *testing.T) {
	if c := commune(t, "77067"); c.Name != "Cesson" || c.PostalCodes[0] != "77240" || c.Located != territory.Exact {
		t.Errorf("77067 = %+v", c)
	}
	if c := commune(t, "75113"); c.PartOf != "75056" || c.Located != territory.Approximate {
		t.Errorf("75113 = %+v", c)
	}
	for _, code := range []territory.INSEE{"", "00000", "77550", "2a004", "99999", "770670"} {
		if c, ok := territory.Communes().ByINSEE(code); ok {
			t.Errorf("ByINSEE(%q) = %v", code, c)
		}
	}
}

func TestByNameReadsAddresses(t *testing.T) {
	tests := []struct {
		name, postal string
		want         []territory.INSEE
	}{
		{"Savigny-le-Temple", "", []territory.INSEE{"77445"}},
		{"SAVIGNY LE TEMPLE CEDEX", "77547", []territory.INSEE{"77445"}},
		{"st gilles croix de vie", "85800", []territory.INSEE{"85222"}},
		{"Lieusaint", "77127", []territory.INSEE{"77251"}},
		{"Lieusaint", "", []territory.INSEE{"50270", "77251"}},
		{"Île d’Yeu", "85350", nil},
		{"L’Île d’Yeu", "", []territory.INSEE{"85113"}},
		{"Cedex", "", nil},
		{"", "", nil},
	}
	for _, tt := range tests {
		found := territory.Communes().ByName(tt.name, tt.postal)
		if len(found) != len(tt.want) {
			t.Errorf("ByName(%q, %q) = %v, want %v", tt.name, tt.postal, found, tt.want)
			continue
		}
		for i, c := range found {
			if c.INSEE != tt.want[i] {
				t.Errorf("ByName(%q, %q)[%d] = %s, want %s", tt.name, tt.postal, i, c.INSEE, tt.want[i])
			}
		}
	}
}

func TestZonesAndHolidaysOverseas(t *testing.T) {
	tests := []struct {
		code        territory.INSEE
		departement string
		zone        string
		area        civil.Area
	}{
		{"77445", "77", "Europe/Paris", civil.National},
		{"2A004", "2A", "Europe/Paris", civil.National},
		{"67482", "67", "Europe/Paris", civil.AlsaceMoselle},
		{"97411", "974", "Indian/Reunion", civil.Reunion},
		{"97502", "975", "America/Miquelon", civil.National},
		{"97608", "976", "Indian/Mayotte", civil.Mayotte},
		{"98735", "987", "Pacific/Tahiti", civil.National},
		{"98731", "987", "Pacific/Marquesas", civil.National},
		{"98818", "988", "Pacific/Noumea", civil.National},
	}
	for _, tt := range tests {
		c := commune(t, tt.code)
		if c.Departement() != tt.departement || c.Zone() != tt.zone || c.HolidayArea() != tt.area {
			t.Errorf("%s %s: %s %s %d", c.INSEE, c.Name, c.Departement(), c.Zone(), c.HolidayArea())
		}
		if c.Overseas() != (len(tt.departement) == 3) {
			t.Errorf("%s: Overseas() = %v", c.Name, c.Overseas())
		}
	}
}

func TestFold(t *testing.T) {
	for given, want := range map[string]string{
		"L’Île-d’Yeu":           "l ile d yeu",
		"  ŒUILLY--sur/Seine ":  "oeuilly sur seine",
		"Les Sables-d'Olonne":   "les sables d olonne",
		"Vert-Saint-Denis (77)": "vert saint denis 77",
		"HAŸ":                   "hay",
		"\xff\xfe":              "",
		"東京":                    "",
	} {
		if got := territory.Fold(given); got != want {
			t.Errorf("Fold(%q) = %q, want %q", given, got, want)
		}
	}
}
