package proof

import (
	"context"
	"errors"
	"net"
	"os/exec"
	"path/filepath"
	"strings"
)

// Redis is a real redis-server of ours, on a free port of the loopback.
type Redis struct {
	Process
	Addr string
}

// NewRedis prepares a server in a folder. With appendOnly it keeps its data
// over a kill; without, it comes back empty.
func NewRedis(folder string, appendOnly bool) (*Redis, error) {
	bin, err := exec.LookPath("redis-server")
	if err != nil {
		return nil, errors.New("redis-server is needed: install it (Debian: apt-get install redis-server)")
	}
	addr, err := FreeAddress()
	if err != nil {
		return nil, err
	}
	_, port, _ := strings.Cut(addr, ":")
	keep := "no"
	if appendOnly {
		keep = "yes"
	}
	r := &Redis{Addr: addr}
	r.Process = Process{name: "redis-server", asks: r.ping, log: filepath.Join(folder, "redis.log"), make: func() *exec.Cmd {
		cmd := exec.Command(bin, "--port", port, "--bind", "127.0.0.1", "--save", "", "--appendonly", keep, "--dir", folder)
		cmd.Dir = folder
		return cmd
	}}
	return r, nil
}

// URL is the server's address as RELAIS_REDIS_URL wants it.
func (r *Redis) URL() string { return "redis://" + r.Addr + "/0" }

var errNotReady = errors.New("it does not answer PONG")

// ping speaks the inline form of the protocol: a server that loads its data
// answers an error.
func (r *Redis) ping(ctx context.Context) error {
	var d net.Dialer
	conn, err := d.DialContext(ctx, "tcp", r.Addr)
	if err != nil {
		return err
	}
	defer conn.Close()
	if _, err := conn.Write([]byte("PING\r\n")); err != nil {
		return err
	}
	answer := make([]byte, 16)
	n, err := conn.Read(answer)
	if err == nil && !strings.HasPrefix(string(answer[:n]), "+PONG") {
		err = errNotReady
	}
	return err
}
