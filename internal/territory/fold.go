package territory

import "strings"

// Fold reduces text to what people mean by the same words: lower case, without accents, every run of other
// signs (hyphens, apostrophes, spaces) one space, none at the ends. "L’Île-d’Yeu" folds to "l ile d yeu".
func Fold(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	gap := false
	for _, r := range s {
		letters := plain(r)
		if letters == "" {
			gap = b.Len() > 0
			continue
		}
		if gap {
			b.WriteByte(' ')
			gap = false
		}
		b.WriteString(letters)
	}
	return b.String()
}

const ascii = "abcdefghijklmnopqrstuvwxyz0123456789"

// plain returns the unaccented lower-case letters or the digit of r, and "" for anything else.
func plain(r rune) string {
	switch {
	case r >= 'a' && r <= 'z':
		return ascii[r-'a' : r-'a'+1]
	case r >= 'A' && r <= 'Z':
		return ascii[r-'A' : r-'A'+1]
	case r >= '0' && r <= '9':
		return ascii[26+r-'0' : 27+r-'0']
	case r < 0x80:
		return ""
	}
	return accented[r]
}

// accented are the accented letters of French and of its neighbours' names.
var accented = func() map[rune]string {
	letters := map[rune]string{}
	for base, forms := range map[string]string{
		"a": "àáâãäåāÀÁÂÃÄÅĀ", "c": "çćčÇĆČ", "e": "èéêëēẽÈÉÊËĒẼ", "i": "ìíîïīÌÍÎÏĪ", "n": "ñńÑŃ",
		"o": "òóôõöøōÒÓÔÕÖØŌ", "u": "ùúûüūÙÚÛÜŪ", "y": "ýÿŷÝŸŶ", "s": "šśŠŚ", "z": "žźżŽŹŻ", "l": "łŁ",
		"oe": "œŒ", "ae": "æÆ", "ss": "ßẞ",
	} {
		for _, form := range forms {
			letters[form] = base
		}
	}
	return letters
}()

// placeKey folds the name of a commune as written in an address: "ST" spelt out, "CEDEX 2" dropped.
func placeKey(name string) string {
	words := strings.Fields(Fold(name))
	for i, word := range words {
		switch word {
		case "st":
			words[i] = "saint"
		case "ste":
			words[i] = "sainte"
		case "cedex":
			if i > 0 {
				return strings.Join(words[:i], " ")
			}
		}
	}
	return strings.Join(words, " ")
}
