package funding

import (
	"context"
	"math/big"
	"slices"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/civil"
)

// contracted returns a territory's contract and what it pays. ErrNoContract,
// ErrScheduleUnknown.
func (s *Service) contracted(ctx context.Context, territory string) (Contract, Schedule, error) {
	c, there, err := s.Store.Contract(ctx, territory)
	if err != nil || !there {
		return c, Schedule{}, first(err, ErrNoContract)
	}
	schedule, known := s.schedule(c)
	if !known {
		return c, Schedule{}, ErrScheduleUnknown
	}
	return c, schedule, nil
}

// today is the day in a territory now.
func (s *Service) today(territory string) (civil.Date, error) {
	land, err := s.Territories.Territory(territory)
	if err != nil {
		return civil.Date{}, err
	}
	return civil.DateOf(s.Now(), land.Zone), nil
}

// Calendar lists every payment of a territory's contract with where it stands
// today, in the territory's zone, and the deadlines of its missions. The amount of
// a variable part is the most that it can be until the dialogue decided it; so is
// that of a mission's part until the caisse said it. Payments of which money came
// stay in the list when the contract has them no more.
// ErrNoContract, ErrScheduleUnknown.
func (s *Service) Calendar(ctx context.Context, a account.Actor, territory string) ([]Due, []Deadline, error) {
	if err := s.may(a, account.ReadBooks, territory); err != nil {
		return nil, nil, err
	}
	c, schedule, err := s.contracted(ctx, territory)
	if err != nil {
		return nil, nil, err
	}
	today, err := s.today(territory)
	if err != nil {
		return nil, nil, err
	}
	dues, err := s.dues(ctx, c, schedule, func(Payment) bool { return true }, today, s.Estimate)
	return dues, schedule.Deadlines(c), err
}

// estimator is what Service.Estimate is.
type estimator func(ctx context.Context, territory string, year int) (map[string]*big.Rat, error)

// once asks about each year once.
func (e estimator) once() estimator {
	if e == nil {
		return func(context.Context, string, int) (map[string]*big.Rat, error) { return nil, nil }
	}
	told := map[int]map[string]*big.Rat{}
	return func(ctx context.Context, territory string, year int) (earned map[string]*big.Rat, err error) {
		if _, asked := told[year]; !asked {
			told[year], err = e(ctx, territory, year)
		}
		return told[year], err
	}
}

// dues tells where the payments of a contract that are asked for stand today, by day.
func (s *Service) dues(ctx context.Context, c Contract, schedule Schedule, asked func(Payment) bool, today civil.Date, estimate estimator) ([]Due, error) {
	expected, err := s.Store.Expectations(ctx, ExpectationQuery{Territory: c.Territory, Prefix: keysOf(c)})
	if err != nil {
		return nil, err
	}
	there := map[string]Expectation{}
	for _, x := range expected {
		there[x.Key] = x
	}
	decided, err := s.decided(ctx, c, there)
	if err != nil {
		return nil, err
	}
	estimate = estimate.once()
	calendar := schedule.Calendar(c)
	var all []Due
	for _, p := range append(calendar, schedule.paidNoMore(c, calendar, expected)...) {
		if !asked(p) {
			continue
		}
		x, known := there[p.key(c)]
		d := Due{Payment: p, Expectation: x.ID, Received: x.Received}
		if known {
			d.On = x.On
		}
		if p.Kind == Variable && p.Days > 0 {
			if d.Estimate, err = estimate.of(ctx, c, p, schedule, today); err != nil {
				return nil, err
			}
		}
		if amount, taken := decided[missionYear{p.Code, p.Year}]; taken && p.Kind.decided() {
			if p.Amount.Known { // the contract may allow less since
				amount = min(amount, p.Amount.Cents)
			}
			d.Amount, d.Decided = Amount{amount, true}, true
		}
		d.Overpaid = d.overpaid()
		d.State = d.state(x, known, today)
		all = append(all, d)
	}
	slices.SortStableFunc(all, func(a, b Due) int { return a.On.Compare(b.On) }) // a decision may have come late
	return all, nil
}

// missionYear is a contract year of a mission or of a part of one.
type missionYear struct {
	mission string
	year    int
}

// decided is what dialogues decided about a contract. What they granted is expected
// of it; of nothing granted, the day tells whether the contract before is meant.
func (s *Service) decided(ctx context.Context, c Contract, expected map[string]Expectation) (map[missionYear]Cents, error) {
	all, err := s.Store.Decisions(ctx, c.Territory)
	amounts := map[missionYear]Cents{}
	for _, d := range all {
		if d.expected(c, expected) || d.Amount == 0 && !d.On.Before(c.Signed) {
			amounts[missionYear{d.Mission, d.Year}] = d.Amount
		}
	}
	return amounts, err
}

// expected reports whether a contract makes money of a decision expected.
func (d Decision) expected(c Contract, expected map[string]Expectation) bool {
	for _, kind := range []PaymentKind{Variable, OfPart} {
		if _, there := expected[Payment{Code: d.Mission, Year: d.Year, Kind: kind}.key(c)]; there {
			return true
		}
	}
	return false
}

// of is what indicators would earn of a variable part whose year has begun.
func (e estimator) of(ctx context.Context, c Contract, p Payment, schedule Schedule, today civil.Date) (Amount, error) {
	if !p.Amount.Known || schedule.Anniversary(c.Signed, p.Year-1).After(today) {
		return Amount{}, nil
	}
	earned, err := e(ctx, c.Territory, p.Year)
	share := earned[p.Code]
	if err != nil || share == nil {
		return Amount{}, err
	}
	return Amount{p.Amount.Cents.portion(share), true}, nil
}

// portion is a share of an amount ≥ 0 to the nearest cent, halves up. A share is
// held between 0 and 1.
func (c Cents) portion(share *big.Rat) Cents {
	switch {
	case share.Sign() <= 0:
		return 0
	case share.Cmp(big.NewRat(1, 1)) >= 0:
		return c
	}
	product := new(big.Int).Mul(big.NewInt(2*int64(c)), share.Num()) // amounts of schedules: far below the bound
	product.Add(product, share.Denom())
	return Cents(product.Quo(product, new(big.Int).Lsh(share.Denom(), 1)).Int64())
}
