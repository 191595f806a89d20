package store

import (
	"cmp"
	"context"
	"encoding/hex"
	"slices"
	"strconv"

	"github.com/relais-snp/relais/internal/indicator"
)

const evidenceTable = "mission_evidence"

const selectEvidence = `SELECT id, territory, kind, size, by_whom, at, name, name_key FROM mission_evidence`

// fileHash names a file by a keyed hash of its territory and content: a list of
// people could be guessed from a bare one.
func (k *Keys) fileHash(territory string, content []byte) (string, error) {
	k.mu.RLock()
	defer k.mu.RUnlock()
	head := "evidence:" + strconv.Itoa(len(territory)) + ":" + territory + ":"
	hash, err := k.prf.ComputePrimaryPRF(append([]byte(head), content...), 32)
	if err != nil {
		return "", ErrSealed.Because(err)
	}
	return hex.EncodeToString(hash), nil
}

// AddEvidence keeps a file and returns it as it is kept: the same content twice
// is the first one.
func (t *tx) AddEvidence(ctx context.Context, e indicator.Evidence, content []byte) (indicator.Evidence, error) {
	hash, err := t.db.keys.fileHash(e.Territory, content)
	if err != nil {
		return e, err
	}
	e.Hash = hash
	name, err := t.db.keys.seal(place{evidenceTable, "name", hash}, e.Name)
	if err != nil {
		return e, err
	}
	body, err := t.db.keys.seal(place{evidenceTable, "content", hash}, content)
	if err != nil {
		return e, err
	}
	err = run(ctx, t, `INSERT INTO mission_evidence (id, territory, kind, size, by_whom, at, name, name_key, content, content_key)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (id) DO NOTHING`,
		hash, e.Territory, e.Type, e.Size, e.By, stamp(e.At), name.text, name.key, body.text, body.key)
	if err != nil {
		return e, err
	}
	return one(ctx, t, indicator.ErrEvidenceUnknown, t.db.scanEvidence, selectEvidence+` WHERE id = $1`, hash)
}

// EvidenceKept counts a territory's files and their bytes; until the end others
// wait with theirs.
func (t *tx) EvidenceKept(ctx context.Context, territory string) (files int, size int64, err error) {
	if err := t.claims(ctx, "evidence\n"+territory); err != nil {
		return 0, 0, err
	}
	files, err = one(ctx, t, indicator.ErrEvidenceUnknown, func(row scanner) (n int, err error) { return n, row.Scan(&n, &size) },
		`SELECT count(*), CAST(COALESCE(sum(size), 0) AS BIGINT) FROM mission_evidence WHERE territory = $1`, territory)
	return files, size, err
}

// Evidence returns a territory's file and its bytes; indicator.ErrEvidenceUnknown.
func (i Indicators) Evidence(ctx context.Context, territory, hash string) (indicator.Evidence, []byte, error) {
	e, err := one(ctx, i.DB, indicator.ErrEvidenceUnknown, i.DB.scanEvidence, selectEvidence+` WHERE id = $1 AND territory = $2`, hash, territory)
	if err != nil {
		return indicator.Evidence{}, nil, err
	}
	body, err := one(ctx, i.DB, indicator.ErrEvidenceUnknown, scanSealed, `SELECT id, content, content_key FROM mission_evidence WHERE id = $1`, hash)
	if err != nil {
		return indicator.Evidence{}, nil, err
	}
	var content []byte
	err = i.DB.keys.open(place{evidenceTable, "content", hash}, body.sealed, &content)
	return e, content, err
}

// EvidenceNamed returns those of the hashes that the territory keeps, all of them
// without a hash, by name.
func (i Indicators) EvidenceNamed(ctx context.Context, territory string, hashes ...string) ([]indicator.Evidence, error) {
	all, err := list(ctx, i.DB, i.DB.scanEvidence, selectEvidence+` WHERE territory = $1 ORDER BY id`, territory)
	if err != nil {
		return nil, err
	}
	if len(hashes) > 0 {
		asked := map[string]bool{}
		for _, hash := range hashes {
			asked[hash] = true
		}
		all = slices.DeleteFunc(all, func(e indicator.Evidence) bool { return !asked[e.Hash] })
	}
	slices.SortStableFunc(all, func(a, b indicator.Evidence) int { return cmp.Compare(a.Name, b.Name) })
	return all, nil
}

func (db *DB) scanEvidence(row scanner) (e indicator.Evidence, err error) {
	var name sealed
	err = row.Scan(&e.Hash, &e.Territory, &e.Type, &e.Size, &e.By, instant{&e.At}, &name.text, &name.key)
	if err != nil {
		return e, err
	}
	return e, db.keys.open(place{evidenceTable, "name", e.Hash}, name, &e.Name)
}
