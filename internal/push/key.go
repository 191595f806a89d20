package push

import (
	"crypto/ecdh"
	"crypto/rand"
	"encoding/base64"
	"fmt"
)

// DraftKey makes a private key: a scalar of P-256.
func DraftKey() ([]byte, error) {
	key, err := ecdh.P256().GenerateKey(rand.Reader)
	if err != nil {
		return nil, err
	}
	return key.Bytes(), nil
}

// pair is the key that push services know us by, as webpush-go takes it.
type pair struct{ private, public string }

func pairOf(private []byte) (pair, error) {
	key, err := ecdh.P256().NewPrivateKey(private)
	if err != nil {
		return pair{}, fmt.Errorf("push key: it is no key of P-256")
	}
	return pair{
		private: base64.RawURLEncoding.EncodeToString(key.Bytes()),
		public:  base64.RawURLEncoding.EncodeToString(key.PublicKey().Bytes()),
	}, nil
}
