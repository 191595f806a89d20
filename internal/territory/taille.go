package territory

// Taille is the size class of a CPTS, 1 to 4, on which its funding stands.
type Taille uint8

// TailleOf returns the taille of a population, by the thresholds of the ACI: 1 below 40,000 inhabitants,
// 2 up to 80,000, 3 up to 175,000, 4 above.
func TailleOf(population int) Taille {
	switch {
	case population < 40_000:
		return 1
	case population <= 80_000:
		return 2
	case population <= 175_000:
		return 3
	}
	return 4
}
