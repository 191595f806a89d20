package app

import (
	"context"
	"time"

	"github.com/relais-snp/relais/internal/agenda"
	"github.com/relais-snp/relais/internal/attribution"
	"github.com/relais-snp/relais/internal/regulation"
)

// nowhere is a live engine that is away, with nobody to tell: the present while
// a past is simulated.
type nowhere struct{ regulation.Away }

var (
	_ regulation.Notifier  = nowhere{}
	_ attribution.Notifier = nowhere{}
	_ agenda.Present       = nowhere{}
	_ agenda.Deliverer     = nowhere{}
)

func (nowhere) Guard(context.Context, string, string, time.Time) error {
	return regulation.ErrEngineAway
}

// Deliver leaves announcements in the outbox.
func (nowhere) Deliver(context.Context, ...agenda.Announcement) {}

func (nowhere) Notify(context.Context, regulation.Notice) {}

func (nowhere) NotifyAttribution(context.Context, attribution.Notice) {}
