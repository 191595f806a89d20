package audit

import (
	"crypto/sha256"
	"encoding/json"
	"time"
)

// Entry is one act of one person.
type Entry struct {
	At        time.Time `json:"at"`        // UTC, microseconds
	Actor     string    `json:"actor"`     // account id, "system" for the service itself
	Action    string    `json:"action"`    // "booking.book", "patient.read"
	Target    string    `json:"target"`    // "booking:0197…"
	Territory string    `json:"territory"` // "" when it is not about one
	Detail    string    `json:"detail"`    // a reason from a closed list, ids; never free text
}

// Hash links entry number n to the entry before it.
func (e Entry) Hash(n int64, previous []byte) []byte {
	e.At = e.At.UTC().Truncate(time.Microsecond)
	body, _ := json.Marshal(struct {
		N int64 `json:"n"`
		Entry
	}{n, e}) // plain strings and a time: cannot fail
	h := sha256.New()
	h.Write(previous)
	h.Write(body)
	return h.Sum(nil)
}
