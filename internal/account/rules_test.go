package account_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/fault"
)

func TestPasswords(t *testing.T) {
	for password, want := range map[string]string{
		goodPassword:                    "",
		"œufs à la coque":               "",
		strings.Repeat("abcdefgh", 16):  "",
		"onze-lettre":                   "account.password_short",
		"éééééééé":                      "account.password_short",
		strings.Repeat("abcdefgh", 17):  "account.password_long",
		"MotDePasse2026!":               "account.password_common",
		"azertyuiop12":                  "account.password_common",
		"123456789012":                  "account.password_common",
		"abababababab":                  "account.password_common",
		"marie.fictive@example.org":     "account.password_common",
		"Marie.Fictive2026":             "account.password_common",
		"saut\nde ligne interdit":       "account.password_characters",
		"octets \xff\xfe non lisibles!": "account.password_characters",
	} {
		got := ""
		if err := account.CheckPassword(password, "marie.fictive@example.org"); err != nil {
			got = fault.Of(err).Fields[0].Reason
		}
		if got != want {
			t.Errorf("%q: %q, want %q", password, got, want)
		}
	}
}

func TestEmailsHaveOneForm(t *testing.T) {
	for text, want := range map[string]string{
		" Marie@Example.ORG ":       "marie@example.org",
		"marie":                     "",
		"Marie <marie@example.org>": "",
		"a@b@c":                     "",
		"":                          "",
		strings.Repeat("a", 250) + "@example.org": "",
	} {
		got, ok := account.NormaliseEmail(text)
		if ok != (want != "") || ok && got != want {
			t.Errorf("%q: %q %v", text, got, ok)
		}
	}
}

func TestAddReportsEveryBrokenField(t *testing.T) {
	d := newDesk()
	_, err := d.Add(t.Context(), "system", account.NewPerson{Email: "x", Name: " ", Roles: []account.Role{"king", account.GP}, Password: "court"})
	var names []string
	for _, f := range fault.Of(err).Fields {
		names = append(names, f.Name)
	}
	if got := strings.Join(names, " "); fault.Reason(err) != "account.invalid" || got != "email name roles territories practitioner password" {
		t.Errorf("%v: %s", err, got)
	}
	if len(d.people) != 0 {
		t.Error("added all the same")
	}
}

func TestNamesThatWouldSteerATerminalAreRefused(t *testing.T) {
	for _, name := range []string{"Marie\x1b[2JFictive", "Marie\nFictive", "Marie\u202eFictive", "Marie\x00", "Marie \xff"} {
		d, n := newDesk(), marie()
		n.Name = name
		_, err := d.Add(t.Context(), "system", n)
		if f := fault.Of(err); f.Reason != "account.invalid" || len(f.Fields) != 1 || f.Fields[0].Name != "name" || len(d.people) != 0 {
			t.Errorf("%q: %v %v", name, err, f.Fields)
		}
	}
}

func TestAnAddressHasOneAccount(t *testing.T) {
	d := newDesk()
	d.mustAdd(t, marie())
	again := marie()
	again.Email = "MARIE.fictive@example.org"
	if _, err := d.Add(t.Context(), "system", again); !errors.Is(err, account.ErrEmailTaken) {
		t.Errorf("got %v", err)
	}
	if people, _ := d.List(t.Context()); len(people) != 1 {
		t.Errorf("%d people", len(people))
	}
	if err := d.Reset(t.Context(), "system", "inconnu@example.org", goodPassword); !errors.Is(err, account.ErrUnknown) {
		t.Errorf("got %v", err)
	}
}
