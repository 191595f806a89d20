package ical

import (
	"bytes"
	"unicode/utf8"
)

// maxLine is how many octets a line may have, its end left aside (RFC 5545, 3.1).
const maxLine = 75

// fold breaks lines longer than 75 octets, between characters; the rest goes
// on after a space. Lines end in CRLF, before and after.
func fold(text []byte) []byte {
	folded := make([]byte, 0, len(text)+len(text)/16)
	for line := range bytes.Lines(text) {
		content := bytes.TrimSuffix(line, []byte("\r\n"))
		room := maxLine
		for len(content) > room {
			cut := border(content, room)
			folded = append(folded, content[:cut]...)
			folded = append(folded, "\r\n "...)
			content, room = content[cut:], maxLine-1 // the space counts
		}
		folded = append(folded, content...)
		folded = append(folded, line[len(bytes.TrimSuffix(line, []byte("\r\n"))):]...)
	}
	return folded
}

// border is the last place at or before at where a character begins.
func border(text []byte, at int) int {
	for cut := at; cut > at-utf8.UTFMax && cut > 0; cut-- {
		if utf8.RuneStart(text[cut]) {
			return cut
		}
	}
	return at // not UTF-8: any place is as good
}
