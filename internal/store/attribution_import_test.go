package store_test

import (
	"strings"
	"testing"
)

// A file imported twice is known again by keyed hashes, on the record as it runs in use.
func TestAFileOfRequestsImportedTwiceIsKeptOnce(t *testing.T) {
	eachDesk(t, func(d desk) {
		file := "nom;prénom;année de naissance;code insee;consentement le;consentement recueilli par\n" +
			"Fictive-Attente;Léa;1948;91577;20/11/2026;Mme Exemple\n" +
			"Fictive-Autre;Mia;1990;91577;20/11/2026;Mme Exemple\n"
		first, err := d.Import(d.Context(), nurse, senart, strings.NewReader(file), false)
		d.must(err)
		again, err := d.Import(d.Context(), nurse, senart, strings.NewReader(file+"Fictive-Attente;Léa;1948;91577;21/11/2026;Mme Exemple\n"), false)
		d.must(err)
		if first.Created != 2 || again.Unchanged != 2 || again.Created != 1 || again.Duplicates != 1 {
			d.Errorf("first %+v, again %+v", first, again)
		}
	})
}
