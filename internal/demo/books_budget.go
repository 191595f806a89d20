package demo

import (
	"context"
	"time"

	"github.com/relais-snp/relais/internal/funding"
)

// planned is the budget of a year. What lets the CPTS run is that of Sénart:
// 75,000 euros, 58,248 of them for the coordinator.
var planned = []funding.BudgetLine{
	{Budget: funding.Fonctionnement, Label: "Coordination (salaire et cotisations)", Account: "64", Planned: 58_248_00},
	{Budget: funding.Fonctionnement, Label: "Locaux", Account: "613", Planned: 4_800_00},
	{Budget: funding.Fonctionnement, Label: "Communication", Account: "623", Planned: 3_912_00},
	{Budget: funding.Fonctionnement, Label: "Expertise comptable", Account: "6226", Planned: 3_600_00},
	{Budget: funding.Fonctionnement, Label: "Déplacements et fournitures", Account: "6", Planned: 3_000_00, Committed: 240_00},
	{Budget: funding.Fonctionnement, Label: "Téléphone et internet", Account: "626", Planned: 1_440_00},
	{Budget: funding.Operationnel, Label: "Traitement et orientation des demandes", Account: "6226", Mission: "acces", Envelope: "snp_orientation", Planned: 55_000_00, Committed: 3_400_00},
	{Budget: funding.Operationnel, Label: "Compensation des effecteurs", Account: "6226", Mission: "acces", Envelope: "snp_compensation", Planned: 15_000_00},
	{Budget: funding.Operationnel, Label: "Accès aux soins : réunions et suivi", Account: "6226", Mission: "acces", Envelope: "acces", Planned: 9_000_00},
	{Budget: funding.Operationnel, Label: "Parcours : animation et indemnités de réunion", Account: "6226", Mission: "parcours", Planned: 28_000_00},
	{Budget: funding.Operationnel, Label: "Prévention : campagnes et ateliers", Account: "623", Mission: "prevention", Planned: 14_000_00, Committed: 1_850_00},
}

// budgets plans last year, when the contract ran then, and this one.
func (l *ledger) budgets() {
	for year := max(l.contract.Signed.Year, l.today.Year-1); year <= l.today.Year; year++ {
		l.atLatest(day(year, time.January, 12), "14:00", func(ctx context.Context) error {
			for _, line := range planned {
				line.Territory, line.Year = l.Territory.ID, year
				if _, err := l.Books.SaveBudgetLine(ctx, l.treasurer, line); err != nil {
					return err
				}
			}
			return nil
		})
	}
}
