package ical

import (
	"fmt"
	"strings"
	"time"
	"unicode"

	"github.com/relais-snp/relais/internal/agenda"
	"github.com/relais-snp/relais/internal/civil"
)

// summary is the title of an entry: "SNP réservé 14 h 05".
func summary(e agenda.Entry, zone *time.Location) string {
	clock := civil.ClockOf(e.Start, zone).French()
	switch e.State {
	case agenda.EntryBooked:
		return "SNP réservé " + clock + seatOf(e)
	case agenda.EntryCancelled:
		return "SNP annulé " + clock + seatOf(e)
	}
	if e.Seats == 1 {
		return "SNP libre " + clock
	}
	return fmt.Sprintf("SNP %d %s sur %d, %s", e.Free, plural(e.Free, "place libre", "places libres"), e.Seats, clock)
}

func seatOf(e agenda.Entry) string {
	if e.Seats == 1 {
		return ""
	}
	return fmt.Sprintf(" (place %d)", e.Seat)
}

func plural(n int, one, many string) string {
	if n < 2 {
		return one
	}
	return many
}

// manner says how the patient is seen.
func manner(m agenda.Modality) string {
	switch m {
	case agenda.Teleconsultation:
		return "Téléconsultation"
	case agenda.Visite:
		return "Visite à domicile"
	}
	return "Au cabinet"
}

// where is the place of an entry; only a practice has an address to go to.
func where(e agenda.Entry) string {
	if e.Modality == agenda.Cabinet {
		return e.Place
	}
	return ""
}

// plain drops what has no place in a line of text.
func plain(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, ""))
}
