package proof

import (
	"encoding/json"
	"time"
)

// Frame is anything the server sends on the live line; Type says which fields
// it has.
type Frame struct {
	Type      string `json:"type"` // snapshot, delta, tick, away, presence, notice, reply
	Territory string `json:"territory"`

	Epoch string    `json:"epoch"`
	Seq   int64     `json:"seq"`  // snapshot, tick
	From  int64     `json:"from"` // delta: applies on this …
	To    int64     `json:"to"`   // … and leads here
	Slots []Slot    `json:"slots"`
	Now   time.Time `json:"now"`

	ID      int64           `json:"id"` // reply
	OK      json.RawMessage `json:"ok"`
	Problem *Problem        `json:"problem"`

	Kind    string `json:"kind"` // notice: booked, booking_cancelled, case_reopened
	Slot    string `json:"slot"`
	Booking string `json:"booking"`
	Case    string `json:"case"`
}

// Position is where a board stands in its territory's sequence.
type Position struct {
	Epoch string `json:"epoch"`
	Seq   int64  `json:"seq"`
}

// Command is what a console asks; Op says which fields it needs.
type Command struct {
	ID        int64     `json:"id"`
	Op        string    `json:"op"` // watch, hold, extend, release, book, focus
	Territory string    `json:"territory,omitempty"`
	Day       string    `json:"day,omitempty"`
	Days      int       `json:"days,omitempty"`
	From      *Position `json:"from,omitempty"`
	Slot      string    `json:"slot,omitempty"`
	Case      string    `json:"case,omitempty"`
	Hold      string    `json:"hold,omitempty"`
	Key       string    `json:"key,omitempty"`
	Patient   *Patient  `json:"patient,omitempty"`
	Reason    string    `json:"reason,omitempty"`
}
