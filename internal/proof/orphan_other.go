//go:build !linux

package proof

import "syscall"

func orphanless() *syscall.SysProcAttr { return &syscall.SysProcAttr{} }
