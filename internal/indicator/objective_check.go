package indicator

import (
	"fmt"
	"slices"
	"unicode/utf8"

	"github.com/relais-snp/relais/internal/fault"
)

// maxFigure bounds figures: a thousand million.
const maxFigure Figure = 1_000_000_000_000

// Check returns an Invalid fault "indicator.objective" that names every broken rule.
func (o Objective) Check() error {
	var fields []fault.Field
	wrong := func(name, message string) {
		fields = append(fields, fault.Field{Name: name, Reason: "indicator.objective", Message: message})
	}
	if len(o.Code) < 2 || len(o.Code) > 40 {
		wrong("code", "Un indicateur a un code de 2 à 40 caractères.")
	}
	if n := utf8.RuneCountInString(o.Label); n < 3 || n > 200 {
		wrong("label", "Un indicateur a un libellé.")
	}
	if len(o.Mission) < 2 || len(o.Mission) > 60 {
		wrong("mission", "Un indicateur appartient à une mission du contrat.")
	}
	if o.Unit != Count && o.Unit != Percent {
		wrong("unit", "L’unité est un nombre ou un pourcentage.")
	}
	if o.Series != ByHand && !slices.Contains(AllSeries(), o.Series) {
		wrong("series", "Relais ne mesure pas cet indicateur.")
	}
	if o.Series != ByHand && o.Unit != o.Series.Unit() {
		wrong("unit", "Ce que Relais mesure ici n’a pas cette unité.")
	}
	if o.Direction != Up && o.Direction != Down {
		wrong("direction", "Dites s’il doit monter ou descendre.")
	}
	if o.Baseline < 0 || o.Baseline > maxFigure || o.Unit == Percent && o.Baseline > 100_000 {
		wrong("baseline", "La valeur de départ est hors de son domaine.")
	}
	if !o.Unit.holds(o.Baseline) {
		wrong("baseline", "Cet indicateur se compte en nombres entiers.")
	}
	if !o.BaseOn.Valid() || o.Source == "" || utf8.RuneCountInString(o.Source) > 300 {
		wrong("baseOn", "La valeur de départ a une date et une source.")
	}
	if len(o.Comment) > 4000 {
		wrong("comment", "Un commentaire compte 4 000 caractères au plus.")
	}
	if o.Weight < 0 || o.Weight > 1000 {
		wrong("weight", "Un poids va de 0 à 1000.")
	}
	path := o.Path()
	for i, t := range o.Targets {
		switch {
		case !t.sound():
			wrong(fmt.Sprintf("targets.%d", i), "Une cible est un nombre, ou une évolution de −100 % à +1000 %.")
		case t.Kind == Absolute && !o.Unit.holds(t.Value):
			wrong(fmt.Sprintf("targets.%d", i), "Cet indicateur se compte en nombres entiers.")
		case o.Unit == Percent && path[i] != nil && *path[i] > 100_000:
			wrong(fmt.Sprintf("targets.%d", i), "Cette cible dépasse 100 %.")
		}
	}
	return fault.Fields("indicator.objective", "Cet indicateur est incorrect.", fields...)
}

// holds reports whether a figure can be one of the unit: people are counted whole.
func (u Unit) holds(f Figure) bool { return u != Count || f%1000 == 0 }

func (t Target) sound() bool {
	switch t.Kind {
	case NoTarget:
		return t.Value == 0
	case Absolute:
		return t.Value >= 0 && t.Value <= maxFigure
	case OfBaseline, OfPrevious:
		return t.Value >= -100_000 && t.Value <= 1_000_000
	}
	return false
}
