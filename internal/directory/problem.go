package directory

import (
	"cmp"
	"slices"

	"github.com/relais-snp/relais/internal/fault"
)

// LineProblem says why a line of a file was left out. It never quotes what the line holds.
type LineProblem struct {
	Line    int    // physical line of the file, from 1; the first of a record over several
	Column  string // the field by its French name ("rpps", "code postal"); empty for the whole line
	Reason  string // stable: "directory.rpps_key"
	Message string // French
}

// Whole files are refused with these reasons.
var (
	errFileTooLarge      = fault.New(fault.TooLarge, "directory.file_too_large", "Le fichier dépasse 10 Mo.")
	errFileTooLong       = fault.New(fault.TooLarge, "directory.file_too_long", "Le fichier dépasse 100 000 lignes.")
	errFileEmpty         = fault.New(fault.Invalid, "directory.file_empty", "Le fichier est vide.")
	errFilePractitioners = fault.New(fault.Invalid, "directory.file_practitioners",
		"Ce fichier a une colonne RPPS : il décrit des professionnels, non des lieux.")
	errFileEncoding = fault.New(fault.Invalid, "directory.file_encoding",
		"Le fichier n’est pas un texte CSV : enregistrez-le en CSV UTF-8.")
)

// Lines are refused with these reasons, besides those of the numbers they hold.
var (
	errQuotes      = fault.New(fault.Invalid, "directory.quotes", "Les guillemets de cette ligne ne vont pas par paires.")
	errColumnCount = fault.New(fault.Invalid, "directory.column_count", "Cette ligne n’a pas le même nombre de colonnes que l’en-tête.")
	errTooLong     = fault.New(fault.Invalid, "directory.field_too_long", "Cette cellule est trop longue.")
	errControl     = fault.New(fault.Invalid, "directory.control_character", "Cette cellule contient un caractère de commande.")
	errRequired    = fault.New(fault.Invalid, "directory.required", "Cette cellule est obligatoire.")
	errPostalCode  = fault.New(fault.Invalid, "directory.postal_code", "Un code postal compte 5 chiffres.")
	errCommune     = fault.New(fault.Invalid, "directory.commune_unknown", "Aucune commune de France ne correspond.")
	errAmbiguous   = fault.New(fault.Invalid, "directory.commune_ambiguous",
		"Plusieurs communes correspondent : indiquez le code postal ou le code INSEE.")
	errElsewhere   = fault.New(fault.Invalid, "directory.commune_elsewhere", "La commune et le code postal ne sont pas du même département.")
	errLocation    = fault.New(fault.Invalid, "directory.location_unknown", "Aucun lieu connu ne correspond : importez d’abord les lieux.")
	errNoTerritory = fault.New(fault.Invalid, "directory.territory_missing",
		"Ce professionnel ne serait d’aucun territoire : remplissez la colonne « territoire ».")
	errTerritory = fault.New(fault.Invalid, "directory.territory_unknown", "Ce territoire n’existe pas ici.")
)

func problem(line int, column string, err error) LineProblem {
	f := fault.Of(err)
	return LineProblem{Line: line, Column: column, Reason: f.Reason, Message: f.Message}
}

func sortProblems(problems []LineProblem) {
	slices.SortStableFunc(problems, func(a, b LineProblem) int { return cmp.Compare(a.Line, b.Line) })
}
