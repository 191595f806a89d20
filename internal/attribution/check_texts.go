package attribution

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/relais-snp/relais/internal/directory"
	"github.com/relais-snp/relais/internal/fault"
	"github.com/relais-snp/relais/internal/territory"
)

// The most characters of what people write.
const (
	maxName  = 100
	maxLine  = 200 // who, and where
	maxPhone = 40
	maxNeeds = 500
	maxText  = 1000
)

// tidy puts the blanks of the texts in order: one line for names, any for texts.
func (r *Request) tidy() {
	one := func(text string) string { return strings.Join(strings.Fields(text), " ") }
	r.Reporter, r.Consent.Collector = one(r.Reporter), one(r.Consent.Collector)
	r.ChronicDisease, r.Medication = strings.TrimSpace(r.ChronicDisease), strings.TrimSpace(r.Medication)
	r.Synthesis = strings.TrimSpace(r.Synthesis)
	if p := r.Patient; p != nil {
		p.Family, p.Given, p.Phone, p.Address = one(p.Family), one(p.Given), one(p.Phone), one(p.Address)
	}
}

func (r Request) brokenTexts() (bad []fault.Field) {
	var p Patient
	if r.Patient != nil {
		p = *r.Patient
	}
	if territory.Fold(p.Family) == "" {
		bad = append(bad, broken("patient.family", "attribution.family_missing", "Le nom du patient est nécessaire."))
	}
	if r.Consent.Collector == "" {
		bad = append(bad, broken("consent.collector", "attribution.consent_missing", "Indiquez qui a recueilli l’accord du patient."))
	}
	if _, err := directory.ParsePhone(p.Phone); p.Phone != "" && err != nil {
		bad = append(bad, broken("patient.phone", "attribution.phone", "Ce numéro de téléphone n’est pas un numéro français complet."))
	}
	for _, text := range []struct {
		name, value string
		most        int
	}{
		{"patient.family", p.Family, maxName}, {"patient.given", p.Given, maxName}, {"patient.phone", p.Phone, maxPhone},
		{"patient.address", p.Address, maxLine}, {"reporter", r.Reporter, maxLine}, {"consent.collector", r.Consent.Collector, maxLine},
		{"chronicDisease", r.ChronicDisease, maxNeeds}, {"medication", r.Medication, maxNeeds}, {"synthesis", r.Synthesis, maxText},
	} {
		bad = append(bad, brokenText(text.name, text.value, text.most)...)
	}
	return bad
}

func brokenText(name, text string, most int) []fault.Field {
	switch {
	case utf8.RuneCountInString(text) > most:
		return []fault.Field{broken(name, "attribution.too_long", "Ce texte est trop long.")}
	case !utf8.ValidString(text) || strings.ContainsFunc(text, steers):
		return []fault.Field{broken(name, "attribution.control_character", "Ce texte contient un caractère de commande.")}
	}
	return nil
}

// steers tells characters that no text needs and that could turn the direction
// of what stands beside them.
func steers(r rune) bool {
	return unicode.IsControl(r) && r != '\n' && r != '\r' && r != '\t' || unicode.Is(unicode.Bidi_Control, r)
}
