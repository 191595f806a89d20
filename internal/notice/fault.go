package notice

import (
	"errors"
	"fmt"
	"time"

	"github.com/relais-snp/relais/internal/fault"
)

// The refusals of notices.
var (
	// ErrDeviceUnknown is the one answer to a device that is not there and to somebody else's.
	ErrDeviceUnknown = fault.New(fault.NotFound, "notice.device_unknown", "Cet appareil n’est plus abonné.")
	ErrDeviceLimit   = fault.New(fault.Conflict, "notice.device_limit", "Dix appareils sont déjà abonnés ; retirez-en un d’abord.")
)

// What a Pusher answers apart from nil, which is "taken", and Deferred.
var (
	// ErrGone says that the push service no longer knows the device (RFC 8030, 7.3).
	ErrGone = errors.New("the subscription is over")
	// ErrRefused says that the push service does not take the message, and would not take it again.
	ErrRefused = errors.New("the push service refused the message")
)

// Deferred says that the message may pass later.
type Deferred struct {
	After time.Duration // at the earliest, 0 when nobody said
	Why   string        // status or sort of failure, without address
}

// Error says why.
func (d *Deferred) Error() string { return fmt.Sprintf("deferred: %s", d.Why) }

func invalid(fields ...fault.Field) error {
	return fault.Fields("notice.invalid", "Cet abonnement n’est pas possible.", fields...)
}

func broken(name, reason, message string) fault.Field {
	return fault.Field{Name: name, Reason: reason, Message: message}
}
