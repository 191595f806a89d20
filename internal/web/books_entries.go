package web

import (
	"context"
	"encoding/hex"
	"strconv"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/funding"
	"github.com/relais-snp/relais/internal/web/api"
)

func (h bookHandlers) ListEntries(ctx context.Context, r api.ListEntriesRequestObject) (api.ListEntriesResponseObject, error) {
	ctx, actor := caller(ctx)
	after, err := entryAfter(r.Params.Cursor)
	if err != nil {
		return nil, err
	}
	q := funding.EntryQuery{
		Territory: r.Params.Territory, Year: value(r.Params.Year), Account: value(r.Params.Account), Journal: value(r.Params.Journal),
		Envelope: value(r.Params.Envelope), Newest: value(r.Params.Order) == api.Newest, After: after, Limit: limitOf(r.Params.Limit),
	}
	found, err := h.books.Entries(ctx, actor, q)
	if err != nil {
		return nil, err
	}
	list := api.ListEntries200JSONResponse{}
	if list.Items, err = h.entries(ctx, actor, found); len(found) == q.Limit {
		list.Next = entryCursor(found[q.Limit-1].Number)
	}
	return list, err
}

func (h bookHandlers) GetEntry(ctx context.Context, r api.GetEntryRequestObject) (api.GetEntryResponseObject, error) {
	ctx, actor := caller(ctx)
	e, err := h.books.Entry(ctx, actor, r.Id)
	if err != nil {
		return nil, err
	}
	out, err := h.entry(ctx, actor, e)
	return api.GetEntry200JSONResponse(out), err
}

func (h bookHandlers) PostEntry(ctx context.Context, r api.PostEntryRequestObject) (api.PostEntryResponseObject, error) {
	ctx, actor := caller(ctx)
	d, err := entryFrom(*r.Body)
	if err != nil {
		return nil, err
	}
	if err := h.nameContract(ctx, actor, &d); err != nil {
		return nil, err
	}
	made, err := h.books.Post(ctx, actor, d, r.Params.IdempotencyKey)
	if err != nil {
		return nil, err
	}
	out, err := h.entry(ctx, actor, made)
	return api.PostEntry201JSONResponse(out), err
}

// nameContract says which contract the lines about its years, missions and envelopes are of: a territory has one at a time, and
// envelopes are counted by it.
func (h bookHandlers) nameContract(ctx context.Context, a account.Actor, d *funding.Draft) error {
	c, there, err := h.contracts.Contract(ctx, a, d.Territory)
	if err != nil || !there {
		return err
	}
	for i, l := range d.Lines {
		if l.Year != 0 || l.Mission != "" || l.Envelope != "" {
			d.Lines[i].Contract = c.ID
		}
	}
	return nil
}

func (h bookHandlers) ReverseEntry(ctx context.Context, r api.ReverseEntryRequestObject) (api.ReverseEntryResponseObject, error) {
	ctx, actor := caller(ctx)
	made, err := h.books.Reverse(ctx, actor, r.Id, dateFrom(r.Body.On), r.Body.Label, r.Params.IdempotencyKey)
	if err != nil {
		return nil, err
	}
	out, err := h.entry(ctx, actor, made)
	return api.ReverseEntry201JSONResponse(out), err
}

func (h bookHandlers) entry(ctx context.Context, a account.Actor, e funding.Entry) (api.Entry, error) {
	out, err := h.entries(ctx, a, []funding.Entry{e})
	if err != nil {
		return api.Entry{}, err
	}
	return out[0], nil
}

// entries tells entries with the names of who wrote them and what reversed them.
func (h bookHandlers) entries(ctx context.Context, a account.Actor, all []funding.Entry) ([]api.Entry, error) {
	by, err := h.names.of(ctx, collect(all, func(e funding.Entry) string { return e.By }))
	if err != nil {
		return nil, err
	}
	reversed, err := h.books.Reversals(ctx, a, all)
	return each(all, func(e funding.Entry) api.Entry {
		return api.Entry{
			Number: e.Number, Id: e.ID, Journal: e.Journal, On: dateOf(e.On), Year: e.FiscalYear, Label: e.Label, Piece: e.Piece, PieceOn: dateOf(e.PieceOn),
			Lines: each(e.Lines, lineOf), Reverses: optional(e.Reverses), ReversedBy: optional(reversed[e.ID]), At: e.At, By: optional(by[e.By]),
			Hash: hex.EncodeToString(e.Hash[:]),
		}
	}), err
}

func lineOf(l funding.Line) api.EntryLine {
	return api.EntryLine{
		Account: l.Account, Debit: above(l.Debit), Credit: above(l.Credit), ContractYear: optional(l.Year), Mission: optional(l.Mission),
		Envelope: optional(l.Envelope), Budget: optional(api.EntryLineBudget(l.Budget)), Evidence: optional(l.Evidence), Person: optional(l.Person),
	}
}

// above is an amount as text, nil for zero: the other side of a line.
func above(c funding.Cents) *api.PositiveMoney {
	return moneyOf(funding.Amount{Cents: c, Known: c != 0})
}

func newEntryOf(d funding.Draft) api.NewEntry {
	return api.NewEntry{
		Territory: d.Territory, Journal: d.Journal, On: dateOf(d.On), Label: d.Label, Piece: d.Piece, PieceOn: optionalDay(d.PieceOn), Lines: each(d.Lines, lineOf),
	}
}

func entryFrom(b api.NewEntry) (funding.Draft, error) {
	d := funding.Draft{Territory: b.Territory, Journal: b.Journal, On: dateFrom(b.On), Label: b.Label, Piece: b.Piece}
	if b.PieceOn != nil {
		d.PieceOn = dateFrom(*b.PieceOn)
	}
	sums := sums{}
	for i, l := range b.Lines {
		at := "lines." + strconv.Itoa(i)
		line := funding.Line{Account: l.Account, Dimensions: funding.Dimensions{
			Year: value(l.ContractYear), Mission: value(l.Mission), Envelope: value(l.Envelope), Budget: funding.Budget(value(l.Budget)),
			Evidence: value(l.Evidence), Person: value(l.Person),
		}}
		if l.Debit != nil {
			line.Debit = sums.of(at+".debit", *l.Debit)
		}
		if l.Credit != nil {
			line.Credit = sums.of(at+".credit", *l.Credit)
		}
		d.Lines = append(d.Lines, line)
	}
	return d, sums.refused()
}
