package directory_test

import (
	"testing"

	"github.com/relais-snp/relais/internal/directory"
	"github.com/relais-snp/relais/internal/fault"
)

// refused checks that a text was refused as somebody's mistake, with a reason of its own.
func refused(t *testing.T, err error, reasons ...string) {
	t.Helper()
	f := fault.Of(err)
	for _, reason := range reasons {
		if f.Kind == fault.Invalid && f.Reason == reason {
			return
		}
	}
	t.Errorf("refused with %v", err)
}

func FuzzParseRPPS(f *testing.F) {
	for _, text := range []string{"10000000015", "1000 0000 015", "10000000016", "00000000000", "1000000001", "１００００００００１５", "\xff", ""} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		number, err := directory.ParseRPPS(text)
		if err != nil {
			refused(t, err, "directory.rpps_digits", "directory.rpps_key")
			return
		}
		again, err := directory.ParseRPPS(string(number))
		whole, _ := directory.RPPSWithKey(string(number[:10]))
		if err != nil || again != number || whole != number || len(number) != 11 {
			t.Errorf("%q is read as %q, then %q and %q", text, number, again, whole)
		}
	})
}

func FuzzParseFINESS(f *testing.F) {
	for _, text := range []string{"750000002", "2A0000001", "2b0000001", "75 000 000 2", "000000000", "7500000", "2C0000001", "ſa0000001", "\xff", ""} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		number, err := directory.ParseFINESS(text)
		if err != nil {
			refused(t, err, "directory.finess_form", "directory.finess_key")
			return
		}
		if again, err := directory.ParseFINESS(string(number)); err != nil || again != number || len(number) != 9 {
			t.Errorf("%q is read as %q, then %q", text, number, again)
		}
	})
}

func FuzzParsePhone(f *testing.F) {
	for _, text := range []string{"01 99 00 12 34", "+33 (0)1 99 00 12 34", "0033199001234", "199001234", "+590 590 99 00 12", "+68940123456", "06 39 98 00 01", "+", "+33", "00", "(0)", "01-99/00.12 34", "\xff", ""} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		phone, err := directory.ParsePhone(text)
		if err != nil {
			refused(t, err, "directory.phone")
			return
		}
		if again, err := directory.ParsePhone(string(phone)); err != nil || again != phone {
			t.Errorf("%q is read as %q, then %q, %v", text, phone, again, err)
		}
		if again, err := directory.ParsePhone(phone.French()); err != nil || again != phone {
			t.Errorf("%q shown as %q is read as %q, %v", phone, phone.French(), again, err)
		}
		if len(phone) < 10 || len(phone) > 13 || phone[0] != '+' {
			t.Errorf("%q is read as %q", text, phone)
		}
	})
}

func FuzzParseProfession(f *testing.F) {
	for _, text := range []string{"Médecin", "infirmier(e)", "MÉDECIN  GÉNÉRALISTE", "Sage-femme", "astrologue", "\xff", ""} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		p, err := directory.ParseProfession(text)
		if err != nil {
			refused(t, err, "directory.profession_unknown")
			return
		}
		if again, err := directory.ParseProfession(p.French()); err != nil || again != p {
			if p != directory.OtherProfession {
				t.Errorf("%q is %q, shown as %q, which is %q", text, p, p.French(), again)
			}
		}
	})
}
