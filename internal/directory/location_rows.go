package directory

import (
	"io"

	"github.com/relais-snp/relais/internal/sheet"
)

// LocationRow is one good line of a locations file.
type LocationRow struct {
	Line     int
	Location Location // without ID
}

var locationColumns = []sheet.Field{
	sheet.Needs("nom", "nom", "nom du lieu", "lieu", "lieu d exercice", "cabinet", "raison sociale", "raison sociale site", "name", "location"),
	sheet.Takes("finess", "finess", "numero finess", "numero finess site", "finess site", "finess et"),
	sheet.Takes("adresse", "adresse", "adresse postale", "voie", "rue", "address", "street"),
	sheet.Takes("code postal", "code postal", "cp", "codepostal", "code postal coord structure", "postal code", "postcode", "zip"),
	sheet.Takes("commune", "commune", "ville", "localite", "libelle commune coord structure", "city", "town"),
	sheet.Takes("code insee", "code insee", "insee", "code commune", "commune insee", "code commune coord structure", "insee code"),
	sheet.Takes("téléphone", "telephone", "tel", "numero de telephone", "telephone coord structure", "phone", "phone number", "telephone number"),
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
	text, err := format(locationColumns).Text(r)
	if err != nil {
		return nil, nil, nil, err
	}
	if listed, err := format(practitionerColumns[:1]).Parse(text); err == nil && listed.Has("rpps") {
		return nil, nil, nil, errFilePractitioners
	}
	file, err := format(locationColumns).Parse(text)
	if err != nil {
		return nil, nil, nil, err
	}
	seen := map[string]int{}
	problems = file.Each(func(l *sheet.Line) {
		location := readLocation(l)
		if l.Good() && l.First(seen, location.Key(), "") {
			rows = append(rows, LocationRow{l.Number, location})
		}
	})
	return rows, problems, file.Aside, nil
}

func readLocation(l *sheet.Line) Location {
	location := Location{
		FINESS:     sheet.Parsed(l, "finess", ParseFINESS),
		Name:       l.Required("nom", 200),
		Address:    l.Text("adresse", 300),
		PostalCode: l.PostalCode(),
		Phone:      sheet.Parsed(l, "téléphone", ParsePhone),
	}
	if !l.Good() {
		return location
	}
	commune, _ := l.Commune()
	location.Commune = commune.INSEE
	if location.PostalCode == "" && len(commune.PostalCodes) == 1 {
		location.PostalCode = commune.PostalCodes[0]
	}
	return location
}
