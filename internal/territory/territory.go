package territory

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/fault"
)

// Spec is a territory as a configuration file describes it (configs/territories/*.yaml).
type Spec struct {
	ID       string   `yaml:"id" koanf:"id" json:"id"`
	Name     string   `yaml:"name" koanf:"name" json:"name"`
	Zone     string   `yaml:"zone" koanf:"zone" json:"zone"` // IANA; empty: the zone of its first commune
	Communes []string `yaml:"communes" koanf:"communes" json:"communes"`
}

// Territory is what one CPTS (communauté professionnelle territoriale de santé) answers for. It is a value:
// nothing in it changes after [New].
type Territory struct {
	ID         string // short and stable: "cpts-senart"
	Name       string
	Zone       *time.Location
	Communes   []INSEE // in order of code
	Population int     // inhabitants of its communes
	Taille     Taille
	Holidays   civil.Area // whose public holidays it keeps: those of its first commune
}

// identifier keeps ids fit for addresses, file names and the keys of the live engine.
var identifier = regexp.MustCompile(`^[a-z0-9](-?[a-z0-9]){0,47}$`)

// New returns the territory of a name, an IANA zone and INSEE codes. It returns invalid "territory.invalid" with
// one field for each broken rule: id, name, zone, communes (none), communes[i] (unknown, or there twice: an
// arrondissement is there twice when its commune is too).
func New(id, name, zone string, codes []string) (Territory, error) {
	t := Territory{ID: id, Name: strings.TrimSpace(name)}
	communes, problems := lookUp(codes)
	if !identifier.MatchString(id) {
		problems = append(problems, fault.Field{Name: "id", Reason: "territory.id",
			Message: "L’identifiant compte 1 à 48 lettres minuscules, chiffres et tirets simples."})
	}
	if t.Name == "" || len(t.Name) > 200 {
		problems = append(problems, fault.Field{Name: "name", Reason: "territory.name",
			Message: "Le nom du territoire est obligatoire (200 caractères au plus)."})
	}
	if zone == "" && len(communes) > 0 {
		zone = communes[0].Zone()
	}
	location, err := civil.LoadZone(zone)
	if err != nil {
		problems = append(problems, fault.Field{Name: "zone", Reason: "territory.zone",
			Message: "Le fuseau horaire doit être un nom IANA, par exemple Europe/Paris."})
	}
	if len(problems) > 0 {
		return Territory{}, fault.Fields("territory.invalid", "La description du territoire est incorrecte.", problems...)
	}
	t.Zone, t.Holidays = location, communes[0].HolidayArea()
	t.settle(communes)
	return t, nil
}

// Territory is New on the values of the file.
func (s Spec) Territory() (Territory, error) { return New(s.ID, s.Name, s.Zone, s.Communes) }

// Has reports whether a commune belongs to the territory. A territory that holds Paris holds its
// arrondissements.
func (t Territory) Has(code INSEE) bool {
	if _, ok := slices.BinarySearch(t.Communes, code); ok {
		return true
	}
	c, ok := Communes().ByINSEE(code)
	return ok && c.PartOf != "" && t.Has(c.PartOf)
}

func (t *Territory) settle(communes []Commune) {
	for _, c := range communes {
		t.Communes = append(t.Communes, c.INSEE)
		t.Population += c.Population
	}
	slices.Sort(t.Communes)
	t.Taille = TailleOf(t.Population)
}

func lookUp(codes []string) ([]Commune, []fault.Field) {
	if len(codes) == 0 {
		return nil, []fault.Field{{Name: "communes", Reason: "territory.no_commune",
			Message: "Un territoire compte au moins une commune."}}
	}
	var communes []Commune
	var problems []fault.Field
	for i, code := range codes {
		field := fault.Field{Name: fmt.Sprintf("communes[%d]", i)}
		c, ok := Communes().ByINSEE(INSEE(code))
		switch {
		case !ok:
			field.Reason, field.Message = "territory.commune_unknown", "Aucune commune ne porte ce code INSEE."
		case slices.Contains(codes[:i], code) || slices.Contains(codes, string(c.PartOf)):
			field.Reason, field.Message = "territory.commune_twice", "Cette commune est déjà dans la liste."
		default:
			communes = append(communes, c)
			continue
		}
		problems = append(problems, field)
	}
	return communes, problems
}
