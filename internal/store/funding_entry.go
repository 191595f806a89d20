package store

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/relais-snp/relais/internal/fault"
	"github.com/relais-snp/relais/internal/funding"
)

const fundingEntryColumns = `e.id, e.territory, e.number, e.journal, e.on_day, e.fiscal_year, e.label, e.piece, e.piece_on, e.reverses, e.settles, e.at, e.made_by, e.hash`

const selectFundingEntry = `SELECT ` + fundingEntryColumns + ` FROM funding_entries e`

const insertFundingEntry = `INSERT INTO funding_entries (id, territory, number, journal, on_day, fiscal_year, label, piece, piece_on,
  reverses, settles, at, made_by, hash)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
ON CONFLICT (reverses) WHERE reverses IS NOT NULL DO NOTHING`

// errHeadLost keeps an entry that follows no head from being written.
var errHeadLost = errors.New("store: the entry does not follow the head of its books")

// Entry returns one; funding.ErrEntryUnknown.
func (f Funding) Entry(ctx context.Context, id string) (funding.Entry, error) {
	return fundingEntry(ctx, f.DB, id)
}

// Entry returns one; funding.ErrEntryUnknown. Nobody can change it: it takes no lock.
func (t *tx) Entry(ctx context.Context, id string) (funding.Entry, error) {
	return fundingEntry(ctx, t, id)
}

func fundingEntry(ctx context.Context, from rows, id string) (funding.Entry, error) {
	e, err := one(ctx, from, funding.ErrEntryUnknown, scanFundingEntry, selectFundingEntry+` WHERE e.id = $1`, id)
	if err != nil {
		return e, err
	}
	alone := []funding.Entry{e}
	err = giveLines(ctx, from, alone)
	return alone[0], err
}

// Entries lists a page by number; see funding.Store.
func (f Funding) Entries(ctx context.Context, q funding.EntryQuery) ([]funding.Entry, error) {
	return fundingEntries(ctx, f.DB, q)
}

func fundingEntries(ctx context.Context, from rows, q funding.EntryQuery) ([]funding.Entry, error) {
	switch {
	case q.ByDay:
		return entriesByDay(ctx, from, q)
	case q.Account != "" || q.Envelope != "":
		return entriesWithLine(ctx, from, q)
	}
	var w filter
	w.add("e.territory = ?", q.Territory)
	w.addIf(!q.Newest, "e.number > ?", q.After)
	w.addIf(q.Newest && q.After > 0, "e.number < ?", q.After)
	w.addIf(q.Year != 0, "e.fiscal_year = ?", q.Year)
	w.addIf(q.Journal != "", "e.journal = ?", q.Journal)
	order := ` ORDER BY e.number`
	if q.Newest {
		order += ` DESC`
	}
	page, err := list(ctx, from, scanFundingEntry, selectFundingEntry+w.where()+order+w.limit(q.Limit), w.args...)
	if err != nil {
		return nil, err
	}
	return page, giveLinesInOrder(ctx, from, page, q.Newest)
}

// giveLinesInOrder reads the lines of entries that lie by number, from the last
// down when newest.
func giveLinesInOrder(ctx context.Context, from rows, entries []funding.Entry, newest bool) error {
	if newest {
		slices.Reverse(entries)
		defer slices.Reverse(entries)
	}
	return giveLines(ctx, from, entries)
}

// Pieced lists the entries of a piece by number, without their lines.
func (t *tx) Pieced(ctx context.Context, territory, piece string) ([]funding.Entry, error) {
	return list(ctx, t, scanFundingEntry, selectFundingEntry+` WHERE e.territory = $1 AND e.piece = $2 ORDER BY e.number`, territory, piece)
}

// ReversalOf returns the id of the entry that reverses one, "" for none.
func (t *tx) ReversalOf(ctx context.Context, id string) (string, error) {
	by, _, err := first(list(ctx, t, scanID, `SELECT id FROM funding_entries WHERE reverses = $1`, id))
	return by, err
}

// AddEntry inserts a sealed entry behind the head; see funding.Tx.
func (t *tx) AddEntry(ctx context.Context, e funding.Entry) error {
	err := changed(ctx, t, fault.Of(errHeadLost), `UPDATE funding_heads SET number = $2, hash = $3 WHERE territory = $1 AND number = $4`,
		e.Territory, e.Number, e.Hash[:], e.Number-1)
	if err != nil {
		return err
	}
	err = changed(ctx, t, funding.ErrReversed, insertFundingEntry, e.ID, e.Territory, e.Number, e.Journal, e.On.String(), e.FiscalYear,
		e.Label, e.Piece, e.PieceOn.String(), orNull(e.Reverses), e.Settles, stamp(e.At), e.By, e.Hash[:])
	if err != nil {
		return err
	}
	if err := t.addLines(ctx, e); err != nil {
		return err
	}
	return t.addTotals(ctx, e)
}

func scanFundingEntry(row scanner) (e funding.Entry, err error) {
	err = row.Scan(&e.ID, &e.Territory, &e.Number, &e.Journal, day{&e.On}, &e.FiscalYear, &e.Label, &e.Piece, day{&e.PieceOn},
		text{&e.Reverses}, &e.Settles, instant{&e.At}, &e.By, digest{&e.Hash})
	return e, err
}

// digest reads a column of 32 bytes. Bytes of another length are no digest of
// anything: they read as zeros.
type digest struct{ sum *[32]byte }

// Scan takes bytes.
func (r digest) Scan(v any) error {
	*r.sum = [32]byte{}
	b, ok := v.([]byte)
	if !ok {
		return fmt.Errorf("store: a column of digests holds %T", v)
	}
	if len(b) == len(r.sum) {
		copy(r.sum[:], b)
	}
	return nil
}
