package live

import (
	"encoding/json"
	"strconv"
	"time"
	"unicode/utf8"

	"github.com/relais-snp/relais/internal/agenda"
	"github.com/relais-snp/relais/internal/regulation"
)

// WireSlot is a slot's state as it travels to consoles: no patient, no reason,
// no telephone number, and the same for everybody. Times are UTC.
type WireSlot struct {
	ID           string          `json:"id"`
	Practitioner string          `json:"practitioner"`
	Location     string          `json:"location"`
	Start        time.Time       `json:"start"`
	End          time.Time       `json:"end"`
	Modality     agenda.Modality `json:"modality"`
	Audience     agenda.Audience `json:"audience"`
	Seats        int             `json:"seats"`
	Free         int             `json:"free"`
	Held         []WireHeld      `json:"held"` // by seat, never null
	Booked       int             `json:"booked"`
	Withdrawn    bool            `json:"withdrawn"`
	Extra        bool            `json:"extra,omitempty"` // en sus
}

// WireHeld is a held seat as colleagues see it.
type WireHeld struct {
	By     string    `json:"by"`     // display name
	Holder string    `json:"holder"` // account id
	Until  time.Time `json:"until"`
}

// WireOf returns the wire state of a slot.
func WireOf(s regulation.SlotState) WireSlot {
	held := make([]WireHeld, len(s.Held))
	for i, h := range s.Held {
		held[i] = WireHeld{By: h.By, Holder: h.Holder, Until: h.Until.UTC()}
	}
	return WireSlot{
		ID: s.Slot.ID, Practitioner: s.Slot.Practitioner, Location: s.Slot.Location,
		Start: s.Slot.Start.UTC(), End: s.Slot.End.UTC(),
		Modality: s.Slot.Modality, Audience: s.Slot.Audience,
		Seats: s.Slot.Seats, Free: s.Free(), Held: held, Booked: s.Booked, Withdrawn: s.Slot.Withdrawn(), Extra: s.Slot.Extra,
	}
}

// AppendSlot appends the JSON of WireOf(s), as encoding/json would write it.
func AppendSlot(b []byte, s regulation.SlotState) []byte {
	b = appendText(append(b, `{"id":`...), s.Slot.ID)
	b = appendText(append(b, `,"practitioner":`...), s.Slot.Practitioner)
	b = appendText(append(b, `,"location":`...), s.Slot.Location)
	b = appendTime(append(b, `,"start":`...), s.Slot.Start)
	b = appendTime(append(b, `,"end":`...), s.Slot.End)
	b = appendText(append(b, `,"modality":`...), string(s.Slot.Modality))
	b = appendText(append(b, `,"audience":`...), string(s.Slot.Audience))
	b = appendInt(append(b, `,"seats":`...), s.Slot.Seats)
	b = appendInt(append(b, `,"free":`...), s.Free())
	b = append(b, `,"held":[`...)
	for i, h := range s.Held {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendText(append(b, `{"by":`...), h.By)
		b = appendText(append(b, `,"holder":`...), h.Holder)
		b = appendTime(append(b, `,"until":`...), h.Until)
		b = append(b, '}')
	}
	b = appendInt(append(b, `],"booked":`...), s.Booked)
	b = strconv.AppendBool(append(b, `,"withdrawn":`...), s.Slot.Withdrawn())
	if s.Slot.Extra {
		b = append(b, `,"extra":true`...)
	}
	return append(b, '}')
}

func appendInt(b []byte, n int) []byte { return strconv.AppendInt(b, int64(n), 10) }

func appendTime(b []byte, t time.Time) []byte {
	b = append(b, '"')
	b = t.UTC().AppendFormat(b, time.RFC3339Nano)
	return append(b, '"')
}

// appendText appends a JSON string. Text that needs escaping is rare here, and
// left to encoding/json.
func appendText(b []byte, s string) []byte {
	if !plain(s) {
		quoted, _ := json.Marshal(s) // strings always encode
		return append(b, quoted...)
	}
	b = append(b, '"')
	b = append(b, s...)
	return append(b, '"')
}

// plain reports whether encoding/json writes the text as it is.
func plain(s string) bool {
	for _, r := range s {
		switch {
		case r < ' ', r == '"', r == '\\', r == '<', r == '>', r == '&',
			r == '\u2028', r == '\u2029', r == utf8.RuneError:
			return false
		}
	}
	return true
}
