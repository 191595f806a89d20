package directory

import "io"

// LocationRow is one good line of a locations file.
type LocationRow struct {
	Line     int
	Location Location // without ID
}

var locationColumns = []column{
	{"nom", true, []string{"nom", "nom du lieu", "lieu", "lieu d exercice", "cabinet", "raison sociale", "raison sociale site", "name", "location"}},
	{"finess", false, []string{"finess", "numero finess", "numero finess site", "finess site", "finess et"}},
	{"adresse", false, []string{"adresse", "adresse postale", "voie", "rue", "address", "street"}},
	{"code postal", false, []string{"code postal", "cp", "codepostal", "code postal coord structure", "postal code", "postcode", "zip"}},
	{"commune", false, []string{"commune", "ville", "localite", "libelle commune coord structure", "city", "town"}},
	{"code insee", false, []string{"code insee", "insee", "code commune", "commune insee", "code commune coord structure", "insee code"}},
	{"téléphone", false, []string{"telephone", "tel", "numero de telephone", "telephone coord structure", "phone", "phone number", "telephone number"}},
}

// ReadLocations reads a CSV file of practice locations: nom is a required column; every line must let its
// commune be found, by INSEE code, by name or by postal code; finess, adresse and téléphone are welcome. Bad
// lines come back as problems in order of line, a second line for the same location among them.
//
// The error is for the file as a whole, as for [ReadPractitioners], and "directory.file_practitioners" when it has a
// column of RPPS numbers: family names would become places.
func ReadLocations(r io.Reader) (rows []LocationRow, problems []LineProblem, err error) {
	rows, problems, _, err = locationsFile(r)
	return rows, problems, err
}

// locationsFile is ReadLocations, with the headers that it left aside.
func locationsFile(r io.Reader) (rows []LocationRow, problems []LineProblem, aside []string, err error) {
	text, err := readText(r)
	if err != nil {
		return nil, nil, nil, err
	}
	if listed, err := readSheet(text, practitionerColumns[:1]); err == nil && len(listed.places) > 0 {
		return nil, nil, nil, errFilePractitioners
	}
	file, err := readSheet(text, locationColumns)
	if err != nil {
		return nil, nil, nil, err
	}
	seen := map[string]int{}
	problems = file.each(func(l *line) {
		location := readLocation(l)
		if l.good() && l.first(seen, location.Key(), "") {
			rows = append(rows, LocationRow{l.number, location})
		}
	})
	return rows, problems, file.aside, nil
}

func readLocation(l *line) Location {
	location := Location{
		FINESS:     parsed(l, "finess", ParseFINESS),
		Name:       l.required("nom", 200),
		Address:    l.text("adresse", 300),
		PostalCode: l.postalCode(),
		Phone:      parsed(l, "téléphone", ParsePhone),
	}
	if !l.good() {
		return location
	}
	commune, _ := l.commune()
	location.Commune = commune.INSEE
	if location.PostalCode == "" && len(commune.PostalCodes) == 1 {
		location.PostalCode = commune.PostalCodes[0]
	}
	return location
}
