package app

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"syscall"
)

// makeFolder makes the data folder, for its owner only.
func makeFolder(dir string) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fmt.Errorf("the data folder cannot be made: %w; set RELAIS_DATA_DIR to one that can", err)
	}
	return nil
}

// lockFolder keeps a second serving process off the data folder until release
// is called or the process ends, however it ends.
func lockFolder(dir string) (release func() error, err error) {
	file, err := os.OpenFile(filepath.Join(dir, "serving.lock"), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, fmt.Errorf("the data folder cannot be written: %w", err)
	}
	if err := syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		file.Close()
		if errors.Is(err, syscall.EWOULDBLOCK) {
			return nil, fmt.Errorf("another relais serves %s already: stop it, or share PostgreSQL and Redis between the two", dir)
		}
		return nil, fmt.Errorf("lock %s: %w", file.Name(), err)
	}
	return file.Close, nil
}
