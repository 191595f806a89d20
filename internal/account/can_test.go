package account_test

import (
	"slices"
	"testing"

	"github.com/relais-snp/relais/internal/account"
)

const home = "cpts-senart"

func actor(r account.Role) account.Actor {
	a := account.Actor{ID: "me", Roles: []account.Role{r}, Territories: []string{home}}
	if r == account.GP {
		a.Practitioner = "mine"
	}
	return a
}

// Letters of the table: the role may do the action on
// a: anything of the territory,
// o: only what belongs to their own practitioner,
// b: only what they booked or reported themselves,
// e: o or b,
// c: only slots for the CPTS,
// p: only slots for the CPTS where the territory lets professionals book,
// -: nothing.
var rights = map[account.Action]string{
	//                        gp reg pro coo tre nur obs adm
	account.ReadTerritory:    "a  a   a   a   a   a   a   a",
	account.ReadSlots:        "a  a   c   a   -   -   -   a",
	account.WatchLive:        "a  a   -   a   -   -   -   a",
	account.Publish:          "o  -   -   -   -   -   -   -",
	account.ReadOpenings:     "o  -   -   a   -   -   -   a",
	account.HandleCase:       "-  a   -   -   -   -   -   -",
	account.Hold:             "-  a   -   -   -   -   -   -",
	account.Book:             "-  a   p   -   -   -   -   -",
	account.ReadBookings:     "o  a   b   -   -   -   -   -",
	account.ReadPatient:      "o  a   b   -   -   -   -   -",
	account.CancelBooking:    "o  a   b   -   -   -   -   -",
	account.RecordOutcome:    "o  -   -   -   -   -   -   -",
	account.ReadIndicators:   "-  -   -   a   a   -   a   a",
	account.FeedPractitioner: "o  -   -   -   -   -   -   -",
	account.FeedTerritory:    "-  a   -   a   -   -   -   a",

	account.Solicit:            "-  a   -   -   -   -   -   -",
	account.AnswerSolicitation: "o  -   -   -   -   -   -   -",

	account.ReportSeeker:      "a  a   a   -   -   a   -   -",
	account.ReadRequests:      "b  b   b   a   -   a   -   -",
	account.ReadSeeker:        "e  b   b   -   -   a   -   -",
	account.HandleRequests:    "-  -   -   -   -   a   -   -",
	account.ReadCapacities:    "o  -   -   a   -   a   -   -",
	account.DeclareCapacity:   "o  -   -   -   -   a   -   -",
	account.ReadOffers:        "o  -   -   -   -   a   -   -",
	account.AnswerOffer:       "o  -   -   -   -   a   -   -",
	account.FollowAttribution: "-  -   -   a   a   a   a   a",
	account.DeclareFigures:    "-  -   -   a   -   -   -   -",

	account.ReadBooks: "-  -   -   a   a   -   -   -",
	account.KeepBooks: "-  -   -   -   a   -   -   -",

	account.ReadCertificates: "o  -   -   a   a   -   -   -",

	account.ReadEvidence: "-  -   -   a   a   -   a   -",
	account.AddEvidence:  "-  -   -   a   a   -   -   -",
}

func expected(letter byte, t account.Target) bool {
	switch letter {
	case 'a':
		return true
	case 'o':
		return t.Practitioner == "mine"
	case 'b':
		return t.By == "me"
	case 'e':
		return t.Practitioner == "mine" || t.By == "me"
	case 'c':
		return t.ForCPTS
	case 'p':
		return t.ForCPTS && t.ProfessionalsBook
	}
	return false
}

func targets() []account.Target {
	var all []account.Target
	for _, practitioner := range []string{"", "mine", "another"} {
		for _, by := range []string{"", "me", "colleague"} {
			for bits := range 4 {
				all = append(all, account.Target{Territory: home, Practitioner: practitioner, By: by,
					ForCPTS: bits&1 != 0, ProfessionalsBook: bits&2 != 0})
			}
		}
	}
	return all
}

func TestEveryRoleAndAction(t *testing.T) {
	for action, row := range rights {
		letters := slices.DeleteFunc([]byte(row), func(b byte) bool { return b == ' ' })
		for i, role := range account.Roles() {
			for _, target := range targets() {
				want := expected(letters[i], target)
				if got := account.Can(actor(role), action, target); got != want {
					t.Errorf("%s %s %+v: %v", role, action, target, got)
				}
				target.Territory = "cpts-elsewhere"
				if account.Can(actor(role), action, target) {
					t.Errorf("%s %s reaches a foreign territory", role, action)
				}
			}
		}
	}
}

func TestNobodyMayDoWhatIsNotDeclared(t *testing.T) {
	for _, role := range account.Roles() {
		if account.Can(actor(role), "ledger.burn", account.Target{Territory: home}) {
			t.Errorf("%s may do an undeclared action", role)
		}
	}
	if account.Can(account.Actor{ID: "me", Territories: []string{home}}, account.ReadTerritory, account.Target{Territory: home}) {
		t.Error("somebody without a role may")
	}
}

func TestRolesAddUp(t *testing.T) {
	both := actor(account.GP)
	both.Roles = append(both.Roles, account.Regulator)
	own := account.Target{Territory: home, Practitioner: "mine"}
	if account.Allow(both, account.Publish, own) != nil || account.Allow(both, account.Hold, own) != nil {
		t.Error("a GP who also regulates lost a right")
	}
	if err := account.Allow(both, account.ReadIndicators, own); err != account.ErrForbidden {
		t.Errorf("got %v", err)
	}
}
