package funding

import (
	"context"
	"fmt"
	"slices"

	"github.com/relais-snp/relais/internal/fault"
)

// abouts checks what the lines of a draft say they are about against the contract
// and the directory, so that no mistyped code passes by a guard. What the books
// already hold of an earlier contract, or of a professional who left, is known.
type abouts struct {
	*Service

	tx        Tx
	draft     Draft
	contract  Contract
	schedules []Schedule // of the contract; all of them while there is none
	people    map[string]bool
	fields    []fault.Field
}

// checkAbout returns an Invalid fault "funding.entry" that names every code which
// is not known. people are the ids that the directory knows of those named.
func (s *Service) checkAbout(ctx context.Context, tx Tx, d Draft, people map[string]bool) error {
	if !slices.ContainsFunc(d.Lines, func(l Line) bool { return l.Dimensions != Dimensions{} }) {
		return nil
	}
	c, there, err := tx.Contract(ctx, d.Territory)
	if err != nil {
		return err
	}
	of := &abouts{Service: s, tx: tx, draft: d, contract: c, schedules: s.Schedules, people: people}
	if schedule, known := s.schedule(c); there && known {
		of.schedules = []Schedule{schedule}
	}
	for i, l := range d.Lines {
		if err := of.line(ctx, i, l); err != nil {
			return err
		}
	}
	return fault.Fields("funding.entry", "Cette écriture est incorrecte.", of.fields...)
}

func (a *abouts) wrong(line int, reason, message string) {
	a.fields = append(a.fields, fault.Field{Name: "lines", Reason: reason, Message: fmt.Sprintf("Ligne %d : %s", line+1, message)})
}

func (a *abouts) line(ctx context.Context, i int, l Line) error {
	if err := a.person(ctx, i, l.Person); err != nil {
		return err
	}
	if l.Contract != a.contract.ID && l.Contract != "" {
		known, err := a.moved(ctx, Movement{Contract: l.Contract, Envelope: l.Envelope})
		if !known && err == nil {
			a.wrong(i, "funding.contract_unknown", "ce contrat n’est pas celui du territoire.")
		}
		return err
	}
	if l.Contract != "" && a.draft.On.Before(a.contract.Signed) {
		a.wrong(i, "funding.date_outside", "la date précède la signature du contrat.")
	}
	if l.Year < 0 || l.Year > 0 && !slices.ContainsFunc(a.schedules, func(s Schedule) bool { return l.Year <= s.Years }) {
		a.wrong(i, "funding.contract_year", "cette année n’est pas du contrat.")
	}
	a.codes(i, l)
	return nil
}

// codes checks that an envelope and a mission are of one schedule, and of each
// other, and that the budget is theirs.
func (a *abouts) codes(i int, l Line) {
	if l.Envelope == "" && l.Mission == "" {
		return
	}
	var operating, mission string
	for _, s := range a.schedules {
		if s.Label(l.Envelope) != "" {
			operating, mission = s.Operating.Code, s.missionOf(l.Envelope)
			break
		}
	}
	_, known := a.mission(l.Mission)
	switch {
	case l.Envelope != "" && operating == "":
		a.wrong(i, "funding.code_unknown", "l’enveloppe « "+l.Envelope+" » n’est pas au barème du contrat.")
	case l.Mission != "" && !known:
		a.wrong(i, "funding.code_unknown", "la mission « "+l.Mission+" » n’est pas au barème du contrat.")
	case l.Envelope != "" && l.Mission != "" && l.Mission != mission:
		a.wrong(i, "funding.mission", "cette enveloppe est d’une autre mission.")
	case l.Envelope != "" && l.Envelope == operating && l.Budget == Operationnel:
		a.wrong(i, "funding.budget", "cette enveloppe est du budget de fonctionnement.")
	case l.Budget == Fonctionnement && (l.Mission != "" || l.Envelope != operating):
		a.wrong(i, "funding.budget", "les missions sont du budget opérationnel.")
	}
}

func (a *abouts) mission(code string) (Mission, bool) {
	for _, s := range a.schedules {
		if m, known := s.Mission(code); known {
			return m, true
		}
	}
	return Mission{}, false
}

// person checks that a professional is in the directory, or was paid this calendar
// year or the one before.
func (a *abouts) person(ctx context.Context, i int, id string) error {
	if id == "" || a.people[id] {
		return nil
	}
	for year := a.draft.On.Year - 1; year <= a.draft.On.Year; year++ {
		if known, err := a.moved(ctx, Movement{Person: id, Year: year}); known || err != nil {
			return err
		}
	}
	a.wrong(i, "funding.person", "ce professionnel n’est pas à l’annuaire du territoire.")
	return nil
}

// moved reports whether the books hold anything of an envelope or a person.
func (a *abouts) moved(ctx context.Context, of Movement) (bool, error) {
	stands, err := a.tx.Standing(ctx, a.draft.Territory, of)
	return stands.Received != 0 || stands.Spent != 0, err
}

// peopleOf tells which professionals that a draft names the directory knows.
func (s *Service) peopleOf(ctx context.Context, d Draft) (map[string]bool, error) {
	named := map[string]bool{}
	for _, l := range d.Lines {
		if l.Person != "" {
			named[l.Person] = false
		}
	}
	if len(named) == 0 {
		return nil, nil
	}
	all, err := s.People.Practitioners(ctx, d.Territory)
	for _, p := range all {
		if _, asked := named[p.ID]; asked {
			named[p.ID] = true
		}
	}
	return named, err
}
