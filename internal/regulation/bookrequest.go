package regulation

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"strings"
	"time"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/agenda"
	"github.com/relais-snp/relais/internal/fault"
)

// AckSamePatient acknowledges the warning that a patient is booked twice.
const AckSamePatient = "same_patient"

// BookRequest asks for a seat for a patient.
type BookRequest struct {
	Hold        string // token, or
	Slot        string // for a direct booking
	Case        string // "" takes the hold's case
	Patient     Patient
	Reason      string
	Key         string // idempotency key, required
	Acknowledge []string
}

// booking drafts what the request asks for on a slot; a zero hold leaves seat
// and fence to SQL.
func (r BookRequest) booking(id string, a account.Actor, slot agenda.Slot, h Hold, now time.Time) Booking {
	b := Booking{
		ID: id, Slot: slot.ID, Seat: h.Seat, Fence: h.Fence, Case: r.Case,
		Territory: slot.Territory, Practitioner: slot.Practitioner, Location: slot.Location,
		Start: slot.Start, End: slot.End, Modality: slot.Modality,
		State: StateBooked, BookedAt: now, BookedBy: a.ID, Revision: 1, ChangedAt: now,
		Patient: r.Patient, Reason: strings.TrimSpace(r.Reason),
	}
	if b.Case == "" {
		b.Case = h.Case
	}
	return b
}

func (r BookRequest) check(now time.Time) error {
	bad := checkPatient(r.Patient, "patient.", now)
	bad = append(bad, checkText("reason", r.Reason)...)
	if (r.Hold == "") == (r.Slot == "") {
		bad = append(bad, fault.Field{Name: "hold", Reason: "booking.hold_or_slot",
			Message: "Indiquez soit le créneau retenu, soit le créneau lui-même."})
	}
	if len(r.Key) < 8 || len(r.Key) > 100 {
		bad = append(bad, fault.Field{Name: "key", Reason: "request.key_missing",
			Message: "Une clé d’idempotence de 8 à 100 caractères est nécessaire."})
	}
	for _, ack := range r.Acknowledge {
		if ack != AckSamePatient {
			bad = append(bad, fault.Field{Name: "acknowledge", Reason: "booking.acknowledge",
				Message: "Cet avertissement est inconnu."})
		}
	}
	return fault.Fields("booking.invalid", "La réservation contient des erreurs.", bad...)
}

// digest tells one request from another under the same key. What the regulator
// acknowledges is not part of it: a warned request is repeated with its key.
func (r BookRequest) digest() string {
	r.Key, r.Acknowledge = "", nil
	body, _ := json.Marshal(r) // plain fields: cannot fail
	sum := sha256.Sum256(body)
	return hex.EncodeToString(sum[:])
}

// secret is that of a direct booking's own hold: the same for a repetition, which
// then has the seat that the first is at work on, instead of finding it taken by
// itself.
func (r BookRequest) secret(a account.Actor) string {
	sum := sha256.Sum256([]byte(strings.Join(append([]string{a.ID, r.Key, r.digest()}, r.Acknowledge...), "\n")))
	return hex.EncodeToString(sum[:])
}
