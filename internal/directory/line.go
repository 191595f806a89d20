package directory

import (
	"strings"
	"unicode"
)

// line reads the cells of one record by column and gathers every problem, so that a person corrects a line once.
type line struct {
	sheet    *sheet
	number   int
	cells    []string
	problems []LineProblem
}

// each reads every well-formed record with read and returns the problems of all of them, in order of line.
func (s *sheet) each(read func(*line)) []LineProblem {
	var problems []LineProblem
	for _, r := range s.records {
		l := line{sheet: s, number: r.line, cells: r.cells}
		switch {
		case r.err != nil:
			l.fail("", r.err)
		case l.misshapen():
			l.fail("", errColumnCount)
		default:
			read(&l)
		}
		problems = append(problems, l.problems...)
	}
	return problems
}

func (l *line) good() bool { return len(l.problems) == 0 }

func (l *line) fail(column string, err error) {
	l.problems = append(l.problems, problem(l.number, column, err))
}

// misshapen reports a line with more cells than the header, or too few to reach its last known column. Empty
// cells too many at the end are the habit of spreadsheets and do no harm.
func (l *line) misshapen() bool {
	if len(l.cells) > l.sheet.width {
		return strings.TrimSpace(strings.Join(l.cells[l.sheet.width:], "")) != ""
	}
	return len(l.cells) < l.sheet.width && l.sheet.lastKnown() >= len(l.cells)
}

// lastKnown returns the position of the last column that means something.
func (s *sheet) lastKnown() int {
	last := 0
	for _, i := range s.places {
		last = max(last, i)
	}
	return last
}

// text returns a cell with its blanks put in order, empty when the file has no such column. A cell over limit
// characters or with control characters is a problem of the line.
func (l *line) text(column string, limit int) string {
	i, ok := l.sheet.places[column]
	if !ok || i >= len(l.cells) {
		return ""
	}
	cell := l.cells[i]
	if len(cell) > maxCellBytes {
		l.fail(column, errTooLong)
		return ""
	}
	cell = strings.Join(strings.Fields(cell), " ")
	if len([]rune(cell)) > limit {
		l.fail(column, errTooLong)
		return ""
	}
	if strings.ContainsFunc(cell, steers) {
		l.fail(column, errControl)
		return ""
	}
	return cell
}

// steers tells characters that name nobody and nothing, and could steer a
// terminal or turn the direction of what stands beside them.
func steers(r rune) bool {
	return unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) || r == unicode.ReplacementChar
}

// required is text that may not be empty.
func (l *line) required(column string, limit int) string {
	before := len(l.problems)
	cell := l.text(column, limit)
	if cell == "" && len(l.problems) == before {
		l.fail(column, errRequired)
	}
	return cell
}

// list returns the values of a cell that holds several, separated by "|", "/" or a comma.
func (l *line) list(column string) []string {
	var values []string
	separates := func(r rune) bool { return strings.ContainsRune("|/,;", r) }
	for value := range strings.FieldsFuncSeq(l.text(column, maxCellBytes), separates) {
		if value = strings.TrimSpace(value); value != "" {
			values = append(values, value)
		}
	}
	return values
}

// parsed reads a cell with parse unless it is empty.
func parsed[T ~string](l *line, column string, parse func(string) (T, error)) T {
	cell := l.text(column, maxCellBytes)
	if cell == "" {
		return ""
	}
	value, err := parse(cell)
	if err != nil {
		l.fail(column, err)
	}
	return value
}
