package notice

import (
	"crypto/sha256"
	"encoding/base64"
	"time"

	"github.com/relais-snp/relais/internal/regulation"
)

// Message is what a device shows. Its JSON is the payload of the push: kind, fixed words and ids, no patient.
type Message struct {
	ID    string `json:"id,omitempty"` // of the notice, to say that it was seen
	Kind  string `json:"kind"`         // a kind of notice, or "trial"
	Title string `json:"title"`
	Body  string `json:"body"`
	URL   string `json:"url"` // path of the page that a tap opens
	// Tag is equal for messages about one thing: a later one replaces an earlier one, here and on the phone.
	Tag          string    `json:"tag"`
	At           time.Time `json:"at"`
	Territory    string    `json:"territory,omitempty"`
	Slot         string    `json:"slot,omitempty"`
	Booking      string    `json:"booking,omitempty"`
	Case         string    `json:"case,omitempty"`
	Solicitation string    `json:"solicitation,omitempty"`
	Offer        string    `json:"offer,omitempty"`
	Request      string    `json:"request,omitempty"`

	// Worth is how long the push service may keep the message for a device that is away.
	Worth  time.Duration `json:"-"`
	Urgent bool          `json:"-"`
}

// messageOf words a notice for the devices of an account, practitioners being those with a phone page. now bounds what it is still
// worth.
func messageOf(n Notice, practitioner bool, now time.Time) Message {
	k := kinds[n.Kind]
	page := k.page
	switch {
	case page != "":
	case practitioner:
		page = phone
	default:
		page = console
	}
	return Message{
		ID: n.ID, Kind: string(n.Kind), Title: k.title, Body: k.body, URL: page, Tag: tagOf(n.Subject()), At: n.At,
		Territory: n.Territory, Slot: n.Slot, Booking: n.Booking, Case: n.Case, Solicitation: n.Solicitation, Offer: n.Offer, Request: n.Request,
		Worth: max(0, n.At.Add(k.worth).Sub(now)), Urgent: k.urgent,
	}
}

func trialMessage(now time.Time) Message {
	return Message{
		Kind: "trial", Title: "Relais", Body: "Les notifications arrivent bien sur cet appareil.", URL: phone, Tag: "trial", At: now,
		Worth: time.Minute, Urgent: true,
	}
}

// tagOf is 32 characters of the alphabet that a Topic may have (RFC 8030, 5.4).
func tagOf(subject string) string {
	sum := sha256.Sum256([]byte("relais.notice:" + subject))
	return base64.RawURLEncoding.EncodeToString(sum[:24])
}

// worthTelling reports whether a notice may still be pushed at a time.
func worthTelling(n Notice, at time.Time) bool { return at.Before(n.At.Add(kinds[n.Kind].worth)) }

// known reports whether there are words for a kind.
func known(k regulation.NoticeKind) bool { return kinds[k].title != "" }
