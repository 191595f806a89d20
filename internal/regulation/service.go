package regulation

import (
	"context"
	"slices"
	"time"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/agenda"
	"github.com/relais-snp/relais/internal/audit"
	"github.com/relais-snp/relais/internal/fault"
)

// Service is the use cases of regulation. Every method authorises its actor
// through account.Can and answers faults with stable reasons.
type Service struct {
	Store       Store
	Present     Present
	Boards      Boards
	Deliverer   agenda.Deliverer
	Notifier    Notifier
	Territories Territories
	People      People
	Rules       Rules
	Now         func() time.Time
	NewID       func() string // UUIDv7
	NewSecret   func() string // 128 random bits as URL-safe text
}

// target describes a slot for account.Can.
func (s *Service) target(slot agenda.Slot) account.Target {
	return account.Target{
		Territory:         slot.Territory,
		Practitioner:      slot.Practitioner,
		ForCPTS:           slot.Audience == agenda.ForCPTS,
		ProfessionalsBook: slices.Contains(s.Rules.ProfessionalsBook, slot.Territory),
	}
}

// act is an audit entry of the actor at now.
func act(now time.Time, a account.Actor, action, target, territory, detail string) audit.Entry {
	return audit.Entry{At: now, Actor: a.ID, Action: action, Target: target, Territory: territory, Detail: detail}
}

// auditRead records that the actor saw patients' identities, a page of them at
// once. Nothing is returned to the actor when the entries cannot be kept.
func (s *Service) auditRead(ctx context.Context, seen ...audit.Entry) error {
	if len(seen) == 0 {
		return nil
	}
	return s.Store.InTx(ctx, func(ctx context.Context, tx Tx) error { return tx.AuditAll(ctx, seen) })
}

// away reports whether an error means that the live engine cannot be asked.
func away(err error) bool { return fault.Reason(err) == ErrEngineAway.Reason }

// settled reports whether an error is a decision. After any other error a
// transaction may have been committed without us knowing.
func settled(err error) bool {
	k := fault.Of(err).Kind
	return k != fault.Internal && k != fault.Unavailable
}
