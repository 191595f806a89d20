package store

import (
	"bytes"
	"io"
	"io/fs"
	"strings"
)

// worded is a tree of SQL files whose placeholders read as one database needs.
type worded struct {
	fs.FS
	words []string // pairs of placeholder and word
}

// Open returns the file with its placeholders replaced.
func (w worded) Open(name string) (fs.File, error) {
	file, err := w.FS.Open(name)
	if err != nil || !strings.HasSuffix(name, ".sql") {
		return file, err
	}
	text, err := io.ReadAll(file)
	if err != nil {
		return nil, err
	}
	said := strings.NewReplacer(w.words...).Replace(string(text))
	return wordedFile{file, bytes.NewReader([]byte(said))}, nil
}

type wordedFile struct {
	fs.File
	text *bytes.Reader
}

func (f wordedFile) Read(p []byte) (int, error) { return f.text.Read(p) }
