package funding_test

import (
	"errors"
	"math"
	"math/big"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/relais-snp/relais/internal/funding"
)

func TestAmountsAreReadOrRefused(t *testing.T) {
	for _, test := range []struct {
		text string
		want funding.Cents
		ok   bool
	}{
		{"0", 0, true}, {"0.05", 5, true}, {"1234.50", 123450, true}, {"-8821.92", -882192, true}, {"17500", 1750000, true},
		{"92233720368547758.07", math.MaxInt64, true}, {"-92233720368547758.08", math.MinInt64, true},
		{"92233720368547758.08", 0, false},
		{"", 0, false}, {"-", 0, false}, {".50", 0, false}, {"1.5", 0, false}, {"1.505", 0, false}, {"1,50", 0, false}, {"1 234.50", 0, false},
		{"007", 0, false}, {"1e3", 0, false}, {"+1", 0, false}, {"--1", 0, false}, {"1.", 0, false}, {"NaN", 0, false}, {"١", 0, false},
	} {
		got, err := funding.ParseCents(test.text)
		if got != test.want || (err == nil) != test.ok {
			t.Errorf("%q is %d, %v", test.text, got, err)
		}
	}
}

func TestFrenchAmountsAreReadOrRefused(t *testing.T) {
	for _, test := range []struct {
		text string
		want funding.Cents
		ok   bool
	}{
		{"1 234,50", 123450, true}, {"1\u202f234\u00a0567,5", 123456750, true}, {"75000", 7500000, true}, {"-12,05", -1205, true}, {"-1 000", -100000, true},
		{"1.234,50", 0, false}, {"1234.50", 0, false}, {"12 34", 0, false}, {"1  234", 0, false}, {" 1", 0, false}, {"1,", 0, false}, {"1,505", 0, false}, {"", 0, false},
	} {
		got, err := funding.ParseFrench(test.text)
		if got != test.want || (err == nil) != test.ok {
			t.Errorf("%q is %d, %v", test.text, got, err)
		}
	}
}

func TestWhatIsWrittenIsReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := funding.Cents(rapid.Int64().Draw(t, "cents"))
		if got, err := funding.ParseCents(c.String()); got != c || err != nil {
			t.Fatalf("%s is read as %d, %v", c, got, err)
		}
		if got, err := funding.ParseFrench(c.Comma()); got != c || err != nil {
			t.Fatalf("%s is read as %d, %v", c.Comma(), got, err)
		}
	})
}

func TestNoSumWrapsAround(t *testing.T) {
	exact := func(c funding.Cents, err error, want *big.Int) bool {
		if !want.IsInt64() {
			return errors.Is(err, funding.ErrOverflow)
		}
		return err == nil && int64(c) == want.Int64()
	}
	rapid.Check(t, func(t *rapid.T) {
		a, b := rapid.Int64().Draw(t, "a"), rapid.Int64().Draw(t, "b")
		sum, err := funding.Cents(a).Add(funding.Cents(b))
		if !exact(sum, err, new(big.Int).Add(big.NewInt(a), big.NewInt(b))) {
			t.Fatalf("%d + %d = %d, %v", a, b, sum, err)
		}
		difference, err := funding.Cents(a).Sub(funding.Cents(b))
		if !exact(difference, err, new(big.Int).Sub(big.NewInt(a), big.NewInt(b))) {
			t.Fatalf("%d - %d = %d, %v", a, b, difference, err)
		}
		total, err := funding.Sum(funding.Cents(a), funding.Cents(b), funding.Cents(a))
		want := new(big.Int).Add(big.NewInt(a), big.NewInt(b))
		if !exact(total, err, want.Add(want, big.NewInt(a))) {
			t.Fatalf("sum of %d, %d, %d = %d, %v", a, b, a, total, err)
		}
	})
}

func TestAPartIsTheNearestCent(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c, n, d := rapid.Int64().Draw(t, "c"), rapid.Int64Range(-1000, 1000).Draw(t, "n"), rapid.Int64Range(1, 1000).Draw(t, "d")
		got, err := funding.Cents(c).Part(n, d)
		exact := new(big.Int).Mul(big.NewInt(c), big.NewInt(n)) // over d
		if err != nil {
			if bound := new(big.Int).Quo(exact, big.NewInt(d)); bound.IsInt64() && bound.Int64() != math.MaxInt64 && bound.Int64() != math.MinInt64 {
				t.Fatalf("%d × %d/%d: %v", c, n, d, err)
			}
			return
		}
		// |2·(got·d − c·n)| ≤ d, and a half goes away from zero
		off := new(big.Int).Mul(big.NewInt(int64(got)), big.NewInt(d))
		off.Sub(off, exact).Lsh(off, 1)
		if off.CmpAbs(big.NewInt(d)) > 0 || off.CmpAbs(big.NewInt(d)) == 0 && off.Sign() != exact.Sign() {
			t.Fatalf("%d × %d/%d is not %d", c, n, d, got)
		}
	})
}

func TestSharesAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := funding.Cents(rapid.Int64().Draw(t, "c"))
		weights := rapid.SliceOfN(rapid.Int64Range(0, math.MaxInt64), 1, 12).Draw(t, "weights")
		shares, err := c.Share(weights...)
		if err != nil {
			for _, w := range weights {
				if w > 0 {
					t.Fatal(err)
				}
			}
			return
		}
		if total, err := funding.Sum(shares...); total != c || err != nil {
			t.Fatalf("%v add up to %d, not %d: %v", shares, total, c, err)
		}
		for i, w := range weights {
			if w == 0 && shares[i] != 0 {
				t.Fatalf("a share of nothing gets %d", shares[i])
			}
		}
	})
}

func TestTheLargestRemaindersGetTheCents(t *testing.T) {
	shares, err := funding.Cents(1000).Share(1, 1, 1)
	if diff := cmp.Diff([]funding.Cents{334, 333, 333}, shares); diff != "" || err != nil {
		t.Error(diff, err)
	}
	shares, err = funding.Cents(-100).Share(1, 2, 3)
	if diff := cmp.Diff([]funding.Cents{-17, -33, -50}, shares); diff != "" || err != nil {
		t.Error(diff, err)
	}
	if _, err := funding.Cents(5).Share(); err == nil {
		t.Error("shared among nobody")
	}
	if _, err := funding.Cents(5).Share(2, -1); err == nil {
		t.Error("a negative weight passes")
	}
}
