package store

import (
	"context"

	"github.com/relais-snp/relais/internal/attribution"
)

// AddEvent adds to a request's history. Nothing of an erased one is sealed again.
func (t *tx) AddEvent(ctx context.Context, e attribution.Event) error {
	note, err := t.db.keys.sealNote(eventPlace(e.ID), e.Note)
	if err != nil {
		return err
	}
	err = run(ctx, t, `INSERT INTO mt_events (id, request, at, actor, kind, detail, practitioner, note, note_key)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`, e.ID, e.Request, stamp(e.At), e.Actor, e.Kind, e.Detail, e.Practitioner, note.text, note.key)
	if err != nil || e.Note == "" {
		return err
	}
	return t.keepErased(ctx, "mt_events", e.ID)
}

func eventPlace(id string) place { return place{"mt_events", "note", id} }

// sealNote seals a text that may be missing.
func (k *Keys) sealNote(at place, note string) (sealed, error) {
	if note == "" {
		return sealed{}, nil
	}
	return k.seal(at, note)
}

func (db *DB) scanEvent(row scanner) (e attribution.Event, err error) {
	var note sealed
	err = row.Scan(&e.ID, &e.Request, instant{&e.At}, &e.Actor, &e.Kind, &e.Detail, &e.Practitioner, &note.text, &note.key)
	if err != nil {
		return e, err
	}
	return e, db.keys.open(eventPlace(e.ID), note, &e.Note)
}
