package territory

import (
	"strings"

	"github.com/relais-snp/relais/internal/civil"
)

// zones are the IANA zones of the overseas territories, by the first three characters of an INSEE code.
var zones = map[string]string{
	"971": "America/Guadeloupe",
	"972": "America/Martinique",
	"973": "America/Cayenne",
	"974": "Indian/Reunion",
	"975": "America/Miquelon",
	"976": "Indian/Mayotte",
	"977": "America/St_Barthelemy",
	"978": "America/Marigot",
	"984": "Indian/Kerguelen",
	"986": "Pacific/Wallis",
	"987": "Pacific/Tahiti",
	"988": "Pacific/Noumea",
}

// polynesia are the communes of French Polynesia that do not keep the time of Tahiti.
var polynesia = map[INSEE]string{
	"98718": "Pacific/Marquesas", // Fatu-Hiva
	"98719": "Pacific/Gambier",   // Gambier
	"98723": "Pacific/Marquesas", // Hiva-Oa
	"98731": "Pacific/Marquesas", // Nuku-Hiva
	"98746": "Pacific/Marquesas", // Tahuata
	"98756": "Pacific/Marquesas", // Ua-Huka
	"98757": "Pacific/Marquesas", // Ua-Pou
}

// areas are the départements and territories with public holidays of their own.
var areas = map[string]civil.Area{
	"57": civil.AlsaceMoselle, "67": civil.AlsaceMoselle, "68": civil.AlsaceMoselle,
	"971": civil.Guadeloupe, "972": civil.Martinique, "973": civil.Guyane, "974": civil.Reunion,
	"976": civil.Mayotte, "977": civil.SaintBarthelemy, "978": civil.SaintMartin,
}

// Zone returns the IANA name of the time zone of the commune.
func (c Commune) Zone() string {
	if zone, ok := polynesia[c.INSEE]; ok {
		return zone
	}
	if zone, ok := zones[c.Departement()]; ok {
		return zone
	}
	return "Europe/Paris"
}

// HolidayArea returns whose public holidays the commune keeps.
func (c Commune) HolidayArea() civil.Area { return areas[c.Departement()] }

// Overseas reports whether the commune lies outside metropolitan France.
func (c Commune) Overseas() bool {
	return strings.HasPrefix(string(c.INSEE), "97") || strings.HasPrefix(string(c.INSEE), "98")
}
