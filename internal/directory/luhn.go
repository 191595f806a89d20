package directory

// luhn reports whether the last digit of digits is its Luhn key.
func luhn(digits string) bool { return luhnSum(digits, false)%10 == 0 }

// luhnKey returns the digit that completes digits.
func luhnKey(digits string) byte { return byte('0' + (10-luhnSum(digits, true)%10)%10) }

// luhnSum adds the digits from the right, every other one doubled; the last one too when double is set.
func luhnSum(digits string, double bool) int {
	sum := 0
	for i := len(digits) - 1; i >= 0; i-- {
		n := int(digits[i] - '0')
		if double {
			n *= 2
		}
		sum += n/10 + n%10
		double = !double
	}
	return sum
}

func onlyDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}
