package sheet

import (
	"strings"

	"github.com/relais-snp/relais/internal/territory"
)

// The columns in which a line says where.
const (
	ColumnCommune    = "commune"
	ColumnINSEE      = "code insee"
	ColumnPostalCode = "code postal"
)

// Commune finds the commune of a line by INSEE code, else by name and postal code, else by postal code alone
// where only one commune has it. A failure is a problem of the line: "required" (nothing), "commune_unknown",
// "commune_ambiguous" (several of that name or postal code) or "commune_elsewhere" (another département than the
// postal code).
func (l *Line) Commune() (territory.Commune, bool) {
	before := len(l.problems)
	insee, name, postal := l.Text(ColumnINSEE, 5), l.Text(ColumnCommune, 100), l.PostalCode()
	if len(l.problems) > before {
		return territory.Commune{}, false
	}
	column := ColumnCommune
	if insee != "" {
		name, column = insee, ColumnINSEE
	}
	found, why := findCommune(name, postal)
	if why != none {
		l.Fail(column, l.file.format.fault(why))
	}
	return found, why == none
}

// PostalCode returns the postal code of a line, "" for none; "postal_code" for one that is not of five digits.
func (l *Line) PostalCode() string {
	code := strings.Join(strings.Fields(l.Text(ColumnPostalCode, 10)), "")
	if len(code) == 4 {
		code = "0" + code // spreadsheets take 01400 for a number
	}
	if code != "" && (len(code) != 5 || strings.Trim(code, "0123456789") != "") {
		l.Fail(ColumnPostalCode, l.file.format.fault(postalCode))
	}
	return code
}

// findCommune resolves what a file says of a commune: an INSEE code or a name, a postal code, or both.
func findCommune(commune, postal string) (territory.Commune, flaw) {
	table := territory.Communes()
	if commune == "" && postal == "" {
		return territory.Commune{}, required
	}
	if c, ok := table.ByINSEE(territory.INSEE(strings.ToUpper(commune))); ok {
		return c, none
	}
	found := table.ByName(commune, postal)
	if commune == "" {
		found = table.ByPostalCode(postal)
	}
	switch {
	case len(found) == 0:
		return territory.Commune{}, communeUnknown
	case len(found) > 1:
		return territory.Commune{}, communeAmbiguous
	case postal != "" && !near(found[0], postal):
		return territory.Commune{}, communeElsewhere
	}
	return found[0], none
}

// near reports whether a postal code may serve a commune: one of its own, or one of its département, as CEDEX
// codes are.
func near(c territory.Commune, postal string) bool {
	for _, own := range c.PostalCodes {
		if own == postal || own[:2] == postal[:2] {
			return true
		}
	}
	return len(c.PostalCodes) == 0
}
