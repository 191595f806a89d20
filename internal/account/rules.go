package account

import (
	"net/mail"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/relais-snp/relais/internal/fault"
)

// Lengths of a password, in characters. The lower bound follows the CNIL's
// recommendation of 2022 for a password alone with lock-out.
const (
	MinPassword = 12
	MaxPassword = 128
)

// NormaliseEmail is the form an address is stored and looked up in; ok is false
// when the text is no plain address ("name@host.tld").
func NormaliseEmail(text string) (email string, ok bool) {
	email = strings.ToLower(strings.TrimSpace(text))
	if len(email) > 254 || strings.ContainsFunc(email, unicode.IsControl) {
		return "", false
	}
	parsed, err := mail.ParseAddress(email)
	return email, err == nil && parsed.Address == email
}

// CheckPassword returns Invalid "account.password" with one field per broken
// rule: length, too common, the person's own address.
func CheckPassword(password, email string) error {
	return fault.Fields("account.password", "Ce mot de passe ne convient pas.", passwordFields(password, email)...)
}

func passwordFields(password, email string) []fault.Field {
	bad := func(reason, message string) []fault.Field {
		return []fault.Field{{Name: "password", Reason: reason, Message: message}}
	}
	switch n := utf8.RuneCountInString(password); {
	case !utf8.ValidString(password) || strings.ContainsFunc(password, unicode.IsControl):
		return bad("account.password_characters", "Le mot de passe contient un caractère interdit.")
	case n < MinPassword:
		return bad("account.password_short", "Le mot de passe compte au moins 12 caractères.")
	case n > MaxPassword:
		return bad("account.password_long", "Le mot de passe compte au plus 128 caractères.")
	case common(password, email):
		return bad("account.password_common", "Ce mot de passe est trop facile à deviner.")
	}
	return nil
}

// common reports what a guesser tries first: the address itself, few different
// characters, digits alone, or a well-known word with digits around it.
func common(password, email string) bool {
	lower := strings.ToLower(password)
	name, _, _ := strings.Cut(email, "@")
	if different := slices.Compact(slices.Sorted(slices.Values([]rune(lower)))); len(different) < 5 {
		return true
	}
	core := strings.TrimFunc(lower, func(r rune) bool { return !unicode.IsLetter(r) })
	return lower == email || core == name || core == email || slices.Contains(commonWords, core)
}

// commonWords are the hearts of passwords that every French guesser's list
// begins with; what stands around them is mostly digits.
var commonWords = []string{
	"", "motdepasse", "mot de passe", "password", "passw0rd", "azerty", "azertyuiop", "azertyuiopqs", "qwerty", "qwertyuiop",
	"abcdefghijkl", "administrateur", "administrator", "admin", "bonjour", "bienvenue", "relais", "regulation",
	"medecin", "medecine", "cabinetmedical", "docteur", "jetaime", "soleil", "marseille", "paris", "france",
	"iloveyou", "letmein", "welcome", "changeme", "changezmoi", "secret",
}

func (n NewPerson) check() error {
	var fields []fault.Field
	if _, ok := NormaliseEmail(n.Email); !ok {
		fields = append(fields, fault.Field{Name: "email", Reason: "account.email", Message: "L’adresse n’est pas valable."})
	}
	if !nameFits(n.Name) {
		fields = append(fields, fault.Field{Name: "name", Reason: "account.name",
			Message: "Le nom est obligatoire (120 caractères au plus, sans caractère de commande)."})
	}
	if len(n.Roles) == 0 || slices.ContainsFunc(n.Roles, func(r Role) bool { return !slices.Contains(Roles(), r) }) {
		fields = append(fields, fault.Field{Name: "roles", Reason: "account.roles", Message: "Au moins un rôle, pris dans la liste des rôles."})
	}
	if len(n.Territories) == 0 || slices.Contains(n.Territories, "") {
		fields = append(fields, fault.Field{Name: "territories", Reason: "account.territories", Message: "Au moins un territoire."})
	}
	if slices.Contains(n.Roles, GP) != (n.Practitioner != "") {
		fields = append(fields, fault.Field{Name: "practitioner", Reason: "account.practitioner",
			Message: "Un médecin est relié à sa fiche de praticien, les autres rôles ne le sont pas."})
	}
	email, _ := NormaliseEmail(n.Email)
	fields = append(fields, passwordFields(n.Password, email)...)
	return fault.Fields("account.invalid", "Le compte décrit n’est pas valable.", fields...)
}

// nameFits says whether a name can be shown to colleagues, and on a terminal: one
// line, without characters that steer it or turn its direction.
func nameFits(name string) bool {
	length := utf8.RuneCountInString(strings.TrimSpace(name))
	steers := strings.ContainsFunc(name, func(r rune) bool { return unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) })
	return length > 0 && length <= 120 && utf8.ValidString(name) && !steers
}
