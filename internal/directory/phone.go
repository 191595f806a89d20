package directory

import (
	"strings"

	"github.com/relais-snp/relais/internal/fault"
)

// Phone is a French telephone number in E.164 form: "+33199001234".
type Phone string

var errPhone = fault.New(fault.Invalid, "directory.phone", "Ce numéro de téléphone n’est pas un numéro français complet.")

// overseasPrefixes are the beginnings of national numbers that leave with a country code of their own, after
// the national numbering plan (ARCEP): the zero falls and the rest follows the code.
var overseasPrefixes = map[string]string{
	"0590": "590", "0690": "590", "0691": "590", // Guadeloupe, Saint-Martin, Saint-Barthélemy
	"0594": "594", "0694": "594", // Guyane
	"0596": "596", "0696": "596", "0697": "596", // Martinique
	"0262": "262", "0263": "262", "0692": "262", "0693": "262", // Réunion
	"0269": "262", "0639": "262", // Mayotte
	"0508": "508", "0708": "508", // Saint-Pierre-et-Miquelon
}

// fictional begins the mobile numbers that ARCEP keeps for fiction; they are metropolitan though Mayotte has 0639.
const fictional = "063998"

// plans are the country codes of France with the count of digits after them.
var plans = map[string]int{
	"33": 9, "590": 9, "594": 9, "596": 9, "262": 9, "508": 9, "687": 6, "689": 8, "681": 6,
}

// ParsePhone reads a number as people write it: spaces, dots, hyphens, "(0)", national or international form,
// also without the zero that spreadsheets drop. It returns invalid "directory.phone" for foreign, short and
// incomplete numbers. New Caledonia, Polynesia and Wallis, whose local numbers have no prefix of their own, must
// come in international form.
func ParsePhone(s string) (Phone, error) {
	digits := withoutSigns(s)
	if international, ok := strings.CutPrefix(digits, "+"); ok {
		return fromInternational(international)
	}
	if international, ok := strings.CutPrefix(digits, "00"); ok {
		return fromInternational(international)
	}
	if len(digits) == 9 && digits[0] != '0' {
		digits = "0" + digits
	}
	return fromNational(digits)
}

// withoutSigns keeps digits and a leading plus; any letter makes the number unreadable.
func withoutSigns(s string) string {
	s = strings.ReplaceAll(withoutSpaces(s), "(0)", "")
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(".-/()", r) {
			return -1
		}
		return r
	}, s)
}

func fromInternational(digits string) (Phone, error) {
	if !onlyDigits(digits) {
		return "", errPhone
	}
	for _, length := range []int{2, 3} {
		if len(digits) <= length {
			break
		}
		code, rest := digits[:length], strings.TrimPrefix(digits[length:], "0")
		if plan, known := plans[code]; known && plan == len(rest) {
			return underCode(code, rest)
		}
	}
	return "", errPhone
}

// underCode checks that a number of nine digits is one of its country code: dialled within France it would reach
// somebody else. Metropolitan France's own code is also written before numbers overseas.
func underCode(code, rest string) (Phone, error) {
	if plans[code] != 9 {
		return Phone("+" + code + rest), nil
	}
	phone, err := fromNational("0" + rest)
	if err != nil || code != "33" && !strings.HasPrefix(string(phone), "+"+code) {
		return "", errPhone
	}
	return phone, nil
}

func fromNational(digits string) (Phone, error) {
	if len(digits) != 10 || !onlyDigits(digits) || digits[0] != '0' || digits[1] == '0' {
		return "", errPhone
	}
	if code, ok := overseasPrefixes[digits[:4]]; ok && !strings.HasPrefix(digits, fictional) {
		return Phone("+" + code + digits[1:]), nil
	}
	return Phone("+33" + digits[1:]), nil
}

// French formats the number as it is dialled within France: "01 99 00 12 34"; a number of the Pacific keeps its
// country code.
func (p Phone) French() string {
	digits := strings.TrimPrefix(string(p), "+")
	for _, length := range []int{2, 3} {
		if len(digits) > length && plans[digits[:length]] == 9 && len(digits) == length+9 {
			return pairs("0" + digits[length:])
		}
	}
	if len(digits) > 3 {
		return "+" + digits[:3] + "\u00a0" + pairs(digits[3:])
	}
	return string(p)
}

// pairs sets digits two by two with spaces that do not break.
func pairs(digits string) string {
	var b strings.Builder
	for i := range len(digits) {
		if i > 0 && i%2 == 0 {
			b.WriteString("\u00a0")
		}
		b.WriteByte(digits[i])
	}
	return b.String()
}
