package proof

import "time"

// The types of the contract, as far as the proofs need them.

// Slot is a slot's state on the wire: over HTTP and on the live line alike.
type Slot struct {
	ID           string    `json:"id"`
	Practitioner string    `json:"practitioner"`
	Location     string    `json:"location"`
	Start        time.Time `json:"start"`
	End          time.Time `json:"end"`
	Modality     string    `json:"modality"`
	Audience     string    `json:"audience"`
	Seats        int       `json:"seats"`
	Free         int       `json:"free"`
	Held         []Held    `json:"held"`
	Booked       int       `json:"booked"`
	Withdrawn    bool      `json:"withdrawn"`
}

// Held is a seat that a colleague holds.
type Held struct {
	By     string    `json:"by"`     // display name
	Holder string    `json:"holder"` // account id
	Until  time.Time `json:"until"`
}

// Hold is a seat that is ours for a while.
type Hold struct {
	Token     string    `json:"token"`
	Slot      string    `json:"slot"`
	ExpiresAt time.Time `json:"expiresAt"`
	Extended  bool      `json:"extended"`
}

// Patient is who comes; only Family is required.
type Patient struct {
	Family    string `json:"family"`
	Given     string `json:"given,omitempty"`
	BirthDate string `json:"birthDate,omitempty"`
	Phone     string `json:"phone,omitempty"`
}

// Booking is a seat taken. Over HTTP and on the live line it reads the same.
type Booking struct {
	ID           string    `json:"id"`
	Slot         string    `json:"slot"`
	Start        time.Time `json:"start"`
	Practitioner string    `json:"practitioner"`
	State        string    `json:"state"` // booked, honoured, no_show, cancelled
	By           string    `json:"by"`    // display name
	Case         string    `json:"case,omitempty"`
	Patient      *Patient  `json:"patient,omitempty"`
}

// Live reports whether the booking takes a seat.
func (b Booking) Live() bool { return b.State != "cancelled" }

// NewBooking asks for a seat: exactly one of Hold and Slot.
type NewBooking struct {
	Hold    string  `json:"hold,omitempty"`
	Slot    string  `json:"slot,omitempty"`
	Case    string  `json:"case,omitempty"`
	Patient Patient `json:"patient"`
	Reason  string  `json:"reason,omitempty"`
}

// NewOpening is what a GP publishes: SlotMinutes or Seats.
type NewOpening struct {
	Location    string    `json:"location"`
	Start       time.Time `json:"start"`
	End         time.Time `json:"end"`
	SlotMinutes int       `json:"slotMinutes,omitempty"`
	Seats       int       `json:"seats,omitempty"`
	Modality    string    `json:"modality"`
	Audience    string    `json:"audience"`
}

// Opening is what was published, with its slots.
type Opening struct {
	ID    string `json:"id"`
	Slots []Slot `json:"slots"`
}

// NewCase is a caller on the line.
type NewCase struct {
	Territory string   `json:"territory"`
	Commune   string   `json:"commune,omitempty"`
	Reason    string   `json:"reason,omitempty"`
	Patient   *Patient `json:"patient,omitempty"`
}

// Case is a caller, and how the call ended.
type Case struct {
	ID      string `json:"id"`
	State   string `json:"state"` // open, closed
	Outcome string `json:"outcome,omitempty"`
}

// Me is the signed-in person.
type Me struct {
	ID           string   `json:"id"`
	Name         string   `json:"name"`
	Roles        []string `json:"roles"`
	Practitioner string   `json:"practitioner,omitempty"`
}

// Practitioner is a GP with the places they work at.
type Practitioner struct {
	ID        string `json:"id"`
	Name      string `json:"name"`
	Locations []struct {
		ID string `json:"id"`
	} `json:"locations"`
}

// Fill is the fill rate of a period; Fill is nil when nothing was offered.
type Fill struct {
	Total struct {
		Offered int      `json:"offered"`
		Taken   int      `json:"taken"`
		Fill    *float64 `json:"fill"`
	} `json:"total"`
}

// Feed is a private calendar address, its URL shown once.
type Feed struct {
	ID  string `json:"id"`
	URL string `json:"url"`
}

// Board is the present of a territory over HTTP. Degraded tells that the live
// engine is away, and with it the holds.
type Board struct {
	Slots    []Slot
	Degraded bool
}
