package demo

import (
	"context"
	"fmt"

	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/funding"
)

// Days after the start of access to care, and after the anniversary.
const (
	orientationAfter = 40 // the caisse says what it pays for orientation
	frozenAfter      = 30
	dialogueAfter    = 50
	paidAfter        = 35 // after the dialogue
)

// decisions are what the caisse said of the parts, and what the first dialogue
// decided. Nobody has said yet what it compensates this year.
func (l *ledger) decisions() {
	l.says("snp_orientation", 1, l.started("acces").AddDays(orientationAfter), euros(40_000), 15)
	l.says("snp_orientation", 2, l.anniversary.AddDays(25), euros(55_000), 20)
	on := workday(l.anniversary.AddDays(dialogueAfter))
	l.on(on, "14:00", func(ctx context.Context) error { return l.dialogue(ctx, on) })
	for _, key := range []string{"acces:1:variable", "parcours:1:variable", "prevention:1:variable", "snp_compensation:1:part"} {
		l.comes(l.payment(key), workday(on.AddDays(paidAfter)), 0)
	}
}

// freeze keeps the figures of the first year for its dialogue, before Relais came:
// the state of the record says so.
func (l *ledger) freeze(ctx context.Context) error {
	l.clock.Set(l.at(l.anniversary.AddDays(frozenAfter), "17:30"))
	if err := l.ChainAudit(ctx); err != nil {
		return err
	}
	_, err := l.Missions.Freeze(ctx, l.coordinator, l.Territory.ID, 1)
	return err
}

// says decides what a part pays in a year, and has it paid some days later.
func (l *ledger) says(part string, year int, on civil.Date, amount funding.Cents, days int) {
	l.on(on, "09:50", func(ctx context.Context) error {
		_, err := l.Books.Decide(ctx, l.treasurer, funding.Decision{Territory: l.Territory.ID, Mission: part, Year: year, Amount: amount, On: on})
		return err
	})
	l.comes(l.payment(fmt.Sprintf("%s:%d:part", part, year)), on.AddDays(days), 0)
}

// granted is what the dialogue gave, in per cent of the most that could be had.
var granted = map[string]int64{"acces": 84, "parcours": 92, "prevention": 75, "snp_compensation": 80}

// dialogue decides the first year with its minutes.
func (l *ledger) dialogue(ctx context.Context, on civil.Date) error {
	minutes, err := l.Missions.AddEvidence(ctx, l.coordinator, l.Territory.ID, "Compte rendu du dialogue, année 1.pdf", pdf(
		"Dialogue de gestion, année 1 du contrat (document fictif de démonstration)",
		"CPTS Sénart, le "+shortDay(on)+". Présents : CPTS, Assurance Maladie, ARS (personnes fictives).",
		"Accès aux soins : 84 % de la part variable. Parcours : 92 %. Prévention : 75 %.",
		"Compensation des soins non programmés : 80 % du maximum.",
	))
	if err != nil {
		return err
	}
	dues, _, err := l.Books.Calendar(ctx, l.treasurer, l.Territory.ID)
	if err != nil {
		return err
	}
	for _, d := range dues {
		percent, decided := granted[d.Code]
		if d.Year != 1 || !decided || d.Kind != funding.Variable && d.Kind != funding.OfPart {
			continue
		}
		amount, err := d.Amount.Cents.Part(percent, 100)
		if err != nil {
			return err
		}
		if _, err := l.Books.Decide(ctx, l.treasurer, funding.Decision{Territory: l.Territory.ID, Mission: d.Code, Year: 1, Amount: amount, On: on, Evidence: minutes.Hash}); err != nil {
			return err
		}
	}
	return nil
}

func shortDay(d civil.Date) string { return fmt.Sprintf("%02d/%02d/%d", d.Day, int(d.Month), d.Year) }
