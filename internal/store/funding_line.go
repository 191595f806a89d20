package store

import (
	"context"
	"fmt"
	"slices"

	"github.com/relais-snp/relais/internal/funding"
)

const dimensionColumns = `contract, contract_year, mission, envelope, budget, evidence, person`

const (
	selectFundingLines = `SELECT number, position, account, debit, credit, ` + dimensionColumns + ` FROM funding_lines`
	insertFundingLines = `INSERT INTO funding_lines (territory, number, position, account, debit, credit, ` + dimensionColumns + `) VALUES `
)

// mostLines bounds a position, as the schema does.
const mostLines = 200

func (t *tx) addLines(ctx context.Context, e funding.Entry) error {
	position := 0
	for some := range slices.Chunk(e.Lines, atOnceOf(13)) {
		var args []any
		for _, l := range some {
			position++
			args = append(args, e.Territory, e.Number, position, l.Account, int64(l.Debit), int64(l.Credit))
			args = append(args, dimensionsRow(l.Dimensions)...)
		}
		if err := run(ctx, t, insertFundingLines+parameters(len(some), len(args)/len(some)), args...); err != nil {
			return err
		}
	}
	return nil
}

func dimensionsRow(d funding.Dimensions) []any {
	return []any{d.Contract, d.Year, d.Mission, d.Envelope, d.Budget, d.Evidence, d.Person}
}

func dimensionsInto(d *funding.Dimensions) []any {
	return []any{&d.Contract, &d.Year, &d.Mission, &d.Envelope, &d.Budget, &d.Evidence, &d.Person}
}

// fundingLine is a line and where it stands.
type fundingLine struct {
	number   int64
	position int
	funding.Line
}

// giveLines reads the lines of entries of one territory, by number. What lies
// together is read together.
func giveLines(ctx context.Context, from rows, entries []funding.Entry) error {
	for some := range slices.Chunk(entries, maxTogether) {
		if last := some[len(some)-1].Number; last-some[0].Number == int64(len(some)-1) {
			if err := giveThem(ctx, from, some, "number BETWEEN ? AND ?", some[0].Number, last); err != nil {
				return err
			}
			continue
		}
		for few := range slices.Chunk(some, atOnce) {
			numbers := make([]any, len(few))
			for i, e := range few {
				numbers[i] = e.Number
			}
			if err := giveThem(ctx, from, few, "number IN "+marks(len(few)), numbers...); err != nil {
				return err
			}
		}
	}
	return nil
}

// maxTogether bounds the entries whose lines are in memory twice.
const maxTogether = 1000

func giveThem(ctx context.Context, from rows, entries []funding.Entry, which string, numbers ...any) error {
	var w filter
	w.add("territory = ?", entries[0].Territory)
	w.add(which, numbers...)
	lines, err := list(ctx, from, scanFundingLine, selectFundingLines+w.where()+` ORDER BY number, position`, w.args...)
	if err != nil {
		return err
	}
	for i := range entries {
		own := 0
		for own < len(lines) && lines[own].number == entries[i].Number {
			own++
		}
		entries[i].Lines, lines = placed(lines[:own]), lines[own:]
	}
	return nil
}

// placed puts lines where they stand: a place that was emptied shows.
func placed(lines []fundingLine) []funding.Line {
	if len(lines) == 0 {
		return nil
	}
	all := make([]funding.Line, lines[len(lines)-1].position)
	for _, l := range lines {
		all[l.position-1] = l.Line
	}
	return all
}

func scanFundingLine(row scanner) (l fundingLine, err error) {
	var debit, credit int64
	into := append([]any{&l.number, &l.position, &l.Account, &debit, &credit}, dimensionsInto(&l.Dimensions)...)
	if err := row.Scan(into...); err != nil {
		return l, err
	}
	if l.position < 1 || l.position > mostLines {
		return l, fmt.Errorf("store: a line stands at place %d", l.position)
	}
	l.Debit, l.Credit = funding.Cents(debit), funding.Cents(credit)
	return l, nil
}
