package directory

import (
	"github.com/relais-snp/relais/internal/fault"
	"github.com/relais-snp/relais/internal/sheet"
)

// Bounds of a file.
const (
	maxFileBytes = 10 << 20
	maxFileLines = 100_000
)

// LineProblem says why a line of a file was left out. It never quotes what the line holds.
type LineProblem = sheet.Problem

// format is a file of this room with these columns.
func format(fields []sheet.Field) sheet.Format {
	return sheet.Format{Room: "directory", Fields: fields, MaxBytes: maxFileBytes, MaxLines: maxFileLines}
}

var errFilePractitioners = fault.New(fault.Invalid, "directory.file_practitioners",
	"Ce fichier a une colonne RPPS : il décrit des professionnels, non des lieux.")

// Lines are refused with these reasons, besides those of the numbers they hold and those of package sheet.
var (
	errLocation    = fault.New(fault.Invalid, "directory.location_unknown", "Aucun lieu connu ne correspond : importez d’abord les lieux.")
	errNoTerritory = fault.New(fault.Invalid, "directory.territory_missing",
		"Ce professionnel ne serait d’aucun territoire : remplissez la colonne « territoire ».")
	errTerritory = fault.New(fault.Invalid, "directory.territory_unknown", "Ce territoire n’existe pas ici.")
)
