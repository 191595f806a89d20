package store

import (
	"context"
	"strings"
	"time"

	"github.com/relais-snp/relais/internal/regulation"
)

// What those who are asked decide by is read from the case, where its reason is
// sealed.
const selectSolicitation = `SELECT x.id, x.territory, x.case_id, x.state, x.asked_at, x.until_at, x.asked_by, x.settled_at, x.booking,
  (SELECT string_agg(w.practitioner || ':' || w.answer, ' ' ORDER BY w.place) FROM solicited w WHERE w.solicitation = x.id),
  c.commune, c.wished_delay_minutes, c.private, c.private_key
FROM solicitations x JOIN cases c ON c.id = x.case_id`

// Solicitation returns one; regulation.ErrSolicitationUnknown.
func (r Regulation) Solicitation(ctx context.Context, id string) (regulation.Solicitation, error) {
	return one(ctx, r.DB, regulation.ErrSolicitationUnknown, r.DB.scanSolicitation, selectSolicitation+` WHERE x.id = $1`, id)
}

// Solicitations lists them newest first.
func (r Regulation) Solicitations(ctx context.Context, q regulation.SolicitationQuery) ([]regulation.Solicitation, error) {
	var w filter
	w.addIf(q.Territory != "", "x.territory = ?", q.Territory)
	w.addIf(q.Practitioner != "", "x.id IN (SELECT solicitation FROM solicited WHERE practitioner = ?)", q.Practitioner)
	if len(q.Within) > 0 {
		w.add("x.territory IN "+marks(len(q.Within)), anys(q.Within)...)
	}
	w.addIf(q.Case != "", "x.case_id = ?", q.Case)
	w.addIf(q.Waiting, "x.state = 'waiting' AND x.until_at > ?", stamp(q.Now))
	w.addIf(q.After.ID != "", "(x.asked_at, x.id) < (?, ?)", stamp(q.After.At), q.After.ID)
	return list(ctx, r.DB, r.DB.scanSolicitation, selectSolicitation+w.where()+` ORDER BY x.asked_at DESC, x.id DESC`+w.limit(q.Limit), w.args...)
}

// OverdueSolicitations lists those that wait past their time, oldest first.
func (r Regulation) OverdueSolicitations(ctx context.Context, now time.Time, limit int) ([]regulation.Solicitation, error) {
	return list(ctx, r.DB, r.DB.scanSolicitation,
		selectSolicitation+` WHERE x.state = 'waiting' AND x.until_at <= $1 ORDER BY x.until_at, x.id LIMIT $2`, stamp(now), limit)
}

// AddSolicitation inserts one with those asked; regulation.ErrSolicitationWaiting
// when its case has one that waits.
func (t *tx) AddSolicitation(ctx context.Context, x regulation.Solicitation) error {
	err := changed(ctx, t, regulation.ErrSolicitationWaiting, `INSERT INTO solicitations (id, territory, case_id, state, asked_at, until_at, asked_by)
VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (case_id) WHERE state = 'waiting' DO NOTHING`,
		x.ID, x.Territory, x.Case, x.State, stamp(x.AskedAt), stamp(x.Until), x.By)
	if err != nil {
		return err
	}
	args := make([]any, 0, 4*len(x.Asked))
	for i, asked := range x.Asked {
		args = append(args, x.ID, asked.Practitioner, i+1, asked.Answer)
	}
	return run(ctx, t, `INSERT INTO solicited (solicitation, practitioner, place, answer) VALUES `+parameters(len(x.Asked), 4), args...)
}

// Solicitation locks and returns one; regulation.ErrSolicitationUnknown.
func (t *tx) Solicitation(ctx context.Context, id string) (regulation.Solicitation, error) {
	if err := t.lockRow(ctx, `SELECT id FROM solicitations WHERE id = $1`, id); err != nil {
		return regulation.Solicitation{}, err
	}
	return one(ctx, t, regulation.ErrSolicitationUnknown, t.db.scanSolicitation, selectSolicitation+` WHERE x.id = $1`, id)
}

// WaitingSolicitation locks and returns the one of the case that waits. Most
// cases have none, which one short look tells.
func (t *tx) WaitingSolicitation(ctx context.Context, caseID string) (regulation.Solicitation, bool, error) {
	id, waits, err := first(list(ctx, t, scanID, t.locking(`SELECT id FROM solicitations WHERE case_id = $1 AND state = 'waiting'`), caseID))
	if err != nil || !waits {
		return regulation.Solicitation{}, false, err
	}
	x, err := one(ctx, t, regulation.ErrSolicitationUnknown, t.db.scanSolicitation, selectSolicitation+` WHERE x.id = $1`, id)
	return x, err == nil, err
}

// TakeSolicitation accepts a waiting one whose time is not over. Of many at once,
// one finds it waiting.
func (t *tx) TakeSolicitation(ctx context.Context, id string, now time.Time) error {
	return changed(ctx, t, regulation.ErrSolicitationSettled,
		`UPDATE solicitations SET state = 'accepted', settled_at = $2 WHERE id = $1 AND state = 'waiting' AND until_at > $2`, id, stamp(now))
}

// EndSolicitation ends a waiting one without booking.
func (t *tx) EndSolicitation(ctx context.Context, id string, state regulation.SolicitationState, now time.Time) error {
	return changed(ctx, t, regulation.ErrSolicitationSettled,
		`UPDATE solicitations SET state = $2, settled_at = $3 WHERE id = $1 AND state = 'waiting'`, id, state, stamp(now))
}

// NoteBooking keeps what an acceptance made.
func (t *tx) NoteBooking(ctx context.Context, id, booking string) error {
	return changed(ctx, t, regulation.ErrSolicitationUnknown, `UPDATE solicitations SET booking = $2 WHERE id = $1`, id, booking)
}

// NoteAnswer keeps what somebody who was asked said.
func (t *tx) NoteAnswer(ctx context.Context, id, practitioner string, answer regulation.Answer, now time.Time) error {
	return changed(ctx, t, regulation.ErrSolicitationUnknown,
		`UPDATE solicited SET answer = $3, answered_at = $4 WHERE solicitation = $1 AND practitioner = $2`, id, practitioner, answer, stamp(now))
}

func (db *DB) scanSolicitation(row scanner) (x regulation.Solicitation, err error) {
	var asked []string
	var private sealed
	err = row.Scan(&x.ID, &x.Territory, &x.Case, &x.State, instant{&x.AskedAt}, instant{&x.Until}, &x.By, instant{&x.SettledAt}, text{&x.Booking},
		words[string]{&asked}, &x.Commune, &x.WishedDelayMinutes, &private.text, &private.key)
	if err != nil {
		return x, err
	}
	for _, one := range asked {
		who, answer, _ := strings.Cut(one, ":")
		x.Asked = append(x.Asked, regulation.Asked{Practitioner: who, Answer: regulation.Answer(answer)})
	}
	var part privateCase
	err = db.keys.open(place{"cases", "private", x.Case}, private, &part)
	x.Reason = part.Reason
	return x, err
}
