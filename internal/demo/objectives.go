package demo

import (
	"context"
	"fmt"

	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/indicator"
)

// bocage is where the figures of most objectives come from.
const bocage = "Contrat de la CPTS du Bocage Bressuirais (repris pour la démonstration)"

// aims are what the demo's contract is measured by: the table of the Bocage
// Bressuirais, and what Relais computes. Figures are in thousandths.
var aims = []indicator.Objective{
	{Code: "mt-17", Label: "Patients de 17 ans et plus sans médecin traitant", Mission: "acces", Unit: indicator.Count, Direction: indicator.Down,
		Baseline: 5_280_000, Targets: each(indicator.Absolute, 5000, 4500, 4000, 3500, 2500), Weight: 1, Source: bocage},
	{Code: "mt-c2s", Label: "Patients avec la C2S sans médecin traitant", Mission: "acces", Unit: indicator.Count, Direction: indicator.Down,
		Baseline: 631_000, Targets: each(indicator.OfBaseline, -10, -10, -20, -20, -20), Weight: 1, Source: bocage},
	{Code: "reunions", Label: "Réunions pluriprofessionnelles", Mission: "parcours", Unit: indicator.Count, Direction: indicator.Up,
		Targets: each(indicator.Absolute, 12, 12, 12, 12, 12), Weight: 1, Source: bocage, Comment: "Une par mois, prouvée par les feuilles de présence."},
	{Code: "asalee", Label: "Patients suivis dans le protocole ASALEE", Mission: "prevention", Unit: indicator.Count, Direction: indicator.Up,
		Baseline: 1_635_000, Targets: each(indicator.OfPrevious, 5, 5, 5, 5, 5), Weight: 1, Source: bocage},
	{Code: "vaccin-ror", Label: "Vaccination rougeole, oreillons, rubéole", Mission: "prevention", Unit: indicator.Percent, Direction: indicator.Up,
		Baseline: 74_700, Source: bocage, Comment: "436 personnes ; suivi sans cible chiffrée."},
	{Code: "vaccin-grippe", Label: "Vaccination contre la grippe", Mission: "prevention", Unit: indicator.Percent, Direction: indicator.Up,
		Baseline: 50_300, Source: bocage, Comment: "8 169 personnes ; suivi sans cible chiffrée."},
	{Code: "depistage-colorectal", Label: "Dépistage du cancer colorectal", Mission: "prevention", Unit: indicator.Percent, Direction: indicator.Up,
		Baseline: 34_300, Source: bocage, Comment: "5 549 personnes ; suivi sans cible chiffrée."},

	{Code: "snp-remplissage", Label: "Créneaux de soins non programmés pourvus", Mission: "acces", Unit: indicator.Percent, Direction: indicator.Up,
		Baseline: 50_000, Targets: each(indicator.Absolute, 54, 58, 62, 66, 70), Weight: 1, Series: indicator.SeriesFill},
	{Code: "snp-creneaux", Label: "Créneaux de soins non programmés saisis dans l’agenda", Mission: "acces", Unit: indicator.Count, Direction: indicator.Up,
		Targets: each(indicator.Absolute, 1200, 2000, 3000, 4000, 5000), Weight: 1, Series: indicator.SeriesOffered},
	{Code: "snp-medecins", Label: "Médecins qui proposent des créneaux", Mission: "acces", Unit: indicator.Count, Direction: indicator.Up,
		Baseline: 6_000, Targets: each(indicator.Absolute, 12, 20, 25, 30, 35), Weight: 1, Series: indicator.SeriesUsing},
	{Code: "snp-sans-solution", Label: "Appels restés sans solution", Mission: "acces", Unit: indicator.Count, Direction: indicator.Down,
		Baseline: 180_000, Series: indicator.SeriesUnsolved},
	{Code: "snp-actes", Label: "Actes régulés honorés", Mission: "acces", Unit: indicator.Count, Direction: indicator.Up, Series: indicator.SeriesSNPActs},
	{Code: "mt-attribues", Label: "Patients qui ont trouvé un médecin traitant", Mission: "acces", Unit: indicator.Count, Direction: indicator.Up,
		Targets: each(indicator.Absolute, 0, 100, 120, 140, 160), Series: indicator.SeriesAttached},
	{Code: "mt-delai", Label: "Délai médian d’attribution d’un médecin traitant, en jours", Mission: "acces", Unit: indicator.Count, Direction: indicator.Down,
		Baseline: 60_000, Targets: each(indicator.Absolute, 60, 45, 40, 35, 30), Series: indicator.SeriesMTDelay},
}

// each are the targets of the five years, in whole units or per cent.
func each(kind indicator.TargetKind, values ...int) (targets [indicator.Years]indicator.Target) {
	for i, v := range values {
		targets[i] = indicator.Target{Kind: kind, Value: indicator.Figure(v) * 1000}
	}
	return targets
}

// seen is what was observed in the two years, in thousandths. Relais came late in
// the second one: what was there before was counted in a sheet of one's own.
var seen = []struct {
	code   string
	year   int
	figure indicator.Figure
	source string
}{
	{"mt-17", 1, 5_040_000, caisse}, {"mt-17", 2, 4_690_000, caisse},
	{"mt-c2s", 1, 590_000, caisse}, {"mt-c2s", 2, 572_000, caisse},
	{"asalee", 1, 1_702_000, "Registre ASALEE (démonstration)"}, {"asalee", 2, 1_771_000, "Registre ASALEE (démonstration)"},
	{"vaccin-ror", 1, 76_100, caisse}, {"vaccin-grippe", 1, 52_400, caisse}, {"vaccin-grippe", 2, 54_200, caisse},
	{"depistage-colorectal", 1, 35_000, caisse},
	{"snp-remplissage", 1, 53_200, tableur}, {"snp-creneaux", 1, 1_096_000, tableur}, {"snp-medecins", 1, 11_000, tableur},
	{"snp-sans-solution", 1, 171_000, tableur}, {"snp-actes", 1, 562_000, tableur},
}

// Who counted.
const (
	caisse  = "Données CPAM (démonstration)"
	tableur = "Tableur tenu avant Relais (démonstration)"
)

// aim enters objectives and what was observed of them.
func (l *ledger) aim(ctx context.Context) error {
	l.clock.Set(l.at(l.contract.Signed, "15:00"))
	ids := map[string]string{}
	for _, o := range aims {
		o.Territory, o.BaseOn = l.Territory.ID, l.contract.Signed.AddDays(-15)
		if o.Source == "" {
			o.Source = tableur
		}
		p, err := l.Missions.AddObjective(ctx, l.coordinator, o)
		if err != nil {
			return fmt.Errorf("%s: %w", o.Code, err)
		}
		ids[o.Code] = p.ID
	}
	for _, s := range seen {
		if err := l.observe(ctx, ids[s.code], s.year, s.figure, s.source, nil); err != nil {
			return fmt.Errorf("%s, year %d: %w", s.code, s.year, err)
		}
	}
	for year := 1; year <= 2; year++ {
		count, sheets := l.held(year)
		if err := l.observe(ctx, ids["reunions"], year, indicator.Figure(count)*1000, "Feuilles de présence (démonstration)", sheets); err != nil {
			return fmt.Errorf("meetings of year %d: %w", year, err)
		}
	}
	return nil
}

// observed is the day that figures of a year are of: the last one of the first
// year, two weeks ago in the second.
func (l *ledger) observed(year int) civil.Date {
	if year == 1 {
		return l.anniversary.AddDays(-1)
	}
	return l.today.AddDays(-14)
}

// observe enters a figure of a year.
func (l *ledger) observe(ctx context.Context, id string, year int, figure indicator.Figure, source string, evidence []string) error {
	on := l.observed(year)
	l.clock.Set(l.at(on.AddDays(10), "10:30"))
	o := indicator.Observation{Year: year, On: on, Figure: figure, Source: source, Evidence: evidence}
	_, err := l.Missions.Observe(ctx, l.coordinator, id, o, fmt.Sprintf("demo-seen-%s-%d", id, year))
	return err
}
