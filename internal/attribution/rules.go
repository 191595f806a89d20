package attribution

import (
	"fmt"
	"slices"

	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/fault"
)

// Rules are the dated rules of attribution, as configs/attribution.yaml holds them.
type Rules struct {
	Attribution []Rule `yaml:"attribution"` // in order of From
}

// Rule says who comes first and how far one is sent, from a day on.
type Rule struct {
	From   civil.Date `yaml:"from"`
	Source string     `yaml:"source"`
	// Tiers lists the criteria of each tier, the first tier first.
	Tiers       [][]Criterion `yaml:"tiers"`
	MaxKm       float64       `yaml:"maxKm"`       // à vol d'oiseau
	KnownMetres int           `yaml:"knownMetres"` // see Limits
	OfferDays   int           `yaml:"offerDays"`   // how long an offer waits for an answer
	KeepMonths  int           `yaml:"keepMonths"`  // how long an identity is kept after the end of its request
}

// Validate returns an Invalid fault "attribution.rules" that names every wrong
// value. At least one rule is needed.
func (r Rules) Validate() error {
	var fields []fault.Field
	wrong := func(name, message string) {
		fields = append(fields, fault.Field{Name: name, Reason: "attribution.rules", Message: message})
	}
	if len(r.Attribution) == 0 {
		wrong("attribution", "Il faut au moins une règle.")
	}
	for i, rule := range r.Attribution {
		at := fmt.Sprintf("attribution[%d].", i)
		if !rule.From.Valid() || i > 0 && !rule.From.After(r.Attribution[i-1].From) {
			wrong(at+"from", "Les dates sont obligatoires et vont en croissant.")
		}
		if !(rule.MaxKm > 0 && rule.MaxKm <= 500) { // nor what is no number
			wrong(at+"maxKm", "La distance va de 0 à 500 km.")
		}
		if rule.KnownMetres < 0 || rule.KnownMetres > 500_000 {
			wrong(at+"knownMetres", "Cette distance va de 0 à 500 000 m.")
		}
		if rule.OfferDays < 1 || rule.OfferDays > 90 {
			wrong(at+"offerDays", "Une proposition attend de 1 à 90 jours.")
		}
		if rule.KeepMonths < 1 || rule.KeepMonths > 240 {
			wrong(at+"keepMonths", "Une identité est gardée de 1 à 240 mois après la fin de la demande.")
		}
		if !rule.tiersFit() {
			wrong(at+"tiers", "Chaque critère est connu et figure dans un seul rang.")
		}
	}
	return fault.Fields("attribution.rules", "Les règles d’attribution sont incorrectes.", fields...)
}

func (r Rule) tiersFit() bool {
	var seen Set
	for _, tier := range r.Tiers {
		set, err := SetOf(tier...)
		if err != nil || set == 0 || set.Meets(seen) {
			return false
		}
		seen |= set
	}
	return len(r.Tiers) > 0
}

// On returns the rule in force on a day; before the first one, the first.
func (r Rules) On(day civil.Date) Rule {
	for _, rule := range slices.Backward(r.Attribution) {
		if !day.Before(rule.From) {
			return rule
		}
	}
	return r.Attribution[0]
}

// Limits are the rule's figures for a plan.
func (r Rule) Limits() Limits { return Limits{MaxKm: r.MaxKm, KnownMetres: r.KnownMetres} }

// Tier returns the tier of a request with these criteria, 1 first, and those of
// them that put it there: none in the last tier.
func (r Rule) Tier(criteria Set) (tier int, because []Criterion) {
	for i, wanted := range r.Tiers {
		set, _ := SetOf(wanted...) // validated
		if set.Meets(criteria) {
			return i + 1, (set & criteria).List()
		}
	}
	return len(r.Tiers) + 1, nil
}
