package proof

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"os/exec"
	"syscall"
	"time"
)

// Process is a server of ours: started, killed and started again on the same
// address and data.
type Process struct {
	name string
	make func() *exec.Cmd
	asks func(context.Context) error // nil once it answers
	log  string                      // file that collects what it says
	who  *syscall.Credential         // whom it runs as; nil: as we do

	cmd    *exec.Cmd
	exited chan struct{}
}

// NewProcess prepares any server that start describes and asks can find ready;
// what it says is collected in the file log.
func NewProcess(name, log string, start func() *exec.Cmd, asks func(context.Context) error) Process {
	return Process{name: name, log: log, make: start, asks: asks}
}

// Start starts the server and returns when it answers.
func (p *Process) Start(ctx context.Context) error {
	log, err := os.OpenFile(p.log, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer log.Close()
	cmd := p.make()
	cmd.Stdout, cmd.Stderr = log, log
	cmd.SysProcAttr = orphanless(p.who)
	if err := cmd.Start(); err != nil {
		return err
	}
	exited := make(chan struct{})
	p.cmd, p.exited = cmd, exited
	go func() {
		_ = cmd.Wait() // how it ended is in its log
		close(exited)
	}()
	return p.await(ctx)
}

// await asks until the server answers, ends, or ctx does.
func (p *Process) await(ctx context.Context) error {
	every := time.NewTicker(20 * time.Millisecond)
	defer every.Stop()
	for {
		err := p.asks(ctx)
		if err == nil {
			return nil
		}
		select {
		case <-every.C:
		case <-p.exited:
			return fmt.Errorf("%s ended: %s", p.name, p.Log())
		case <-ctx.Done():
			return fmt.Errorf("%s does not answer: %w: %s", p.name, errors.Join(err, ctx.Err()), p.Log())
		}
	}
}

// Answers is nil once a page answers with that status.
func Answers(ctx context.Context, url string, status int) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if resp.StatusCode != status {
		return fmt.Errorf("%s answers %d", req.URL.Path, resp.StatusCode)
	}
	return nil
}

// Kill ends the server as kill -9 does, and returns when it is gone.
func (p *Process) Kill() { p.end(syscall.SIGKILL) }

// Stop asks the server to end, and returns when it is gone.
func (p *Process) Stop() { p.end(syscall.SIGTERM) }

func (p *Process) end(signal syscall.Signal) {
	if p.cmd == nil {
		return
	}
	_ = p.cmd.Process.Signal(signal) // it may be gone already
	<-p.exited
}

// Signal sends the running server a signal: SIGSTOP makes it a peer that is
// connected and silent, SIGCONT lets it go on.
func (p *Process) Signal(signal syscall.Signal) { _ = p.cmd.Process.Signal(signal) }

// Ended reports whether the server has ended, by itself or because it was made to.
func (p *Process) Ended() bool {
	select {
	case <-p.exited:
		return true
	default:
		return false
	}
}

// PID is the process id of the running server.
func (p *Process) PID() int { return p.cmd.Process.Pid }

// Log is everything that the server has said so far.
func (p *Process) Log() string {
	text, err := os.ReadFile(p.log)
	if err != nil {
		return err.Error()
	}
	return string(text)
}

// FreeAddress finds "127.0.0.1:port" that nobody listens on, below the ports that
// the system gives to outgoing connections: one of them, even a client's own
// that tries to come back, could take it while a killed server is down.
func FreeAddress() (string, error) {
	for range 100 {
		address := fmt.Sprintf("127.0.0.1:%d", 20000+rand.IntN(12000))
		if l, err := net.Listen("tcp", address); err == nil {
			return address, l.Close()
		}
	}
	return "", errors.New("no free port between 20000 and 32000")
}
