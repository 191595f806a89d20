package funding

import (
	"errors"
	"math"
	"math/big"
	"strconv"
	"strings"

	"github.com/relais-snp/relais/internal/fault"
)

// Cents is an amount of euros in cents, of either sign.
type Cents int64

// ErrOverflow means that a sum left what int64 holds, Invalid "funding.amount". It
// is never wrapped around.
var ErrOverflow = fault.New(fault.Invalid, "funding.amount", "Cette somme est trop grande.")

// errAmount is of texts that are no amount.
var errAmount = errors.New("funding: not an amount")

// Add returns c + other, or ErrOverflow.
func (c Cents) Add(other Cents) (Cents, error) {
	sum := c + other
	if (sum > c) != (other > 0) && other != 0 {
		return 0, ErrOverflow
	}
	return sum, nil
}

// Sub returns c − other, or ErrOverflow.
func (c Cents) Sub(other Cents) (Cents, error) {
	difference := c - other
	if (difference < c) != (other > 0) && other != 0 {
		return 0, ErrOverflow
	}
	return difference, nil
}

// Sum adds amounts up, or returns ErrOverflow. Only the sum itself must fit.
func Sum(amounts ...Cents) (Cents, error) {
	total := new(big.Int)
	for _, a := range amounts {
		total.Add(total, big.NewInt(int64(a)))
	}
	return fromBig(total)
}

// Part returns c·numerator/denominator to the nearest cent, halves away from
// zero; the product may be larger than int64. The denominator is positive.
func (c Cents) Part(numerator, denominator int64) (Cents, error) {
	if denominator <= 0 {
		return 0, errAmount
	}
	// round(x) = floor(x + 1/2) for x ≥ 0, on absolute values.
	product := new(big.Int).Mul(big.NewInt(int64(c)), big.NewInt(numerator))
	negative := product.Sign() < 0
	product.Abs(product)
	product.Lsh(product, 1).Add(product, big.NewInt(denominator))
	product.Quo(product, new(big.Int).Lsh(big.NewInt(denominator), 1))
	if negative {
		product.Neg(product)
	}
	return fromBig(product)
}

func fromBig(n *big.Int) (Cents, error) {
	if !n.IsInt64() {
		return 0, ErrOverflow
	}
	return Cents(n.Int64()), nil
}

// Share splits c by weights so that the parts add up to c, by largest remainder:
// each part is its exact share rounded towards zero, and the cents left over go
// one by one to the largest remainders, the first in the list winning ties.
// Weights are ≥ 0 and not all 0.
func (c Cents) Share(weights ...int64) ([]Cents, error) {
	total := new(big.Int)
	for _, w := range weights {
		if w < 0 {
			return nil, errAmount
		}
		total.Add(total, big.NewInt(w))
	}
	if total.Sign() == 0 {
		return nil, errAmount
	}
	size := new(big.Int).Abs(big.NewInt(int64(c)))
	parts := make([]*big.Int, len(weights))
	remainders := make([]*big.Int, len(weights))
	left := new(big.Int).Set(size)
	for i, w := range weights {
		parts[i], remainders[i] = new(big.Int).QuoRem(new(big.Int).Mul(size, big.NewInt(w)), total, new(big.Int))
		left.Sub(left, parts[i])
	}
	for range left.Int64() { // fewer than there are weights
		best := 0
		for i := range remainders {
			if remainders[i].Cmp(remainders[best]) > 0 {
				best = i
			}
		}
		parts[best].Add(parts[best], big.NewInt(1))
		remainders[best].SetInt64(-1)
	}
	shares := make([]Cents, len(parts))
	for i, p := range parts {
		if c < 0 {
			p.Neg(p)
		}
		shares[i] = Cents(p.Int64()) // no larger than c
	}
	return shares, nil
}

// ParseCents reads an amount as the wire and files of ours carry it: an optional
// minus, digits without leading zeros, and two decimals after a point or none:
// "-1234.50", "1234". Everything else is an error, and no value is guessed.
func ParseCents(text string) (Cents, error) { return parse(text, ".") }

// ParseFrench reads an amount as French accountants write it: a decimal comma,
// one or two decimals, and spaces between thousands: "1 234,50", "1234,5".
func ParseFrench(text string) (Cents, error) {
	text = strings.NewReplacer("\u00a0", " ", "\u202f", " ").Replace(text)
	whole, decimals, comma := strings.Cut(text, ",")
	if comma && len(decimals) == 1 {
		decimals += "0"
	}
	if strings.Contains(whole, " ") {
		sign := ""
		if strings.HasPrefix(whole, "-") {
			sign, whole = "-", whole[1:]
		}
		groups := strings.Split(whole, " ")
		for i, g := range groups {
			if len(g) > 3 || len(g) == 0 || i > 0 && len(g) != 3 {
				return 0, errAmount
			}
		}
		whole = sign + strings.Join(groups, "")
	}
	if comma {
		whole += "," + decimals
	}
	return parse(whole, ",")
}

func parse(text, mark string) (Cents, error) {
	digits, negative := strings.CutPrefix(text, "-")
	whole, decimals, marked := strings.Cut(digits, mark)
	if marked && len(decimals) != 2 || !onlyDigits(whole) || !onlyDigits(decimals) || whole == "" || len(whole) > 1 && whole[0] == '0' {
		return 0, errAmount
	}
	if decimals == "" {
		decimals = "00"
	}
	sign := ""
	if negative {
		sign = "-"
	}
	n, err := strconv.ParseInt(sign+whole+decimals, 10, 64)
	if err != nil {
		return 0, ErrOverflow
	}
	return Cents(n), nil
}

func onlyDigits(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r < '0' || r > '9' }) < 0
}

// String returns the amount as ParseCents reads it, always with two decimals.
func (c Cents) String() string { return c.decimal(".") }

// Comma returns the amount with a decimal comma and nothing between thousands,
// as the FEC wants it.
func (c Cents) Comma() string { return c.decimal(",") }

func (c Cents) decimal(mark string) string {
	if c == math.MinInt64 {
		return "-92233720368547758" + mark + "08"
	}
	sign := ""
	if c < 0 {
		sign, c = "-", -c
	}
	cents := strconv.FormatInt(int64(c%100), 10)
	if len(cents) == 1 {
		cents = "0" + cents
	}
	return sign + strconv.FormatInt(int64(c/100), 10) + mark + cents
}
