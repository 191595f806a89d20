package directory

import "github.com/relais-snp/relais/internal/territory"

// Location is a place where care is given: a cabinet, a maison de santé, a pharmacy (FHIR Location).
type Location struct {
	ID         string
	FINESS     FINESS // empty where it has none
	Name       string
	Address    string // number and street; may be empty
	PostalCode string
	Commune    territory.INSEE
	Phone      Phone // may be empty
}

// Key is the identity of a location in imports: its FINESS number, or else its folded name in its commune. A
// location that gets a number later is another one until its record is corrected.
func (l Location) Key() string {
	if l.FINESS != "" {
		return finessKey(l.FINESS)
	}
	return nameKey(l.Name, l.Commune)
}

func finessKey(number FINESS) string { return "finess:" + string(number) }

func nameKey(name string, commune territory.INSEE) string {
	return "name:" + territory.Fold(name) + "|" + string(commune)
}

// Completed returns l with every value that news has; identity (ID, FINESS) stays.
func (l Location) Completed(news Location) Location {
	l.Name = newer(l.Name, news.Name)
	l.Address = newer(l.Address, news.Address)
	l.PostalCode = newer(l.PostalCode, news.PostalCode)
	l.Commune = newer(l.Commune, news.Commune)
	l.Phone = newer(l.Phone, news.Phone)
	return l
}
