package directory

import (
	"fmt"
	"strings"

	"github.com/relais-snp/relais/internal/fault"
	"github.com/relais-snp/relais/internal/territory"
)

// column is a field that a file may have: its French name, and the folded headers that mean it.
type column struct {
	name     string
	required bool
	headers  []string
}

// sheet is a file cut into records, with its columns found.
type sheet struct {
	places  map[string]int // position of each column by name
	aside   []string       // headers that mean nothing here
	width   int            // cells of the header
	records []record
}

// readSheet finds the encoding, the separator and the columns of a file. It returns the fault for the whole file:
// too large or long, empty, no text, or invalid, with a field for each column: "directory.columns_missing",
// "directory.columns_duplicate" or "directory.columns_unknown" (see slips).
func readSheet(text string, columns []column) (sheet, error) {
	lines := splitLines(text)
	if len(lines) > maxFileLines {
		return sheet{}, errFileTooLong
	}
	top := 0
	for top < len(lines) && blank(lines[top], ';') {
		top++
	}
	if top == len(lines) {
		return sheet{}, errFileEmpty
	}
	separator, used, found := bestSeparator(lines[top:], columns)
	if missing := missingColumns(found.places, columns); len(missing) > 0 {
		return sheet{}, fault.Fields("directory.columns_missing",
			"Il manque des colonnes dans la première ligne du fichier.", missing...)
	}
	header, _, _ := cut(lines[top:], separator) // bestSeparator has cut it
	if err := slips(header, found.places, columns); err != nil {
		return sheet{}, err
	}
	found.aside = leftAside(header, found.places)
	found.records = records(lines, top+used, separator)
	return found, nil
}

// bestSeparator tries each separator on the header and keeps the one under which most columns are known.
func bestSeparator(lines []string, columns []column) (separator rune, used int, found sheet) {
	separator, used = ';', 1
	for _, try := range []rune{';', ',', '\t'} {
		cells, n, err := cut(lines, try)
		if err != nil {
			continue
		}
		places := findColumns(cells, columns)
		if len(places) > len(found.places) {
			separator, used, found = try, n, sheet{places: places, width: len(cells)}
		}
	}
	return separator, used, found
}

// foldHeader is the form that headers are compared in.
func foldHeader(cell string) string { return strings.TrimPrefix(territory.Fold(cell), "n ") }

// findColumns maps the columns to positions; where two headers mean the same column, the one that stands first
// among the column's words wins.
func findColumns(cells []string, columns []column) map[string]int {
	headers := make(map[string]int, len(cells))
	for i, cell := range cells {
		header := foldHeader(cell)
		if _, taken := headers[header]; !taken {
			headers[header] = i
		}
	}
	places := map[string]int{}
	for _, c := range columns {
		for _, header := range c.headers {
			if i, ok := headers[header]; ok {
				places[c.name] = i
				break
			}
		}
	}
	return places
}

func missingColumns(places map[string]int, columns []column) []fault.Field {
	var missing []fault.Field
	for _, c := range columns {
		if _, ok := places[c.name]; c.required && !ok {
			missing = append(missing, fault.Field{Name: c.name, Reason: "directory.column_missing",
				Message: fmt.Sprintf("La colonne « %s » est obligatoire.", c.name)})
		}
	}
	return missing
}
