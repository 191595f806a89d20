package account_test

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/fault"
)

func FuzzNormaliseEmail(f *testing.F) {
	for _, text := range []string{"ada@relais.example", " ADA@Relais.Example ", "Ada <ada@relais.example>", `"a b"@relais.example`, "ada@[127.0.0.1]", "ada@relais.example\r\nBcc: x",
		"=?utf-8?q?a?=@b.example", "(c)ada@relais.example", "İ@relais.example", "ada@", "@", "", "\xff@a.example", strings.Repeat("a", 300) + "@b.example"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		email, ok := account.NormaliseEmail(text)
		if !ok {
			return
		}
		if again, still := account.NormaliseEmail(email); !still || again != email {
			t.Errorf("%q is kept as %q, which is read as %q, %v", text, email, again, still)
		}
		if len(email) > 254 || !utf8.ValidString(email) || strings.ContainsFunc(email, unicode.IsControl) || !strings.Contains(email, "@") {
			t.Errorf("%q is kept as %q", text, email)
		}
	})
}

func FuzzCheckPassword(f *testing.F) {
	f.Add("Quatorze-Lilas-Bleus", "ada@relais.example")
	f.Add("motdepasse1234", "ada@relais.example")
	f.Add("ada@relais.example", "ada@relais.example")
	f.Add("ééééééééééééé", "")
	f.Add("un mot\x00de passe", "\xff")
	f.Add(strings.Repeat("ab cd ef", 100), "@")
	f.Fuzz(func(t *testing.T, password, email string) {
		err := account.CheckPassword(password, email)
		if err == nil {
			if n := utf8.RuneCountInString(password); n < account.MinPassword || n > account.MaxPassword || !utf8.ValidString(password) {
				t.Errorf("%q is accepted", password)
			}
			return
		}
		refusal := fault.Of(err)
		if refusal.Kind != fault.Invalid || refusal.Reason != "account.password" || len(refusal.Fields) != 1 {
			t.Fatalf("refused with %v", err)
		}
		if told := refusal.Message + refusal.Fields[0].Message; len(password) >= account.MinPassword && strings.Contains(told, password) {
			t.Errorf("the refusal repeats the password: %q", told)
		}
	})
}
