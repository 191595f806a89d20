package proof

import (
	"context"
	"os/exec"
)

// NewProcess prepares any server that make can start and asks can find ready;
// what it says is collected in the file log.
func NewProcess(name, log string, make func() *exec.Cmd, asks func(context.Context) error) Process {
	return Process{name: name, log: log, make: make, asks: asks}
}

// FreeAddress finds "127.0.0.1:port" that nobody listens on.
func FreeAddress() (string, error) { return freeAddress() }
