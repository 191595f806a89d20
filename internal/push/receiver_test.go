package push_test

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/ecdh"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"testing"

	"github.com/relais-snp/relais/internal/notice"
)

// receiver is a browser: it has the keys of a subscription and reads what is sent to it (RFC 8291, 3 and 4).
type receiver struct {
	private *ecdh.PrivateKey
	auth    []byte
}

func newReceiver(t *testing.T) receiver {
	t.Helper()
	key, err := ecdh.P256().GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	auth := make([]byte, 16)
	_, _ = rand.Read(auth)
	return receiver{key, auth}
}

func (r receiver) device(endpoint string) notice.Device {
	return notice.Device{ID: "device-1", Endpoint: endpoint,
		P256dh: base64.RawURLEncoding.EncodeToString(r.private.PublicKey().Bytes()), Auth: base64.RawURLEncoding.EncodeToString(r.auth)}
}

// reads decrypts a body of Content-Encoding aes128gcm with one record (RFC 8188).
func (r receiver) reads(body []byte) ([]byte, error) {
	if len(body) < 21 {
		return nil, fmt.Errorf("%d bytes", len(body))
	}
	salt, size, named := body[:16], binary.BigEndian.Uint32(body[16:20]), int(body[20])
	if len(body) < 21+named || len(body)-21-named > int(size) {
		return nil, fmt.Errorf("a record of %d bytes, a key of %d, %d bytes", size, named, len(body))
	}
	sender, err := ecdh.P256().NewPublicKey(body[21 : 21+named])
	if err != nil {
		return nil, err
	}
	shared, err := r.private.ECDH(sender)
	if err != nil {
		return nil, err
	}
	info := string(bytes.Join([][]byte{[]byte("WebPush: info\x00"), r.private.PublicKey().Bytes(), sender.Bytes()}, nil))
	ikm := derive(shared, r.auth, info, 32)
	block, err := aes.NewCipher(derive(ikm, salt, "Content-Encoding: aes128gcm\x00", 16))
	if err != nil {
		return nil, err
	}
	gcm, err := cipher.NewGCM(block)
	if err != nil {
		return nil, err
	}
	plain, err := gcm.Open(nil, derive(ikm, salt, "Content-Encoding: nonce\x00", 12), body[21+named:], nil)
	if err != nil {
		return nil, err
	}
	text, padding, last := bytes.Cut(plain, []byte{2})
	if !last || len(bytes.Trim(padding, "\x00")) > 0 {
		return nil, fmt.Errorf("the record does not end as the last one does")
	}
	return text, nil
}

func derive(secret, salt []byte, info string, size int) []byte {
	key, err := hkdf.Key(sha256.New, secret, salt, info, size)
	if err != nil {
		panic(err)
	}
	return key
}

func plain(text string) []byte {
	raw, err := base64.RawURLEncoding.DecodeString(text)
	if err != nil {
		panic(err)
	}
	return raw
}

// The example of RFC 8291, section 5 and appendix A.
func TestTheReceiverOfTheseTestsReadsTheExampleOfTheRFC(t *testing.T) {
	private, err := ecdh.P256().NewPrivateKey(plain("q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94"))
	if err != nil {
		t.Fatal(err)
	}
	if got := base64.RawURLEncoding.EncodeToString(private.PublicKey().Bytes()); got != "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4" {
		t.Fatalf("public key %s", got)
	}
	r := receiver{private, plain("BTBZMqHH6r4Tts7J_aSIgg")}
	sent := plain("DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN")
	text, err := r.reads(sent)
	if err != nil || string(text) != "When I grow up, I want to be a watermelon" {
		t.Fatalf("%q, %v", text, err)
	}
	sent[len(sent)-1] ^= 1
	if _, err := r.reads(sent); err == nil {
		t.Error("an altered message was read")
	}
}
