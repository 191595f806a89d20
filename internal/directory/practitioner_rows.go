package directory

import (
	"io"

	"github.com/relais-snp/relais/internal/sheet"
)

// PractitionerRow is one good line of a practitioners file.
type PractitionerRow struct {
	Line         int
	Practitioner Practitioner // without ID and without Locations
	Locations    []string     // keys of the locations it names, see [Location.Key]
}

// practitionerColumns are the words of hand-made files and of the public extracts of the annuaire santé.
var practitionerColumns = []sheet.Field{
	sheet.Needs("rpps", "rpps", "numero rpps", "no rpps", "num rpps", "identifiant rpps", "code rpps", "identifiant pp", "rpps number"),
	sheet.Needs("nom", "nom", "nom d exercice", "nom exercice", "nom de famille", "nom d usage", "family", "family name", "last name", "lastname", "surname"),
	sheet.Needs("prénom", "prenom", "prenom d exercice", "prenom exercice", "prenoms", "given", "given name", "first name", "firstname"),
	sheet.Takes("titre", "titre", "civilite d exercice", "libelle civilite d exercice", "civilite", "title"),
	sheet.Takes("profession", "profession", "libelle profession"),
	sheet.Takes("spécialité", "specialite", "libelle savoir faire", "savoir faire", "specialty", "speciality"),
	sheet.Takes("téléphone", "telephone", "tel", "numero de telephone", "telephone professionnel", "telephone coord structure", "phone", "phone number", "telephone number"),
	sheet.Takes("territoire", "territoire", "territoires", "cpts", "territory", "territories"),
	sheet.Takes("finess", "finess", "numero finess", "numero finess site", "finess site", "finess et"),
	sheet.Takes("lieu", "lieu", "lieux", "lieu d exercice", "cabinet", "site", "location", "locations", "raison sociale site"),
	sheet.Takes("commune", "commune", "ville", "libelle commune coord structure", "city", "town"),
	sheet.Takes("code insee", "code insee", "insee", "code commune", "commune insee", "code commune coord structure", "insee code"),
	sheet.Takes("code postal", "code postal", "cp", "code postal coord structure", "postal code", "postcode", "zip"),
}

// ReadPractitioners reads a CSV file of professionals: rpps, nom and prénom are required columns; titre,
// profession, spécialité, téléphone, territoire (ids), finess, and lieu with its commune are welcome. Bad lines
// come back as problems in order of line, the second line of an RPPS number among them.
//
// The error is for the file as a whole: too large "directory.file_too_large" or "directory.file_too_long",
// invalid "directory.file_empty", "directory.file_encoding", "directory.columns_missing", "directory.columns_duplicate"
// or "directory.columns_unknown" (a header that is nearly a known one), or what r returned.
func ReadPractitioners(r io.Reader) (rows []PractitionerRow, problems []LineProblem, err error) {
	rows, problems, _, err = practitionersFile(r)
	return rows, problems, err
}

// practitionersFile is ReadPractitioners, with the headers that it left aside.
func practitionersFile(r io.Reader) (rows []PractitionerRow, problems []LineProblem, aside []string, err error) {
	file, err := format(practitionerColumns).Read(r)
	if err != nil {
		return nil, nil, nil, err
	}
	seen := map[string]int{}
	problems = file.Each(func(l *sheet.Line) {
		row := readPractitioner(l)
		if l.Good() && l.First(seen, string(row.Practitioner.RPPS), "rpps") {
			rows = append(rows, row)
		}
	})
	return rows, problems, file.Aside, nil
}

func readPractitioner(l *sheet.Line) PractitionerRow {
	row := PractitionerRow{Line: l.Number, Practitioner: Practitioner{
		Family:      l.Required("nom", 100),
		Given:       l.Required("prénom", 100),
		Title:       l.Text("titre", 20),
		Profession:  sheet.Parsed(l, "profession", ParseProfession),
		Specialty:   l.Text("spécialité", 100),
		Phone:       sheet.Parsed(l, "téléphone", ParsePhone),
		Territories: l.List("territoire"),
	}}
	if number := l.Required("rpps", 40); number != "" {
		rpps, err := ParseRPPS(number)
		if err != nil {
			l.Fail("rpps", err)
		}
		row.Practitioner.RPPS = rpps
	}
	row.Locations = locationKeys(l)
	return row
}

// locationKeys names the locations of a line: by FINESS numbers where it has some, else by a name in a commune.
func locationKeys(l *sheet.Line) []string {
	var keys []string
	for _, number := range l.List("finess") {
		finess, err := ParseFINESS(number)
		if err != nil {
			l.Fail("finess", err)
			continue
		}
		keys = append(keys, finessKey(finess))
	}
	name := l.Text("lieu", 200)
	if len(keys) > 0 || name == "" {
		return keys
	}
	if finess, err := ParseFINESS(name); err == nil {
		return []string{finessKey(finess)}
	}
	if commune, ok := l.Commune(); ok {
		return []string{nameKey(name, commune.INSEE)}
	}
	return nil
}
