package regulation_test

import (
	"testing"

	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/regulation"
)

func TestSamePatient(t *testing.T) {
	born := civil.MustDate("1950-02-03")
	base := regulation.Patient{Family: "Fictif-Éloïse", Given: "Zoé", BirthDate: born, Phone: "+33199000001"}
	cases := []struct {
		name  string
		other regulation.Patient
		same  bool
	}{
		{"accents, case and hyphens do not matter", regulation.Patient{Family: "FICTIF ELOISE", Given: "zoe", BirthDate: born}, true},
		{"another birth date is another person", regulation.Patient{Family: "Fictif-Éloïse", Given: "Zoé", BirthDate: civil.MustDate("1950-02-04"), Phone: "+33199000001"}, false},
		{"an equal birth date outweighs another telephone", regulation.Patient{Family: "Fictif-Éloïse", Given: "Zoé", BirthDate: born, Phone: "+33199000002"}, true},
		{"without birth date the telephone tells", regulation.Patient{Family: "Fictif-Éloïse", Given: "Zoé", Phone: "+33199000002"}, false},
		{"a telephone is the same however it is typed", regulation.Patient{Family: "Fictif-Éloïse", Given: "Zoé", Phone: "01 99 00 00 01"}, true},
		{"a name alone may be the same person", regulation.Patient{Family: "Fictif-Éloïse"}, true},
		{"another given name is another person", regulation.Patient{Family: "Fictif-Éloïse", Given: "Léa"}, false},
		{"another family is another person", regulation.Patient{Family: "Fictif", Given: "Zoé", BirthDate: born}, false},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if got := regulation.SamePatient(base, c.other); got != c.same {
				t.Errorf("SamePatient = %v", got)
			}
			if got := regulation.SamePatient(c.other, base); got != c.same {
				t.Error("not symmetric")
			}
		})
	}
}

func TestTokenNamesItsSlot(t *testing.T) {
	token := regulation.TokenFor("cpts-senart", "slot-1", "secret")
	territory, slot, ok := regulation.SplitToken(token)
	if !ok || territory != "cpts-senart" || slot != "slot-1" {
		t.Errorf("split %q: %q %q %v", token, territory, slot, ok)
	}
	for _, forged := range []string{"", "~~", "a~b", "a~b~", "a~b~c~d", "~b~c"} {
		if _, _, ok := regulation.SplitToken(forged); ok {
			t.Errorf("%q accepted", forged)
		}
	}
}
