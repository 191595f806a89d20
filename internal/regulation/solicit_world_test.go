package regulation_test

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/agenda"
	"github.com/relais-snp/relais/internal/directory"
	"github.com/relais-snp/relais/internal/regulation"
	"github.com/relais-snp/relais/internal/store"
)

// doctor is a GP with an account, and the place where they receive.
type doctor struct {
	account.Actor
	place string
	rpps  string
}

// doctor brings one more GP into the directory, who receives in the commune.
func (w *world) doctor(n int, commune, postal string) doctor {
	w.Helper()
	number, err := directory.RPPSWithKey(fmt.Sprintf("99900001%02d", n))
	w.must(err)
	where, name := fmt.Sprintf("Cabinet %d", n), "Fictif"+strings.Repeat("o", n)
	im := directory.Importer{Store: store.Directory{DB: w.db}, NewID: w.id, By: "system", Now: time.Now,
		KnowsTerritory: func(id string) bool { return id == senart }, Territories: []string{senart}}
	_, err = im.Locations(w.Context(), strings.NewReader("nom,commune,code postal\n"+where+","+commune+","+postal+"\n"))
	w.must(err)
	_, err = im.Practitioners(w.Context(), strings.NewReader("rpps,nom,prenom,lieu,commune,code postal\n"+string(number)+","+name+",Ada,"+where+","+commune+","+postal+"\n"))
	w.must(err)
	people, err := store.Directory{DB: w.db}.Practitioners(w.Context(), senart)
	w.must(err)
	for _, p := range people {
		if p.RPPS == number {
			return w.signedUp(doctor{rpps: string(number), place: p.Locations[0], Actor: account.Actor{
				ID: "account-" + name, Name: "Dr Ada " + name, Roles: []account.Role{account.GP}, Territories: []string{senart}, Practitioner: p.ID}})
		}
	}
	w.Fatalf("no practitioner %s", name)
	return doctor{}
}

// signedUp gives the GP their account in the record.
func (w *world) signedUp(d doctor) doctor {
	w.Helper()
	w.must(store.Accounts{DB: w.db}.InTx(w.Context(), func(ctx context.Context, tx account.Tx) error {
		return tx.AddPerson(ctx, account.Person{ID: d.ID, Email: strings.ToLower(d.ID) + "@relais.example", Name: d.Name, Roles: d.Roles,
			Territories: d.Territories, Practitioner: d.Practitioner, PasswordHash: "none", Active: true, CreatedAt: w.clock.Now(), PasswordSetAt: w.clock.Now()})
	}))
	return d
}

// willing brings n GPs who accept patients en sus, nearest to Cesson first.
func (w *world) willing(n int) []doctor {
	w.Helper()
	places := [][2]string{{"Cesson", "77240"}, {"Savigny-le-Temple", "77176"}, {"Lieusaint", "77127"}}
	all := make([]doctor, n)
	for i := range all {
		at := places[min(i, len(places)-1)]
		all[i] = w.doctor(i, at[0], at[1])
		w.accepts(all[i], time.Time{})
	}
	return all
}

func (w *world) accepts(d doctor, until time.Time) {
	w.Helper()
	_, err := w.svc.SetExtras(w.Context(), d.Actor, true, until)
	w.must(err)
}

// caller opens a case in Cesson for a patient of that given name.
func (w *world) caller(given string) regulation.Case {
	w.Helper()
	commune, reason := cesson, "toux"
	p := regulation.Patient{Family: "Fictif-Pinson", Given: given, MT: regulation.MT{Status: regulation.MTNone}}
	c, err := w.svc.OpenCase(w.Context(), rosa, regulation.CaseDraft{Territory: senart, Commune: &commune, Reason: &reason, Patient: &p})
	w.must(err)
	return c
}

// asking asks the nearest k for five minutes.
func (w *world) asking(c regulation.Case, k int) regulation.SolicitRequest {
	return regulation.SolicitRequest{Case: c.ID, Nearest: k, Minutes: 5, Key: "key-" + w.id()}
}

func (w *world) solicit(r regulation.SolicitRequest) regulation.Solicitation {
	w.Helper()
	x, err := w.svc.Solicit(w.Context(), rosa, r)
	w.must(err)
	return x
}

// yes is the GP's acceptance for in an hour.
func (w *world) yes(d doctor, x regulation.Solicitation) regulation.Acceptance {
	return regulation.Acceptance{Solicitation: x.ID, Start: w.clock.Now().Add(time.Hour), Minutes: 20, Location: d.place,
		Modality: agenda.Cabinet, Key: "key-" + w.id()}
}

func (w *world) accept(d doctor, x regulation.Solicitation) regulation.Booking {
	w.Helper()
	b, err := w.svc.Accept(w.Context(), d.Actor, w.yes(d, x))
	w.must(err)
	return b
}

// now is the solicitation as a regulator reads it.
func (w *world) now(x regulation.Solicitation) regulation.Solicitation {
	w.Helper()
	all, err := w.svc.Solicitations(w.Context(), rosa, regulation.SolicitationQuery{Territory: senart, Case: x.Case, Limit: 50})
	w.must(err)
	for _, one := range all {
		if one.ID == x.ID {
			return one
		}
	}
	w.Fatalf("no solicitation %s", x.ID)
	return regulation.Solicitation{}
}

// theCase is the case as the record has it.
func (w *world) theCase(id string) regulation.Case {
	w.Helper()
	c, err := store.Regulation{DB: w.db}.Case(w.Context(), id)
	w.must(err)
	return c
}

func (w *world) patientMoves(c regulation.Case, p regulation.Patient) {
	w.Helper()
	_, err := w.svc.ChangeCase(w.Context(), rosa, c.ID, regulation.CaseDraft{Patient: &p})
	w.must(err)
}
