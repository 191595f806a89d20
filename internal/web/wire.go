package web

import (
	"encoding/binary"

	"github.com/gorilla/websocket"

	"github.com/relais-snp/relais/internal/live"
)

// wire is a frame of the hub as a text message, made once for all lines.
func wire(frame *live.Frame) []byte {
	bytes, _ := frame.Prepared(func(json []byte) any { return message(websocket.TextMessage, json) }).([]byte) // this room alone prepares frames
	return bytes
}

// message is a whole WebSocket message of one frame (RFC 6455, 5.2).
func message(kind int, text []byte) []byte {
	const final, length16, length64 = 0x80, 126, 127
	first := final | byte(kind)
	head := []byte{first, byte(len(text))}
	switch n := len(text); {
	case n > 0xffff:
		head = binary.BigEndian.AppendUint64([]byte{first, length64}, uint64(n))
	case n >= length16:
		head = binary.BigEndian.AppendUint16([]byte{first, length16}, uint16(n))
	}
	return append(head, text...)
}
