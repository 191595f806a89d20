package proof

import (
	"context"
	"os/exec"
)

// NewProcess prepares any server that start describes and asks can find ready;
// what it says is collected in the file log.
func NewProcess(name, log string, start func() *exec.Cmd, asks func(context.Context) error) Process {
	return Process{name: name, log: log, make: start, asks: asks}
}

// FreeAddress finds "127.0.0.1:port" that nobody listens on.
func FreeAddress() (string, error) { return freeAddress() }
