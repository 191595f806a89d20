package funding

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"math/big"
	"time"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/audit"
	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/fault"
)

// Service is the use cases of the books. Every method authorises its actor
// through account.Can and answers faults with stable reasons. What is of another
// territory is unknown, not forbidden.
type Service struct {
	Store       Store
	Territories Territories
	Charts      Charts
	Schedules   []Schedule
	Schemes     Schemes
	Guards      Guards
	People      People
	// Lands lists the ids of the territories, for work that comes back.
	Lands func() []string
	// Estimate tells what indicators, as observed so far, would earn of the variable
	// parts of a contract year, from 0 to 1, by mission; nothing of a mission of
	// which nothing says so. It may be absent, and is slow: it measures the year.
	Estimate func(ctx context.Context, territory string, year int) (map[string]*big.Rat, error)
	// Workbook writes figures as a spreadsheet.
	Workbook func(w io.Writer, f Figures) error
	Now      func() time.Time
	NewID    func() string // UUIDv7
}

// system is the actor of what the service does by itself.
const system = "system"

// The refusals of the books.
var (
	ErrEntryUnknown       = fault.New(fault.NotFound, "funding.entry_unknown", "Cette écriture n’existe pas.")
	ErrExpectationUnknown = fault.New(fault.NotFound, "funding.expectation_unknown", "Cette somme attendue n’existe pas.")
	ErrReversed           = fault.New(fault.Conflict, "funding.reversed", "Cette écriture est déjà contre-passée.")
	ErrReversal           = fault.New(fault.Conflict, "funding.reversal", "Une contre-passation ne se contre-passe pas.")
	ErrNoYear             = fault.New(fault.Conflict, "funding.no_year", "Aucun exercice n’est ouvert à cette date.")
	ErrYearOverlaps       = fault.New(fault.Conflict, "funding.year_overlaps", "Cet exercice en recouvre un autre.")
	ErrYearGap            = fault.New(fault.Conflict, "funding.year_gap", "Un exercice suit celui d’avant ou précède celui d’après, sans jour entre eux.")
	ErrYearRunning        = fault.New(fault.Conflict, "funding.year_running", "Un exercice se clôt après son dernier jour.")
	ErrYearTwice          = fault.New(fault.Conflict, "funding.year_twice", "Un exercice commence déjà cette année civile : un exercice porte l’année de son premier jour.")
	ErrNoContract         = fault.New(fault.NotFound, "funding.no_contract", "Aucun contrat n’a été saisi.")
	ErrScheduleUnknown    = fault.New(fault.Conflict, "funding.schedule_unknown", "Le barème de ce contrat n’est pas connu.")
	ErrDecided            = fault.New(fault.Conflict, "funding.decided", "De l’argent est déjà venu au titre de cette décision.")
	ErrActUnknown         = fault.New(fault.NotFound, "funding.act_unknown", "Aucun acte régulé et honoré ne porte ce numéro.")
	ErrBudgetTwice        = fault.New(fault.Conflict, "funding.budget_twice", "Une autre ligne couvre déjà ce compte, cette mission et cette enveloppe : ce qui est dépensé ne compte que pour l’une d’elles.")
	ErrBudgetChanged      = fault.New(fault.Conflict, "funding.budget_changed", "Cette ligne a été modifiée entre-temps : relisez-la avant d’enregistrer.")
	ErrBudgetUnknown      = fault.New(fault.NotFound, "funding.budget_unknown", "Cette ligne de budget n’existe pas.")
	ErrNoChart            = fault.New(fault.Conflict, "funding.no_chart", "Aucun plan de comptes ne vaut pour cet exercice.")
)

// Charts are the charts of accounts, each from a fiscal year on.
type Charts []Chart // by FromYear

// For returns the chart of a fiscal year; ErrNoChart.
func (c Charts) For(y FiscalYear) (Chart, error) {
	for i := len(c) - 1; i >= 0; i-- {
		if c[i].FromYear <= y.Year {
			return c[i].For(y.First, y.Last), nil
		}
	}
	return Chart{}, ErrNoChart
}

// Draft is an entry to write. Its fiscal year is the one that holds On.
type Draft struct {
	Territory string
	Journal   string
	On        civil.Date
	Label     string
	Piece     string
	PieceOn   civil.Date // On when zero
	Lines     []Line
}

// digest tells two drafts of one key apart.
func digest(v any) string {
	text, _ := json.Marshal(v) // texts, numbers and days: cannot fail
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}

// Post writes an entry, for a treasurer. The same key with the same draft gives
// the entry that it made; with another one it is refused as elsewhere
// ("request.key_reused"). Errors: "funding.entry" with its fields, ErrNoYear,
// ErrYearClosed, ErrEarmarked, ErrCap, ErrYearEndWritten, ErrYearEndGone.
func (s *Service) Post(ctx context.Context, a account.Actor, d Draft, key string) (Entry, error) {
	if err := s.may(a, account.KeepBooks, d.Territory); err != nil {
		return Entry{}, err
	}
	if d.PieceOn.IsZero() {
		d.PieceOn = d.On
	}
	e := Entry{Territory: d.Territory, Journal: d.Journal, On: d.On, Label: d.Label, Piece: d.Piece, PieceOn: d.PieceOn, Lines: d.Lines, By: a.ID}
	people, err := s.peopleOf(ctx, d)
	if err != nil {
		return Entry{}, err
	}
	return s.once(ctx, a, key, digest(d), "funding.entry.post", func(ctx context.Context, tx Tx) (Entry, error) {
		return e, s.checkAbout(ctx, tx, d, people)
	})
}

// Reverse takes an entry back by another one with its sides exchanged, on a day
// of an open year that is not before the entry's own, for a treasurer. What the
// entry had received of expected money is awaited again. ErrEntryUnknown,
// ErrReversed, ErrReversal, Invalid "funding.reversal_before", ErrTakenBack, and
// those of Post.
func (s *Service) Reverse(ctx context.Context, a account.Actor, id string, on civil.Date, label, key string) (Entry, error) {
	if err := account.Allow(a, account.KeepBooks, account.Target{}); err != nil {
		return Entry{}, err
	}
	asked := digest([]string{id, on.String(), label})
	return s.once(ctx, a, key, asked, "funding.entry.reverse", func(ctx context.Context, tx Tx) (Entry, error) {
		e, err := tx.Entry(ctx, id)
		switch {
		case err != nil:
			return Entry{}, err
		case !a.In(e.Territory):
			return Entry{}, ErrEntryUnknown
		case e.Reverses != "":
			return Entry{}, ErrReversal
		case on.Before(e.On):
			return Entry{}, tooEarly(e.On)
		}
		back := e.Reversal()
		back.On, back.Label, back.By = on, label, a.ID
		if err := s.may(a, account.KeepBooks, e.Territory); err != nil || e.Settles == "" {
			return back, err
		}
		return back, s.reopen(ctx, tx, e, a.ID)
	})
}

// tooEarly refuses a reversal before the day of its entry.
func tooEarly(day civil.Date) error {
	return fault.Fields("funding.reversal_before", "Une contre-passation ne précède pas son écriture.", fault.Field{Name: "on", Reason: "funding.reversal_before",
		Message: fmt.Sprintf("L’écriture est du %02d/%02d/%d : contre-passez-la ce jour-là ou après.", day.Day, day.Month, day.Year)})
}

// once writes the entry that prepare returns, in one transaction, exactly once a key.
func (s *Service) once(ctx context.Context, a account.Actor, key, asked, action string, prepare func(context.Context, Tx) (Entry, error)) (Entry, error) {
	var made Entry
	err := s.Store.InTx(ctx, func(ctx context.Context, tx Tx) error {
		id, err := tx.Remembered(ctx, a.ID, key, asked)
		if err != nil {
			return err
		}
		if id != "" {
			made, err = tx.Entry(ctx, id)
			return err
		}
		e, err := prepare(ctx, tx)
		if err != nil {
			return err
		}
		now := s.Now()
		if made, err = s.audited(ctx, tx, a, action, e, now); err != nil {
			return err
		}
		return tx.Remember(ctx, a.ID, key, asked, made.ID, now)
	})
	if err != nil {
		return Entry{}, err
	}
	return made, nil
}

// audited writes an entry and notes who did.
func (s *Service) audited(ctx context.Context, tx Tx, a account.Actor, action string, e Entry, now time.Time) (Entry, error) {
	made, err := s.write(ctx, tx, e, now)
	if err != nil {
		return Entry{}, err
	}
	return made, tx.Audit(ctx, audit.Entry{At: now, Actor: a.ID, Action: action, Target: "entry:" + made.ID, Territory: made.Territory, Detail: e.Reverses})
}

// write checks, seals and adds an entry behind the last one.
func (s *Service) write(ctx context.Context, tx Tx, e Entry, now time.Time) (Entry, error) {
	head, err := tx.Head(ctx, e.Territory)
	if err != nil {
		return Entry{}, err
	}
	if e.Reverses != "" {
		if by, err := tx.ReversalOf(ctx, e.Reverses); err != nil || by != "" {
			return Entry{}, first(err, ErrReversed)
		}
	}
	if err := s.fitsYearEnd(ctx, tx, e); err != nil {
		return Entry{}, err
	}
	year, err := tx.FiscalYear(ctx, e.Territory, e.On)
	if err != nil {
		return Entry{}, err
	}
	if !year.ClosedAt.IsZero() {
		return Entry{}, ErrYearClosed
	}
	chart, err := s.Charts.For(year)
	if err != nil {
		return Entry{}, err
	}
	e.ID, e.At, e.FiscalYear, e.Number = s.NewID(), now, year.Year, head.Number+1
	if err := e.Check(chart); err != nil {
		return Entry{}, err
	}
	if err := s.guard(ctx, tx, e); err != nil {
		return Entry{}, err
	}
	e = e.Seal(head.Hash)
	return e, tx.AddEntry(ctx, e)
}

// guard checks what an entry changes about envelopes and people, and keeps it.
// What is refused keeps nothing, so that a transaction may go on with another entry.
func (s *Service) guard(ctx context.Context, tx Tx, e Entry) error {
	year := e.On.Year
	if e.Reverses != "" {
		was, err := tx.Entry(ctx, e.Reverses)
		if err != nil {
			return err
		}
		year = was.On.Year
	}
	moves, err := e.MovementsOf(year)
	if err != nil {
		return err
	}
	for i, m := range moves { // of different envelopes and people
		before, err := tx.Standing(ctx, e.Territory, m)
		if err != nil {
			return err
		}
		if moves[i], err = s.Guards.Allow(before, m); err != nil {
			return err
		}
	}
	for _, after := range moves {
		if err := tx.SaveStanding(ctx, e.Territory, after); err != nil {
			return err
		}
	}
	return nil
}

// may authorises an actor for a territory that exists.
func (s *Service) may(a account.Actor, action account.Action, territory string) error {
	if err := account.Allow(a, action, account.Target{Territory: territory}); err != nil {
		return err
	}
	_, err := s.Territories.Territory(territory)
	return err
}

func first(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
