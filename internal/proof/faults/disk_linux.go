package main

import (
	"syscall"

	"golang.org/x/sys/unix"
)

func mount(folder, size string) error {
	return syscall.Mount("none", folder, "tmpfs", 0, "mode=0700,size="+size)
}

func unmount(folder string) error { return syscall.Unmount(folder, syscall.MNT_DETACH) }

// smallFiles is less than any record: nothing more can be written into one.
const smallFiles = 64 << 10

// limitFiles keeps the files of a process from growing.
func limitFiles(pid int) (free func() error, err error) {
	var before unix.Rlimit
	if err := unix.Prlimit(pid, unix.RLIMIT_FSIZE, nil, &before); err != nil {
		return nil, err
	}
	if err := unix.Prlimit(pid, unix.RLIMIT_FSIZE, &unix.Rlimit{Cur: smallFiles, Max: before.Max}, nil); err != nil {
		return nil, err
	}
	return func() error { return unix.Prlimit(pid, unix.RLIMIT_FSIZE, &before, nil) }, nil
}
