//go:build !linux && !darwin

package app

// descriptors is how many files and connections this process may have open, as
// far as can be told here: the settings alone bound them.
func descriptors() int { return 1 << 30 }
