package notice

import (
	"crypto/ecdh"
	"encoding/base64"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/relais-snp/relais/internal/fault"
)

// MaxDevices is how many devices one account may have.
const MaxDevices = 10

// Device is a subscription to Web Push: a browser on somebody's phone or desk.
type Device struct {
	ID      string
	Account string
	Name    string // as its owner calls it, "" when they do not
	// Endpoint is the address of the push service for this device; who knows it can write to the device, so it is sealed at rest.
	Endpoint string
	// P256dh and Auth are the device's public key and secret, base64url (RFC 8291, 3).
	P256dh, Auth string

	CreatedAt  time.Time
	LastSentAt time.Time // when the push service last took something for it; zero for never
	Failures   int       // in a row since then
}

// Subscription is what a browser says of itself (PushSubscription.toJSON).
type Subscription struct {
	Endpoint, P256dh, Auth string
	Device                 string
}

const maxDeviceName = 80

// check returns the subscription in its plain form, or "notice.invalid" with every broken field.
func (s Subscription) check(hosts Hosts) (Subscription, error) {
	var fields []fault.Field
	if _, problem := hosts.Check(s.Endpoint); problem != nil {
		fields = append(fields, *problem)
	}
	s.P256dh, s.Auth = strings.TrimRight(s.P256dh, "="), strings.TrimRight(s.Auth, "=")
	if raw, err := base64.RawURLEncoding.DecodeString(s.P256dh); err != nil || !onCurve(raw) {
		fields = append(fields, broken("keys.p256dh", "notice.key", "Cette clé d’appareil n’est pas valable."))
	}
	if raw, err := base64.RawURLEncoding.DecodeString(s.Auth); err != nil || len(raw) != 16 {
		fields = append(fields, broken("keys.auth", "notice.key", "Ce secret d’appareil n’est pas valable."))
	}
	s.Device = strings.TrimSpace(s.Device)
	if utf8.RuneCountInString(s.Device) > maxDeviceName || strings.ContainsFunc(s.Device, func(r rune) bool { return r < ' ' || r == 0x7f }) {
		fields = append(fields, broken("device", "notice.device_name", "Ce nom d’appareil est trop long ou illisible."))
	}
	return s, invalid(fields...)
}

// onCurve reports whether a key is a point of P-256, uncompressed.
func onCurve(raw []byte) bool {
	_, err := ecdh.P256().NewPublicKey(raw)
	return err == nil
}
