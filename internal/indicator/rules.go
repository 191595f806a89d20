package indicator

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/fault"
	"github.com/relais-snp/relais/internal/regulation"
)

// Rules are the dated rules of SNP acts and of cover, as configs/regulation.yaml
// holds them.
type Rules struct {
	SNP   []SNPRule   `yaml:"snp" koanf:"snp" json:"snp"`       // in order of From
	Cover []CoverRule `yaml:"cover" koanf:"cover" json:"cover"` // in order of From, territory by territory
}

// SNPRule says which acts earn the SNP majoration, from a day on (NGAP 14.1.3).
type SNPRule struct {
	From            civil.Date `yaml:"from" koanf:"from" json:"from"`
	Source          string     `yaml:"source" koanf:"source" json:"source"`
	MajorationCents int        `yaml:"majorationCents" koanf:"majorationCents" json:"majorationCents"` // euro cents per act
	CapPerWeek      int        `yaml:"capPerWeek" koanf:"capPerWeek" json:"capPerWeek"`                // per doctor
	WeekStart       int        `yaml:"weekStart" koanf:"weekStart" json:"weekStart"`                   // ISO, 1 is Monday
	WindowHours     int        `yaml:"windowHours" koanf:"windowHours" json:"windowHours"`             // call to appointment
}

// Validate returns an Invalid fault "indicator.rules" that names every wrong value.
func (r Rules) Validate() error {
	var fields []fault.Field
	wrong := func(i int, name, message string) {
		fields = append(fields, wrongRule("snp", i, name, message))
	}
	for i, rule := range r.SNP {
		if !rule.From.Valid() || i > 0 && !rule.From.After(r.SNP[i-1].From) {
			wrong(i, "from", "Les dates sont obligatoires et vont en croissant.")
		}
		if rule.WeekStart < 1 || rule.WeekStart > 7 {
			wrong(i, "weekStart", "Le premier jour de la semaine va de 1 (lundi) à 7 (dimanche).")
		}
		for name, value := range map[string]int{"majorationCents": rule.MajorationCents, "capPerWeek": rule.CapPerWeek, "windowHours": rule.WindowHours} {
			if value < 0 {
				wrong(i, name, "Une valeur négative n’a pas de sens.")
			}
		}
	}
	fields = append(fields, r.checkCover()...)
	slices.SortFunc(fields, func(a, b fault.Field) int { return strings.Compare(a.Name, b.Name) })
	return fault.Fields("indicator.rules", "Les règles des actes SNP ou de la couverture sont incorrectes.", fields...)
}

// On returns the rule in force on a day; before the first one, a rule that no
// act meets and whose week starts on Monday.
func (r Rules) On(day civil.Date) SNPRule {
	for _, rule := range slices.Backward(r.SNP) {
		if !day.Before(rule.From) {
			return rule
		}
	}
	return SNPRule{WeekStart: 1, WindowHours: -1}
}

// act reports whether a booking was an SNP act: the patient came, a regulator
// sent them within the window, and it was not to their own médecin traitant.
func (r SNPRule) act(start time.Time, b BookingFact) bool {
	return b.State == regulation.StateHonoured && b.ByRegulation && !b.OwnMT &&
		start.Sub(b.CalledAt) <= time.Duration(r.WindowHours)*time.Hour
}

// week names the week of a day, "2026-W47", and tells its first day. A week that
// does not start on Monday bears the ISO number of the week that holds most of
// its days.
func (r SNPRule) week(day civil.Date) (name string, first civil.Date) {
	first = day.AddDays(-((day.Weekday() - r.WeekStart + 7) % 7))
	return isoWeek(first.AddDays(3)), first
}

func isoWeek(day civil.Date) string {
	year, week := day.ISOWeek()
	return fmt.Sprintf("%04d-W%02d", year, week)
}
