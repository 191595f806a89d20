package directory

import (
	"fmt"
	"io"

	"github.com/relais-snp/relais/internal/fault"
	"github.com/relais-snp/relais/internal/territory"
)

// PractitionerRow is one good line of a practitioners file.
type PractitionerRow struct {
	Line         int
	Practitioner Practitioner // without ID and without Locations
	Locations    []string     // keys of the locations it names, see [Location.Key]
}

// practitionerColumns are the words of hand-made files and of the public extracts of the annuaire santé.
var practitionerColumns = []column{
	{"rpps", true, []string{"rpps", "numero rpps", "no rpps", "num rpps", "identifiant rpps", "code rpps", "identifiant pp", "rpps number"}},
	{"nom", true, []string{"nom", "nom d exercice", "nom exercice", "nom de famille", "nom d usage", "family", "family name", "last name", "lastname", "surname"}},
	{"prénom", true, []string{"prenom", "prenom d exercice", "prenom exercice", "prenoms", "given", "given name", "first name", "firstname"}},
	{"titre", false, []string{"titre", "civilite d exercice", "libelle civilite d exercice", "civilite", "title"}},
	{"profession", false, []string{"profession", "libelle profession"}},
	{"spécialité", false, []string{"specialite", "libelle savoir faire", "savoir faire", "specialty", "speciality"}},
	{"téléphone", false, []string{"telephone", "tel", "numero de telephone", "telephone professionnel", "telephone coord structure", "phone", "phone number", "telephone number"}},
	{"territoire", false, []string{"territoire", "territoires", "cpts", "territory", "territories"}},
	{"finess", false, []string{"finess", "numero finess", "numero finess site", "finess site", "finess et"}},
	{"lieu", false, []string{"lieu", "lieux", "lieu d exercice", "cabinet", "site", "location", "locations", "raison sociale site"}},
	{"commune", false, []string{"commune", "ville", "libelle commune coord structure", "city", "town"}},
	{"code insee", false, []string{"code insee", "insee", "code commune", "commune insee", "code commune coord structure", "insee code"}},
	{"code postal", false, []string{"code postal", "cp", "code postal coord structure", "postal code", "postcode", "zip"}},
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
	text, err := readText(r)
	if err != nil {
		return nil, nil, nil, err
	}
	file, err := readSheet(text, practitionerColumns)
	if err != nil {
		return nil, nil, nil, err
	}
	seen := map[string]int{}
	problems = file.each(func(l *line) {
		row := readPractitioner(l)
		if l.good() && l.first(seen, string(row.Practitioner.RPPS), "rpps") {
			rows = append(rows, row)
		}
	})
	return rows, problems, file.aside, nil
}

func readPractitioner(l *line) PractitionerRow {
	row := PractitionerRow{Line: l.number, Practitioner: Practitioner{
		Family:      l.required("nom", 100),
		Given:       l.required("prénom", 100),
		Title:       l.text("titre", 20),
		Profession:  parsed(l, "profession", ParseProfession),
		Specialty:   l.text("spécialité", 100),
		Phone:       parsed(l, "téléphone", ParsePhone),
		Territories: l.list("territoire"),
	}}
	if number := l.required("rpps", 40); number != "" {
		rpps, err := ParseRPPS(number)
		if err != nil {
			l.fail("rpps", err)
		}
		row.Practitioner.RPPS = rpps
	}
	row.Locations = locationKeys(l)
	return row
}

// locationKeys names the locations of a line: by FINESS numbers where it has some, else by a name in a commune.
func locationKeys(l *line) []string {
	var keys []string
	for _, number := range l.list("finess") {
		finess, err := ParseFINESS(number)
		if err != nil {
			l.fail("finess", err)
			continue
		}
		keys = append(keys, finessKey(finess))
	}
	name := l.text("lieu", 200)
	if len(keys) > 0 || name == "" {
		return keys
	}
	if finess, err := ParseFINESS(name); err == nil {
		return []string{finessKey(finess)}
	}
	if commune, ok := l.commune(); ok {
		return []string{nameKey(name, commune.INSEE)}
	}
	return nil
}

// first notes that a line bears an identity and reports a problem when an earlier one did.
func (l *line) first(seen map[string]int, identity, column string) bool {
	if earlier, ok := seen[identity]; ok {
		l.fail(column, fault.New(fault.Invalid, "directory.duplicate",
			fmt.Sprintf("Déjà présent à la ligne %d du fichier.", earlier)))
		return false
	}
	seen[identity] = l.number
	return true
}

// commune finds the commune of a line by INSEE code, else by name and postal code, else by postal code alone
// where only one commune has it. A failure is a problem of the line.
func (l *line) commune() (territory.Commune, bool) {
	insee, name, postal := l.text("code insee", 5), l.text("commune", 100), l.postalCode()
	if !l.good() {
		return territory.Commune{}, false
	}
	column := "commune"
	if insee != "" {
		name, column = insee, "code insee"
	}
	found, err := findCommune(name, postal)
	if err != nil {
		l.fail(column, err)
	}
	return found, err == nil
}

func (l *line) postalCode() string {
	code := withoutSpaces(l.text("code postal", 10))
	if len(code) == 4 {
		code = "0" + code // spreadsheets take 01400 for a number
	}
	if code != "" && (len(code) != 5 || !onlyDigits(code)) {
		l.fail("code postal", errPostalCode)
	}
	return code
}
