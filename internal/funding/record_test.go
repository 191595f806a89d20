package funding_test

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/relais-snp/relais/internal/audit"
	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/fault"
	"github.com/relais-snp/relais/internal/funding"
)

// books is a record in memory: one transaction at a time, and one that fails
// leaves nothing behind.
type books struct {
	mu sync.Mutex
	page
}

type page struct {
	entries    []funding.Entry
	years      []funding.FiscalYear
	standings  map[string]map[funding.Movement]funding.Movement
	expected   map[string]funding.Expectation
	keys       map[string]string // expectation by territory and key
	remembered map[string][2]string
	audit      []audit.Entry
	contracts  map[string]funding.Contract
	decisions  []funding.Decision
	budget     map[string]funding.BudgetLine
	acts       []funding.Act
}

func newBooks() *books {
	return &books{page: page{standings: map[string]map[funding.Movement]funding.Movement{}, expected: map[string]funding.Expectation{},
		keys: map[string]string{}, remembered: map[string][2]string{}, contracts: map[string]funding.Contract{}, budget: map[string]funding.BudgetLine{}}}
}

func (b *books) InTx(ctx context.Context, fn func(context.Context, funding.Tx) error) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	work := page{entries: slices.Clone(b.entries), years: slices.Clone(b.years), standings: map[string]map[funding.Movement]funding.Movement{},
		expected: maps.Clone(b.expected), keys: maps.Clone(b.keys), remembered: maps.Clone(b.remembered), audit: slices.Clone(b.audit),
		contracts: maps.Clone(b.contracts), decisions: slices.Clone(b.decisions), budget: maps.Clone(b.budget), acts: b.acts}
	for territory, all := range b.standings {
		work.standings[territory] = maps.Clone(all)
	}
	if err := fn(ctx, &work); err != nil {
		return err
	}
	b.page = work
	return nil
}

func (p *page) Head(_ context.Context, territory string) (funding.Head, error) {
	head := funding.Head{}
	for _, e := range p.entries {
		if e.Territory == territory {
			head = funding.Head{Number: e.Number, Hash: e.Hash}
		}
	}
	return head, nil
}

func (p *page) AddEntry(_ context.Context, e funding.Entry) error {
	p.entries = append(p.entries, e)
	return nil
}

func (p *page) Entry(_ context.Context, id string) (funding.Entry, error) {
	for _, e := range p.entries {
		if e.ID == id {
			return e, nil
		}
	}
	return funding.Entry{}, funding.ErrEntryUnknown
}

func (p *page) Pieced(_ context.Context, territory, piece string) ([]funding.Entry, error) {
	return slices.DeleteFunc(slices.Clone(p.entries), func(e funding.Entry) bool { return e.Territory != territory || e.Piece != piece }), nil
}

func (p *page) ReversalOf(_ context.Context, id string) (string, error) {
	for _, e := range p.entries {
		if e.Reverses == id {
			return e.ID, nil
		}
	}
	return "", nil
}

func named(m funding.Movement) funding.Movement {
	m.Received, m.Spent = 0, 0
	return m
}

func (p *page) Standing(_ context.Context, territory string, of funding.Movement) (funding.Movement, error) {
	if m, ok := p.standings[territory][named(of)]; ok {
		return m, nil
	}
	return named(of), nil
}

func (p *page) SaveStanding(_ context.Context, territory string, m funding.Movement) error {
	if p.standings[territory] == nil {
		p.standings[territory] = map[funding.Movement]funding.Movement{}
	}
	p.standings[territory][named(m)] = m
	return nil
}

func (p *page) FiscalYear(_ context.Context, territory string, day civil.Date) (funding.FiscalYear, error) {
	for _, y := range p.years {
		if y.Territory == territory && !day.Before(y.First) && !day.After(y.Last) {
			return y, nil
		}
	}
	return funding.FiscalYear{}, funding.ErrNoYear
}

func (p *page) SaveFiscalYear(_ context.Context, y funding.FiscalYear) error {
	for i, other := range p.years {
		switch {
		case other.Territory != y.Territory || other.Last.Before(y.First) || y.Last.Before(other.First):
		case other.First == y.First && other.Last == y.Last && !y.ClosedAt.IsZero():
			p.years[i] = y
			return nil
		default:
			return funding.ErrYearOverlaps
		}
	}
	p.years = append(p.years, y)
	return nil
}

func (p *page) Expectation(_ context.Context, id string) (funding.Expectation, error) {
	if x, ok := p.expected[id]; ok {
		return x, nil
	}
	return funding.Expectation{}, funding.ErrExpectationUnknown
}

func (p *page) AddExpectation(_ context.Context, x funding.Expectation) (funding.Expectation, bool, error) {
	if id, ok := p.keys[x.Territory+" "+x.Key]; ok {
		return p.expected[id], false, nil
	}
	p.keys[x.Territory+" "+x.Key], p.expected[x.ID] = x.ID, x
	return x, true, nil
}

func (p *page) SaveExpectation(_ context.Context, x funding.Expectation) error {
	x.Revision++
	p.expected[x.ID] = x
	return nil
}

func (p *page) Audit(_ context.Context, e audit.Entry) error {
	p.audit = append(p.audit, e)
	return nil
}

var errKeyReused = fault.New(fault.Conflict, "request.key_reused", "Cette clé a déjà servi à une autre demande.")

func (p *page) Remembered(_ context.Context, actor, key, digest string) (string, error) {
	kept, ok := p.remembered[actor+" "+key]
	if ok && kept[0] != digest {
		return "", errKeyReused
	}
	return kept[1], nil
}

func (p *page) Remember(_ context.Context, actor, key, digest, made string, _ time.Time) error {
	p.remembered[actor+" "+key] = [2]string{digest, made}
	return nil
}

func (p *page) ExpectationsKeyed(_ context.Context, territory, prefix string) ([]funding.Expectation, error) {
	var all []funding.Expectation
	for _, key := range slices.Sorted(maps.Keys(p.keys)) {
		if strings.HasPrefix(key, territory+" "+prefix) {
			all = append(all, p.expected[p.keys[key]])
		}
	}
	return all, nil
}

func (p *page) Contract(_ context.Context, territory string) (funding.Contract, bool, error) {
	c, ok := p.contracts[territory]
	return c, ok, nil
}

func (p *page) SaveContract(_ context.Context, c funding.Contract) error {
	c.Revision++
	p.contracts[c.Territory] = c
	return nil
}

func (p *page) SaveDecision(_ context.Context, d funding.Decision) error {
	p.decisions = slices.DeleteFunc(p.decisions, func(o funding.Decision) bool {
		return o.Territory == d.Territory && o.Mission == d.Mission && o.Year == d.Year
	})
	p.decisions = append(p.decisions, d)
	return nil
}

func (p *page) BudgetLine(_ context.Context, id string) (funding.BudgetLine, error) {
	if l, ok := p.budget[id]; ok {
		return l, nil
	}
	return funding.BudgetLine{}, funding.ErrBudgetUnknown
}

func (p *page) SaveBudgetLine(_ context.Context, l funding.BudgetLine) error {
	l.Revision++
	p.budget[l.ID] = l
	return nil
}

func (p *page) DeleteBudgetLine(_ context.Context, id string) error {
	delete(p.budget, id)
	return nil
}

func (b *books) Contract(ctx context.Context, territory string) (funding.Contract, bool, error) {
	return b.page.Contract(ctx, territory)
}

func (b *books) Decisions(_ context.Context, territory string) ([]funding.Decision, error) {
	return slices.DeleteFunc(slices.Clone(b.decisions), func(d funding.Decision) bool { return d.Territory != territory }), nil
}

func (b *books) BudgetLines(ctx context.Context, territory string, year int) ([]funding.BudgetLine, error) {
	return b.page.BudgetLines(ctx, territory, year)
}

func (p *page) BudgetLines(_ context.Context, territory string, year int) ([]funding.BudgetLine, error) {
	var all []funding.BudgetLine
	for _, l := range p.budget {
		if l.Territory == territory && l.Year == year {
			all = append(all, l)
		}
	}
	slices.SortFunc(all, func(a, b funding.BudgetLine) int { return strings.Compare(a.Label+a.ID, b.Label+b.ID) })
	return all, nil
}

func (b *books) Expenses(_ context.Context, territory string, year int) ([]funding.Expense, error) {
	var all []funding.Expense
	for _, e := range b.entries {
		for _, l := range e.Lines {
			if e.Territory == territory && e.FiscalYear == year && l.Account[0] == '6' {
				all = append(all, funding.Expense{Account: l.Account, Dimensions: l.Dimensions, Amount: l.Debit - l.Credit})
			}
		}
	}
	return all, nil
}

func (b *books) Acts(_ context.Context, territory string, from, to time.Time) ([]funding.Act, error) {
	return slices.DeleteFunc(slices.Clone(b.acts), func(a funding.Act) bool {
		return a.Territory != territory || a.Start.Before(from) || !a.Start.Before(to)
	}), nil
}

func (b *books) Act(_ context.Context, booking string) (funding.Act, error) {
	for _, a := range b.acts {
		if a.Booking == booking {
			return a, nil
		}
	}
	return funding.Act{}, funding.ErrActUnknown
}

func (b *books) Entry(ctx context.Context, id string) (funding.Entry, error) {
	return b.page.Entry(ctx, id)
}

func (b *books) Reversals(_ context.Context, _ string, ids []string) (map[string]string, error) {
	by := map[string]string{}
	for _, e := range b.entries {
		if slices.Contains(ids, e.Reverses) {
			by[e.Reverses] = e.ID
		}
	}
	return by, nil
}

func (b *books) Entries(_ context.Context, q funding.EntryQuery) ([]funding.Entry, error) {
	entries := slices.Clone(b.entries)
	if q.ByDay {
		slices.SortStableFunc(entries, func(a, b funding.Entry) int { return a.On.Compare(b.On) })
	}
	var all []funding.Entry
	for _, e := range entries {
		about := slices.ContainsFunc(e.Lines, func(l funding.Line) bool {
			return (q.Envelope == "" || l.Envelope == q.Envelope) && (q.Account == "" || l.Account == q.Account)
		})
		later := e.Number > q.After
		if q.ByDay {
			later = q.AfterOn.IsZero() || cmp.Or(e.On.Compare(q.AfterOn), cmp.Compare(e.Number, q.After)) > 0
		}
		of := e.Territory == q.Territory && later && (q.Year == 0 || e.FiscalYear == q.Year) && (q.Journal == "" || e.Journal == q.Journal)
		if of && about && (q.Limit == 0 || len(all) < q.Limit) {
			all = append(all, e)
		}
	}
	return all, nil
}

func (b *books) Balances(_ context.Context, territory string, year int) ([]funding.AccountTotal, error) {
	by := map[string]funding.AccountTotal{}
	for _, e := range b.entries {
		for _, l := range e.Lines {
			if e.Territory == territory && e.FiscalYear == year {
				t := by[l.Account]
				by[l.Account] = funding.AccountTotal{Account: l.Account, Debit: t.Debit + l.Debit, Credit: t.Credit + l.Credit}
			}
		}
	}
	return slices.SortedFunc(maps.Values(by), func(a, b funding.AccountTotal) int { return strings.Compare(a.Account, b.Account) }), nil
}

func (b *books) Standings(_ context.Context, territory string) ([]funding.Movement, error) {
	return slices.Collect(maps.Values(b.standings[territory])), nil
}

func (p *page) FiscalYears(_ context.Context, territory string) ([]funding.FiscalYear, error) {
	return slices.DeleteFunc(slices.Clone(p.years), func(y funding.FiscalYear) bool { return y.Territory != territory }), nil
}

func (b *books) FiscalYears(context.Context, string) ([]funding.FiscalYear, error) {
	return b.years, nil
}

func (b *books) Expectations(_ context.Context, q funding.ExpectationQuery) ([]funding.Expectation, error) {
	var all []funding.Expectation
	for _, x := range b.expected {
		after := q.AfterID == "" || x.On.After(q.AfterOn) || x.On == q.AfterOn && x.ID > q.AfterID
		if x.Territory == q.Territory && strings.HasPrefix(x.Key, q.Prefix) && (len(q.States) == 0 || slices.Contains(q.States, x.State)) &&
			(q.Person == "" || x.Person == q.Person) && after {
			all = append(all, x)
		}
	}
	slices.SortFunc(all, func(a, b funding.Expectation) int { return cmp.Or(a.On.Compare(b.On), cmp.Compare(a.ID, b.ID)) })
	if q.Limit > 0 && len(all) > q.Limit {
		all = all[:q.Limit]
	}
	return all, nil
}
