package store

import (
	"context"

	"github.com/relais-snp/relais/internal/attribution"
)

// RequestFacts returns every request of a territory, erased or not, without a
// word of who it is about.
func (a Attribution) RequestFacts(ctx context.Context, territory string) ([]attribution.RequestFact, error) {
	return list(ctx, a.DB, scanRequestFact, `SELECT origin, commune, tier, criteria_held, state, since_day, accepted_at, attached_on, closed_at,
  closed_reason FROM mt_requests WHERE territory = $1 ORDER BY tier, since_day, draw, id`, territory)
}

// OfferFacts returns every offer of a territory.
func (a Attribution) OfferFacts(ctx context.Context, territory string) ([]attribution.OfferFact, error) {
	return list(ctx, a.DB, scanOfferFact, `SELECT state, sent_at, expires_at, answered_at, call_asked_at IS NOT NULL, reason
FROM mt_offers WHERE territory = $1 ORDER BY sent_at, id`, territory)
}

func scanRequestFact(row scanner) (f attribution.RequestFact, err error) {
	err = row.Scan(&f.Origin, &f.Commune, &f.Tier, &f.Criteria, &f.State, day{&f.Since}, instant{&f.AcceptedAt}, day{&f.AttachedOn},
		instant{&f.ClosedAt}, &f.ClosedReason)
	return f, err
}

func scanOfferFact(row scanner) (f attribution.OfferFact, err error) {
	err = row.Scan(&f.State, instant{&f.SentAt}, instant{&f.ExpiresAt}, instant{&f.AnsweredAt}, &f.CallAsked, &f.Reason)
	return f, err
}
