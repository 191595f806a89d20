package proof

import "syscall"

// orphanless ends the server with the process that started it, however that
// one ends. The server runs as who, or as we do when that is nil.
func orphanless(who *syscall.Credential) *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL, Credential: who}
}
