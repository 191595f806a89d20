package attribution

import (
	"slices"
	"strconv"
	"strings"

	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/directory"
	"github.com/relais-snp/relais/internal/territory"
)

// names reports whether a text holds what tells who the patient is: family name,
// given name, telephone number, day of birth or address, up to accents and case.
func (r Request) names(text string) bool {
	if r.Patient == nil {
		return false
	}
	p, folded := *r.Patient, territory.Fold(text)
	if holdsName(folded, p.Family) || holdsName(folded, p.Given) || holdsDay(folded, p.BirthDate) {
		return true
	}
	words := streetWords(folded)
	if slices.ContainsFunc(homes(p.Address, communeOf(r.Commune).Name), func(home string) bool { return holds(words, home) }) {
		return true
	}
	phone := dialled(p.Phone)
	return len(phone) > 9 && strings.Contains(digits(text), phone[len(phone)-9:])
}

// holds reports whether words stand in a folded text, one after the other.
func holds(text, words string) bool {
	return words != "" && strings.Contains(" "+text+" ", " "+words+" ")
}

// holdsName looks for a name. Its parts count from four letters on, shorter ones
// are words of any text.
func holdsName(text, name string) bool {
	folded := territory.Fold(name)
	return holds(text, folded) || slices.ContainsFunc(strings.Fields(folded), func(part string) bool {
		return len(part) >= 4 && holds(text, part)
	})
}

// monthNames are what a month is called, folded.
var monthNames = map[string]int{
	"janvier": 1, "janv": 1, "fevrier": 2, "fevr": 2, "fev": 2, "mars": 3, "avril": 4, "avr": 4, "mai": 5, "juin": 6, "juillet": 7, "juil": 7,
	"aout": 8, "septembre": 9, "sept": 9, "octobre": 10, "oct": 10, "novembre": 11, "nov": 11, "decembre": 12, "dec": 12,
}

// holdsDay looks for a day in the ways it is written: 04/04/1944, 4.4.44,
// 1944-04-04, 4 avril 1944, 04041944.
func holdsDay(text string, day civil.Date) bool {
	if day.IsZero() {
		return false
	}
	iso := strings.ReplaceAll(day.String(), "-", "")
	words := strings.Fields(text)
	for i, word := range words {
		if word == iso || word == iso[6:]+iso[4:6]+iso[:4] {
			return true
		}
		if i+2 >= len(words) {
			continue
		}
		a, b, c := word, words[i+1], words[i+2]
		if isMonth(b, day) && (isDay(a, day) && isYear(c, day) || len(a) == 4 && isYear(a, day) && isDay(c, day)) {
			return true
		}
	}
	return false
}

func isDay(word string, day civil.Date) bool {
	n, err := strconv.Atoi(strings.TrimSuffix(word, "er"))
	return err == nil && n == day.Day
}

func isMonth(word string, day civil.Date) bool {
	n, err := strconv.Atoi(word)
	return err == nil && n == int(day.Month) || monthNames[word] == int(day.Month)
}

// isYear takes the last two digits for the year too.
func isYear(word string, day civil.Date) bool {
	n, err := strconv.Atoi(word)
	return err == nil && (n == day.Year || len(word) == 2 && n == day.Year%100)
}

// dialled is a telephone number however it was typed; an unreadable one stays as it is.
func dialled(text string) string {
	if phone, err := directory.ParsePhone(text); err == nil {
		return string(phone)
	}
	return text
}

func digits(text string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, text)
}
