package funding

import (
	"io"
	"slices"
	"unicode/utf8"
)

// latin9 writes UTF-8 text as ISO 8859-15, the other encoding that an FEC may
// have. What it has no sign for is written as what is nearest, or "?".
type latin9 struct {
	to   io.Writer
	torn []byte // the beginning of a character, of which the rest comes with the next bytes
}

// Write takes text in pieces of any size.
func (l *latin9) Write(text []byte) (int, error) {
	rest := slices.Concat(l.torn, text)
	out := make([]byte, 0, len(rest))
	for len(rest) > 0 && utf8.FullRune(rest) {
		r, size := utf8.DecodeRune(rest)
		out = append(out, inLatin9(r)...)
		rest = rest[size:]
	}
	l.torn = slices.Clone(rest)
	if _, err := l.to.Write(out); err != nil {
		return 0, err
	}
	return len(text), nil
}

// only9 are the eight signs in which ISO 8859-15 differs from 8859-1.
var only9 = map[rune]byte{'€': 0xa4, 'Š': 0xa6, 'š': 0xa8, 'Ž': 0xb4, 'ž': 0xb8, 'Œ': 0xbc, 'œ': 0xbd, 'Ÿ': 0xbe}

// nearest stands for the signs of French typography that it lacks.
var nearest = map[rune]string{
	'’': "'", '‘': "'", '“': `"`, '”': `"`, '–': "-", '—': "-", '‐': "-", '‑': "-", '−': "-", '…': "...", '\u202f': " ", '\u2009': " ",
}

func inLatin9(r rune) []byte {
	if b, ok := only9[r]; ok {
		return []byte{b}
	}
	if text, ok := nearest[r]; ok {
		return []byte(text)
	}
	switch r {
	case 0xa4, 0xa6, 0xa8, 0xb4, 0xb8, 0xbc, 0xbd, 0xbe:
		return []byte{'?'}
	}
	if r > 0xff {
		return []byte{'?'}
	}
	return []byte{byte(r)}
}
