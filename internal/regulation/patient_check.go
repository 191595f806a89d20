package regulation

import (
	"strings"
	"time"
	"unicode/utf8"

	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/directory"
	"github.com/relais-snp/relais/internal/fault"
	"github.com/relais-snp/relais/internal/territory"
)

// checkPatient returns one field per broken rule, names prefixed.
func checkPatient(p Patient, prefix string, now time.Time) []fault.Field {
	var bad []fault.Field
	broken := func(name, reason, message string) {
		bad = append(bad, fault.Field{Name: prefix + name, Reason: reason, Message: message})
	}
	if strings.TrimSpace(p.Family) == "" {
		broken("family", "patient.family_missing", "Le nom du patient est nécessaire.")
	}
	if utf8.RuneCountInString(p.Family) > 100 || utf8.RuneCountInString(p.Given) > 100 {
		broken("family", "patient.name_long", "Un nom compte au plus 100 caractères.")
	}
	if !p.BirthDate.IsZero() && !plausibleBirth(p.BirthDate, now) {
		broken("birthDate", "patient.birth_date", "La date de naissance n’est pas plausible.")
	}
	if p.Commune != "" && !knownCommune(p.Commune) {
		broken("commune", "patient.commune", "Cette commune est inconnue.")
	}
	return append(bad, checkMT(p.MT, prefix+"mt.")...)
}

func checkMT(mt MT, prefix string) []fault.Field {
	if mt.RPPS != "" {
		if _, err := directory.ParseRPPS(mt.RPPS); err != nil {
			return []fault.Field{{Name: prefix + "rpps", Reason: fault.Reason(err),
				Message: "Le numéro RPPS du médecin traitant est faux."}}
		}
	}
	switch mt.Status {
	case MTHas, MTUnknown:
	case MTNone:
		if mt.RPPS != "" || mt.Name != "" {
			return []fault.Field{{Name: prefix + "status", Reason: "patient.mt_contradiction",
				Message: "Un patient sans médecin traitant n’en nomme pas."}}
		}
	default:
		return []fault.Field{{Name: prefix + "status", Reason: "patient.mt_status",
			Message: "Indiquez si le patient a un médecin traitant : oui, non ou inconnu."}}
	}
	return nil
}

// plausibleBirth accepts the last 130 years, tomorrow included for zones ahead.
func plausibleBirth(d civil.Date, now time.Time) bool {
	return d.Valid() && d.Year >= now.Year()-130 && !civil.DateOf(now.Add(24*time.Hour), time.UTC).Before(d)
}

func knownCommune(code string) bool {
	_, ok := territory.Communes().ByINSEE(territory.INSEE(code))
	return ok
}

// SamePatient reports whether two identities may be one person: the names are
// equal up to accents, case and hyphens (a missing given name matches any), and
// neither birth date nor telephone contradicts.
func SamePatient(a, b Patient) bool {
	if territory.Fold(a.Family) != territory.Fold(b.Family) {
		return false
	}
	if a.Given != "" && b.Given != "" && territory.Fold(a.Given) != territory.Fold(b.Given) {
		return false
	}
	if !a.BirthDate.IsZero() && !b.BirthDate.IsZero() {
		return a.BirthDate == b.BirthDate
	}
	return a.Phone == "" || b.Phone == "" || dialled(a.Phone) == dialled(b.Phone)
}

// dialled is a telephone number however it was typed; a foreign one stays as it is.
func dialled(text string) string {
	if phone, err := directory.ParsePhone(text); err == nil {
		return string(phone)
	}
	return text
}
