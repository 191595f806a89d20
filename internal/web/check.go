package web

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/relais-snp/relais/internal/fault"
)

// Years that times and dates of a request may lie in; anything else is a slip or an attack, and some stores cannot hold it.
const (
	firstYear = 1880 // birth dates
	lastYear  = 2200
)

// formats replaces the stock checks of dates, which accept 31 February.
var formats = openapi3.WithStringFormatValidators(map[string]openapi3.StringFormatValidator{
	"date":      timeFormat(time.DateOnly),
	"date-time": timeFormat(time.RFC3339),
	"byte":      openapi3.NewCallbackValidator(base64Only),
})

// base64Only takes what the generated code can decode, RFC 4648 with its padding. The stock pattern lets other alphabets and torn ends
// through, and takes a second over a file of 5 MiB.
func base64Only(text string) error {
	digits := strings.TrimRight(text, "=")
	if len(text)%4 != 0 || len(text)-len(digits) > 2 {
		return errors.New("not whole groups of four")
	}
	for _, c := range []byte(digits) {
		if (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') && (c < '0' || c > '9') && c != '+' && c != '/' {
			return errors.New("not a digit of base64")
		}
	}
	return nil
}

func timeFormat(layout string) openapi3.StringFormatValidator {
	return openapi3.NewCallbackValidator(func(text string) error {
		t, err := time.Parse(layout, text)
		if err != nil || !withinReason(t) {
			return errors.New("not a time within reason")
		}
		return nil
	})
}

func withinReason(t time.Time) bool { return t.Year() >= firstYear && t.Year() <= lastYear }

// check compares a decoded JSON value with a schema of the contract and words every violation itself: the library's own messages
// quote what was submitted. Names are paths such as "patient.mt.status".
func check(schema *openapi3.Schema, value any, prefix ...string) []fault.Field {
	fields := controls(value, prefix)
	err := schema.VisitJSON(value, openapi3.MultiErrors(), openapi3.EnableFormatValidation(), formats)
	fields = append(fields, violations(err, prefix)...)
	slices.SortFunc(fields, func(a, b fault.Field) int { return strings.Compare(a.Name+" "+a.Reason, b.Name+" "+b.Reason) })
	fields = slices.Compact(fields)
	return fields[:min(len(fields), maxFields)]
}

// maxFields bounds the fields that a problem names.
const maxFields = 100

func violations(err error, prefix []string) []fault.Field {
	var several openapi3.MultiError
	if errors.As(err, &several) {
		var fields []fault.Field
		for _, e := range several {
			fields = append(fields, violations(e, prefix)...)
		}
		return fields
	}
	var one *openapi3.SchemaError
	if !errors.As(err, &one) {
		return nil
	}
	path := append(slices.Clone(prefix), one.JSONPointer()...)
	if one.SchemaField == "properties" {
		return unknownFields(one, path)
	}
	return []fault.Field{field(path, ruleOf(one))}
}

// unknownFields names the members that the schema does not have. A name that is not a plain identifier is not repeated: it is the
// submitter's text.
func unknownFields(e *openapi3.SchemaError, path []string) []fault.Field {
	object, _ := e.Value.(map[string]any)
	var fields []fault.Field
	for name := range object {
		if _, known := e.Schema.Properties[name]; known {
			continue
		}
		if !identifier.MatchString(name) {
			name = "?"
		}
		fields = append(fields, field(append(slices.Clone(path), name), "request.unknown_field"))
	}
	return fields
}

var identifier = regexp.MustCompile(`^[a-z][A-Za-z0-9_]{0,31}$`)

// ruleOf gives the stable reason of a violated schema keyword.
func ruleOf(e *openapi3.SchemaError) string {
	if reason, ok := rules[e.SchemaField]; ok {
		return reason
	}
	return "request.invalid"
}

var rules = map[string]string{
	"required":      "request.required",
	"type":          "request.type",
	"nullable":      "request.type",
	"enum":          "request.enum",
	"const":         "request.enum",
	"format":        "request.format",
	"pattern":       "request.format",
	"minimum":       "request.minimum",
	"maximum":       "request.maximum",
	"minLength":     "request.too_short",
	"maxLength":     "request.too_long",
	"minItems":      "request.too_few",
	"maxItems":      "request.too_many",
	"uniqueItems":   "request.repeated",
	"minProperties": "request.empty",
}

// messages words the rules for people.
var messages = map[string]string{
	"request.required":      "Ce champ est obligatoire.",
	"request.unknown_field": "Ce champ n’existe pas.",
	"request.type":          "Ce champ n’a pas le bon type.",
	"request.enum":          "Cette valeur n’est pas dans la liste permise.",
	"request.format":        "Ce champ n’a pas le bon format.",
	"request.minimum":       "Cette valeur est trop petite.",
	"request.maximum":       "Cette valeur est trop grande.",
	"request.too_short":     "Ce texte est trop court.",
	"request.too_long":      "Ce texte est trop long.",
	"request.too_few":       "Cette liste est trop courte.",
	"request.too_many":      "Cette liste est trop longue.",
	"request.repeated":      "Cette valeur est donnée deux fois.",
	"request.empty":         "Rien n’est demandé.",
	"request.exclusive":     "Un seul de ces champs doit être donné.",
	"request.invalid":       "Ce champ n’est pas valable.",
}

func field(path []string, reason string) fault.Field {
	return fault.Field{Name: strings.Join(path, "."), Reason: reason, Message: messages[reason]}
}

// controls finds strings with control characters, line breaks and tabs apart: no field of ours needs one and PostgreSQL refuses NUL.
func controls(value any, path []string) []fault.Field {
	var fields []fault.Field
	switch v := value.(type) {
	case string:
		if strings.ContainsFunc(v, forbiddenRune) {
			fields = append(fields, field(path, "request.format"))
		}
	case []any:
		for i, item := range v {
			fields = append(fields, controls(item, append(slices.Clone(path), fmt.Sprint(i)))...)
		}
	case map[string]any:
		for name, item := range v {
			if identifier.MatchString(name) {
				fields = append(fields, controls(item, append(slices.Clone(path), name))...)
			}
		}
	}
	return fields
}

func forbiddenRune(r rune) bool {
	return unicode.IsControl(r) && r != '\n' && r != '\t' && r != '\r' || r == unicode.ReplacementChar
}
