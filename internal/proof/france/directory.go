package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"

	"github.com/relais-snp/relais/internal/proof"
)

// gpsPerPlace is how many GPs share a practice, about.
const gpsPerPlace = 3

// bringIn imports so many GPs and their places by the program's own command,
// shared among the lands by population.
func bringIn(ctx context.Context, r *proof.Relais, lands []land, gps int, seed uint64) error {
	random := rand.New(rand.NewPCG(seed, 3))
	var practitioners, places strings.Builder
	practitioners.WriteString("rpps;nom;prénom;profession;lieu;commune;territoire\n")
	places.WriteString("nom;commune;adresse;téléphone\n")
	total, before, n := 0, 0, 0
	for _, l := range lands {
		total += l.people
	}
	place, commune := "", ""
	for _, l := range lands {
		before += l.people
		for i := 0; i == 0 || n < gps*before/total; i, n = i+1, n+1 {
			if i%gpsPerPlace == 0 {
				place, commune = fmt.Sprintf("Cabinet fictif %s %d", l.id, i/gpsPerPlace+1), l.draw(random.Float64())
				fmt.Fprintf(&places, "%s;%s;%d rue de l'Essai;01 99 00 %02d %02d\n", place, commune, i+1, n/100%100, n%100)
			}
			fmt.Fprintf(&practitioners, "%s;Fictif;Camille;Médecin;%s;%s;%s\n", proof.RPPS(n), place, commune, l.id)
		}
	}
	for _, f := range []struct{ what, text string }{{"locations", places.String()}, {"practitioners", practitioners.String()}} {
		path := filepath.Join(r.Folder, f.what)
		if err := os.WriteFile(path, []byte(f.text), 0o600); err != nil {
			return err
		}
		if _, err := r.Do(ctx, "import", f.what, path); err != nil {
			return err
		}
	}
	return nil
}
