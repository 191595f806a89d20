package sheet

import (
	"fmt"
	"slices"
	"strings"

	"github.com/relais-snp/relais/internal/fault"
	"github.com/relais-snp/relais/internal/territory"
)

// separators are what may stand between cells; spreadsheets write the first.
var separators = []rune{';', ',', '\t'}

// Parse finds the separator and the columns of a text. It returns the fault for the whole file: too long
// "file_too_long", "file_empty", "columns_many", or invalid with a field for each column: "columns_missing", "columns_duplicate" or
// "columns_unknown" (a header that is nearly a known one).
func (f Format) Parse(text string) (*File, error) {
	lines := splitLines(text)
	if len(lines) > f.MaxLines+1 { // the header is no line of anybody
		return nil, f.tooLong()
	}
	top := 0
	for top < len(lines) && blank(lines[top], ';') {
		top++
	}
	if top == len(lines) {
		return nil, f.fault(fileEmpty)
	}
	if f.tooWide(lines[top:]) {
		return nil, f.fault(columnsMany)
	}
	separator, used, found := f.bestSeparator(lines[top:])
	if missing := f.missing(found.places); len(missing) > 0 {
		return nil, fault.Fields(f.Room+".columns_missing", "Il manque des colonnes dans la première ligne du fichier.", missing...)
	}
	header, _, _ := cut(lines[top:], separator) // bestSeparator has cut it
	if err := f.slips(header, found.places); err != nil {
		return nil, err
	}
	found.Aside = leftAside(header, found.places)
	found.records = records(lines, top+used, separator)
	return found, nil
}

// tooWide reports whether a separator cuts the header into more columns than a file may have.
func (f Format) tooWide(lines []string) bool {
	return slices.ContainsFunc(separators, func(try rune) bool {
		cells, _, ok := cut(lines, try)
		return ok && named(cells) > maxColumns
	})
}

// bestSeparator tries each separator on the header and keeps the one under which most columns are known.
func (f Format) bestSeparator(lines []string) (separator rune, used int, found *File) {
	separator, used, found = ';', 1, &File{format: f}
	for _, try := range separators {
		cells, n, ok := cut(lines, try)
		if !ok {
			continue
		}
		places := findColumns(cells, f.Fields)
		if len(places) > len(found.places) {
			separator, used, found = try, n, &File{format: f, places: places, width: len(cells)}
		}
	}
	return separator, used, found
}

// named counts the headers that say something: spreadsheets leave empty ones at the end.
func named(header []string) (n int) {
	for _, cell := range header {
		if strings.TrimSpace(cell) != "" {
			n++
		}
	}
	return n
}

// foldHeader is the form that headers are compared in.
func foldHeader(cell string) string { return strings.TrimPrefix(territory.Fold(cell), "n ") }

// findColumns maps the columns to positions; where two headers mean the same column, the one that stands first
// among the column's words wins.
func findColumns(cells []string, columns []Field) map[string]int {
	headers := make(map[string]int, len(cells))
	for i, cell := range cells {
		header := foldHeader(cell)
		if _, taken := headers[header]; !taken {
			headers[header] = i
		}
	}
	places := map[string]int{}
	for _, c := range columns {
		for _, header := range c.Headers {
			if i, ok := headers[header]; ok {
				places[c.Name] = i
				break
			}
		}
	}
	return places
}

func (f Format) missing(places map[string]int) []fault.Field {
	var missing []fault.Field
	for _, c := range f.Fields {
		if _, ok := places[c.Name]; c.Required && !ok {
			missing = append(missing, fault.Field{Name: c.Name, Reason: f.Room + ".column_missing",
				Message: fmt.Sprintf("La colonne « %s » est obligatoire.", c.Name)})
		}
	}
	return missing
}
