package funding

import (
	"context"
	"fmt"
	"strings"

	"github.com/relais-snp/relais/internal/fault"
)

// The refusals of entries of a year's end that no longer fit the books.
var (
	ErrYearEndWritten = fault.New(fault.Conflict, "funding.year_end_written", "Cette écriture de fin d’exercice est déjà passée.")
	ErrYearEndGone    = fault.New(fault.Conflict, "funding.year_end_gone", "Cette reprise ne reprend rien : l’écriture de fin d’exercice n’est pas passée, ou est contre-passée.")
	ErrOpeningYear    = fault.New(fault.Conflict, "funding.opening_year", "Des à-nouveaux se contre-passent dans leur exercice.")
	ErrTakenBack      = fault.New(fault.Conflict, "funding.taken_back", "Contre-passez d’abord la reprise de cette écriture à l’exercice suivant.")
)

// fitsYearEnd holds entries of a year's end to their order, while nobody else
// writes: each is written once, whoever asks; what takes one back follows it; and
// one that was taken back is not reversed before that. Else money would be kept or
// deferred once and come back twice.
func (s *Service) fitsYearEnd(ctx context.Context, tx Tx, e Entry) error {
	base, back, of := yearEndPiece(e)
	switch {
	case !of || e.Reverses != "" && back:
		return nil
	case e.Reverses != "" && e.Journal == openingJournal:
		return s.opensSame(ctx, tx, e)
	case e.Reverses != "":
		return s.notTakenBack(ctx, tx, e)
	}
	if all, err := writtenAs(ctx, tx, e, e.Piece); err != nil || len(all) > 0 {
		return first(err, ErrYearEndWritten)
	}
	if !back {
		return nil
	}
	standing, err := standingAs(ctx, tx, e, base)
	if err == nil && !standing {
		err = ErrYearEndGone
	}
	return err
}

// notTakenBack looks for what takes an entry back under all of its keys.
func (s *Service) notTakenBack(ctx context.Context, tx Tx, e Entry) error {
	key := backKey + e.Piece
	for n := 2; ; n++ {
		all, err := writtenAs(ctx, tx, e, key)
		if err != nil || len(all) == 0 {
			return err
		}
		standing, err := standingAs(ctx, tx, e, key)
		if err != nil || standing {
			return first(err, ErrTakenBack)
		}
		key = fmt.Sprintf("%s%s%s%d", backKey, e.Piece, backAgain, n)
	}
}

// opensSame keeps what opens a year from being taken back in another one: the year
// that it opened would have it, and the other one lose it.
func (s *Service) opensSame(ctx context.Context, tx Tx, e Entry) error {
	was, err := tx.Entry(ctx, e.Reverses)
	if err != nil {
		return err
	}
	year, err := tx.FiscalYear(ctx, e.Territory, e.On)
	if err == nil && year.Year != was.FiscalYear {
		err = ErrOpeningYear
	}
	return err
}

// yearEndPiece tells whether an entry's piece is a key of a year's end, whether it
// takes another one back, and the piece of that.
func yearEndPiece(e Entry) (base string, back, of bool) {
	rest, back := strings.CutPrefix(e.Piece, backKey)
	for kind, journal := range map[string]string{fundsKey: closingJournal, deferredKey: closingJournal, openingKey: openingJournal} {
		if after, found := strings.CutPrefix(rest, kind); found && len(after) > 5 && onlyDigits(after[:4]) && after[4] == '-' {
			of = e.Journal == journal
		}
	}
	base, _, _ = strings.Cut(rest, backAgain)
	return base, back, of
}

// writtenAs lists the entries of a piece in the books and the journal of another
// one, reversals left out.
func writtenAs(ctx context.Context, tx Tx, like Entry, piece string) (all []Entry, err error) {
	found, err := tx.Pieced(ctx, like.Territory, piece)
	for _, e := range found {
		if e.Reverses == "" && e.Journal == like.Journal {
			all = append(all, e)
		}
	}
	return all, err
}

// standingAs reports whether an entry of a piece was not reversed.
func standingAs(ctx context.Context, tx Tx, like Entry, piece string) (bool, error) {
	all, err := writtenAs(ctx, tx, like, piece)
	for _, e := range all {
		by, failed := tx.ReversalOf(ctx, e.ID)
		if failed != nil || by == "" {
			return failed == nil, failed
		}
	}
	return false, err
}
