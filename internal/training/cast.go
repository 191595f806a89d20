package training

import (
	"context"
	"fmt"
	"time"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/directory"
	"github.com/relais-snp/relais/internal/territory"
)

// The GPs of a cast that the script speaks of, by index.
const (
	gpOwn     = 2 // the médecin traitant of the second task's caller
	gpCancels = 7 // cancels in the fifth
)

// part is a GP as the script wants them.
type part struct {
	given, family string
	commune       territory.INSEE
	postal        string
	first         time.Duration // from now to their first slot
	background    bool          // colleagues work on their slots, not the script
}

var parts = []part{
	{"Agathe", "Acajou", cesson, "77240", 30 * time.Minute, false},
	{"Basile", "Bouleau", vertStDenis, "77240", 50 * time.Minute, false},
	{"Élise", "Cornouiller", combsLaVille, "77380", 80 * time.Minute, false},
	{"Jules", "Frêne", lieusaint, "77127", 40 * time.Minute, false},
	{"Iris", "Genévrier", moissy, "77550", 45 * time.Minute, false},
	{"Nils", "Mélèze", savigny, "77176", 60 * time.Minute, false},
	{"Solène", "Orme", nandy, "77176", 70 * time.Minute, false},
	{"Rémi", "Platane", savigny, "77176", 75 * time.Minute, false},
	{"Wanda", "Sorbier", combsLaVille, "77380", 100 * time.Minute, true},
	{"Xavier", "Troène", nandy, "77176", 110 * time.Minute, true},
}

// communes of a trainee's territory, those of the script and no others.
var communes = []string{cesson, combsLaVille, lieusaint, moissy, nandy, savigny, vertStDenis}

// Cast is who works in a trainee's territory. Nobody in it exists.
type Cast struct {
	Practitioners []directory.Practitioner
	Locations     []directory.Location
	Colleagues    []account.Actor // simulated regulators
}

// newCast makes the cast of one territory. n tells it from every other of the
// house; RPPS numbers begin with 998, which is not allotted.
func newCast(land string, n int, newID func() string) (Cast, error) {
	var c Cast
	for i, p := range parts {
		rpps, err := directory.RPPSWithKey(fmt.Sprintf("998%05d%02d", n%100_000, i))
		if err != nil {
			return Cast{}, fmt.Errorf("training: rpps: %w", err)
		}
		place := directory.Location{
			// No two places of a record are alike: numbers of the département 99, which none has, tell them apart.
			ID: newID(), FINESS: directory.FINESS(fmt.Sprintf("99%05d%02d", n%100_000, i)),
			Name: "Cabinet " + p.family, Address: fmt.Sprintf("%d allée de l’Entraînement", i+1),
			PostalCode: p.postal, Commune: p.commune, Phone: directory.Phone(fmt.Sprintf("+331990000%02d", i+1)),
		}
		c.Locations = append(c.Locations, place)
		c.Practitioners = append(c.Practitioners, directory.Practitioner{
			ID: newID(), RPPS: rpps, Family: p.family, Given: p.given, Title: "Dr",
			Profession: directory.Physician, Specialty: "Médecine générale", Phone: place.Phone,
			Territories: []string{land}, Locations: []string{place.ID},
		})
	}
	for _, name := range []string{"Inès (simulée)", "Hugo (simulé)"} {
		c.Colleagues = append(c.Colleagues, account.Actor{ID: newID(), Name: name,
			Roles: []account.Role{account.Regulator}, Territories: []string{land}})
	}
	return c, nil
}

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

// actor is a GP as a person who publishes and cancels.
func (c Cast) actor(gp int) account.Actor {
	p := c.Practitioners[gp]
	return account.Actor{ID: p.ID, Name: "Dr " + p.Given + " " + p.Family, Roles: []account.Role{account.GP},
		Territories: p.Territories, Practitioner: p.ID}
}

// names are the display names of those who act without an account.
func (c Cast) names() map[string]string {
	found := map[string]string{}
	for _, a := range c.Colleagues {
		found[a.ID] = a.Name
	}
	for i := range c.Practitioners {
		a := c.actor(i)
		found[a.ID] = a.Name
	}
	return found
}

// background reports whether colleagues work on this GP's slots.
func (c Cast) background(practitioner string) bool {
	for i, p := range c.Practitioners {
		if p.ID == practitioner {
			return parts[i].background
		}
	}
	return false
}
