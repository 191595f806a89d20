package store

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/funding"
)

// settlement is what an entry received of an expectation.
type settlement struct {
	expectation string
	amount      funding.Cents
}

// settles adds up what came of expected money, less what was reversed.
func (s *tally) settles(e funding.Entry) {
	if e.Settles != "" {
		one := settlement{e.Settles, e.Came()}
		s.settled[e.ID] = one
		s.came[one.expectation] += one.amount
	}
	if back, there := s.settled[e.Reverses]; there {
		s.came[back.expectation] -= back.amount
	}
}

// compareExpectations holds what is kept as received of expected money against the
// entries that say so, and its state against both amounts. The amount and the day
// are not compared: they follow the contract and the acts.
func (s *tally) compareExpectations(ctx context.Context, t *tx, territory string) error {
	all, err := list(ctx, t, scanExpectation, selectExpectation+` WHERE territory = $1 ORDER BY id`, territory)
	if err != nil {
		return err
	}
	came := maps.Clone(s.came)
	for _, x := range all {
		if x.Received != came[x.ID] || !x.Sound() {
			return fmt.Errorf("%w: what came of expectation %s", ErrBooksApart, x.ID)
		}
		delete(came, x.ID)
	}
	for _, id := range slices.Sorted(maps.Keys(came)) {
		if came[id] != 0 {
			return fmt.Errorf("%w: expectation %s is not there, and money came of it", ErrBooksApart, id)
		}
	}
	return nil
}

// Each statement lists what is not as the audit says that somebody left it, and
// reads both at one moment.
var unaudited = []struct{ what, query string }{
	{"the closing of", `SELECT a.target FROM audit a
LEFT JOIN funding_years y ON y.territory = a.territory AND a.target = 'fiscal_year:' || y.year
WHERE a.territory = $1 AND a.action = 'funding.year.close' AND (y.closed_at IS NULL OR y.closed_by <> a.actor) ORDER BY a.id`},
	{"the closing of", `SELECT 'fiscal_year:' || y.year FROM funding_years y WHERE y.territory = $1 AND y.closed_at IS NOT NULL
AND 'fiscal_year:' || y.year NOT IN (SELECT a.target FROM audit a WHERE a.territory = $1 AND a.action = 'funding.year.close') ORDER BY y.year`},
	{"the giving up of expectation", `SELECT x.id FROM funding_expectations x WHERE x.territory = $1 AND x.state = 'voided'
AND 'expectation:' || x.id NOT IN (SELECT a.target FROM audit a WHERE a.territory = $1 AND a.action = 'funding.void') ORDER BY x.id`},
	{"the withdrawal of expectation", `SELECT x.id FROM funding_expectations x WHERE x.territory = $1 AND x.state = 'withdrawn'
AND 'expectation:' || x.id NOT IN (SELECT a.target FROM audit a WHERE a.territory = $1 AND a.action = 'funding.expect.withdraw') ORDER BY x.id`},
}

// compareAudited holds what no entry tells against the audit: closed years, what was
// given up or withdrawn, and decisions.
func (f Funding) compareAudited(ctx context.Context, territory string) error {
	for _, one := range unaudited {
		apart, some, err := first(list(ctx, f.DB, scanID, one.query, territory))
		if err != nil {
			return err
		}
		if some {
			return fmt.Errorf("%w: %s %s is not as the audit has it", ErrBooksApart, one.what, apart)
		}
	}
	return f.compareDecisions(ctx, territory)
}

// One that was audited is read with the decision that stands, one that stands
// unaudited with nothing.
const selectDecided = `SELECT a.target, a.actor, a.detail, a.id, COALESCE(d.amount, -1), COALESCE(d.on_day, '1970-01-01'), COALESCE(d.evidence, ''),
  COALESCE(d.decided_by, '')
FROM audit a LEFT JOIN funding_decisions d ON d.territory = a.territory AND a.target = 'variable:' || d.mission || ':' || d.year
WHERE a.territory = $1 AND a.action = 'funding.decide'
UNION ALL SELECT 'variable:' || d.mission || ':' || d.year, '', '', 0, d.amount, d.on_day, d.evidence, d.decided_by
FROM funding_decisions d WHERE d.territory = $1
AND 'variable:' || d.mission || ':' || d.year NOT IN (SELECT a.target FROM audit a WHERE a.territory = $1 AND a.action = 'funding.decide')
ORDER BY 4`

// compareDecisions holds each decision against the last that the audit has of it.
func (f Funding) compareDecisions(ctx context.Context, territory string) error {
	all, err := list(ctx, f.DB, scanDecided, selectDecided, territory)
	if err != nil {
		return err
	}
	last := map[string]decided{}
	for _, d := range all {
		last[d.target] = d
	}
	for _, target := range slices.Sorted(maps.Keys(last)) {
		if d := last[target]; d.by != d.Decision.By || d.detail != d.Decision.Told() {
			return fmt.Errorf("%w: decision %s is not as the audit has it", ErrBooksApart, target)
		}
	}
	return nil
}

// decided is a decision beside what the audit has of it.
type decided struct {
	target, by, detail string
	funding.Decision
}

func scanDecided(row scanner) (d decided, err error) {
	var id, amount int64
	var on string
	if err := row.Scan(&d.target, &d.by, &d.detail, &id, &amount, &on, &d.Evidence, &d.Decision.By); err != nil {
		return d, err
	}
	d.Amount = funding.Cents(amount)
	d.On, err = civil.ParseDate(on)
	return d, err
}
