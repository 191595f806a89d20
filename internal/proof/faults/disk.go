package main

import (
	"errors"
	"io"
	"os"
	"sync"
	"syscall"
)

// disk is a data folder that can be filled up: a small file system of its own
// where we may mount one; elsewhere a limit on the size of its files, which the
// system refuses to pass in the same way.
type disk struct {
	mu      sync.Mutex
	folder  string
	mounted bool
}

// diskBytes is room for a run's record several times over.
const diskBytes = "48m"

func newDisk(folder string) (*disk, error) {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, err
	}
	err := mount(folder, diskBytes)
	return &disk{folder: folder, mounted: err == nil}, nil
}

// fill leaves no room for the process until free is called.
func (d *disk) fill(pid int) (free func() error, err error) {
	if !d.mounted {
		return limitFiles(pid)
	}
	f, err := os.CreateTemp(d.folder, "ballast-")
	if err != nil {
		return nil, err
	}
	defer f.Close()
	free = func() error { return os.Remove(f.Name()) }
	for size := 1 << 20; size > 0; size /= 4 {
		for err == nil {
			_, err = f.Write(make([]byte, size))
		}
		if !errors.Is(err, syscall.ENOSPC) && !errors.Is(err, io.ErrShortWrite) {
			return nil, errors.Join(err, free())
		}
		err = nil
	}
	return free, nil
}

func (d *disk) remove() error {
	if !d.mounted {
		return nil
	}
	return unmount(d.folder)
}
