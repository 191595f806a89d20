package main

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"sync"
	"syscall"
)

// disk is a small file system that can be filled up.
type disk struct {
	folder string
	mu     sync.Mutex
}

// diskBytes is room for a run's record several times over.
const diskBytes = "48m"

// newDisk mounts a small file system at a folder.
func newDisk(folder string) (*disk, error) {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, err
	}
	err := syscall.Mount("none", folder, "tmpfs", 0, "mode=0700,size="+diskBytes)
	return &disk{folder: folder}, err
}

// fill leaves no byte free, until free is called.
func (d *disk) fill() (free func() error, err error) {
	d.mu.Lock()
	defer d.mu.Unlock()
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
	return errors.Join(syscall.Unmount(filepath.Clean(d.folder), syscall.MNT_DETACH), nil)
}
