package demo

import (
	"cmp"
	"context"
	"fmt"
	"math/rand/v2"
	"slices"

	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/directory"
	"github.com/relais-snp/relais/internal/regulation"
	"github.com/relais-snp/relais/internal/territory"
)

// Territory is the territory that the demo shows.
const Territory = "cpts-senart"

// Neighbour is the territory that the regulation centre has on its board beside it.
const Neighbour = "cpts-littoral-vendeen"

// Size is how many GPs take part, as in the trial.
const Size = 25

var (
	trees = []string{
		"Acajou", "Aubépine", "Bouleau", "Cèdre", "Cornouiller", "Cyprès", "Églantier", "Érable", "Frêne",
		"Fusain", "Genévrier", "Hêtre", "Houx", "Mélèze", "Micocoulier", "Néflier", "Orme", "Peuplier",
		"Platane", "Prunellier", "Séquoia", "Sorbier", "Sureau", "Tilleul", "Troène",
	}
	given = []string{
		"Agathe", "Basile", "Clémence", "Damien", "Élise", "Fabien", "Garance", "Hector", "Iris", "Jules",
		"Katell", "Léonard", "Margot", "Nils", "Ondine", "Paulin", "Quitterie", "Rémi", "Solène", "Titouan",
		"Ursule", "Valère", "Wanda", "Xavier", "Yseult",
	}
	birds = []string{
		"Alouette", "Bergeronnette", "Chardonneret", "Fauvette", "Gobemouche", "Hirondelle", "Loriot",
		"Mésange", "Pinson", "Rouge-gorge", "Sittelle", "Troglodyte",
	}
	reasons = []string{
		"Fièvre depuis hier", "Toux persistante", "Douleur à l’oreille", "Mal de dos aigu", "Infection urinaire",
		"Éruption cutanée", "Gastro-entérite", "Entorse de la cheville", "Renouvellement urgent", "Angine",
	}
	flowers = []string{"Ancolie", "Bleuet", "Capucine", "Digitale", "Giroflée", "Jonquille"}
)

// Cast is who lives in the demo territory.
type Cast struct {
	Locations     []directory.Location
	Practitioners []directory.Practitioner
	communes      []territory.Commune
}

// NewCast returns the fictional GPs and their cabinets, spread over the
// communes of the territory by population. Ids are made by newID.
func NewCast(t territory.Territory, newID func() string) (Cast, error) {
	c := Cast{communes: communesOf(t)}
	for i := range Size {
		rpps, err := directory.RPPSWithKey(fmt.Sprintf("9990000%03d", i+1))
		if err != nil {
			return Cast{}, fmt.Errorf("demo: rpps %d: %w", i+1, err)
		}
		commune := c.communes[i%len(c.communes)]
		place := directory.Location{
			ID: newID(), Name: "Cabinet " + trees[i], Address: fmt.Sprintf("%d rue des Exemples", i+1),
			PostalCode: commune.PostalCodes[0], Commune: commune.INSEE, Phone: phone(i),
		}
		c.Locations = append(c.Locations, place)
		c.Practitioners = append(c.Practitioners, directory.Practitioner{
			ID: newID(), RPPS: rpps, Family: trees[i], Given: given[i], Title: "Dr",
			Profession: directory.Physician, Specialty: "Médecine générale", Phone: phone(100 + i),
			Territories: []string{t.ID}, Locations: []string{place.ID},
		})
	}
	return c, nil
}

// CastAgain finds the cast of a demo that was seeded before.
func CastAgain(t territory.Territory, people []directory.Practitioner) (Cast, error) {
	if len(people) != Size {
		return Cast{}, fmt.Errorf("demo: %d practitioners where the cast counts %d", len(people), Size)
	}
	c := Cast{Practitioners: slices.Clone(people), communes: communesOf(t)}
	slices.SortFunc(c.Practitioners, func(a, b directory.Practitioner) int { return cmp.Compare(a.RPPS, b.RPPS) })
	return c, nil
}

// save writes places and people into the directory.
func (c Cast) save(ctx context.Context, tx directory.Tx) error {
	for i := range c.Practitioners {
		if err := tx.SaveLocation(ctx, c.Locations[i]); err != nil {
			return err
		}
		if err := tx.SavePractitioner(ctx, c.Practitioners[i]); err != nil {
			return err
		}
	}
	return nil
}

func communesOf(t territory.Territory) []territory.Commune {
	var list []territory.Commune
	for _, code := range t.Communes {
		if c, ok := territory.Communes().ByINSEE(code); ok {
			list = append(list, c)
		}
	}
	return list
}

// phone is a number from a range kept for fiction (01 99 00 xx xx).
func phone(n int) directory.Phone {
	return directory.Phone(fmt.Sprintf("+33199%06d", n%10000))
}

// patient invents somebody who calls. A third have no médecin traitant; some of
// the others are patients of a GP who takes part.
func (c Cast) patient(r *rand.Rand, today civil.Date) regulation.Patient {
	p := regulation.Patient{
		Family:    "Fictif-" + birds[r.IntN(len(birds))],
		Given:     given[r.IntN(len(given))],
		BirthDate: today.AddDays(-r.IntN(85*365) - 200),
		Phone:     string(phone(1000 + r.IntN(9000))),
		Commune:   string(c.commune(r).INSEE),
		MT:        regulation.MT{Status: regulation.MTHas},
	}
	switch n := r.IntN(20); {
	case n < 6:
		p.MT.Status = regulation.MTNone
	case n < 8:
		p.MT.Status = regulation.MTUnknown
	case n < 12:
		gp := c.Practitioners[r.IntN(len(c.Practitioners))]
		p.MT.RPPS, p.MT.Name = string(gp.RPPS), "Dr "+gp.Given+" "+gp.Family
	}
	return p
}

func (c Cast) commune(r *rand.Rand) territory.Commune {
	return c.communes[r.IntN(len(c.communes))]
}
