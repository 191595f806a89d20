package demo

import (
	"context"
	"fmt"
	"time"

	"github.com/relais-snp/relais/internal/funding"
)

// operating is the envelope that lets the CPTS run.
const operating = "fonctionnement"

// payroll is the coordinator's: 58,248 euros a year, as in Sénart.
func (l *ledger) payroll() {
	for _, on := range l.months(l.contract.Signed.AddDays(30), 28) {
		about := l.about(on, "", operating)
		of := fmt.Sprintf("%02d/%d", int(on.Month), on.Year)
		l.post(on, "09:30", "OD", "Paie de la coordination, "+of, debit("6411", euros(3350), about), debit("645", euros(1504), about),
			credit("421", euros(2613)), credit("431", euros(2241)))
		l.post(on, "09:45", "BQ", "Salaire et cotisations, "+of, debit("421", euros(2613), funding.Dimensions{}), debit("431", euros(2241), funding.Dimensions{}),
			credit("512", euros(4854)))
	}
}

// invoices are those of rent, accountant, telephone, and of what missions do.
func (l *ledger) invoices() {
	for _, on := range l.months(l.contract.Signed.AddDays(20), 8) {
		run := l.about(on, "", operating)
		l.post(on, "10:30", "BQ", "Téléphone et internet", debit("626", euros(120), run), credit("512", euros(120)))
		switch on.Month % 3 {
		case 0:
			l.bill(on, on.AddDays(14), "6226", "Cabinet comptable Démo : honoraires du trimestre", euros(900), run)
		case 1:
			l.bill(on, on.AddDays(4), "613", "Locaux partagés Démo : loyer du trimestre", euros(1200), run)
		case 2:
			l.bill(on, on.AddDays(11), "623", "Imprimerie Démo : lettre aux professionnels", euros(435), run)
		}
	}
	for _, on := range l.months(l.started("prevention").AddDays(20), 17) {
		if on.Month%2 == 0 {
			l.bill(on, on.AddDays(9), "623", "Atelier Démo : campagne de prévention", euros(640), l.about(on, "prevention", "prevention"))
		}
	}
}

// care spends what missions have for their work, and hands the compensation on to
// GPs who kept places free.
func (l *ledger) care() {
	for _, on := range l.months(l.started("parcours").AddDays(25), 14) {
		l.bill(on, on.AddDays(10), "6226", "Atelier des parcours Démo : animation du mois", euros(1450), l.about(on, "parcours", "parcours"))
	}
	for _, on := range l.months(l.started("acces").AddDays(45), 19) {
		if on.Month%3 == 0 {
			l.bill(on, on.AddDays(12), "6226", "Cabinet d’évaluation Démo : suivi du trimestre", euros(1150), l.about(on, "acces", "acces"))
		}
	}
	on := workday(l.anniversary.AddDays(dialogueAfter + paidAfter + 20))
	about := l.about(on, "acces", "snp_compensation")
	var lines []funding.Line
	for i := range 9 {
		about.Person = l.cast.Practitioners[i].ID
		lines = append(lines, debit("6226", euros(800), about))
	}
	l.post(on, "16:30", "BQ", "Compensation des effecteurs, année 1", append(lines, credit("512", euros(7200)))...)
}

// orientation spends the earmarked envelope, never as much as came of it.
func (l *ledger) orientation() {
	for _, on := range l.months(l.started("acces").AddDays(orientationAfter+30), 5) {
		l.bill(on, on.AddDays(15), "6226", "Plateau d’orientation Démo : permanence du mois", euros(3400), l.about(on, "acces", "snp_orientation"))
	}
}

// indemnities pays those who were at meetings.
func (l *ledger) indemnities() {
	const each = 75
	for _, m := range l.meetings {
		on := workday(m.on.AddDays(10))
		about := l.about(on, m.mission, m.mission)
		about.Evidence = m.sheet
		var lines []funding.Line
		for _, i := range m.present {
			about.Person = l.cast.Practitioners[i].ID
			lines = append(lines, debit("6226", euros(each), about))
		}
		label := "Indemnités de la réunion du " + shortDay(m.on)
		l.post(on, "16:00", "BQ", label, append(lines, credit("512", euros(each*len(lines))))...)
	}
}

// mistake is an invoice that was entered twice, and taken back.
func (l *ledger) mistake() {
	on := l.today.AddDays(-30)
	l.on(on, "10:15", func(ctx context.Context) error {
		about := l.about(on, "", operating)
		const label = "Papeterie Démo : fournitures"
		if _, err := l.write(ctx, on, "AC", label, debit("606", 186_40, about), credit("401", 186_40)); err != nil {
			return err
		}
		l.clock.Set(l.clock.Now().Add(6 * time.Minute))
		twice, err := l.write(ctx, on, "AC", label, debit("606", 186_40, about), credit("401", 186_40))
		if err != nil {
			return err
		}
		back := on.AddDays(3)
		l.clock.Set(l.at(back, "09:05"))
		_, err = l.Books.Reverse(ctx, l.treasurer, twice.ID, back, "Facture saisie deux fois", l.piece("REV"))
		return err
	})
}
