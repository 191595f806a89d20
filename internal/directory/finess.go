package directory

import (
	"strings"

	"github.com/relais-snp/relais/internal/fault"
)

// FINESS is the number of a site in the fichier national des établissements sanitaires et sociaux: 9
// characters, the first two its département, the last a Luhn key.
type FINESS string

var (
	errFINESSForm = fault.New(fault.Invalid, "directory.finess_form",
		"Un numéro FINESS compte 9 chiffres (2A ou 2B en tête pour la Corse).")
	errFINESSKey = fault.New(fault.Invalid, "directory.finess_key", "La clé du numéro FINESS est fausse : vérifiez les chiffres.")
)

// ParseFINESS reads a number, with or without spaces. It returns invalid "directory.finess_form" unless it has 9
// digits, or 2A or 2B and 7 digits, and "directory.finess_key" when the key is wrong. The numbers of Corsica are
// not checked against their key: no public rule says what the letter counts for.
func ParseFINESS(s string) (FINESS, error) {
	number := strings.ToUpper(withoutSpaces(s))
	if len(number) != 9 {
		return "", errFINESSForm
	}
	switch department, rest := number[:2], number[2:]; {
	case strings.Trim(number, "0") == "" || !onlyDigits(rest):
		return "", errFINESSForm
	case department == "2A" || department == "2B":
		return FINESS(number), nil
	case !onlyDigits(department):
		return "", errFINESSForm
	}
	if !luhn(number) {
		return "", errFINESSKey
	}
	return FINESS(number), nil
}
