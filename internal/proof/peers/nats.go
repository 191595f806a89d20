package peers

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os/exec"
	"strconv"
	"time"

	"github.com/gorilla/websocket"
	"github.com/nats-io/nats-server/v2/server"

	"github.com/relais-snp/relais/internal/proof"
)

// serveNATS runs a NATS server with its WebSocket listener at address. The one
// for its own protocol, which it insists on, takes any free port.
func serveNATS(address string) error {
	host, port, err := hostPort(address)
	if err != nil {
		return err
	}
	s, err := server.NewServer(&server.Options{
		ServerName: "peer", Host: host, Port: server.RANDOM_PORT, NoSigs: true, NoLog: true, PingInterval: time.Hour,
		Websocket: server.WebsocketOpts{Host: host, Port: port, NoTLS: true},
	})
	if err != nil {
		return err
	}
	s.Start()
	s.WaitForShutdown()
	return errors.New("the NATS server has ended")
}

func hostPort(address string) (string, int, error) {
	host, text, err := net.SplitHostPort(address)
	if err != nil {
		return "", 0, err
	}
	port, err := strconv.Atoi(text)
	return host, port, err
}

type nats struct {
	proof.Process
	address string
	changes *counter
}

// newNATS knows that the server is ready by the answer of its WebSocket door to
// somebody who asks for no WebSocket.
func newNATS(folder string) (Peer, error) {
	p, address, err := process("nats", folder, http.StatusBadRequest, func(address string) *exec.Cmd { return self("nats", address) })
	return &nats{p, address, &counter{}}, err
}

func (*nats) Name() string { return NameNATS }

// greet opens a line and speaks NATS' text protocol until the server has done
// what more asks.
func (n *nats) greet(ctx context.Context, more string) (*websocket.Conn, error) {
	ws, err := dial(ctx, "ws://"+n.address+"/")
	if err != nil {
		return nil, err
	}
	hello := `CONNECT {"verbose":false,"pedantic":false,"lang":"proof","version":"1","protocol":1}` + "\r\n" + more + "PING\r\n"
	err = ws.WriteMessage(websocket.BinaryMessage, []byte(hello))
	for err == nil {
		var text []byte
		if _, text, err = ws.ReadMessage(); bytes.Contains(text, []byte("PONG")) {
			return ws, nil
		}
		if bytes.Contains(text, []byte("-ERR")) {
			err = fmt.Errorf("NATS says %s", text)
		}
	}
	ws.Close()
	return nil, err
}

func (n *nats) Follow(ctx context.Context) (*websocket.Conn, error) {
	return n.greet(ctx, "SUB t 1\r\n")
}

func (n *nats) Publish(ctx context.Context) (Publisher, error) {
	ws, err := n.greet(ctx, "")
	if err != nil {
		return nil, err
	}
	return &natsPublisher{n.changes, ws}, nil
}

type natsPublisher struct {
	*counter
	ws *websocket.Conn
}

func (p *natsPublisher) Send() error {
	return p.ws.WriteMessage(websocket.BinaryMessage, fmt.Appendf(nil, "PUB t %d\r\n%s\r\n", EventBytes, p.event()))
}

func (p *natsPublisher) Close() { p.ws.Close() }
