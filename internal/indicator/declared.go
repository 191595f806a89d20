package indicator

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/audit"
	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/fault"
)

// FigureKind is what a declared figure counts.
type FigureKind string

// The kinds: patients aged 17 and over without médecin traitant, and of them
// those in ALD, aged 70 and over, or with C2S.
const (
	WithoutMT       FigureKind = "without_mt"
	ALDWithoutMT    FigureKind = "ald_without_mt"
	Aged70WithoutMT FigureKind = "aged_70_without_mt"
	C2SWithoutMT    FigureKind = "c2s_without_mt"
)

// FigureKinds lists them all, in a fixed order.
func FigureKinds() []FigureKind {
	return []FigureKind{WithoutMT, ALDWithoutMT, Aged70WithoutMT, C2SWithoutMT}
}

// Bounds of a declared figure.
const (
	MaxFigure  = 10_000_000
	MaxFigures = 500 // that a territory lists
	minSource  = 3   // characters
	maxSource  = 300
)

// Declared is a figure that the caisse gave and somebody entered: Relais cannot
// measure it, so that its day and its source stand beside it.
type Declared struct {
	ID        string
	Territory string
	Kind      FigureKind
	On        civil.Date // the day that the figure is about
	Count     int
	Base      int // of how many patients in all, 0 when not told
	Source    string
	By        string // account id
	At        time.Time
}

// Share returns Count / Base, nil when no base was told.
func (d Declared) Share() *float64 {
	if d.Base == 0 {
		return nil
	}
	share := float64(d.Count) / float64(d.Base)
	return &share
}

// ErrFigureUnknown says that there is no such figure, or not for the caller.
var ErrFigureUnknown = fault.New(fault.NotFound, "indicator.figure_unknown", "Ce chiffre n’existe pas, ou plus.")

// DeclareFigure keeps a figure of the caisse, for those who may DeclareFigures.
// It replaces one of the same kind and day, which keeps its id; by and at are given
// here. Errors:
// "account.forbidden", "territory.unknown", "indicator.invalid" with every broken
// field.
func (s *Service) DeclareFigure(ctx context.Context, a account.Actor, d Declared) (Declared, error) {
	if err := account.Allow(a, account.DeclareFigures, account.Target{Territory: d.Territory}); err != nil {
		return Declared{}, err
	}
	t, err := s.territories.Territory(d.Territory)
	if err != nil {
		return Declared{}, err
	}
	d.Source = strings.TrimSpace(d.Source)
	now := s.now()
	if err := d.check(civil.DateOf(now, t.Zone)); err != nil {
		return Declared{}, err
	}
	d.ID, d.By, d.At = s.newID(), a.ID, now
	err = s.store.InTx(ctx, func(ctx context.Context, tx Tx) (err error) {
		if d.ID, err = tx.SaveDeclared(ctx, d); err != nil {
			return err
		}
		return tx.Audit(ctx, d.entry(a, now, "indicator.declare"))
	})
	return d, err
}

// DeclaredFigures lists those of a territory, the latest day first and the kinds
// in their order, at most MaxFigures, for those who may ReadIndicators.
func (s *Service) DeclaredFigures(ctx context.Context, a account.Actor, territory string) (DeclaredReport, error) {
	if err := account.Allow(a, account.ReadIndicators, account.Target{Territory: territory}); err != nil {
		return DeclaredReport{}, err
	}
	if _, err := s.territories.Territory(territory); err != nil {
		return DeclaredReport{}, err
	}
	figures, err := s.store.Declared(ctx, territory, MaxFigures)
	slices.SortStableFunc(figures, func(a, b Declared) int {
		return cmp.Or(b.On.Compare(a.On), cmp.Compare(slices.Index(FigureKinds(), a.Kind), slices.Index(FigureKinds(), b.Kind)))
	})
	return DeclaredReport{figures}, err
}

// DeleteFigure takes a figure back that was entered by mistake; the audit keeps
// that it was there. Errors: ErrFigureUnknown, also for who may not know it;
// "account.forbidden" for who may read it only.
func (s *Service) DeleteFigure(ctx context.Context, a account.Actor, id string) error {
	now := s.now()
	return s.store.InTx(ctx, func(ctx context.Context, tx Tx) error {
		d, err := tx.DeclaredFigure(ctx, id)
		if err != nil {
			return err
		}
		at := account.Target{Territory: d.Territory}
		if !account.Can(a, account.ReadIndicators, at) {
			return ErrFigureUnknown
		}
		if err := account.Allow(a, account.DeclareFigures, at); err != nil {
			return err
		}
		if err := tx.DeleteDeclared(ctx, id); err != nil {
			return err
		}
		return tx.Audit(ctx, d.entry(a, now, "indicator.delete"))
	})
}

// entry names the figure by kind and day, so that the audit tells which one went.
func (d Declared) entry(a account.Actor, now time.Time, action string) audit.Entry {
	return audit.Entry{At: now, Actor: a.ID, Action: action, Target: "declared:" + d.ID, Territory: d.Territory,
		Detail: string(d.Kind) + " " + d.On.String()}
}

func (d Declared) check(today civil.Date) error {
	var fields []fault.Field
	wrong := func(name, reason, message string) {
		fields = append(fields, fault.Field{Name: name, Reason: reason, Message: message})
	}
	if !slices.Contains(FigureKinds(), d.Kind) {
		wrong("kind", "indicator.figure_kind", "Ce type de chiffre est inconnu.")
	}
	switch {
	case !d.On.Valid():
		wrong("on", "indicator.day", "Ce jour n’est pas une date.")
	case d.On.After(today):
		wrong("on", "indicator.day_future", "Ce jour est dans l’avenir.")
	}
	if d.Count < 0 || d.Count > MaxFigure {
		wrong("count", "indicator.figure", "Le nombre va de 0 à 10 000 000.")
	}
	switch {
	case d.Base < 0 || d.Base > MaxFigure:
		wrong("base", "indicator.figure", "La population va de 1 à 10 000 000.")
	case d.Base > 0 && d.Count > d.Base:
		wrong("count", "indicator.above_base", "Le nombre dépasse la population dont il est tiré.")
	}
	if n := utf8.RuneCountInString(d.Source); n < minSource || n > maxSource {
		wrong("source", "indicator.source", "La source est obligatoire (3 à 300 caractères).")
	}
	return fault.Fields("indicator.invalid", "Ce chiffre est incorrect.", fields...)
}
