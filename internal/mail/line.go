package mail

import (
	"context"
	"crypto/tls"
	"net"
)

// line is the connection of one conversation. The library leaves it open when a conversation fails on its way, and knows of its
// context only while it connects; so it is kept here, and hung up.
type line struct {
	server *Server
	over   <-chan struct{} // ends the conversation; that of dial's own context ends with the greeting
	conn   net.Conn
	done   chan struct{}
}

func (l *line) dial(ctx context.Context, network, address string) (net.Conn, error) {
	conn, err := (&net.Dialer{}).DialContext(ctx, network, address)
	if err != nil {
		return nil, err
	}
	if l.server.implicit {
		conn = tls.Client(conn, l.server.trust())
	}
	l.conn, l.done = conn, make(chan struct{})
	go func() {
		select {
		case <-l.over:
			_ = conn.Close() // whoever talks on it sees that
		case <-l.done:
		}
	}()
	return conn, nil
}

func (l *line) hangUp() {
	if l.conn != nil {
		close(l.done)
		_ = l.conn.Close() // twice is harmless
	}
}

func (s *Server) trust() *tls.Config {
	if s.roots != nil {
		return s.roots
	}
	return &tls.Config{ServerName: s.host, MinVersion: tls.VersionTLS12}
}
