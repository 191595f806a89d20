package app

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/relais-snp/relais/internal/fault"
)

// english says to operators what faults say in French to people in front of a
// page. A reason that is not here is shown alone, with its cause.
var english = map[string]string{
	"internal": "something unexpected happened",

	"store.unavailable":      "the record cannot be reached or written now",
	"store.key_mismatch":     "the key file is not the one this database was sealed with: put the right one back",
	"store.sealed":           "a sealed value does not open: look at the key file",
	"store.backup_exists":    "this file exists already: choose another name",
	"store.backup_elsewhere": "a PostgreSQL database is copied with pg_dump -Fc",
	"audit.broken":           "the audit was altered",

	"account.invalid":             "the account as described is not valid",
	"account.email":               "no valid address",
	"account.name":                "a name is needed, of 120 characters at most, none of them a control character",
	"account.roles":               "at least one role, of the list of roles",
	"account.territories":         "at least one territory",
	"account.practitioner":        "a gp needs --rpps, the other roles must not have it",
	"account.password":            "this password does not fit",
	"account.password_short":      "12 characters at least",
	"account.password_long":       "128 characters at most",
	"account.password_common":     "too common, or the person's own address",
	"account.password_characters": "it holds a character that cannot be typed",
	"account.email_taken":         "this address has an account already",
	"account.unknown":             "there is no account with this address",

	"directory.file_too_large":     "the file is larger than 10 MB",
	"directory.file_too_long":      "the file has more than 100,000 lines",
	"directory.file_empty":         "the file is empty",
	"directory.file_encoding":      "the file is no CSV text: save it as CSV UTF-8",
	"directory.file_practitioners": "the file has an rpps column: it lists practitioners; use relais import practitioners",
	"directory.columns_missing":    "columns are missing from the first line of the file",
	"directory.column_missing":     "this column is needed",
	"directory.columns_unknown":    "headers of the file are nearly those of known columns: correct them",
	"directory.column_unknown":     "a header is nearly this one",
	"directory.columns_duplicate":  "columns come twice in the first line of the file",
	"directory.columns_many":       "the first line of the file has too many columns",
	"directory.column_duplicate":   "this column comes twice",
	"directory.quotes":             "the quotes of this line do not pair",
	"directory.column_count":       "this line has not as many cells as the first one",
	"directory.duplicate":          "an earlier line says the same",
	"directory.field_too_long":     "too long",
	"directory.control_character":  "it holds a control character",
	"directory.required":           "this cell is needed",
	"directory.postal_code":        "a postal code has 5 digits",
	"directory.commune_unknown":    "no commune of France is meant by this",
	"directory.commune_ambiguous":  "several communes may be meant: give the postal code or the INSEE code",
	"directory.commune_elsewhere":  "commune and postal code are not of the same département",
	"directory.location_unknown":   "no such location: import the locations first",
	"directory.territory_unknown":  "there is no such territory here",
	"directory.territory_missing":  "in no territory: fill the column territoire, or give --territory",
	"directory.rpps_digits":        "an RPPS number has 11 digits",
	"directory.rpps_key":           "the check digit of the RPPS number is wrong",
	"directory.finess_form":        "a FINESS number has 9 characters",
	"directory.finess_key":         "the check digit of the FINESS number is wrong",
	"directory.phone":              "no whole French telephone number",
	"directory.profession_unknown": "no known profession",
}

// report words an error for operators: every broken field of a fault, and the
// cause that people in front of a page do not see.
func report(w io.Writer, err error) {
	fmt.Fprintf(w, "relais: %s\n", inEnglish(err))
	var f *fault.Error
	if !errors.As(err, &f) {
		return
	}
	for _, field := range f.Fields {
		fmt.Fprintf(w, "  %s: %s\n", field.Name, said(field.Reason))
	}
	if cause := f.Unwrap(); cause != nil {
		fmt.Fprintf(w, "  because: %v\n", cause)
	}
}

// oneLine is an error with its cause on one line.
func oneLine(err error) string {
	text := inEnglish(err)
	var f *fault.Error
	if errors.As(err, &f) && f.Unwrap() != nil {
		text += " (" + f.Unwrap().Error() + ")"
	}
	return strings.Join(strings.Fields(text), " ")
}

// inEnglish is an error's text with the sentence of its fault put into English.
func inEnglish(err error) string {
	var f *fault.Error
	if !errors.As(err, &f) {
		return err.Error()
	}
	return strings.ReplaceAll(err.Error(), f.Error(), said(f.Reason))
}

// said is the English of a reason, with the reason.
func said(reason string) string {
	if sentence, ok := english[reason]; ok {
		return sentence + " (" + reason + ")"
	}
	return reason
}
