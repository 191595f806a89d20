package attribution

import (
	"cmp"
	"context"
	"slices"

	"github.com/relais-snp/relais/internal/account"
)

// maxChoices is how many GPs are listed for one request: far more than anybody
// looks through.
const maxChoices = 500

// Choices lists the GPs who declared a capacity, for a nurse who chooses one for
// a request by hand: the nearest first, where one who knows the patient counts as
// nearer, as in the plan.
func (s *Service) Choices(ctx context.Context, a account.Actor, request string) ([]Choice, error) {
	if err := account.Allow(a, account.HandleRequests, account.Target{}); err != nil {
		return nil, err
	}
	r, err := s.sought(ctx, a, request)
	if err != nil {
		return nil, err
	}
	t, err := s.Territories.Territory(r.Territory)
	if err != nil {
		return nil, err
	}
	now := s.Now()
	moment, day := momentOf(t, now), today(t, now)
	declared, err := s.Store.Declarations(ctx, t.ID, moment)
	if err != nil {
		return nil, err
	}
	doctors, err := s.doctors(ctx, t.ID)
	if err != nil {
		return nil, err
	}
	refusals, err := s.refusals(ctx, r)
	if err != nil {
		return nil, err
	}
	return choose(r.seeker(refusals, day), capacitiesOf(declared, doctors, QuarterOf(day)), s.Rules.On(day).Limits()), nil
}

// choose weighs every GP for one seeker.
func choose(one Seeker, gps []Capacity, l Limits) []Choice {
	list := make([]Choice, 0, len(gps))
	for i := range gps {
		list = append(list, l.weigh(one, &gps[i]))
	}
	behind := func(c Choice) int {
		if c.Known {
			return c.Metres
		}
		return c.Metres + l.KnownMetres
	}
	slices.SortFunc(list, func(a, b Choice) int {
		return cmp.Or(behind(a)-behind(b), cmp.Compare(a.Practitioner, b.Practitioner))
	})
	return list[:min(maxChoices, len(list))]
}

// weigh says what a GP is for a seeker. What forbids an offer is said before what
// only speaks against one.
func (l Limits) weigh(one Seeker, c *Capacity) Choice {
	d := apartBy(one.Commune, c.Commune)
	hurdle, metres := l.fit(one, c, d)
	if c.Left <= 0 && hurdle != Refused && hurdle != Paused {
		hurdle = Full
	}
	return Choice{Practitioner: c.Practitioner, Metres: metres, Unlocated: d.Unknown, Known: one.KnownTo == c.Practitioner,
		Left: c.Left, Hurdle: hurdle}
}
