package store

import (
	"context"
	"time"

	"github.com/relais-snp/relais/internal/attribution"
)

const selectOffer = `SELECT id, territory, request, practitioner, plan, sent_by, sent_at, expires_at, state, call_asked_at, answered_at,
  answered_by, reason, note, note_key, metres, unlocated, known, revision FROM mt_offers`

const insertOffer = `INSERT INTO mt_offers (id, territory, request, practitioner, plan, sent_by, sent_at, expires_at, state, call_asked_at,
  answered_at, answered_by, reason, note, note_key, metres, unlocated, known, revision)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, 1)
ON CONFLICT (request) WHERE state IN ('pending', 'accepted') DO NOTHING`

// Offer returns one; attribution.ErrOfferUnknown.
func (a Attribution) Offer(ctx context.Context, id string) (attribution.Offer, error) {
	return one(ctx, a.DB, attribution.ErrOfferUnknown, a.DB.scanOffer, selectOffer+` WHERE id = $1`, id)
}

// Offers lists a page, latest sent first.
func (a Attribution) Offers(ctx context.Context, q attribution.OfferQuery) ([]attribution.Offer, error) {
	var w filter
	w.add("territory = ?", q.Territory)
	w.addIf(q.Practitioner != "", "practitioner = ?", q.Practitioner)
	w.addIf(q.Request != "", "request = ?", q.Request)
	if len(q.States) > 0 {
		w.add("state IN "+marks(len(q.States)), anys(q.States)...)
	}
	w.addIf(q.After.ID != "", "(sent_at, id) < (?, ?)", stamp(q.After.SentAt), q.After.ID)
	return list(ctx, a.DB, a.DB.scanOffer, selectOffer+w.where()+` ORDER BY sent_at DESC, id DESC`+w.limit(q.Limit), w.args...)
}

// Overdue lists the pending offers that are past their end, oldest first.
func (a Attribution) Overdue(ctx context.Context, now time.Time, limit int) ([]attribution.Offer, error) {
	return list(ctx, a.DB, a.DB.scanOffer,
		selectOffer+` WHERE state = 'pending' AND expires_at <= $1 ORDER BY expires_at, id LIMIT $2`, stamp(now), limit)
}

// Offer locks and returns one; attribution.ErrOfferUnknown.
func (t *tx) Offer(ctx context.Context, id string) (attribution.Offer, error) {
	return one(ctx, t, attribution.ErrOfferUnknown, t.db.scanOffer, t.locking(selectOffer+` WHERE id = $1`), id)
}

// AddOffer inserts one, of revision 1; attribution.ErrAlreadyOffered when its request has
// one that is live.
func (t *tx) AddOffer(ctx context.Context, o attribution.Offer) error {
	note, err := t.db.keys.sealNote(offerPlace(o.ID), o.Note)
	if err != nil {
		return err
	}
	return changed(ctx, t, attribution.ErrAlreadyOffered, insertOffer, o.ID, o.Territory, o.Request, o.Practitioner, orNull(o.Plan), o.SentBy,
		stamp(o.SentAt), stamp(o.ExpiresAt), o.State, stamp(o.CallAskedAt), stamp(o.AnsweredAt), o.AnsweredBy, o.Reason, note.text, note.key,
		o.Metres, o.Unlocated, o.Known)
}

// SaveOffer writes state, answer and call. Nothing of an erased request's is
// sealed again.
func (t *tx) SaveOffer(ctx context.Context, o attribution.Offer) error {
	note, err := t.db.keys.sealNote(offerPlace(o.ID), o.Note)
	if err != nil {
		return err
	}
	err = changed(ctx, t, attribution.ErrOfferUnknown, `UPDATE mt_offers SET state = $2, call_asked_at = $3, answered_at = $4, answered_by = $5,
  reason = $6, note = $7, note_key = $8, revision = revision + 1 WHERE id = $1`,
		o.ID, o.State, stamp(o.CallAskedAt), stamp(o.AnsweredAt), o.AnsweredBy, o.Reason, note.text, note.key)
	if err != nil || o.Note == "" {
		return err
	}
	return t.keepErased(ctx, "mt_offers", o.ID)
}

func offerPlace(id string) place { return place{"mt_offers", "note", id} }

func (db *DB) scanOffer(row scanner) (o attribution.Offer, err error) {
	var note sealed
	err = row.Scan(&o.ID, &o.Territory, &o.Request, &o.Practitioner, text{&o.Plan}, &o.SentBy, instant{&o.SentAt}, instant{&o.ExpiresAt}, &o.State,
		instant{&o.CallAskedAt}, instant{&o.AnsweredAt}, &o.AnsweredBy, &o.Reason, &note.text, &note.key, &o.Metres, &o.Unlocated, &o.Known,
		&o.Revision)
	if err != nil {
		return o, err
	}
	return o, db.keys.open(offerPlace(o.ID), note, &o.Note)
}
