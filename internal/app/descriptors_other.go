//go:build !unix

package app

// descriptors is how many files and connections this process may have open; the
// system sets no bound of its own.
func descriptors() int { return 1 << 30 }
