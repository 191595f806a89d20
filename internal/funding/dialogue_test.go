package funding_test

import (
	"testing"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/funding"
)

var observer = account.Actor{ID: "o", Roles: []account.Role{account.Observer}, Territories: []string{senart}}

func TestTheDialogueIsToldWhatAYearPays(t *testing.T) {
	o := open(t)
	o.signs(t, example())
	o.at("2027-02-01T12:00:00Z")
	if _, err := o.Decide(t.Context(), treasurer, funding.Decision{Territory: senart, Mission: "acces", Year: 1, Amount: 800_000, On: civil.MustDate("2027-01-20")}); err != nil {
		t.Fatal(err)
	}

	half, _ := halfEarned(t.Context(), senart, 1)
	told, there, err := o.Dialogue(t.Context(), observer, senart, 1, half)
	if err != nil || !there {
		t.Fatal(there, err)
	}
	if told.From != civil.MustDate("2026-01-15") || told.To != civil.MustDate("2027-01-14") || told.Contract.Taille != 2 {
		t.Errorf("%+v", told)
	}
	for _, d := range told.Payments {
		if d.Year != 1 {
			t.Errorf("a payment of year %d", d.Year)
		}
	}
	if len(told.Variable) != 1 {
		t.Fatalf("%+v", told.Variable)
	}
	want := funding.VariablePart{
		Mission: "acces", Label: told.Variable[0].Label, Most: funding.Amount{Cents: 882_192, Known: true},
		Estimate: funding.Amount{Cents: 441_096, Known: true}, Decided: funding.Amount{Cents: 800_000, Known: true}, On: civil.MustDate("2027-01-20"),
	}
	if told.Variable[0] != want || want.Label == "" {
		t.Errorf("%+v", told.Variable[0])
	}
}

func TestWhoIsToldOfTheMoneyInTheDialogue(t *testing.T) {
	o := open(t)
	if _, there, err := o.Dialogue(t.Context(), observer, senart, 1, nil); there || err != nil {
		t.Errorf("without a contract: %v %v", there, err)
	}
	o.signs(t, example())
	if _, there, err := o.Dialogue(t.Context(), observer, senart, 6, nil); there || err != nil {
		t.Errorf("a sixth year: %v %v", there, err)
	}
	for role, reads := range map[account.Role]bool{
		account.Observer: true, account.Coordinator: true, account.Treasurer: true, account.Admin: true,
		account.GP: false, account.Regulator: false, account.Professional: false, account.TriageNurse: false,
	} {
		who := account.Actor{ID: "x", Roles: []account.Role{role}, Territories: []string{senart}, Practitioner: "doctor"}
		if _, there, err := o.Dialogue(t.Context(), who, senart, 1, nil); there != reads || (err == nil) != reads {
			t.Errorf("%s: %v %v", role, there, err)
		}
	}
	_, _, err := o.Dialogue(t.Context(), stranger, senart, 1, nil)
	reason(t, err, "account.forbidden")
	// The door is of the dialogue alone.
	_, _, err = o.Calendar(t.Context(), observer, senart)
	reason(t, err, "account.forbidden")
}
