package store

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/relais-snp/relais/internal/regulation"
)

// FuzzKeyFile takes a key file that was cut, mixed up or forged.
func FuzzKeyFile(f *testing.F) {
	fresh, err := NewKeys()
	if err != nil {
		f.Fatal(err)
	}
	whole, err := fresh.marshal()
	if err != nil {
		f.Fatal(err)
	}
	for _, text := range [][]byte{whole, whole[:len(whole)/2], bytes.ReplaceAll(whole, []byte("ENABLED"), []byte("DISABLED")), bytes.ReplaceAll(whole, []byte("sealing"), []byte("naming")),
		[]byte(`{"sealing":{"primaryKeyId":1,"key":[]},"naming":{}}`), []byte(`{}`), []byte(`null`), []byte(`[`), nil, []byte("\xff")} {
		f.Add(text)
	}
	path := filepath.Join(f.TempDir(), "keys.json")
	f.Fuzz(func(t *testing.T, text []byte) {
		if err := os.WriteFile(path, text, 0o600); err != nil {
			t.Fatal(err)
		}
		keys, err := ReadKeys(path)
		if err != nil {
			if told := strings.TrimPrefix(err.Error(), "key file "+path); len(text) > 24 && strings.Contains(told, string(text)) || len(told) > 300 {
				t.Errorf("refused with %.400q", told)
			}
			return
		}
		at := place{"cases", "patient", "1"}
		kept, err := keys.seal(at, "Fictif")
		if err != nil {
			return // keys of another make: they say so at the first use
		}
		var back string
		if err := keys.open(at, kept, &back); err != nil || back != "Fictif" {
			t.Errorf("keys that seal and do not open: %q, %v", back, err)
		}
	})
}

// FuzzSealed takes the bytes of a sealed column: those that were sealed for this
// place open to what was sealed, any others are ErrSealed.
func FuzzSealed(f *testing.F) {
	keys, err := NewKeys()
	if err != nil {
		f.Fatal(err)
	}
	at := place{"cases", "patient", "1"}
	kept, err := keys.seal(at, regulation.Patient{Family: "Fictif"})
	if err != nil {
		f.Fatal(err)
	}
	f.Add(kept.text, "Fictif", "1", 0)
	f.Add(kept.text[:5], "", "", 3)
	f.Add([]byte{}, "\xff", "1", 9)
	f.Fuzz(func(t *testing.T, text []byte, family, row string, flip int) {
		var p regulation.Patient
		if err := keys.open(at, sealed{text: text}, &p); err != nil && !errors.Is(err, ErrSealed) {
			t.Errorf("foreign bytes: %v", err)
		}
		sealedHere, err := keys.seal(place{"cases", "patient", row}, family)
		if err != nil {
			t.Fatal(err)
		}
		var back string
		if err := keys.open(place{"cases", "patient", row}, sealedHere, &back); err != nil || back != asJSON(family) {
			t.Errorf("%q comes back as %q, %v", family, back, err)
		}
		if row != "1" && keys.open(at, sealedHere, &back) == nil {
			t.Error("a value opens in another row")
		}
		spoilt := bytes.Clone(sealedHere.text)
		spoilt[uint(flip)%uint(len(spoilt))] ^= 1
		if err := keys.open(place{"cases", "patient", row}, sealed{text: spoilt}, &back); !errors.Is(err, ErrSealed) {
			t.Errorf("altered bytes open: %v", err)
		}
	})
}

// asJSON is a text as JSON brings it back: valid UTF-8.
func asJSON(text string) (back string) {
	raw, _ := json.Marshal(text) // a text: cannot fail
	_ = json.Unmarshal(raw, &back)
	return back
}

// FuzzAuditHead takes what meta says of the audit's end.
func FuzzAuditHead(f *testing.F) {
	for _, text := range []string{head{}.String(), head{12, bytes.Repeat([]byte{7}, 32)}.String(), "-1:", "1", ":", "+1:00", "9223372036854775808:", "1:zz", "\xff"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		h, err := parseHead(text)
		if err != nil {
			if !errors.Is(err, ErrAuditBroken) && !strings.Contains(err.Error(), "audit.broken") {
				t.Errorf("refused with %v", err)
			}
			return
		}
		if h.position < 0 {
			t.Errorf("%q ends before its beginning", text)
		}
		if again, err := parseHead(h.String()); err != nil || again.position != h.position || !bytes.Equal(again.hash, h.hash) {
			t.Errorf("%q is read as %v, then %v, %v", text, h, again, err)
		}
	})
}

// FuzzNumbers takes a column that holds a list of numbers.
func FuzzNumbers(f *testing.F) {
	for _, text := range []string{"", "1", "1,2,10", ",", "1,,2", "99999999999999999999", "-3", "1, 2", "\xff"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		var list, again []int
		if err := (numbers{&list}).Scan(text); err != nil {
			if len(text) > 8 && strings.Contains(err.Error(), text) {
				t.Errorf("refused with %v", err)
			}
			return
		}
		if err := (numbers{&again}).Scan(joined(list)); err != nil || !cmp.Equal(list, again) {
			t.Errorf("%q is read as %v, then %v, %v", text, list, again, err)
		}
	})
}
