package sheet

import (
	"bytes"
	"io"
	"strings"
	"unicode/utf8"
)

// Text returns the text of a file, decoded: UTF-8 with or without a byte order mark, else Windows-1252. Too large,
// "file_too_large"; no text, "file_encoding".
func (f Format) Text(r io.Reader) (string, error) {
	raw, err := io.ReadAll(io.LimitReader(r, int64(f.MaxBytes)+1))
	if err != nil {
		return "", err
	}
	if len(raw) > f.MaxBytes {
		return "", f.tooLarge()
	}
	raw = bytes.TrimPrefix(raw, []byte("\ufeff"))
	if bytes.IndexByte(raw, 0) >= 0 {
		// UTF-16, or no text at all.
		return "", f.fault(fileEncoding)
	}
	if utf8.Valid(raw) {
		return string(raw), nil
	}
	return fromWindows1252(raw), nil
}

// upper1252 are the characters of Windows-1252 from 0x80 to 0x9f, where it differs from Latin-1. The five
// bytes it leaves undefined become the replacement character.
var upper1252 = [32]rune{
	'€', '\ufffd', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\ufffd', 'Ž', '\ufffd',
	'\ufffd', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\ufffd', 'ž', 'Ÿ',
}

func fromWindows1252(raw []byte) string {
	var b strings.Builder
	b.Grow(len(raw) + len(raw)/8)
	for _, c := range raw {
		if c >= 0x80 && c <= 0x9f {
			b.WriteRune(upper1252[c-0x80])
			continue
		}
		b.WriteRune(rune(c))
	}
	return b.String()
}

// splitLines cuts at \n, \r\n, or \r where there is no \n at all. The last line may lack its end.
func splitLines(text string) []string {
	if !strings.Contains(text, "\n") {
		text = strings.ReplaceAll(text, "\r", "\n")
	}
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		lines[i] = strings.TrimSuffix(line, "\r")
	}
	if lines[len(lines)-1] == "" {
		lines = lines[:len(lines)-1]
	}
	return lines
}
