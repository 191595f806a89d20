package indicator

import (
	"fmt"
	"slices"

	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/fault"
)

// CoverRule says how many GPs a territory wants in each half-day, from a day on.
// It is what the professionals of the territory agreed on; no text asks for it.
type CoverRule struct {
	From      civil.Date `yaml:"from" koanf:"from" json:"from"`
	Territory string     `yaml:"territory" koanf:"territory" json:"territory"` // "" for those without a rule of their own
	Source    string     `yaml:"source" koanf:"source" json:"source"`
	Wanted    []Wanted   `yaml:"wanted" koanf:"wanted" json:"wanted"`
}

// Wanted is how many GPs are wanted in some half-days. Public holidays are a
// kind of day of their own, whatever the day of the week. A half-day that no
// entry names asks for nobody.
type Wanted struct {
	Weekdays []int  `yaml:"weekdays" koanf:"weekdays" json:"weekdays"` // ISO, 1 is Monday
	Holidays bool   `yaml:"holidays" koanf:"holidays" json:"holidays"`
	Parts    []Part `yaml:"parts" koanf:"parts" json:"parts"`
	GPs      int    `yaml:"gps" koanf:"gps" json:"gps"`
}

// coverOn returns the rule of a territory in force on a day: its own, or the
// common one, or one that wants nobody.
func (r Rules) coverOn(territory string, day civil.Date) CoverRule {
	for _, whose := range []string{territory, ""} {
		for _, rule := range slices.Backward(r.Cover) {
			if rule.Territory == whose && !day.Before(rule.From) {
				return rule
			}
		}
	}
	return CoverRule{}
}

// wanted is how many GPs the rule wants in a half-day.
func (r CoverRule) wanted(day civil.Date, holiday bool, part Part) int {
	for _, w := range r.Wanted {
		if slices.Contains(w.Parts, part) && (holiday && w.Holidays || !holiday && slices.Contains(w.Weekdays, day.Weekday())) {
			return w.GPs
		}
	}
	return 0
}

// checkCover names every wrong value of the rules of cover.
func (r Rules) checkCover() (fields []fault.Field) {
	last := map[string]civil.Date{}
	for i, rule := range r.Cover {
		before, again := last[rule.Territory]
		if !rule.From.Valid() || again && !rule.From.After(before) {
			fields = append(fields, wrongRule("cover", i, "from", "Les dates sont obligatoires et vont en croissant, territoire par territoire."))
		}
		last[rule.Territory] = rule.From
		fields = append(fields, rule.check(i)...)
	}
	return fields
}

func (r CoverRule) check(i int) (fields []fault.Field) {
	asked := map[string]bool{}
	for j, w := range r.Wanted {
		wrong := func(name, message string) {
			fields = append(fields, wrongRule("cover", i, fmt.Sprintf("wanted[%d].%s", j, name), message))
		}
		if len(w.Weekdays) == 0 && !w.Holidays || slices.ContainsFunc(w.Weekdays, func(d int) bool { return d < 1 || d > 7 }) {
			wrong("weekdays", "Les jours vont de 1 (lundi) à 7 (dimanche) ; sans jours, il faut holidays: true.")
		}
		if len(w.Parts) == 0 || slices.ContainsFunc(w.Parts, func(p Part) bool { return !slices.Contains(Parts(), p) }) {
			wrong("parts", "Les demi-journées sont am, pm et eve.")
		}
		if w.GPs < 0 {
			wrong("gps", "Une valeur négative n’a pas de sens.")
		}
		for _, half := range w.halves() {
			if asked[half] {
				wrong("parts", "Cette demi-journée est déjà réglée plus haut.")
				break
			}
			asked[half] = true
		}
	}
	return fields
}

// halves names the half-days that the entry speaks of.
func (w Wanted) halves() (names []string) {
	for _, part := range w.Parts {
		for _, day := range w.Weekdays {
			names = append(names, fmt.Sprintf("%d-%s", day, part))
		}
		if w.Holidays {
			names = append(names, "holiday-"+string(part))
		}
	}
	return names
}

func wrongRule(list string, i int, name, message string) fault.Field {
	return fault.Field{Name: fmt.Sprintf("%s[%d].%s", list, i, name), Reason: "indicator.rules", Message: message}
}
