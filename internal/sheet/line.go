package sheet

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/relais-snp/relais/internal/fault"
)

// Line reads the cells of one record by column and gathers every problem, so that a person corrects a line once.
type Line struct {
	Number   int // physical line of the file, from 1
	file     *File
	cells    []string
	problems []Problem
}

// Each reads every well-formed record with read and returns the problems of all of them, in order of line.
func (f *File) Each(read func(*Line)) []Problem {
	var problems []Problem
	for _, r := range f.records {
		l := Line{Number: r.line, file: f, cells: r.cells}
		switch {
		case r.torn:
			l.Fail("", l.file.format.fault(quotes))
		case l.misshapen():
			l.Fail("", l.file.format.fault(columnCount))
		default:
			read(&l)
		}
		problems = append(problems, l.problems...)
	}
	return problems
}

// Good reports whether the line has no problem so far.
func (l *Line) Good() bool { return len(l.problems) == 0 }

// Wrong returns the columns that the line has problems in so far, "" for the whole line; nil for none.
func (l *Line) Wrong() (columns []string) {
	for _, p := range l.problems {
		columns = append(columns, p.Column)
	}
	return columns
}

// Fail adds a problem of the line, err's reason and message; "" for the whole line.
func (l *Line) Fail(column string, err error) {
	l.problems = append(l.problems, ProblemOf(l.Number, column, err))
}

// misshapen reports a line with more cells than the header, or too few to reach its last known column. Empty
// cells too many at the end are the habit of spreadsheets and do no harm.
func (l *Line) misshapen() bool {
	if len(l.cells) > l.file.width {
		return strings.TrimSpace(strings.Join(l.cells[l.file.width:], "")) != ""
	}
	return len(l.cells) < l.file.width && l.file.lastKnown() >= len(l.cells)
}

// lastKnown returns the position of the last column that means something.
func (f *File) lastKnown() int {
	last := 0
	for _, i := range f.places {
		last = max(last, i)
	}
	return last
}

// Text returns a cell with its blanks put in order, empty when the file has no such column. A cell over limit
// characters or with control characters is a problem of the line.
func (l *Line) Text(column string, limit int) string {
	i, ok := l.file.places[column]
	if !ok || i >= len(l.cells) {
		return ""
	}
	cell := l.cells[i]
	if len(cell) > max(maxCellBytes, utf8.UTFMax*limit) {
		l.Fail(column, l.file.format.fault(tooLong))
		return ""
	}
	cell = strings.Join(strings.Fields(cell), " ")
	if utf8.RuneCountInString(cell) > limit {
		l.Fail(column, l.file.format.fault(tooLong))
		return ""
	}
	if strings.ContainsFunc(cell, steers) {
		l.Fail(column, l.file.format.fault(controlCharacter))
		return ""
	}
	return cell
}

// steers tells characters that name nobody and nothing, and could steer a
// terminal or turn the direction of what stands beside them.
func steers(r rune) bool {
	return unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) || r == unicode.ReplacementChar
}

// Required is Text that may not be empty.
func (l *Line) Required(column string, limit int) string {
	before := len(l.problems)
	cell := l.Text(column, limit)
	if cell == "" && len(l.problems) == before {
		l.Fail(column, l.file.format.fault(required))
	}
	return cell
}

// List returns the values of a cell that holds several, separated by "|", "/" or a comma.
func (l *Line) List(column string) []string {
	var values []string
	separates := func(r rune) bool { return strings.ContainsRune("|/,;", r) }
	for value := range strings.FieldsFuncSeq(l.Text(column, maxCellBytes), separates) {
		if value = strings.TrimSpace(value); value != "" {
			values = append(values, value)
		}
	}
	return values
}

// Parsed reads a cell with parse unless it is empty.
func Parsed[T ~string](l *Line, column string, parse func(string) (T, error)) T {
	cell := l.Text(column, maxCellBytes)
	if cell == "" {
		return ""
	}
	value, err := parse(cell)
	if err != nil {
		l.Fail(column, err)
	}
	return value
}

// First notes that a line bears an identity and reports a problem, "duplicate", when an earlier one did.
func (l *Line) First(seen map[string]int, identity, column string) bool {
	if earlier, ok := seen[identity]; ok {
		l.Fail(column, fault.New(fault.Invalid, l.file.format.Room+".duplicate",
			fmt.Sprintf("Déjà présent à la ligne %d du fichier.", earlier)))
		return false
	}
	seen[identity] = l.Number
	return true
}
