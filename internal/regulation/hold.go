package regulation

import (
	"strings"
	"time"

	"github.com/relais-snp/relais/internal/agenda"
)

// Hold is a seat kept for a case while the regulator talks.
type Hold struct {
	Token     string // secret of its holder; see the package's decisions
	Territory string
	Slot      string
	Seat      int
	Fence     int64
	By        string // account id
	Name      string // shown to colleagues
	Case      string // "" when held without a case
	ExpiresAt time.Time
	Extended  bool
}

// HoldRequest asks the live engine for a seat.
type HoldRequest struct {
	Token     string // made by the caller; the same token twice is one hold
	Territory string
	Slot      string
	By, Name  string
	Case      string
	Now       time.Time
	Until     time.Time
	Limit     int // holds this person may have at a time; 0 for no limit (direct booking)
	// Pinned asks for a hold that direct booking uses at once: it does not
	// count against the limit.
	Pinned bool
}

// HeldSeat is a hold as colleagues see it: no token, no case.
type HeldSeat struct {
	By     string // display name
	Holder string // account id
	Until  time.Time
}

// SlotState is a slot as it stands now, for boards.
type SlotState struct {
	Slot   agenda.Slot
	Booked int
	Held   []HeldSeat // by seat
}

// Free counts the seats that can be held or booked, the slot's start left
// aside.
func (s SlotState) Free() int {
	if s.Slot.Withdrawn() {
		return 0
	}
	return max(0, s.Slot.Seats-s.Booked-len(s.Held))
}

// Available reports whether a seat can be taken at now.
func (s SlotState) Available(now time.Time) bool {
	return s.Free() > 0 && s.Slot.Start.After(now)
}

// TokenFor joins a hold's routing and its secret.
func TokenFor(territory, slot, secret string) string {
	return territory + "~" + slot + "~" + secret
}

// SplitToken returns the territory and slot that a token names; ok is false
// for text of another shape. It proves nothing about the hold.
func SplitToken(token string) (territory, slot string, ok bool) {
	parts := strings.Split(token, "~")
	if len(parts) != 3 || parts[0] == "" || parts[1] == "" || parts[2] == "" {
		return "", "", false
	}
	return parts[0], parts[1], true
}
