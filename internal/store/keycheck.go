package store

import (
	"context"
	"encoding/base64"
	"strconv"
	"strings"

	"github.com/relais-snp/relais/internal/fault"
)

// ErrKeyMismatch says that the key file is not the one this database was sealed
// with. Nothing was changed.
var ErrKeyMismatch = fault.New(fault.Internal, "store.key_mismatch",
	"Le fichier de clés n’est pas celui de cette base de données : remettez l’ancien fichier en place.")

const canary = "keys.canary"

// Keyed reports whether a key file belongs to the database already: a new one
// would not open what it holds. It changes nothing, and needs no right keys.
func (db *DB) Keyed(ctx context.Context) (bool, error) {
	_, keyed, err := db.keptCanary(ctx)
	return keyed, err
}

// CheckKeys returns ErrKeyMismatch when the database was sealed with other keys
// than these. It changes nothing; Migrate does the same on every start.
func (db *DB) CheckKeys(ctx context.Context) error {
	kept, keyed, err := db.keptCanary(ctx)
	if err != nil || !keyed {
		return err
	}
	return db.opens(kept)
}

func (db *DB) keptCanary(ctx context.Context) (kept string, keyed bool, err error) {
	if made, err := db.Made(ctx); err != nil || !made {
		return "", false, err
	}
	return first(list(ctx, db, scanID, `SELECT value FROM meta WHERE name = $1`, canary))
}

// sealCanary seals a word on first use and opens it on every later start, so
// that a lost key file is noticed before anything is sealed with another one.
func (db *DB) sealCanary(ctx context.Context) error {
	fresh, err := db.keys.seal(place{"meta", "value", canary}, "relais")
	if err != nil {
		return err
	}
	return db.inTx(ctx, func(ctx context.Context, t *tx) error {
		drafted := strconv.FormatInt(*fresh.key, 10) + ":" + base64.StdEncoding.EncodeToString(fresh.text)
		kept, err := one(ctx, t, nil, scanID,
			`INSERT INTO meta (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = meta.value RETURNING value`, canary, drafted)
		if err != nil {
			return err
		}
		return db.opens(kept)
	})
}

// opens reports ErrKeyMismatch when the keys do not open a canary.
func (db *DB) opens(kept string) error {
	_, encoded, _ := strings.Cut(kept, ":")
	text, err := base64.StdEncoding.DecodeString(encoded)
	if err != nil {
		return ErrKeyMismatch.Because(err)
	}
	var word string
	if err := db.keys.open(place{"meta", "value", canary}, sealed{text: text}, &word); err != nil {
		return ErrKeyMismatch.Because(err)
	}
	return nil
}
