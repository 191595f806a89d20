//go:build !linux

package proof

import "syscall"

func orphanless(who *syscall.Credential) *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Credential: who}
}
