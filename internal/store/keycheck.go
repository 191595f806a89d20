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

// checkKeys seals a word on first use and opens it on every later start, so that
// a lost key file is noticed before anything is sealed with another one.
func (db *DB) checkKeys(ctx context.Context) error {
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
		_, encoded, _ := strings.Cut(kept, ":")
		sealedText, err := base64.StdEncoding.DecodeString(encoded)
		if err != nil {
			return ErrKeyMismatch.Because(err)
		}
		var word string
		if err := db.keys.open(place{"meta", "value", canary}, sealed{text: sealedText}, &word); err != nil {
			return ErrKeyMismatch.Because(err)
		}
		return nil
	})
}
