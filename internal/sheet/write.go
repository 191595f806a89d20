package sheet

import (
	"encoding/csv"
	"io"
	"strconv"
	"strings"
)

// Column is a header of a file that people take away, and what stands under it.
type Column[R any] struct {
	Header string
	Cell   func(R) string
}

// Write writes rows as every file here is written: RFC 4180, UTF-8 without BOM,
// commas, CRLF, a header line first. Cells that hold words go through Text.
func Write[R any](w io.Writer, columns []Column[R], rows []R) error {
	out := csv.NewWriter(w)
	out.UseCRLF = true
	line := make([]string, len(columns))
	for i, c := range columns {
		line[i] = c.Header
	}
	if err := out.Write(line); err != nil {
		return err
	}
	for _, row := range rows {
		for i, c := range columns {
			line[i] = c.Cell(row)
		}
		if err := out.Write(line); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

// Text keeps spreadsheets from reading a cell as a formula: one that begins
// like a formula gets an apostrophe in front, as OWASP advises.
func Text(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r\n", rune(s[0])) {
		return "'" + s
	}
	return s
}

// Number formats with a bounded number of decimals, and none that say nothing;
// a value that does not exist is an empty cell.
func Number(v *float64, decimals int) string {
	if v == nil {
		return ""
	}
	s := strconv.FormatFloat(*v, 'f', decimals, 64)
	return strings.TrimSuffix(strings.TrimRight(s, "0"), ".")
}
