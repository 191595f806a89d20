package funding

import (
	"crypto/sha256"
	"encoding/binary"
	"time"
)

// Seal returns the entry with the hash of its bytes and of the entry before it,
// of which previous is the hash; zero for the first.
func (e Entry) Seal(previous [32]byte) Entry {
	e.At = e.At.UTC().Truncate(time.Microsecond)
	e.Hash = sha256.Sum256(e.canonical(previous[:]))
	return e
}

// Chained reports whether the entry's hash is that of its bytes after previous.
func (e Entry) Chained(previous [32]byte) bool { return e.Seal(previous).Hash == e.Hash }

// canonical is every field in a fixed order, each with its length before it, so
// that no two entries have the same bytes.
func (e Entry) canonical(previous []byte) []byte {
	var b []byte
	text := func(s string) {
		b = binary.BigEndian.AppendUint32(b, uint32(len(s)))
		b = append(b, s...)
	}
	number := func(n int64) { b = binary.BigEndian.AppendUint64(b, uint64(n)) }
	text("relais.funding.entry.1")
	text(string(previous))
	number(e.Number)
	for _, s := range []string{e.ID, e.Territory, e.Journal, e.On.String()} {
		text(s)
	}
	number(int64(e.FiscalYear))
	for _, s := range []string{e.Label, e.Piece, e.PieceOn.String(), e.Reverses, e.By} {
		text(s)
	}
	number(e.At.UnixMicro())
	number(int64(len(e.Lines)))
	for _, l := range e.Lines {
		text(l.Account)
		number(int64(l.Debit))
		number(int64(l.Credit))
		text(l.Contract)
		number(int64(l.Year))
		for _, s := range []string{l.Mission, l.Envelope, string(l.Budget), l.Evidence, l.Person} {
			text(s)
		}
	}
	if e.Settles != "" { // after all lines, of which the number is told: no other entry has these bytes
		text(e.Settles)
	}
	return b
}
