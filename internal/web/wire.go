package web

import (
	"encoding/binary"

	"github.com/relais-snp/relais/internal/live"
)

// wire is a frame of the hub as a WebSocket text message (RFC 6455, 5.2), made once for all lines.
func wire(frame *live.Frame) []byte {
	bytes, _ := frame.Prepared(func(json []byte) any { return message(json) }).([]byte) // this room alone prepares frames
	return bytes
}

func message(text []byte) []byte {
	const textMessage, length16, length64 = 0x81, 126, 127
	head := []byte{textMessage, byte(len(text))}
	switch n := len(text); {
	case n > 0xffff:
		head = binary.BigEndian.AppendUint64([]byte{textMessage, length64}, uint64(n))
	case n >= length16:
		head = binary.BigEndian.AppendUint16([]byte{textMessage, length16}, uint16(n))
	}
	return append(head, text...)
}
