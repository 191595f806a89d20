package sheet

import (
	"encoding/csv"
	"errors"
	"io"
	"strings"
)

// maxRecordLines bounds how far a quoted cell with line ends is followed, so that a stray quote costs one line
// and not the rest of the file.
const maxRecordLines = 5

// record is one line of a file, or several when a quoted cell spans them.
type record struct {
	line  int // of its first line, from 1
	cells []string
	torn  bool // its quotes do not close: there are no cells
}

// records cuts lines into cells, from the line at start on. Blank lines are left out. A line with quotes that do
// not close is a torn record, and reading goes on at the next line.
func records(lines []string, start int, separator rune) []record {
	found := make([]record, 0, len(lines))
	for i := start; i < len(lines); {
		if blank(lines[i], separator) {
			i++
			continue
		}
		cells, used, ok := cut(lines[i:], separator)
		found = append(found, record{i + 1, cells, !ok})
		i += used
	}
	return found
}

// blank reports whether a line holds nothing, or nothing but separators, as spreadsheets leave them at the end.
func blank(line string, separator rune) bool {
	return strings.Trim(line, " \t\u00a0"+string(separator)) == ""
}

// cut reads one record at the beginning of lines and says how many lines it used; not ok when its quotes do not close.
func cut(lines []string, separator rune) (cells []string, used int, ok bool) {
	if !strings.Contains(lines[0], `"`) {
		return strings.Split(lines[0], string(separator)), 1, true
	}
	for used = 1; used <= min(maxRecordLines, len(lines)); used++ {
		cells, err := cutQuoted(strings.Join(lines[:used], "\n"), separator)
		if err == nil {
			return cells, used, true
		}
		if !errors.Is(err, csv.ErrQuote) {
			break
		}
	}
	return nil, 1, false
}

// cutQuoted leaves quotes to encoding/csv, which holds to RFC 4180.
func cutQuoted(text string, separator rune) ([]string, error) {
	r := csv.NewReader(strings.NewReader(text))
	r.Comma = separator
	cells, err := r.Read()
	if err != nil {
		return nil, err
	}
	if _, err := r.Read(); !errors.Is(err, io.EOF) {
		return nil, csv.ErrBareQuote
	}
	return cells, nil
}
