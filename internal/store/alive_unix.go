//go:build unix

package store

import (
	"crypto/tls"
	"net"
	"syscall"
)

// alive reports whether an idle connection still stands, without asking the other
// side: nothing is to be read from it, neither its end nor a farewell. Asking would
// cost every transaction a round trip.
func alive(c net.Conn) bool {
	if sealed, ok := c.(*tls.Conn); ok {
		c = sealed.NetConn()
	}
	socket, ok := c.(syscall.Conn)
	if !ok {
		return true
	}
	raw, err := socket.SyscallConn()
	if err != nil {
		return false
	}
	var peeked error
	// Control, not Read: after a slow write the driver leaves a goroutine reading,
	// and Read would wait for it, which is for ever on an idle connection.
	err = raw.Control(func(fd uintptr) {
		_, _, peeked = syscall.Recvfrom(int(fd), make([]byte, 1), syscall.MSG_PEEK|syscall.MSG_DONTWAIT)
	})
	return err == nil && (peeked == syscall.EAGAIN || peeked == syscall.EWOULDBLOCK)
}
