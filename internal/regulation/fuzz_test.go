package regulation_test

import (
	"testing"

	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/regulation"
)

// FuzzSamePatient takes two identities as callers spell them: whether they may
// be one person does not depend on the order, and everybody is themselves.
func FuzzSamePatient(f *testing.F) {
	f.Add("Fictif-Martin", "Ada", "1980-01-31", "01 99 00 12 34", "FICTIF MARTIN", "", "", "+33199001234")
	f.Add("Œuvre", "Zoé", "", "", "oeuvre", "zoe", "2001-02-03", "sans")
	f.Add("", "", "\xff", "\xff", "\x00", "'", "0000", "+")
	f.Fuzz(func(t *testing.T, family1, given1, born1, phone1, family2, given2, born2, phone2 string) {
		a, b := patientOf(family1, given1, born1, phone1), patientOf(family2, given2, born2, phone2)
		if regulation.SamePatient(a, b) != regulation.SamePatient(b, a) {
			t.Errorf("%+v and %+v: the order counts", a, b)
		}
		if !regulation.SamePatient(a, a) || !regulation.SamePatient(b, b) {
			t.Errorf("%+v or %+v is somebody else", a, b)
		}
	})
}

func patientOf(family, given, born, phone string) regulation.Patient {
	day, _ := civil.ParseDate(born) // no date: unknown
	return regulation.Patient{Family: family, Given: given, BirthDate: day, Phone: phone}
}
