package attribution

import (
	"context"
	"fmt"
	"slices"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/fault"
	"github.com/relais-snp/relais/internal/territory"
)

// What a declaration may say at most.
const (
	maxPlaces   = 200
	maxCommunes = 100
)

// Capacities lists what the GPs of a territory said they can take, by
// practitioner, with what is already given of it: all of it for nurses and
// coordinators, a GP's own for a GP. Those who never declared are left out.
func (s *Service) Capacities(ctx context.Context, a account.Actor, land string) ([]Declaration, error) {
	all := account.Can(a, account.ReadCapacities, account.Target{Territory: land})
	if !all {
		if err := account.Allow(a, account.ReadCapacities, account.Target{Territory: land, Practitioner: a.Practitioner}); err != nil {
			return nil, err
		}
	}
	t, err := s.Territories.Territory(land)
	if err != nil {
		return nil, err
	}
	list, err := s.Store.Declarations(ctx, land, momentOf(t, s.Now()))
	if all || err != nil {
		return list, err
	}
	return slices.DeleteFunc(list, func(d Declaration) bool { return d.Practitioner != a.Practitioner }), nil
}

// Declare says what a GP can take in the current quarter: places, wishes, and
// whether they pause. A GP declares their own, Practitioner left out; a nurse
// declares for a GP whom she asked. What was declared before is replaced.
//
// Errors: "attribution.invalid" with its fields, ErrPractitionerUnknown for
// somebody who is no physician of the territory, ErrCapacityBelow for fewer
// places than what is given already. Pausing without lowering is always possible.
func (s *Service) Declare(ctx context.Context, a account.Actor, d Declaration) (Declaration, error) {
	if d.Practitioner == "" {
		d.Practitioner = a.Practitioner
	}
	if err := account.Allow(a, account.DeclareCapacity, account.Target{Territory: d.Territory, Practitioner: d.Practitioner}); err != nil {
		return Declaration{}, err
	}
	if err := d.check(); err != nil {
		return Declaration{}, err
	}
	t, err := s.Territories.Territory(d.Territory)
	if err != nil {
		return Declaration{}, err
	}
	doctors, err := s.doctors(ctx, d.Territory)
	if err != nil {
		return Declaration{}, err
	}
	if _, ok := doctors[d.Practitioner]; !ok {
		return Declaration{}, ErrPractitionerUnknown
	}
	d.Communes = slices.Compact(slices.Sorted(slices.Values(d.Communes)))
	return s.declare(ctx, a, t, d)
}

// declare is the transaction of Declare.
func (s *Service) declare(ctx context.Context, a account.Actor, t territory.Territory, d Declaration) (made Declaration, err error) {
	err = s.Store.InTx(ctx, func(ctx context.Context, tx Tx) error {
		now := s.Now()
		moment := momentOf(t, now)
		d.Quarter, d.DeclaredAt, d.DeclaredBy = QuarterOf(today(t, now)), now, a.ID
		before, _, err := tx.Declaration(ctx, d.Territory, d.Practitioner, moment)
		if err != nil {
			return err
		}
		if !d.holds(before) {
			return ErrCapacityBelow.With(CapacityDetail{Pending: before.Pending, Taken: before.Taken})
		}
		if err := tx.SaveDeclaration(ctx, d); err != nil {
			return err
		}
		detail := fmt.Sprintf("%s places=%d paused=%t", d.Quarter, d.Places, d.Paused)
		if err := tx.Audit(ctx, act(now, a.ID, "mt.capacity.declare", "practitioner:"+d.Practitioner, d.Territory, detail)); err != nil {
			return err
		}
		made, _, err = tx.Declaration(ctx, d.Territory, d.Practitioner, moment)
		return err
	})
	return made, err
}

// holds reports whether the places cover what was given of those before. Offers
// that wait may outlive their quarter, so that a GP who only pauses in the next
// one is not made to find places for them first.
func (d Declaration) holds(before Declaration) bool {
	pauses := d.Paused && d.Places >= before.PlacesIn(d.Quarter)
	return pauses || d.Places >= before.Pending+before.Taken
}

func (d Declaration) check() error {
	var bad []fault.Field
	broken := func(name, reason, message string) {
		bad = append(bad, fault.Field{Name: name, Reason: reason, Message: message})
	}
	if d.Places < 0 || d.Places > maxPlaces {
		broken("places", "attribution.places", "Le nombre de places va de 0 à 200.")
	}
	if known, _ := SetOf(Criteria()...); d.Criteria&^known != 0 {
		broken("criteria", "attribution.criterion_unknown", "Un critère est inconnu.")
	}
	if len(d.Communes) > maxCommunes {
		broken("communes", "attribution.communes_many", "Indiquez 100 communes au plus.")
		return fault.Fields("attribution.invalid", "La déclaration contient des erreurs.", bad...)
	}
	for i, code := range d.Communes {
		if communeOf(code).INSEE == "" {
			broken(fmt.Sprintf("communes.%d", i), "attribution.commune_unknown", "Aucune commune ne porte ce code INSEE.")
		}
	}
	return fault.Fields("attribution.invalid", "La déclaration contient des erreurs.", bad...)
}
