package directory

import (
	"strings"

	"github.com/relais-snp/relais/internal/fault"
)

// RPPS is the number of a professional in the répertoire partagé des professionnels de santé: 11 digits, the
// last a Luhn key.
type RPPS string

var (
	errRPPSDigits = fault.New(fault.Invalid, "directory.rpps_digits", "Un numéro RPPS compte 11 chiffres.")
	errRPPSKey    = fault.New(fault.Invalid, "directory.rpps_key", "La clé du numéro RPPS est fausse : vérifiez les chiffres.")
)

// ParseRPPS reads a number, with or without spaces. It returns invalid "directory.rpps_digits" unless it has
// 11 digits, not all zero, and "directory.rpps_key" when the key is wrong.
func ParseRPPS(s string) (RPPS, error) {
	number := withoutSpaces(s)
	switch {
	case len(number) != 11 || !onlyDigits(number) || strings.Trim(number, "0") == "":
		return "", errRPPSDigits
	case !luhn(number):
		return "", errRPPSKey
	}
	return RPPS(number), nil
}

// RPPSWithKey completes ten digits with their key. It returns invalid "directory.rpps_digits" for anything else.
func RPPSWithKey(ten string) (RPPS, error) {
	if len(ten) != 10 || !onlyDigits(ten) {
		return "", errRPPSDigits
	}
	return ParseRPPS(ten + string(luhnKey(ten)))
}

// withoutSpaces drops the blanks that people and spreadsheets put into numbers.
func withoutSpaces(s string) string {
	return strings.Map(func(r rune) rune {
		switch r {
		case ' ', '\t', '\u00a0', '\u202f':
			return -1
		}
		return r
	}, s)
}
