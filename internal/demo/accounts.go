package demo

import (
	"context"
	"fmt"

	"github.com/relais-snp/relais/internal/account"
)

// Login is an account that a visitor of the demo may use.
type Login struct {
	Email string
	Role  account.Role
	Page  string // where it begins
}

// centre regulates for two territories on one board.
const centre = "centre@relais.demo"

// Logins lists the accounts of the demo; all share one password.
func Logins() []Login {
	return []Login{
		{"gp@relais.demo", account.GP, "/phone"},
		{"gp2@relais.demo", account.GP, "/phone"},
		{"regulation@relais.demo", account.Regulator, "/console"},
		{"regulation2@relais.demo", account.Regulator, "/console"},
		{centre, account.Regulator, "/console"},
		{"coordination@relais.demo", account.Coordinator, "/pilot"},
		{"tresorerie@relais.demo", account.Treasurer, "/pilot"},
		{"infirmiere@relais.demo", account.TriageNurse, "/pilot"},
		{"pharmacie@relais.demo", account.Professional, "/pilot#signaler"},
		{"observation@relais.demo", account.Observer, "/pilot"},
		{"admin@relais.demo", account.Admin, "/pilot"},
	}
}

// staff is who works in the demo, by role, and the GPs who have an account, by
// practitioner id.
type staff struct {
	of  map[account.Role][]account.Actor
	gps map[string]account.Actor
}

func (s staff) add(p account.Person) {
	a := p.Actor()
	for _, role := range p.Roles {
		s.of[role] = append(s.of[role], a)
	}
	if p.Practitioner != "" {
		s.gps[p.Practitioner] = a
	}
}

// one is the first of a role.
func (s staff) one(role account.Role) account.Actor { return s.of[role][0] }

// addAccounts makes the demo's accounts. The two GPs are the first two of the cast.
func addAccounts(ctx context.Context, w World, c Cast, password string) (staff, error) {
	team := staff{of: map[account.Role][]account.Actor{}, gps: map[string]account.Actor{}}
	gp := 0
	for _, l := range Logins() {
		n := account.NewPerson{Email: l.Email, Roles: []account.Role{l.Role}, Territories: []string{w.Territory.ID}, Password: password}
		if l.Email == centre && w.Neighbour.ID != "" {
			n.Territories = append(n.Territories, w.Neighbour.ID)
		}
		switch l.Role {
		case account.GP:
			n.Name, n.Practitioner = "Dr "+c.Practitioners[gp].Given+" "+c.Practitioners[gp].Family, c.Practitioners[gp].ID
			gp++
		default:
			n.Name = names[l.Email]
		}
		p, err := w.Accounts.Add(ctx, "system", n)
		if err != nil {
			return team, fmt.Errorf("demo account %s: %w", l.Email, err)
		}
		team.add(p)
	}
	if err := addVolunteers(ctx, w, c, team); err != nil {
		return team, err
	}
	return team, addColleagues(ctx, w)
}

// extras are the GPs who let themselves be asked en sus: those whom visitors
// sign in as, and two more.
var extras = []int{0, 1, 3, 8}

// addVolunteers gives the others an account, without which nobody is asked. As
// with colleagues, nobody signs in as one of them.
func addVolunteers(ctx context.Context, w World, c Cast, team staff) error {
	for _, i := range extras[2:] {
		p, err := w.Accounts.Add(ctx, "system", account.NewPerson{
			Email: fmt.Sprintf("gp%d@simulation.relais.demo", i+1), Name: c.actor(i).Name, Practitioner: c.Practitioners[i].ID,
			Roles: []account.Role{account.GP}, Territories: []string{w.Territory.ID}, Password: w.NewID(),
		})
		if err != nil {
			return fmt.Errorf("demo account of a GP: %w", err)
		}
		team.add(p)
	}
	return nil
}

// simulated are the colleagues who regulate beside the visitor. Nobody signs in
// as one of them: their passwords are made of an id and forgotten.
var simulated = map[string]string{
	"ines@simulation.relais.demo": "Inès (simulée)",
	"hugo@simulation.relais.demo": "Hugo (simulé)",
	"lina@simulation.relais.demo": "Lina (simulée)",
}

func addColleagues(ctx context.Context, w World) error {
	for email, name := range simulated {
		_, err := w.Accounts.Add(ctx, "system", account.NewPerson{Email: email, Name: name,
			Roles: []account.Role{account.Regulator}, Territories: []string{w.Territory.ID}, Password: w.NewID()})
		if err != nil {
			return fmt.Errorf("demo account %s: %w", email, err)
		}
	}
	return nil
}

// colleagues finds the simulated colleagues among the accounts.
func colleagues(ctx context.Context, w World) ([]account.Actor, error) {
	people, err := w.Accounts.List(ctx)
	if err != nil {
		return nil, err
	}
	var list []account.Actor
	for _, p := range people {
		if simulated[p.Email] != "" {
			list = append(list, account.Actor{ID: p.ID, Name: p.Name, Roles: p.Roles, Territories: p.Territories})
		}
	}
	return list, nil
}

var names = map[string]string{
	"regulation@relais.demo":   "Camille Démo",
	"regulation2@relais.demo":  "Maxime Démo",
	centre:                     "Claude Démo",
	"coordination@relais.demo": "Dominique Démo",
	"tresorerie@relais.demo":   "Andrea Démo",
	"infirmiere@relais.demo":   "Alix Démo",
	"pharmacie@relais.demo":    "Charlie Démo",
	"observation@relais.demo":  "Noa Démo",
	"admin@relais.demo":        "Sacha Démo",
}
