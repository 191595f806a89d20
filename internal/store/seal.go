package store

import (
	"encoding/hex"
	"encoding/json"
	"strings"

	"github.com/relais-snp/relais/internal/fault"
	"github.com/relais-snp/relais/internal/territory"
)

// sealed is a value as a row keeps it: its bytes and the key that opens them.
// Both are NULL for nothing, and after an erasure.
type sealed struct {
	text []byte
	key  *int64
}

// place says where a sealed value lives, so that bytes moved to another row or
// column do not open.
type place struct{ table, column, row string }

func (p place) bytes() []byte { return []byte(p.table + "." + p.column + ":" + p.row) }

// seal encrypts v's JSON for its place.
func (k *Keys) seal(at place, v any) (sealed, error) {
	plain, err := json.Marshal(v)
	if err != nil {
		return sealed{}, fault.Of(err)
	}
	k.mu.RLock()
	defer k.mu.RUnlock()
	text, err := k.aead.Encrypt(plain, at.bytes())
	if err != nil {
		return sealed{}, ErrSealed.Because(err)
	}
	key := int64(k.primary)
	return sealed{text, &key}, nil
}

// open decrypts into v, which stays as it is when there is nothing. It returns
// ErrSealed when the key is missing or the bytes belong elsewhere.
func (k *Keys) open(at place, s sealed, v any) error {
	if len(s.text) == 0 {
		return nil
	}
	k.mu.RLock()
	defer k.mu.RUnlock()
	plain, err := k.aead.Decrypt(s.text, at.bytes())
	if err != nil {
		return ErrSealed.Because(err)
	}
	return json.Unmarshal(plain, v)
}

// nameHash is what a patient is looked up by: a keyed hash of the family name
// without accents, case, hyphens and spaces. Without the key it tells nothing.
func (k *Keys) nameHash(family string) ([]byte, error) {
	k.mu.RLock()
	defer k.mu.RUnlock()
	hash, err := k.prf.ComputePrimaryPRF([]byte("patient.family:"+normalName(family)), 16)
	if err != nil {
		return nil, ErrSealed.Because(err)
	}
	return hash, nil
}

// mark hides a request's digest: it is made of a patient's identity, which could
// be guessed from a bare hash. Only equal digests can be told, with the key.
func (k *Keys) mark(digest string) (string, error) {
	k.mu.RLock()
	defer k.mu.RUnlock()
	hash, err := k.prf.ComputePrimaryPRF([]byte("request.digest:"+digest), 32)
	if err != nil {
		return "", ErrSealed.Because(err)
	}
	return hex.EncodeToString(hash), nil
}

func normalName(family string) string {
	return strings.ReplaceAll(territory.Fold(family), " ", "")
}
