package directory_test

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/relais-snp/relais/internal/directory"
	"github.com/relais-snp/relais/internal/fault"
)

func TestParseRPPS(t *testing.T) {
	tests := []struct{ given, want, reason string }{
		{"10000000017", "10000000017", ""},
		{" 1000 0000\u00a0017 ", "10000000017", ""},
		{"10000000018", "", "directory.rpps_key"},
		{"10000000071", "", "directory.rpps_key"},
		{"1000000001", "", "directory.rpps_digits"},
		{"100000000170", "", "directory.rpps_digits"},
		{"1000000001A", "", "directory.rpps_digits"},
		{"00000000000", "", "directory.rpps_digits"},
		{"1,00E+10", "", "directory.rpps_digits"},
		{"１0000000017", "", "directory.rpps_digits"},
		{"", "", "directory.rpps_digits"},
	}
	for _, tt := range tests {
		got, err := directory.ParseRPPS(tt.given)
		if string(got) != tt.want || fault.Reason(err) != tt.reason {
			t.Errorf("ParseRPPS(%q) = %q, %q; want %q, %q", tt.given, got, fault.Reason(err), tt.want, tt.reason)
		}
	}
}

func TestAnyWrongDigitOfAnRPPSIsSeen(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		number, err := directory.RPPSWithKey(fmt.Sprintf("1%09d", rapid.IntRange(0, 999_999_999).Draw(t, "number")))
		if err != nil {
			t.Fatal(err)
		}
		if again, err := directory.ParseRPPS(string(number)); err != nil || again != number {
			t.Fatalf("ParseRPPS(%s) = %s, %v", number, again, err)
		}
		at := rapid.IntRange(0, 10).Draw(t, "at")
		wrong := []byte(number)
		wrong[at] = '0' + (wrong[at]-'0'+byte(rapid.IntRange(1, 9).Draw(t, "shift")))%10
		if _, err := directory.ParseRPPS(string(wrong)); fault.Reason(err) != "directory.rpps_key" {
			t.Fatalf("%s for %s: %v", wrong, number, err)
		}
	})
}

func TestRPPSWithKeyWantsTenDigits(t *testing.T) {
	for _, given := range []string{"", "123456789", "12345678901", "12345678a0"} {
		if _, err := directory.RPPSWithKey(given); fault.Reason(err) != "directory.rpps_digits" {
			t.Errorf("RPPSWithKey(%q): %v", given, err)
		}
	}
}

func TestParseFINESS(t *testing.T) {
	tests := []struct{ given, want, reason string }{
		{"770000016", "770000016", ""},
		{"77 000 001 6", "770000016", ""},
		{"2a0000123", "2A0000123", ""},
		{"2B0000123", "2B0000123", ""},
		{"770000017", "", "directory.finess_key"},
		{"2C0000123", "", "directory.finess_form"},
		{"A20000123", "", "directory.finess_form"},
		{"2A00001B3", "", "directory.finess_form"},
		{"77000001", "", "directory.finess_form"},
		{"000000000", "", "directory.finess_form"},
		{"", "", "directory.finess_form"},
	}
	for _, tt := range tests {
		got, err := directory.ParseFINESS(tt.given)
		if string(got) != tt.want || fault.Reason(err) != tt.reason {
			t.Errorf("ParseFINESS(%q) = %q, %q; want %q, %q", tt.given, got, fault.Reason(err), tt.want, tt.reason)
		}
	}
}

func TestParsePhone(t *testing.T) {
	tests := []struct{ given, want, french string }{
		{"01 99 00 12 34", "+33199001234", "01 99 00 12 34"},
		{"01.99.00.12.34", "+33199001234", "01 99 00 12 34"},
		{"01-99-00-12-34", "+33199001234", "01 99 00 12 34"},
		{"+33 1 99 00 12 34", "+33199001234", "01 99 00 12 34"},
		{"+33 (0)1 99 00 12 34", "+33199001234", "01 99 00 12 34"},
		{"0033199001234", "+33199001234", "01 99 00 12 34"},
		{"199001234", "+33199001234", "01 99 00 12 34"},
		{"06 39 98 12 34", "+33639981234", "06 39 98 12 34"},
		{"0262 12 34 56", "+262262123456", "02 62 12 34 56"},
		{"0692123456", "+262692123456", "06 92 12 34 56"},
		{"+262 262 12 34 56", "+262262123456", "02 62 12 34 56"},
		{"+33 6 92 12 34 56", "+262692123456", "06 92 12 34 56"},
		{"0639123456", "+262639123456", "06 39 12 34 56"},
		{"0590 12 34 56", "+590590123456", "05 90 12 34 56"},
		{"0596 12 34 56", "+596596123456", "05 96 12 34 56"},
		{"0508 12 34 56", "+508508123456", "05 08 12 34 56"},
		{"+687 12 34 56", "+687123456", "+687 12 34 56"},
		{"+689 12 34 56 78", "+68912345678", "+689 12 34 56 78"},
	}
	for _, tt := range tests {
		got, err := directory.ParsePhone(tt.given)
		if err != nil || string(got) != tt.want {
			t.Errorf("ParsePhone(%q) = %q, %v; want %q", tt.given, got, err, tt.want)
		}
		if french := strings.ReplaceAll(got.French(), "\u00a0", " "); french != tt.french {
			t.Errorf("%s reads %q, want %q", got, french, tt.french)
		}
	}
	for _, given := range []string{
		"", "15", "116117", "00 99 00 12 34", "01 99 00 12 3", "01 99 00 12 345", "+32 2 123 45 67", "+44", "+", "00",
		"01 99 OO 12 34", "poste 12", "+33", "+687 1234567", "++33199001234",
	} {
		if got, err := directory.ParsePhone(given); fault.Reason(err) != "directory.phone" {
			t.Errorf("ParsePhone(%q) = %q, %v", given, got, err)
		}
	}
}

func TestParseProfession(t *testing.T) {
	for given, want := range map[string]directory.Profession{
		"Médecin": directory.Physician, "SAGE-FEMME": directory.Midwife, "infirmier(e)": directory.Nurse,
		"Masseur-Kinésithérapeute": directory.Physiotherapist, "pharmacist": directory.Pharmacist,
	} {
		got, err := directory.ParseProfession(given)
		if err != nil || got != want {
			t.Errorf("ParseProfession(%q) = %q, %v", given, got, err)
		}
		if back, err := directory.ParseProfession(got.French()); err != nil || back != got {
			t.Errorf("%q reads %q and comes back as %q, %v", got, got.French(), back, err)
		}
	}
	if _, err := directory.ParseProfession("astrologue"); fault.Reason(err) != "directory.profession_unknown" {
		t.Errorf("astrologue: %v", err)
	}
}

func TestNamesAsColleaguesReadThem(t *testing.T) {
	tests := []struct {
		who  directory.Practitioner
		want string
	}{
		{directory.Practitioner{Given: "Ada", Family: "Fictive", Profession: directory.Physician}, "Dr Ada Fictive"},
		{directory.Practitioner{Title: "Pr", Given: "Ada", Family: "Fictive", Profession: directory.Physician}, "Pr Ada Fictive"},
		{directory.Practitioner{Family: "Fictive", Profession: directory.Nurse}, "Fictive"},
	}
	for _, tt := range tests {
		if got := tt.who.Name(); got != tt.want {
			t.Errorf("Name() = %q, want %q", got, tt.want)
		}
	}
}
