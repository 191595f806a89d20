package attribution

import (
	"context"
	"time"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/audit"
	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/territory"
)

// Service is the use cases of attribution. Every method authorises its actor
// through account.Can and answers faults with stable reasons. What is of another
// territory is unknown, not forbidden.
type Service struct {
	Store       Store
	People      People
	Territories Territories
	Notifier    Notifier
	Rules       Rules
	// Lands lists the ids of the territories, for work that comes back.
	Lands func() []string
	Now   func() time.Time
	NewID func() string // UUIDv7
	Draw  func() uint64 // 53 random bits
}

// system is the actor of what the service does by itself.
const system = "system"

// act is an audit entry of an account at now.
func act(now time.Time, by, action, target, territory, detail string) audit.Entry {
	return audit.Entry{At: now, Actor: by, Action: action, Target: target, Territory: territory, Detail: detail}
}

// auditRead records that the actor saw patients' identities, a page of them at
// once. Nothing is returned to the actor when the entries cannot be kept.
func (s *Service) auditRead(ctx context.Context, seen ...audit.Entry) error {
	if len(seen) == 0 {
		return nil
	}
	return s.Store.InTx(ctx, func(ctx context.Context, tx Tx) error { return tx.AuditAll(ctx, seen) })
}

// happened adds an event to a request's history.
func (s *Service) happened(ctx context.Context, tx Tx, e Event) error {
	e.ID = s.NewID()
	return tx.AddEvent(ctx, e)
}

// seen is the audit entry of a reading of a request's identity.
func seen(now time.Time, a account.Actor, r Request) audit.Entry {
	return act(now, a.ID, "mt.patient.read", "mt_request:"+r.ID, r.Territory, "")
}

// today is the civil day of a territory at now.
func today(t territory.Territory, now time.Time) civil.Date { return civil.DateOf(now, t.Zone) }

// momentOf says when a territory's offers are counted at now: in its current quarter.
func momentOf(t territory.Territory, now time.Time) Moment {
	q := QuarterOf(today(t, now))
	return Moment{Now: now, From: civil.Day(q.First(), t.Zone).Start, To: civil.Day(q.Last(), t.Zone).End}
}
