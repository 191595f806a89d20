package funding

import (
	"maps"
	"slices"
	"strconv"
	"strings"
)

// What keys of a year's end begin with.
const (
	fundsKey    = "FD-"  // of funds that are kept
	deferredKey = "PCA-" // of deferred income
	openingKey  = "AN-"  // of what opens the next year
	backKey     = "R"    // before the key of an entry, of what takes it back
)

// Again marks the keys of entries that follow an earlier one: of more money of the
// same kind, and of what takes that back.
const (
	again     = "."
	backAgain = "/"
)

// there lists the entries of a key and of those that follow it, as they stand.
func (c closing) there(base, mark string, kind YearEndKind) []YearEndEntry {
	var all []YearEndEntry
	for _, piece := range slices.Sorted(maps.Keys(c.written)) {
		rest, follows := strings.CutPrefix(piece, base)
		number, marked := strings.CutPrefix(rest, mark)
		if !follows || rest != "" && (!marked || number == "" || !onlyDigits(number)) {
			continue
		}
		for _, e := range c.written[piece] {
			if c.undone[e.ID] == 0 {
				all = append(all, YearEndEntry{Kind: kind, Key: piece, Draft: e.draft(), Written: e.ID})
			}
		}
	}
	return all
}

// next returns the first key that nothing was ever written or proposed under.
func (c closing) next(base, mark string) string {
	key := base
	for n := 2; len(c.written[key]) > 0 || c.proposed[key]; n++ {
		key = base + mark + strconv.Itoa(n)
	}
	return key
}

// draft is what an entry was written from.
func (e Entry) draft() Draft {
	return Draft{Territory: e.Territory, Journal: e.Journal, On: e.On, Label: e.Label, Piece: e.Piece, PieceOn: e.PieceOn, Lines: e.Lines}
}

// propose is an entry of two lines about the same, on the closing day.
func (c closing) propose(kind YearEndKind, key, label, debit, credit string, amount Cents, about Dimensions) YearEndEntry {
	c.proposed[key] = true
	return YearEndEntry{Kind: kind, Key: key, Draft: Draft{Territory: c.Territory, Journal: closingJournal, On: c.Last, Label: label,
		Piece: key, PieceOn: c.Last, Lines: []Line{{Account: debit, Debit: amount, Dimensions: about}, {Account: credit, Credit: amount, Dimensions: about}}}}
}

// backs lists what takes entries of the closing back on the first day of the next
// year: kept funds by way of their own income account.
func (c closing) backs(closed []YearEndEntry, kind YearEndKind) []YearEndEntry {
	var all []YearEndEntry
	for _, one := range closed {
		base := backKey + one.Key
		if there := c.there(base, backAgain, kind); len(there) > 0 {
			all = append(all, there...)
			continue
		}
		next, d := c.next(base, backAgain), one.Draft
		d.On, d.PieceOn, d.Piece = c.Last.AddDays(1), c.Last.AddDays(1), next
		d.Label = label("Reprise : " + one.Draft.Label)
		d.Lines = nil
		for _, l := range one.Draft.Lines {
			l.Debit, l.Credit = l.Credit, l.Debit
			if kind == FundTaken && l.Account == fundsKept {
				l.Account = fundsTaken
			}
			d.Lines = append([]Line{l}, d.Lines...)
		}
		all = append(all, YearEndEntry{Kind: kind, Key: next, Draft: d})
	}
	return all
}

// label keeps a text within what an entry holds.
func label(text string) string {
	runes := []rune(strings.TrimSpace(text))
	return string(runes[:min(len(runes), maxLabel)])
}
