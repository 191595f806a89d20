package store

import (
	"bytes"
	"encoding/json"
	"fmt"
	"sync"

	"github.com/tink-crypto/tink-go/v2/aead"
	"github.com/tink-crypto/tink-go/v2/insecurecleartextkeyset"
	"github.com/tink-crypto/tink-go/v2/keyset"
	"github.com/tink-crypto/tink-go/v2/prf"
	"github.com/tink-crypto/tink-go/v2/tink"

	"github.com/relais-snp/relais/internal/fault"
)

// ErrSealed says that a sealed field cannot be opened: its key is not in the key
// file, or the row was tampered with.
var ErrSealed = fault.New(fault.Internal, "store.sealed", "Une donnée protégée ne peut pas être relue : vérifiez le fichier de clés.")

// Keys seal what identifies patients and hash the names they are looked up by.
//
// There are two sets. The sealing set grows with Rotate: its newest key seals,
// every older one still opens. The name key never changes, for the hashes it
// made would no longer be found. Keys are safe for use by many goroutines.
type Keys struct {
	path string // "" for keys kept in memory only

	mu      sync.RWMutex
	sealing *keyset.Handle
	naming  *keyset.Handle
	aead    tink.AEAD
	prf     *prf.Set
	primary uint32
}

// NewKeys makes keys that live as long as the process, for tests.
func NewKeys() (*Keys, error) {
	sealing, err := keyset.NewHandle(aead.AES256GCMKeyTemplate())
	if err != nil {
		return nil, err
	}
	naming, err := keyset.NewHandle(prf.HMACSHA256PRFKeyTemplate())
	if err != nil {
		return nil, err
	}
	return keysOf(sealing, naming)
}

// Rotate adds a key that seals from now on and writes it to the key file first.
// DB.Reseal then brings older rows to it.
func (k *Keys) Rotate() error {
	k.mu.Lock()
	defer k.mu.Unlock()
	manager := keyset.NewManagerFromHandle(k.sealing)
	id, err := manager.Add(aead.AES256GCMKeyTemplate())
	if err != nil {
		return err
	}
	if err := manager.SetPrimary(id); err != nil {
		return err
	}
	sealing, err := manager.Handle()
	if err != nil {
		return err
	}
	next, err := keysOf(sealing, k.naming)
	if err != nil {
		return err
	}
	if err := next.replace(k.path); err != nil {
		return err
	}
	k.sealing, k.aead, k.primary = next.sealing, next.aead, next.primary
	return nil
}

// Current is the number of the key that seals now.
func (k *Keys) Current() int64 {
	k.mu.RLock()
	defer k.mu.RUnlock()
	return int64(k.primary)
}

func keysOf(sealing, naming *keyset.Handle) (*Keys, error) {
	sealer, err := aead.New(sealing)
	if err != nil {
		return nil, err
	}
	names, err := prf.NewPRFSet(naming)
	if err != nil {
		return nil, err
	}
	return &Keys{
		sealing: sealing, naming: naming,
		aead: sealer, prf: names, primary: sealing.KeysetInfo().PrimaryKeyId,
	}, nil
}

// keyFile is the text of a key file: two Tink keysets in clear, which is why the
// file is its owner's alone.
type keyFile struct {
	Note    string          `json:"note"`
	Sealing json.RawMessage `json:"sealing"`
	Naming  json.RawMessage `json:"naming"`
}

func (k *Keys) marshal() ([]byte, error) {
	file := keyFile{Note: "Relais : clés des données de patients. Sans ce fichier elles sont perdues ; avec lui, lisibles."}
	for handle, into := range map[*keyset.Handle]*json.RawMessage{k.sealing: &file.Sealing, k.naming: &file.Naming} {
		var text bytes.Buffer
		if err := insecurecleartextkeyset.Write(handle, keyset.NewJSONWriter(&text)); err != nil {
			return nil, err
		}
		*into = text.Bytes()
	}
	return json.MarshalIndent(file, "", "  ")
}

// unmarshalKeys never quotes the text in its errors.
func unmarshalKeys(text []byte) (*Keys, error) {
	var file keyFile
	if json.Unmarshal(text, &file) != nil {
		return nil, fmt.Errorf("it is not a key file")
	}
	sealing, err := insecurecleartextkeyset.Read(keyset.NewJSONReader(bytes.NewReader(file.Sealing)))
	if err != nil {
		return nil, fmt.Errorf("its sealing keys cannot be read")
	}
	naming, err := insecurecleartextkeyset.Read(keyset.NewJSONReader(bytes.NewReader(file.Naming)))
	if err != nil {
		return nil, fmt.Errorf("its name key cannot be read")
	}
	return keysOf(sealing, naming)
}
