//go:build unix

package web

import (
	"errors"
	"syscall"
)

// writeNow gives a socket that does not block what it takes of p: nothing when its buffer is full.
func writeNow(descriptor uintptr, p []byte) (int, error) {
	n, err := syscall.Write(int(descriptor), p)
	if errors.Is(err, syscall.EAGAIN) || errors.Is(err, syscall.EINTR) {
		err = nil
	}
	return max(n, 0), err
}
