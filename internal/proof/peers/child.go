package peers

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"

	"github.com/relais-snp/relais/internal/proof"
)

// These tell a child of ours which server to be, and where.
const (
	roleVariable    = "RELAIS_PROOF_PEER"
	addressVariable = "RELAIS_PROOF_PEER_ADDRESS"
)

// Serve turns this process into the peer that its parent asked for, and then
// does not return. A program that uses peers calls it first.
func Serve() {
	address := os.Getenv(addressVariable)
	var err error
	switch role := os.Getenv(roleVariable); role {
	case "":
		return
	case "bare":
		err = serveBare(address)
	case "nats":
		err = serveNATS(address)
	default:
		err = fmt.Errorf("no peer %q", role)
	}
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}

// self is this program as another server.
func self(role, address string) *exec.Cmd {
	cmd := exec.Command("/proc/self/exe")
	cmd.Env = append(os.Environ(), roleVariable+"="+role, addressVariable+"="+address)
	return cmd
}

// process is a server at a free address that is ready when /healthz answers as
// it should.
func process(name, folder string, ready int, command func(address string) *exec.Cmd) (proof.Process, string, error) {
	address, err := proof.FreeAddress()
	if err != nil {
		return proof.Process{}, "", err
	}
	start := func() *exec.Cmd { return command(address) }
	asks := func(ctx context.Context) error { return proof.Answers(ctx, "http://"+address+"/healthz", ready) }
	return proof.NewProcess(name, filepath.Join(folder, "log"), start, asks), address, nil
}
