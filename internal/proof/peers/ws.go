package peers

import (
	"errors"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
)

// newWS is npm's ws behind Node's own server: the folder ws, where npm ci has
// brought it.
func newWS(folder string) (Peer, error) {
	_, here, _, ok := runtime.Caller(0)
	home := filepath.Join(filepath.Dir(here), "ws")
	if _, err := os.Stat(filepath.Join(home, "node_modules", "ws")); !ok || err != nil {
		return nil, errors.New("ws is needed: npm ci in internal/proof/peers/ws (make bench does it)")
	}
	node, err := exec.LookPath("node")
	if err != nil {
		return nil, errors.New("node is needed: https://nodejs.org/")
	}
	p, address, err := process("ws", folder, http.StatusOK, func(address string) *exec.Cmd {
		return exec.Command(node, filepath.Join(home, "server.js"), address)
	})
	return &sockets{p, NameWS, address, &counter{}}, err
}
