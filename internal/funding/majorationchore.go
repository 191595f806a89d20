package funding

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/territory"
)

// majorationWeeks is how far back outcomes that are entered late or corrected
// still change what acts earn.
const majorationWeeks = 8

// changesAtOnce bounds what one transaction of the chore locks.
const changesAtOnce = 200

// ReconcileMajorations makes the majorations of every territory agree with the
// acts that were honoured in the last weeks: each act that earns one under a
// scheme of the territory's contract is expected once, whatever was entered how
// often; one that earns no more is withdrawn while nothing came, and expected
// again when it earns again. What a person voided stays void. It goes on with the
// next territory when one fails.
func (s *Service) ReconcileMajorations(ctx context.Context) error {
	var failed []error
	for _, id := range s.Lands() {
		failed = append(failed, s.reconcileLand(ctx, id))
	}
	return errors.Join(failed...)
}

func (s *Service) reconcileLand(ctx context.Context, id string) error {
	land, err := s.Territories.Territory(id)
	if err != nil {
		return err
	}
	c, there, err := s.Store.Contract(ctx, id)
	if err != nil || !there {
		return err
	}
	for _, scheme := range s.Schemes.Schemes {
		if err := s.reconcileScheme(ctx, land, c, scheme); err != nil {
			return err
		}
	}
	return nil
}

// reconcileScheme compares whole weeks of the scheme: the cap counts within them.
func (s *Service) reconcileScheme(ctx context.Context, land territory.Territory, c Contract, scheme Scheme) error {
	today := civil.DateOf(s.Now(), land.Zone)
	from := scheme.weekOf(today.AddDays(-7 * majorationWeeks))
	kept, err := s.majorationsFrom(ctx, land.ID, scheme, from)
	if err != nil {
		return err
	}
	var earned []Majoration
	if slices.Contains(c.Schemes, scheme.Code) {
		acts, err := s.begun(ctx, land.ID, civil.Day(from, land.Zone).Start, civil.Day(today, land.Zone).End)
		if err != nil {
			return err
		}
		earned = scheme.withinPaid(scheme.Earn(acts, land.Zone), kept, land)
	}
	var changes []change
	for _, m := range earned {
		want := m.expectation(c, land)
		x, known := kept[want.Key]
		delete(kept, want.Key)
		after, changed := x.Follow(want.On, want.Amount)
		switch {
		case !known:
			changes = append(changes, change{want: want})
		case changed:
			changes = append(changes, change{id: after.ID, want: want})
		}
	}
	for _, x := range kept {
		if _, changed := x.Withdraw(); changed {
			changes = append(changes, change{id: x.ID})
		}
	}
	for some := range slices.Chunk(changes, changesAtOnce) {
		if err := s.apply(ctx, some); err != nil {
			return err
		}
	}
	return nil
}

// change is what an expectation is to become: added when it has no id, as wanted,
// or withdrawn when nothing is.
type change struct {
	id   string
	want Expectation
}

// apply reads each expectation again under its lock: a person may have settled it.
func (s *Service) apply(ctx context.Context, changes []change) error {
	slices.SortFunc(changes, func(a, b change) int { return cmp.Or(cmp.Compare(a.id, b.id), cmp.Compare(a.want.Key, b.want.Key)) })
	return s.Store.InTx(ctx, func(ctx context.Context, tx Tx) error {
		for _, one := range changes {
			if err := s.applyOne(ctx, tx, one); err != nil {
				return err
			}
		}
		return nil
	})
}

func (s *Service) applyOne(ctx context.Context, tx Tx, one change) error {
	if one.id == "" {
		_, err := s.Expect(ctx, tx, one.want, system)
		return err
	}
	x, err := tx.Expectation(ctx, one.id)
	if err != nil {
		return err
	}
	if one.want.Key == "" {
		return s.withdraw(ctx, tx, x, system)
	}
	after, changed := x.Follow(one.want.On, one.want.Amount)
	if !changed {
		return nil
	}
	return s.save(ctx, tx, after, system, "funding.expect.follow")
}

// majorationsFrom lists what is kept of a scheme from a day on, by key.
func (s *Service) majorationsFrom(ctx context.Context, territory string, scheme Scheme, from civil.Date) (map[string]Expectation, error) {
	q := ExpectationQuery{Territory: territory, Prefix: scheme.keys(), AfterOn: from.AddDays(-1), AfterID: "~"}
	all, err := s.Store.Expectations(ctx, q)
	kept := map[string]Expectation{}
	for _, x := range all {
		if !x.On.Before(from) { // whatever way a database compares ids
			kept[x.Key] = x
		}
	}
	return kept, err
}
