package demo

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/relais-snp/relais/internal/civil"
)

// meeting is one that professionals of several kinds held, with its sheet.
type meeting struct {
	on      civil.Date
	mission string
	present []int  // GPs of the cast
	sheet   string // hash of the attendance sheet
}

// meet holds a meeting a month but in August, and keeps its attendance sheet.
func (l *ledger) meet(ctx context.Context) error {
	for i, on := range l.months(l.contract.Signed.AddDays(40), 12) {
		m := meeting{on: workday(on), mission: "acces"}
		if !m.on.Before(l.started("parcours")) {
			m.mission = "parcours"
		}
		kept := l.at(m.on.AddDays(1), "10:00")
		if on.Month == time.August || kept.After(l.now) {
			continue
		}
		for n := range 4 + i%3 {
			m.present = append(m.present, (i*7+n*4)%Size)
		}
		l.clock.Set(kept)
		sheet, err := l.Missions.AddEvidence(ctx, l.coordinator, l.Territory.ID, "Feuille de présence "+m.on.String()+".csv", l.attendance(m))
		if err != nil {
			return err
		}
		m.sheet = sheet.Hash
		l.meetings = append(l.meetings, m)
	}
	return nil
}

// attendance is the sheet of a meeting.
func (l *ledger) attendance(m meeting) []byte {
	text := fmt.Sprintf("Réunion pluriprofessionnelle;%s;document fictif de démonstration\r\nNom;Profession;Présence\r\n", shortDay(m.on))
	for _, i := range m.present {
		text += l.cast.actor(i).Name + ";Médecin;oui\r\n"
	}
	return []byte(text + "Alix Démo;Infirmière;oui\r\nCharlie Démo;Pharmacie;oui\r\n")
}

// held counts the meetings of a contract year until it is observed, with the
// hashes of their sheets.
func (l *ledger) held(year int) (count int, sheets []string) {
	for _, m := range l.meetings {
		if l.year(m.on) == year && !m.on.After(l.observed(year)) {
			count, sheets = count+1, append(sheets, m.sheet)
		}
	}
	return count, sheets
}

// pdf is a page of a few lines, of characters of Latin-1.
func pdf(lines ...string) []byte {
	latin := func(text string) string {
		var b strings.Builder
		for _, r := range text {
			if slices.Contains([]rune{'(', ')', '\\'}, r) {
				b.WriteByte('\\')
			}
			b.WriteByte(byte(r))
		}
		return b.String()
	}
	page := "BT /F1 12 Tf 60 760 Td 22 TL\n"
	for _, text := range lines {
		page += "(" + latin(text) + ") Tj T*\n"
	}
	page += "ET"
	objects := []string{
		"<</Type/Catalog/Pages 2 0 R>>",
		"<</Type/Pages/Kids[3 0 R]/Count 1>>",
		"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 5 0 R/Resources<</Font<</F1 4 0 R>>>>>>",
		"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
		fmt.Sprintf("<</Length %d>>\nstream\n%s\nendstream", len(page), page),
	}
	var b bytes.Buffer
	b.WriteString("%PDF-1.4\n")
	var places []int
	for i, o := range objects {
		places = append(places, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for _, at := range places {
		fmt.Fprintf(&b, "%010d 00000 n \n", at)
	}
	fmt.Fprintf(&b, "trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n", len(objects)+1, start)
	return b.Bytes()
}
