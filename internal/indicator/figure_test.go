package indicator_test

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/relais-snp/relais/internal/indicator"
)

func TestAFigureReadsAsItWasWritten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := indicator.Figure(rapid.Int64Range(-9_999_999_999_999, 9_999_999_999_999).Draw(t, "thousandths"))
		if got, err := indicator.ParseFigure(f.String()); got != f || err != nil {
			t.Fatalf("%d is written %s and read %d, %v", f, f, got, err)
		}
	})
}

func TestAFigureIsNeverGuessed(t *testing.T) {
	for text, want := range map[string]indicator.Figure{"0": 0, "-0": 0, "5280": 5_280_000, "74.7": 74_700, "-0.5": -500, "-10": -10_000, "1.234": 1234, "0.001": 1} {
		if got, err := indicator.ParseFigure(text); got != want || err != nil {
			t.Errorf("%s: %d, %v", text, got, err)
		}
	}
	for _, text := range []string{"", "-", ".5", "1.", "1,5", "1.2345", "1 000", "1e3", "+1", "01", "NaN", "Inf", "٣", "12345678901", "1\n"} {
		_, err := indicator.ParseFigure(text)
		refused(t, err, "indicator.invalid")
	}
}
