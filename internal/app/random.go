package app

import (
	"crypto/rand"
	"encoding/base64"
	"encoding/binary"
	"strings"

	"github.com/google/uuid"
)

// newID makes a UUIDv7; ids of one process rise.
func newID() string { return uuid.Must(uuid.NewV7()).String() }

// newSecret makes 128 random bits as URL-safe text.
func newSecret() string {
	var b [16]byte
	_, _ = rand.Read(b[:]) // crypto/rand.Read never fails
	return base64.RawURLEncoding.EncodeToString(b[:])
}

// newDraw makes 53 random bits: as many as a number of JSON carries.
func newDraw() uint64 {
	var b [8]byte
	_, _ = rand.Read(b[:]) // crypto/rand.Read never fails
	return binary.LittleEndian.Uint64(b[:]) >> 11
}

// newPassword makes one that can be read out: four groups of five characters,
// 100 random bits.
func newPassword() string {
	text := strings.ToLower(rand.Text())[:20]
	return text[:5] + "-" + text[5:10] + "-" + text[10:15] + "-" + text[15:]
}
