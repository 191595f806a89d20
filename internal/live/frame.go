package live

import (
	"encoding/json"
	"strconv"
	"sync"
	"time"

	"github.com/relais-snp/relais/internal/regulation"
)

// Frame is one message of the live protocol, encoded once and shared by all
// the consoles that receive it. It is never altered.
type Frame struct {
	JSON []byte

	notice   bool // which no snapshot brings again
	once     sync.Once
	prepared any
}

// Prepared returns what build makes of the frame's JSON. build runs once for
// all consoles; it is how a transport prepares its own bytes once.
func (f *Frame) Prepared(build func(json []byte) any) any {
	f.once.Do(func() { f.prepared = build(f.JSON) })
	return f.prepared
}

// The frames, field by field as the live protocol writes them.

func head(kind, territory string, room int) []byte {
	b := make([]byte, 0, 128+room)
	b = append(append(append(b, `{"type":"`...), kind...), `","territory":`...)
	return appendText(b, territory)
}

func appendSeq(b []byte, key string, seq int64) []byte {
	b = append(append(append(b, `,"`...), key...), `":`...)
	return strconv.AppendInt(b, seq, 10)
}

func appendEpoch(b []byte, p Position) []byte {
	return appendText(append(b, `,"epoch":`...), p.Epoch)
}

func appendSlots(b []byte, slots [][]byte) []byte {
	b = append(b, `,"slots":[`...)
	for i, s := range slots {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(b, s...)
	}
	return append(b, "]}"...)
}

func snapshotFrame(territory string, at Position, now time.Time, slots [][]byte) *Frame {
	b := appendEpoch(head("snapshot", territory, size(slots)), at)
	b = appendTime(append(appendSeq(b, "seq", at.Seq), `,"now":`...), now)
	return &Frame{JSON: appendSlots(b, slots)}
}

func deltaFrame(territory string, from int64, to Position, slots [][]byte) *Frame {
	b := appendEpoch(head("delta", territory, size(slots)), to)
	return &Frame{JSON: appendSlots(appendSeq(appendSeq(b, "from", from), "to", to.Seq), slots)}
}

func tickFrame(territory string, at Position, now time.Time) *Frame {
	b := appendSeq(appendEpoch(head("tick", territory, 0), at), "seq", at.Seq)
	return &Frame{JSON: append(appendTime(append(b, `,"now":`...), now), '}')}
}

func awayFrame(territory string) *Frame {
	return &Frame{JSON: append(head("away", territory, 0), '}')}
}

func presenceFrame(territory string, who []Focus) *Frame {
	list, _ := json.Marshal(who) // plain strings: cannot fail
	b := append(head("presence", territory, len(list)), `,"who":`...)
	return &Frame{JSON: append(append(b, list...), '}')}
}

// wireNotice is a notice as its receiver sees it.
type wireNotice struct {
	Type      string                `json:"type"`
	Kind      regulation.NoticeKind `json:"kind"`
	Territory string                `json:"territory"`
	Slot      string                `json:"slot,omitempty"`
	Booking   string                `json:"booking,omitempty"`
	Case      string                `json:"case,omitempty"`
	// Solicitation is absent from notices of anything else, whose bytes stay as they were.
	Solicitation string `json:"solicitation,omitempty"`
	Offer        string `json:"offer,omitempty"`   // like solicitation
	Request      string `json:"request,omitempty"` // like solicitation
}

func noticeFrame(n regulation.Notice) *Frame {
	b, _ := json.Marshal(wireNotice{"notice", n.Kind, n.Territory, n.Slot, n.Booking, n.Case, n.Solicitation, n.Offer, n.Request}) // plain strings
	return &Frame{JSON: b, notice: true}
}

func size(slots [][]byte) int {
	n := len(slots)
	for _, s := range slots {
		n += len(s)
	}
	return n
}
