package sheet

import "io"

// maxCellBytes bounds one cell, unless its column takes more characters than that.
const maxCellBytes = 1 << 10

// maxColumns bounds a header: public extracts have some dozens, and each is
// compared with every word that is known.
const maxColumns = 200

// Field is a column that a file may have: its French name, and the folded headers that mean it.
type Field struct {
	Name     string
	Required bool
	Headers  []string
}

// Format is what a room reads in a file.
type Format struct {
	Room     string // every reason begins with it: "directory" gives "directory.quotes"
	Fields   []Field
	MaxBytes int
	MaxLines int
}

// File is a file cut into records, with its columns found.
type File struct {
	// Aside are the headers of columns that were left aside, without what could steer a terminal.
	Aside   []string
	format  Format
	places  map[string]int // position of each column by name
	width   int            // cells of the header
	records []record
}

// Read reads a whole file: Text, then Parse.
func (f Format) Read(r io.Reader) (*File, error) {
	text, err := f.Text(r)
	if err != nil {
		return nil, err
	}
	return f.Parse(text)
}

// Has reports whether the file has a column.
func (f *File) Has(column string) bool {
	_, ok := f.places[column]
	return ok
}

// Needs is a column that a file must have.
func Needs(name string, headers ...string) Field { return Field{name, true, headers} }

// Takes is a column that a file may have.
func Takes(name string, headers ...string) Field { return Field{name, false, headers} }
