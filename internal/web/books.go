package web

import (
	"cmp"
	"context"
	"slices"
	"strconv"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/funding"
	"github.com/relais-snp/relais/internal/web/api"
)

// bookHandlers keeps the double-entry books of a CPTS.
type bookHandlers struct {
	books     Books
	contracts Contracts
	rules     FundingRules
	people    People
	names     names
}

func (h bookHandlers) ListFiscalYears(ctx context.Context, r api.ListFiscalYearsRequestObject) (api.ListFiscalYearsResponseObject, error) {
	ctx, actor := caller(ctx)
	years, err := h.books.FiscalYears(ctx, actor, r.Params.Territory)
	if err != nil {
		return nil, err
	}
	out := api.ListFiscalYears200JSONResponse{}
	out.Items, err = h.years(ctx, years)
	return out, err
}

func (h bookHandlers) OpenFiscalYear(ctx context.Context, r api.OpenFiscalYearRequestObject) (api.OpenFiscalYearResponseObject, error) {
	ctx, actor := caller(ctx)
	year, err := h.books.OpenYear(ctx, actor, r.Body.Territory, dateFrom(r.Body.First), dateFrom(r.Body.Last))
	if err != nil {
		return nil, err
	}
	out, err := h.years(ctx, []funding.FiscalYear{year})
	if err != nil {
		return nil, err
	}
	return api.OpenFiscalYear201JSONResponse(out[0]), nil
}

func (h bookHandlers) CloseFiscalYear(ctx context.Context, r api.CloseFiscalYearRequestObject) (api.CloseFiscalYearResponseObject, error) {
	ctx, actor := caller(ctx)
	day, err := h.dayOf(ctx, actor, r.Params.Territory, r.Year)
	if err != nil {
		return nil, err
	}
	year, err := h.books.CloseYear(ctx, actor, r.Params.Territory, day)
	if err != nil {
		return nil, err
	}
	out, err := h.years(ctx, []funding.FiscalYear{year})
	if err != nil {
		return nil, err
	}
	return api.CloseFiscalYear200JSONResponse(out[0]), nil
}

// dayOf is a day of a fiscal year, and one that no year holds when there is no such year.
func (h bookHandlers) dayOf(ctx context.Context, a account.Actor, territory string, year int) (civil.Date, error) {
	years, err := h.books.FiscalYears(ctx, a, territory)
	if err != nil {
		return civil.Date{}, err
	}
	at := slices.IndexFunc(years, func(y funding.FiscalYear) bool { return y.Year == year })
	if at < 0 {
		return civil.Date{}, funding.ErrNoYear
	}
	return years[at].First, nil
}

// years tells fiscal years with the accounts and journals that hold in them.
func (h bookHandlers) years(ctx context.Context, years []funding.FiscalYear) ([]api.FiscalYear, error) {
	by, err := h.names.of(ctx, collect(years, func(y funding.FiscalYear) string { return y.ClosedBy }))
	if err != nil {
		return nil, err
	}
	out := make([]api.FiscalYear, 0, len(years))
	for _, y := range years {
		chart, err := h.rules.Charts.For(y)
		if err != nil {
			return nil, err
		}
		out = append(out, yearOf(y, chart, by[y.ClosedBy]))
	}
	return out, nil
}

func yearOf(y funding.FiscalYear, chart funding.Chart, closedBy string) api.FiscalYear {
	out := api.FiscalYear{Year: y.Year, First: dateOf(y.First), Last: dateOf(y.Last), ClosedAt: optionalTime(y.ClosedAt), ClosedBy: optional(closedBy)}
	sized(&out.Accounts, len(chart.Accounts))
	for i, a := range chart.Accounts {
		out.Accounts[i].Number, out.Accounts[i].Name, out.Accounts[i].Class = a.Number, a.Name, api.FiscalYearAccountsClass(a.Class)
	}
	sized(&out.Journals, len(chart.Journals))
	for i, j := range chart.Journals {
		out.Journals[i].Code, out.Journals[i].Name = j.Code, j.Name
	}
	return out
}

func (h bookHandlers) ProposeYearEnd(ctx context.Context, r api.ProposeYearEndRequestObject) (api.ProposeYearEndResponseObject, error) {
	ctx, actor := caller(ctx)
	proposed, err := h.books.YearEnd(ctx, actor, r.Params.Territory, r.Year)
	if err != nil {
		return nil, err
	}
	out := api.YearEnd{}
	sized(&out.Items, len(proposed))
	for i, p := range proposed {
		to := &out.Items[i]
		to.Key, to.Why, to.Written, to.Entry = p.Key, api.YearEndItemsWhy(p.Kind), p.Written != "", newEntryOf(p.Draft)
	}
	return api.ProposeYearEnd200JSONResponse(out), nil
}

func (h bookHandlers) GetTotals(ctx context.Context, r api.GetTotalsRequestObject) (api.GetTotalsResponseObject, error) {
	ctx, actor := caller(ctx)
	totals, err := h.books.Totals(ctx, actor, r.Params.Territory, r.Params.Year)
	if err != nil {
		return nil, err
	}
	chart, _ := h.rules.Charts.For(funding.FiscalYear{Year: r.Params.Year}) // without one, accounts have no names
	out := api.AccountTotalList{}
	sized(&out.Items, len(totals))
	for i, t := range totals {
		balance, err := t.Debit.Sub(t.Credit)
		if err != nil {
			return nil, err
		}
		named, _ := chart.Account(t.Account)
		to := &out.Items[i]
		to.Account, to.Name, to.Debit, to.Credit, to.Balance = t.Account, named.Name, t.Debit.String(), t.Credit.String(), balance.String()
	}
	return api.GetTotals200JSONResponse(out), nil
}

// ListIndemnities adds up what professionals got, by name. The cap is that of the calendar year.
func (h bookHandlers) ListIndemnities(ctx context.Context, r api.ListIndemnitiesRequestObject) (api.ListIndemnitiesResponseObject, error) {
	ctx, actor := caller(ctx)
	standings, err := h.books.Standings(ctx, actor, r.Params.Territory)
	if err != nil {
		return nil, err
	}
	people, err := h.people.Practitioners(ctx, r.Params.Territory)
	if err != nil {
		return nil, err
	}
	named := map[string]string{}
	for _, p := range people {
		named[p.ID] = p.Name()
	}
	paid := slices.DeleteFunc(slices.Clone(standings), func(m funding.Movement) bool { return m.Person == "" || m.Year != r.Params.Year })
	slices.SortFunc(paid, func(a, b funding.Movement) int {
		return cmp.Or(cmp.Compare(named[a.Person], named[b.Person]), cmp.Compare(a.Person, b.Person))
	})
	limit, capped := h.rules.Caps.Of(r.Params.Year)
	out := api.IndemnityList{Year: r.Params.Year, Cap: moneyOf(funding.Amount{Cents: limit, Known: capped})}
	sized(&out.Items, len(paid))
	for i, m := range paid {
		to := &out.Items[i]
		to.Practitioner, to.Name, to.Paid = m.Person, optional(named[m.Person]), m.Spent.String()
		to.Left = moneyOf(funding.Amount{Cents: limit - m.Spent, Known: capped})
	}
	return api.ListIndemnities200JSONResponse(out), nil
}

// entryCursor is the number where a page of entries ended.
func entryCursor(number int64) *string { return joinCursor(strconv.FormatInt(number, 36), "") }

func entryAfter(cursor *string) (int64, error) {
	if cursor == nil {
		return 0, nil
	}
	text, _, err := splitCursor(*cursor)
	if err != nil {
		return 0, err
	}
	number, err := strconv.ParseInt(text, 36, 64)
	if err != nil || number < 1 {
		return 0, errCursor
	}
	return number, nil
}
