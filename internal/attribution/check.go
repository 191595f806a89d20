package attribution

import (
	"slices"
	"time"

	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/fault"
)

// How many years ago a report or a consent, when it is entered, and a birth may lie.
const (
	oldestReport = 10
	oldestBirth  = 130
)

// broken is a field that breaks a rule.
func broken(name, reason, message string) fault.Field {
	return fault.Field{Name: name, Reason: reason, Message: message}
}

// invalid is "attribution.invalid" with the fields, nil for none.
func invalid(bad []fault.Field) error {
	return fault.Fields("attribution.invalid", "La demande contient des erreurs.", bad...)
}

// apply writes what a draft knows onto the request; see Draft.
func (r *Request) apply(d Draft) {
	set(&r.Origin, d.Origin)
	set(&r.Since, d.Since)
	set(&r.Reporter, d.Reporter)
	set(&r.Consent, d.Consent)
	set(&r.Commune, d.Commune)
	set(&r.Criteria, d.Criteria)
	set(&r.HomeVisits, d.HomeVisits)
	set(&r.MTGoneSince, d.MTGoneSince)
	set(&r.KnownTo, d.KnownTo)
	set(&r.ChronicDisease, d.ChronicDisease)
	set(&r.Medication, d.Medication)
	set(&r.Synthesis, d.Synthesis)
	if d.Patient != nil {
		patient := *d.Patient
		r.Patient = &patient
		if !patient.BirthDate.IsZero() {
			r.BirthYear = patient.BirthDate.Year
		}
	}
	set(&r.BirthYear, d.BirthYear)
	r.tidy()
	if gone, _ := SetOf(MTGone); d.MTGoneSince == nil && !r.Criteria.Meets(gone) {
		r.MTGoneSince = civil.Date{}
	}
}

func set[T any](value *T, news *T) {
	if news != nil {
		*value = *news
	}
}

// broken returns a field for each rule that the request breaks on a day.
func (r Request) broken(day civil.Date) (bad []fault.Field) {
	if !slices.Contains(Origins(), r.Origin) {
		bad = append(bad, broken("origin", "attribution.origin", "Indiquez d’où vient la demande."))
	}
	if communeOf(r.Commune).INSEE == "" {
		bad = append(bad, broken("commune", "attribution.commune_unknown", "Indiquez la commune du patient : celle-ci n’est pas connue."))
	}
	bad = append(bad, r.brokenBirth(day)...)
	bad = append(bad, r.brokenCriteria()...)
	bad = append(bad, r.brokenDays(day)...)
	bad = append(bad, r.brokenTexts()...)
	if r.Synthesis != "" && r.names(r.Synthesis) {
		bad = append(bad, broken("synthesis", "attribution.synthesis_names",
			"La synthèse est lue avant tout accord : elle ne contient ni le nom, ni le prénom, ni la date de naissance, ni l’adresse, ni le téléphone du patient."))
	}
	return bad
}

func (r Request) brokenBirth(day civil.Date) []fault.Field {
	const message = "Cette naissance n’est pas plausible."
	if r.Patient != nil && !r.Patient.BirthDate.IsZero() {
		birth := r.Patient.BirthDate
		switch {
		case !birth.Valid() || birth.After(day) || birth.Year < day.Year-oldestBirth:
			return []fault.Field{broken("patient.birthDate", "attribution.birth", message)}
		case birth.Year != r.BirthYear:
			return []fault.Field{broken("birthYear", "attribution.birth", "L’année de naissance n’est pas celle de la date.")}
		}
		return nil
	}
	if r.BirthYear == 0 {
		return []fault.Field{broken("birthYear", "attribution.birth_missing", "Indiquez la date ou l’année de naissance.")}
	}
	if r.BirthYear > day.Year || r.BirthYear < day.Year-oldestBirth {
		return []fault.Field{broken("birthYear", "attribution.birth", message)}
	}
	return nil
}

func (r Request) brokenCriteria() []fault.Field {
	all, _ := SetOf(Criteria()...)
	aged, _ := SetOf(Aged70)
	gone, _ := SetOf(MTGone)
	switch {
	case r.Criteria&^all != 0:
		return []fault.Field{broken("criteria", "attribution.criterion_unknown", "Un critère est inconnu.")}
	case r.Criteria.Meets(aged):
		return []fault.Field{broken("criteria", "attribution.aged_declared", "L’âge vient de la naissance, il ne se déclare pas.")}
	case !r.MTGoneSince.IsZero() && !r.Criteria.Meets(gone):
		return []fault.Field{broken("mtGoneSince", "attribution.mt_gone", "Cette date va avec le critère « médecin parti ».")}
	}
	return nil
}

// brokenDays checks the days against the day it is and the one of entry.
func (r Request) brokenDays(day civil.Date) (bad []fault.Field) {
	if r.Consent.On.IsZero() {
		bad = append(bad, broken("consent.on", "attribution.consent_missing", "Indiquez quand le patient a donné son accord."))
	}
	if r.Since.IsZero() {
		bad = append(bad, broken("since", "attribution.day", "Indiquez quand le signalement est arrivé."))
	}
	first := civil.DateOf(r.ReceivedAt, time.UTC)
	first.Year -= oldestReport
	bad = append(bad, brokenDay("since", r.Since, first, day)...)
	bad = append(bad, brokenDay("consent.on", r.Consent.On, first, day)...)
	first.Year -= oldestBirth
	return append(bad, brokenDay("mtGoneSince", r.MTGoneSince, first, day)...)
}

// brokenDay checks that a day, unless zero, is one between two others.
func brokenDay(name string, d, first, last civil.Date) []fault.Field {
	switch {
	case d.IsZero():
		return nil
	case d.After(last):
		return []fault.Field{broken(name, "attribution.day_future", "Cette date est à venir.")}
	case !d.Valid() || d.Before(first):
		return []fault.Field{broken(name, "attribution.day", "Cette date n’est pas plausible.")}
	}
	return nil
}
