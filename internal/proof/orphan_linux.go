package proof

import "syscall"

// orphanless ends the server with the process that started it, however that
// one ends.
func orphanless() *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
}
