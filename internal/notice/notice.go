package notice

import (
	"slices"
	"time"

	"github.com/relais-snp/relais/internal/regulation"
)

// Kept is how long a notice can be read.
const Kept = 30 * 24 * time.Hour

// Notice is what one account was told, and what became of it.
type Notice struct {
	ID        string // UUIDv7
	Account   string
	Kind      regulation.NoticeKind
	At        time.Time // UTC
	Territory string
	// Slot, Booking, Case, Solicitation, Offer and Request are what it is about; "" for those it is not.
	Slot, Booking, Case, Solicitation, Offer, Request string

	SeenAt   time.Time // zero while nobody said so
	PushedAt time.Time // zero while no device took it
	MailedAt time.Time // zero while no mail left

	// Push is the state of its pushing, Mail of its mailing.
	Push Delivery
	Mail Delivery
	// Done are the devices that need not be asked again: they took it, or it was refused for them.
	Done []string
}

// Delivery is when a notice is to be sent next.
type Delivery struct {
	At    time.Time // zero when there is nothing to send (any more)
	Tries int       // how often it was claimed
}

// Subject is what the notice is about, the same for all that is told of one thing: a later message replaces an earlier one.
func (n Notice) Subject() string {
	for _, id := range []string{n.Offer, n.Solicitation, n.Booking, n.Case, n.Slot, n.Request} {
		if id != "" {
			return id
		}
	}
	return n.ID
}

// Receiver is an account that may be told something.
type Receiver struct {
	Account      string
	Practitioner string // "" for most
	HasDevices   bool   // it has one at least
	WantsMail    bool
	Territories  []string // that they belong to now
}

// hears reports whether a notice is for the receiver. Of a territory that they have left they are told nothing.
func (r Receiver) hears(n regulation.Notice) bool {
	named := n.Account == r.Account || n.Practitioner != "" && n.Practitioner == r.Practitioner
	return named && (n.Territory == "" || slices.Contains(r.Territories, n.Territory))
}

// Query selects notices of one account, newest first.
type Query struct {
	Account    string
	UnseenOnly bool
	Since      time.Time      // required
	After      regulation.Key // of the notice where the page before ended; zero for the first page
	Limit      int
}
