package sheet

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/relais-snp/relais/internal/fault"
)

// Problem says why a line of a file was left out. It never quotes what the line holds.
type Problem struct {
	Line    int    // physical line of the file, from 1; the first of a record over several
	Column  string // the field by its French name ("rpps", "code postal"); empty for the whole line
	Reason  string // stable: "directory.rpps_key"
	Message string // French
}

// ProblemOf is a fault as a problem of a line.
func ProblemOf(line int, column string, err error) Problem {
	f := fault.Of(err)
	return Problem{Line: line, Column: column, Reason: f.Reason, Message: f.Message}
}

// Sort puts problems in order of line, those of one line as they came.
func Sort(problems []Problem) {
	slices.SortStableFunc(problems, func(a, b Problem) int { return cmp.Compare(a.Line, b.Line) })
}

// flaw is what may be wrong with a file or a line, as reasons end.
type flaw string

const (
	none             flaw = ""
	fileEmpty        flaw = "file_empty"
	fileEncoding     flaw = "file_encoding"
	quotes           flaw = "quotes"
	columnCount      flaw = "column_count"
	columnsMany      flaw = "columns_many"
	tooLong          flaw = "field_too_long"
	controlCharacter flaw = "control_character"
	required         flaw = "required"
	postalCode       flaw = "postal_code"
	communeUnknown   flaw = "commune_unknown"
	communeAmbiguous flaw = "commune_ambiguous"
	communeElsewhere flaw = "commune_elsewhere"
)

var messages = map[flaw]string{
	fileEmpty:        "Le fichier est vide.",
	fileEncoding:     "Le fichier n’est pas un texte CSV : enregistrez-le en CSV UTF-8.",
	quotes:           "Les guillemets de cette ligne ne vont pas par paires.",
	columnCount:      "Cette ligne n’a pas le même nombre de colonnes que l’en-tête.",
	columnsMany:      "Le fichier a trop de colonnes : 200 au plus.",
	tooLong:          "Cette cellule est trop longue.",
	controlCharacter: "Cette cellule contient un caractère de commande.",
	required:         "Cette cellule est obligatoire.",
	postalCode:       "Un code postal compte 5 chiffres.",
	communeUnknown:   "Aucune commune de France ne correspond.",
	communeAmbiguous: "Plusieurs communes correspondent : indiquez le code postal ou le code INSEE.",
	communeElsewhere: "La commune et le code postal ne sont pas du même département.",
}

func (f Format) fault(is flaw) *fault.Error {
	return fault.New(fault.Invalid, f.Room+"."+string(is), messages[is])
}

func (f Format) tooLarge() error {
	return fault.New(fault.TooLarge, f.Room+".file_too_large", fmt.Sprintf("Le fichier dépasse %d Mo.", f.MaxBytes>>20))
}

func (f Format) tooLong() error {
	return fault.New(fault.TooLarge, f.Room+".file_too_long",
		fmt.Sprintf("Le fichier dépasse %d %03d lignes.", f.MaxLines/1000, f.MaxLines%1000))
}
